// An origin as people entered it is often a province, a country or a place that is known here: each reader gets it in their language.
import { type Db, prepared } from '../../store/db.ts';
import { regionIn } from './region-names.ts';

export function originIn(db: Db, lang: string, origin: string | null): string | null {
  if (origin === null) return origin;
  const place = lang === 'en' ? (statementOf(db).get(origin) as string | undefined) : undefined;
  return place ?? regionIn(lang, origin) ?? origin;
}

/** The same for who issued certificates. */
export function issuersIn<C extends { readonly issuer: string | null }>(
  db: Db,
  lang: string,
  certificates: readonly C[],
): C[] {
  return certificates.map((certificate) => ({ ...certificate, issuer: originIn(db, lang, certificate.issuer) }));
}

const statementOf = prepared(prepare);

function prepare(db: Db) {
  return db.sqlite.prepare('SELECT name_en FROM site WHERE name = ? AND name_en IS NOT NULL LIMIT 1').pluck();
}
