// How places of either half are called, many at once: a kitchen by the name on its door, others as the chain has them.
import type { Db } from '../../store/db.ts';

export type SiteName = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly address: string | null;
  readonly addressEn: string | null;
};

/** By site id; one that nobody has named is called by its id. */
export function siteNames(db: Db, ids: readonly string[]): Map<string, SiteName> {
  const rows = db.sqlite
    .prepare(
      `SELECT j.value AS id, coalesce(r.name, s.name, j.value) AS name, coalesce(r.name_en, s.name_en) AS nameEn,
         coalesce(r.address, s.address) AS address, coalesce(r.address_en, s.address_en) AS addressEn
       FROM json_each(?) j LEFT JOIN restaurant r ON r.site_id = j.value LEFT JOIN site s ON s.id = j.value`,
    )
    .all(JSON.stringify([...new Set(ids)])) as SiteName[];
  return new Map(rows.map((row) => [row.id, row]));
}
