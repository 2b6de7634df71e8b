// An origin as people entered it is often the name of a place that is known here: readers of English get its English name.
import { type Db, prepared } from '../../store/db.ts';

export function originIn(db: Db, lang: string, origin: string | null): string | null {
  if (origin === null || lang !== 'en') return origin;
  return (statementOf(db).get(origin) as string | undefined) ?? origin;
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
