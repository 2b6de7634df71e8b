// Brings a flag's order into line with its verdict, inside the caller's transaction: issued, withdrawn, or left alone.
import type { Db } from '../../store/db.ts';
import type { FlagStatus } from '../flag/decision.ts';
import type { Flag } from '../flag/flag-store.ts';
import { changeScore, undoScoreOf } from './change-score.ts';
import { type Order, standingOrderOf } from './order-store.ts';
import { orders } from './order-tables.ts';
import { deadlineOf } from './rectification.ts';
import { confirmedDelta } from './score.ts';
import { takeStep } from './take-step.ts';

export type VerdictOnFlag = {
  readonly id: number;
  readonly by: number;
  readonly violation: string;
  readonly at: number;
};

/** Returns the order that stands afterwards. Only a person's confirmation ever issues one. */
export function settleOrder(db: Db, flag: Flag, status: FlagStatus, verdict: VerdictOnFlag): Order | undefined {
  const standing = standingOrderOf(db, flag.id);
  if (status === 'confirmed') return standing ?? issueOrder(db, flag, verdict);
  if (status === 'cleared' && standing !== undefined && standing.state !== 'accepted') {
    withdrawOrder(db, standing, verdict.by, verdict.at);
    return undefined;
  }
  return standing;
}

/** The order ends as if it had never been, and so does what it cost. */
export function withdrawOrder(db: Db, order: Order, by: number, at: number): void {
  takeStep(db, order, { kind: 'withdrawn', at, by }, { closedAt: at });
  undoScoreOf(db, order, 'undone', at);
}

function issueOrder(db: Db, flag: Flag, { id: verdictId, by, violation, at }: VerdictOnFlag): Order {
  const { restaurantId } = flag;
  const dueAt = deadlineOf(violation, at);
  const row = { flagId: flag.id, verdictId, restaurantId, violation, state: 'issued' as const, issuedAt: at, dueAt };
  const order = db.orm.insert(orders).values(row).returning().get();
  takeStep(db, order, { kind: 'issued', at, by }, { dueAt });
  changeScore(db, {
    restaurantId,
    delta: confirmedDelta(violation),
    reason: 'confirmed',
    violation,
    orderId: order.id,
    at,
  });
  return order;
}
