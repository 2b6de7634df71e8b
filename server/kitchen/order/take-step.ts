// Takes an order one step on, inside the caller's transaction: the step, the new state, the ledger entry.
import { eq } from 'drizzle-orm';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import type { Order } from './order-store.ts';
import { orderSteps, orders } from './order-tables.ts';
import { orderAfter, orderNumber, type StepKind } from './rectification.ts';

export type NewStep = {
  readonly kind: StepKind;
  readonly at: number;
  /** Null: the clock did it. */
  readonly by: number | null;
  readonly text?: string | undefined;
  readonly photoHash?: string | undefined;
  readonly key?: string | undefined;
};

type OrderChange = Partial<Pick<Order, 'dueAt' | 'answeredAt' | 'overdueAt' | 'closedAt'>>;

/** Returns the step's id. Throws Problem('conflict') when the order's state does not allow it. */
export function takeStep(db: Db, order: Pick<Order, 'id' | 'state'>, step: NewStep, change: OrderChange = {}): number {
  const state = step.kind === 'issued' ? order.state : orderAfter(order.state, step.kind);
  if (state === undefined)
    throw new Problem('conflict', { detail: `The order is ${order.state}; it cannot be ${step.kind}.` });
  const { kind, at, by, text, photoHash, key } = step;
  const row = { orderId: order.id, at, by, kind, text: text ?? null, photoHash: photoHash ?? null, key: key ?? null };
  const { id } = db.orm.insert(orderSteps).values(row).returning({ id: orderSteps.id }).get();
  db.orm
    .update(orders)
    .set({ ...change, state })
    .where(eq(orders.id, order.id))
    .run();
  const body = { number: orderNumber(order.id), step: kind, state, by, text, photo: photoHash, dueAt: change.dueAt };
  appendEntry(db, { kind: 'order', subject: `order/${order.id}`, body, at });
  return id;
}
