// What changed in a draw's pools after they were committed: kitchens that closed, inspectors who may not sign in any more.
import type { Db } from '../../store/db.ts';
import type { DrawnTarget } from './lottery.ts';

/** Site → the day from which it is closed, of those that were drawn. */
export function closedAmong(db: Db, drawn: readonly Pick<DrawnTarget, 'id'>[]): ReadonlyMap<string, string> {
  const rows = db.sqlite
    .prepare(
      `SELECT r.site_id, r.closed_on FROM json_each(?) j JOIN restaurant r ON r.site_id = j.value
       WHERE r.closed_on IS NOT NULL`,
    )
    .raw()
    .all(JSON.stringify(drawn.map(({ id }) => id))) as [string, string][];
  return new Map(rows);
}

/** Of the inspectors who were drawn, those who are inspectors still. */
export function inspectorsLeft(db: Db, drawn: readonly Pick<DrawnTarget, 'inspectors'>[]): ReadonlySet<number> {
  const ids = [...new Set(drawn.flatMap(({ inspectors }) => inspectors))];
  const left = db.sqlite
    .prepare(
      `SELECT a.id FROM json_each(?) j JOIN account a ON a.id = j.value
       WHERE a.disabled_at IS NULL AND a.role = 'inspector'`,
    )
    .pluck()
    .all(JSON.stringify(ids)) as number[];
  return new Set(left);
}

export type PoolChange = { readonly closed: number; readonly gone: number };

/** How many of the committed pools cannot be visited, or sent, by now. The pools stay what was committed. */
export function changedSince(db: Db, drawId: number): PoolChange {
  return db.sqlite
    .prepare(
      `SELECT (SELECT count(*) FROM json_each(d.pool, '$.targets') t JOIN restaurant r ON r.site_id = t.value ->> '$.id'
         WHERE r.closed_on IS NOT NULL) AS closed,
       (SELECT count(*) FROM json_each(d.pool, '$.inspectors') t JOIN account a ON a.id = t.value ->> '$.id'
         WHERE a.disabled_at IS NOT NULL OR a.role <> 'inspector') AS gone FROM draw d WHERE d.id = ?`,
    )
    .get(drawId) as PoolChange;
}
