// Which kitchens are held out: data sets measure packs on them, so that nothing may be learnt from them.
import { eq } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import { divideKitchens } from '../dataset/dataset-split.ts';
import { datasetExports } from '../dataset/dataset-tables.ts';

const mostKitchens = 10_000;

/** None while no data set was ever made: before that nothing is measured on anybody. */
export function heldOutKitchens(db: Db): ReadonlySet<string> {
  const made = db.orm
    .select({ id: datasetExports.id })
    .from(datasetExports)
    .where(eq(datasetExports.state, 'done'))
    .limit(1)
    .get();
  const siteIds = made === undefined ? [] : judgedKitchens(db);
  if (siteIds.length < 2) return new Set();
  return new Set([...divideKitchens(siteIds)].flatMap(([siteId, side]) => (side === 'val' ? siteId : [])));
}

function judgedKitchens(db: Db): string[] {
  return db.sqlite
    .prepare(
      `SELECT r.site_id FROM restaurant r WHERE EXISTS
         (SELECT 1 FROM flag f WHERE f.restaurant_id = r.id AND f.status IN ('confirmed', 'cleared'))
        ORDER BY r.id LIMIT ${mostKitchens}`,
    )
    .pluck()
    .all() as string[];
}
