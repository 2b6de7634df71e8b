// An order ends before anything was sent: the shop takes it back, or the supplier declines it, with the reason.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { ownOrder } from './purchase-store.ts';
import { tellOfOrder } from './tell-of-order.ts';

/** Throws Problem `not_found` for another's order, `conflict` once it was sent, received or ended. */
export function endOrder(deps: Pick<Deps, 'db' | 'clock'>, caller: Caller, id: number, reason: string): void {
  const { db, clock } = deps;
  writeTransaction(db, () => {
    const order = ownOrder(db, caller, id);
    if (order.state !== 'placed') throw new Problem('conflict', { detail: 'Only an order that waits can be ended.' });
    const isBuyer = order.sides.includes('buyer');
    const state = isBuyer ? 'cancelled' : 'declined';
    const at = clock();
    db.sqlite
      .prepare('UPDATE purchase_order SET state = ?, ended_at = ?, ended_by = ?, reason = ? WHERE id = ?')
      .run(state, at, caller.id, reason, id);
    const body = { step: state, by: caller.id };
    appendEntry(db, { kind: 'purchase-order', subject: `purchase-order/${id}`, body, at });
    const [to, from] = isBuyer ? [order.supplier, order.buyer] : [order.buyer, order.supplier];
    tellOfOrder(deps, { id, about: state, to, from });
  });
}
