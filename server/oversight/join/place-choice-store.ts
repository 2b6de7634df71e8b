// Every place either half knows by name or belongs to somebody, to choose from: all of them, or those of a part of the city.
import type { PlaceChoice } from '../../accounts/person/person-form.ts';
import type { Db } from '../../store/db.ts';

const mostPlaces = 2_000;

/** As `scopeOf` says it of a caller. */
type Scope = { readonly all: 0 | 1; readonly seen: string };
const everywhere: Scope = { all: 1, seen: '[]' };

/** The first two thousand by name. The kitchen's name for a place goes before the chain's: it is the one on its door. */
export function placesToChoose(db: Db, scope: Scope = everywhere): PlaceChoice[] {
  return db.sqlite
    .prepare(
      `SELECT id, coalesce(max(own), max(name)) AS name, coalesce(max(ownEn), max(nameEn)) AS nameEn FROM (
         SELECT site_id AS id, name AS own, name_en AS ownEn, NULL AS name, NULL AS nameEn FROM restaurant
         UNION ALL SELECT id, NULL, NULL, name, name_en FROM site WHERE name IS NOT NULL AND id NOT IN ('unknown', 'transit', 'process')
         UNION ALL SELECT site_id, NULL, NULL, NULL, NULL FROM account_site)
       WHERE @all OR id IN (SELECT value FROM json_each(@seen)) GROUP BY id ORDER BY name IS NULL, name, id LIMIT ${mostPlaces}`,
    )
    .all(scope) as PlaceChoice[];
}
