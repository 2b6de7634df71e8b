// The owner says what will be done about an order, before it is done.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { visibleOrder } from './order-store.ts';
import { takeStep } from './take-step.ts';

/** Returns the step's id. Throws Problem: 404 another's order, 409 an order that waits for no plan. */
export function writePlan(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  plan: { readonly orderId: number; readonly text: string },
): number {
  const at = clock();
  return writeTransaction(db, () => {
    const order = visibleOrder(db, caller, plan.orderId);
    if (order === undefined) throw new Problem('not_found');
    return takeStep(db, order, { kind: 'planned', at, by: caller.id, text: plan.text });
  });
}
