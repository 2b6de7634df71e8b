// Two lots as a merge looks at them.
import type { Db } from '../../store/db.ts';
import { mergesOf } from '../lot/lot-merge-store.ts';
import type { Lot } from '../lot/lot-store.ts';
import { openRecallsOfLot } from '../recall/recall-store.ts';
import type { MergedLot } from './lot-merge.ts';

export function mergedLotOf(db: Db, { id, kind, gtin, productId, name, expiresAt, status }: Lot): MergedLot {
  return {
    ...{ id, kind, gtin, productId, name, expiresAt, status },
    hasNames: mergesOf(db, id).some(({ undoneAt }) => undoneAt === null) ? 'has_names' : 'alone',
    recalls: openRecallsOfLot(db, id).filter(({ lotId }) => lotId === id).length,
  };
}

/** Open recalls that either of two lots is in: their scope follows the merge. */
export function recallsOfPair(db: Db, lotIds: readonly number[]): number[] {
  return db.sqlite
    .prepare(
      `SELECT r.id FROM recall r WHERE r.state = 'open' AND (r.lot_id IN (SELECT value FROM json_each(@lots))
         OR EXISTS (SELECT 1 FROM recall_scope x WHERE x.recall_id = r.id AND x.lot_id IN (SELECT value FROM json_each(@lots))))
       ORDER BY r.id LIMIT 50`,
    )
    .pluck()
    .all({ lots: JSON.stringify(lotIds) }) as number[];
}
