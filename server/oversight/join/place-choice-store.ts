// Every place either half knows by name or belongs to somebody, for an administrator to choose from.
import type { PlaceChoice } from '../../accounts/person/person-form.ts';
import type { Db } from '../../store/db.ts';

const mostPlaces = 2_000;

/** The kitchen's name for a place goes before the chain's: it is the one on its door. By name. */
export function placesToChoose(db: Db): PlaceChoice[] {
  return db.sqlite
    .prepare(
      `SELECT id, coalesce(max(own), max(name)) AS name, coalesce(max(ownEn), max(nameEn)) AS nameEn FROM (
         SELECT site_id AS id, name AS own, name_en AS ownEn, NULL AS name, NULL AS nameEn FROM restaurant
         UNION ALL SELECT id, NULL, NULL, name, name_en FROM site WHERE name IS NOT NULL AND id NOT IN ('unknown', 'transit', 'process')
         UNION ALL SELECT site_id, NULL, NULL, NULL, NULL FROM account_site)
       GROUP BY id ORDER BY name IS NULL, name, id LIMIT ${mostPlaces}`,
    )
    .all() as PlaceChoice[];
}
