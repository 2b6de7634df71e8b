// Takes the steps that the clock owes open orders: reminders, cards, and telling an inspector. A timer calls it each minute.
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';
import { dueSteps } from './escalation.ts';
import { openOrders } from './escalation-store.ts';
import { takeStep } from './take-step.ts';

/** Returns how many steps were taken; at most those of five hundred orders a call. */
export function followOrders(deps: Pick<Deps, 'db' | 'clock'>): number {
  const { db, clock } = deps;
  const at = clock();
  const due = openOrders(db).flatMap((order) => dueSteps(order, at).map((kind) => ({ order, kind })));
  if (due.length === 0) return 0;
  writeTransaction(db, () => {
    for (const { order, kind } of due) takeStep(db, order, { kind, at, by: null });
  });
  return due.length;
}
