// The numbers behind "where the goods went": how much of a recalled lot ever was, and how much went into other products.
import type { Db } from '../../store/db.ts';
import { balanceOf } from '../chain/balance-store.ts';
import { edgeRoles } from '../event/chain-links.ts';
import { type Recall, recallAnswers, recallHoldings } from './recall-store.ts';
import { type RecallSum, recallSum } from './recall-sum.ts';
import { mostHolders } from './recall-view-store.ts';

export function sumOfRecall(db: Db, recall: Recall): RecallSum {
  const own = recallHoldings(db, recall.id, mostHolders).filter(({ lotId }) => lotId === recall.lotId);
  const units = new Map<string | null, number>();
  for (const { unit, received } of own) if (received !== null) units.set(unit, (units.get(unit) ?? 0) + received);
  const unit = [...units].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  const made = edgeSum(db, recall.lotId, 'edge_out', edgeRoles.made, unit);
  const books = balanceOf(
    db,
    own.map(({ holdingId }) => holdingId),
  );
  const most = Math.max(0, ...own.map(({ holdingId }) => books.stockOf(holdingId)?.received ?? 0));
  const total = made > 0 ? made : most > 0 ? most : null;
  return recallSum(
    recall.lotId,
    unit === 'C62' ? null : unit,
    total,
    edgeSum(db, recall.lotId, 'edge_in', edgeRoles.used, unit),
    own,
    recallAnswers(db, recall.id),
  );
}

/** Only lines in the recall's own unit: the others cannot be added. */
function edgeSum(db: Db, lotId: number, table: 'edge_in' | 'edge_out', role: number, unit: string | null): number {
  return db.sqlite
    .prepare(
      `SELECT total(x.quantity) FROM holding h CROSS JOIN ${table} x ON x.holding_id = h.id AND x.voided_by IS NULL AND x.role = ? WHERE h.lot_id = ? AND coalesce(x.unit, 'C62') = ?`,
    )
    .pluck()
    .get(role, lotId, unit ?? 'C62') as number;
}
