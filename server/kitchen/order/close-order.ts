// A reviewer accepts the owner's answer, or returns it with the reason and a new deadline.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import { writeTransaction } from '../../store/db.ts';
import { changeScore } from './change-score.ts';
import { type PlacedOrder, stepByKey, visibleOrder } from './order-store.ts';
import { deadlineAfterReturn, type OrderState } from './rectification.ts';
import { acceptedDelta } from './score.ts';
import { takeStep } from './take-step.ts';

export type OrderDecision = {
  readonly orderId: number;
  readonly decision: 'accepted' | 'returned';
  readonly note?: string | undefined;
  readonly key?: string | undefined;
};

/** Throws Problem: 404, one's own shop, nothing to decide, a return without a reason. */
export function closeOrder(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  input: OrderDecision,
): { readonly state: OrderState } {
  const { db, clock } = deps;
  const at = clock();
  const note = input.note?.trim();
  if (input.decision === 'returned' && !note) {
    throw new Problem('invalid_input', {
      faults: [{ place: '/note', code: 'missing', detail: 'Say what is still to be done.' }],
    });
  }
  return writeTransaction(db, () => {
    const order = visibleOrder(db, caller, input.orderId);
    if (order === undefined) throw new Problem('not_found');
    if (caller.sites.includes(order.siteId))
      throw new Problem('forbidden', { detail: 'A reviewer never judges their own shop.' });
    if (input.key !== undefined && stepByKey(db, caller.id, input.key) !== undefined) return { state: order.state };
    const step = { kind: input.decision, at, by: caller.id, text: note || undefined, key: input.key };
    return input.decision === 'accepted' ? accept(db, order, step, at) : giveBack(db, order, step, at);
  });
}

type DecisionStep = {
  readonly kind: 'accepted' | 'returned';
  readonly at: number;
  readonly by: number;
  readonly text: string | undefined;
  readonly key: string | undefined;
};

function accept(db: Db, order: PlacedOrder, step: DecisionStep, at: number): { state: OrderState } {
  takeStep(db, order, step, { closedAt: at });
  const late = order.overdueAt !== null || (order.answeredAt ?? at) > order.dueAt;
  const { restaurantId, violation } = order;
  changeScore(db, {
    restaurantId,
    delta: acceptedDelta(violation, late ? 'late' : 'in_time'),
    reason: 'accepted',
    violation,
    orderId: order.id,
    at,
  });
  return { state: 'accepted' };
}

function giveBack(db: Db, order: PlacedOrder, step: DecisionStep, at: number): { state: OrderState } {
  takeStep(db, order, step, { dueAt: deadlineAfterReturn(order.violation, at), answeredAt: null, overdueAt: null });
  return { state: 'issued' };
}
