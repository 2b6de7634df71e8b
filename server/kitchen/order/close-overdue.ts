// Marks orders whose deadline has passed without an answer, once each. main.ts calls this from a timer.
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';
import { changeScore } from './change-score.ts';
import { overdueOrders } from './order-store.ts';
import { overdueDelta } from './score.ts';
import { takeStep } from './take-step.ts';

/** Returns how many were marked; at most two hundred a call. */
export function closeOverdueOrders(deps: Pick<Deps, 'db' | 'clock'>): number {
  const { db, clock } = deps;
  const at = clock();
  const late = overdueOrders(db, at);
  if (late.length === 0) return 0;
  writeTransaction(db, () => {
    for (const order of late) {
      takeStep(db, order, { kind: 'overdue', at, by: null }, { overdueAt: at });
      const { restaurantId, violation, id: orderId } = order;
      changeScore(db, { restaurantId, delta: overdueDelta(), reason: 'overdue', violation, orderId, at });
    }
  });
  return late.length;
}
