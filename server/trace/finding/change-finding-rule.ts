// Changes what may be lost, late and near its end, for everything or for one product; looks again at what that concerns.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import type { RuleRow } from '../state/loss.ts';
import { checkBooks } from './check-books.ts';

const mostLots = 2_000;

/** What is open and the 2,000 newest lots are worked out anew at once; older lots when something next happens to them. */
export function changeFindingRule({ db, clock }: Pick<Deps, 'db' | 'clock'>, row: RuleRow, caller: Caller): void {
  writeTransaction(db, () => {
    const at = clock();
    db.sqlite
      .prepare(
        `INSERT INTO finding_rule (product_id, loss_share, transit_hours, near_days) VALUES (@productId, @lossShare, @transitHours, @nearDays)
         ON CONFLICT (product_id) DO UPDATE SET loss_share = excluded.loss_share, transit_hours = excluded.transit_hours, near_days = excluded.near_days`,
      )
      .run(row);
    appendEntry(db, {
      kind: 'finding-rule',
      subject: `product/${row.productId}`,
      body: { ...row, account: caller.id },
      at,
    });
    const lots = db.sqlite
      .prepare(
        `SELECT id FROM (SELECT id FROM lot WHERE @productId = 0 OR product_id = @productId ORDER BY id DESC LIMIT ${mostLots})
         UNION SELECT f.lot_id FROM finding f CROSS JOIN lot l ON l.id = f.lot_id
           WHERE f.closed_at IS NULL AND f.kind IN ('loss', 'transit', 'unscanned', 'expiring') AND (@productId = 0 OR l.product_id = @productId)`,
      )
      .pluck()
      .all({ productId: row.productId }) as number[];
    checkBooks(db, lots, at);
  });
}
