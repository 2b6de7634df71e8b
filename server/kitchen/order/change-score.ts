// Changes a restaurant's score inside the caller's transaction, with the event that says why.
import { eq } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import { restaurantById } from '../restaurant/restaurant-store.ts';
import { restaurants } from '../restaurant/restaurant-tables.ts';
import { scoreEvents } from './order-tables.ts';
import { type ScoreReason, scoreAfter } from './score.ts';

export type ScoreChange = {
  readonly restaurantId: number;
  readonly delta: number;
  readonly reason: ScoreReason;
  readonly violation?: string;
  readonly orderId?: number;
  readonly at: number;
};

export function changeScore(
  db: Db,
  { restaurantId, delta: wanted, reason, violation, orderId, at }: ScoreChange,
): void {
  const restaurant = restaurantById(db, restaurantId);
  if (restaurant === undefined) throw new Error(`Restaurant ${restaurantId} is gone.`);
  const { after, delta } = scoreAfter(restaurant.score, wanted);
  db.orm
    .insert(scoreEvents)
    .values({ restaurantId, at, delta, after, reason, violation: violation ?? null, orderId: orderId ?? null })
    .run();
  db.orm.update(restaurants).set({ score: after }).where(eq(restaurants.id, restaurantId)).run();
}

/** Gives back everything an order has cost, or takes back what it gave: as if it had never been. */
export function undoScoreOf(
  db: Db,
  order: { readonly id: number; readonly restaurantId: number; readonly violation: string },
  reason: ScoreReason,
  at: number,
): void {
  const rows = db.orm
    .select({ delta: scoreEvents.delta })
    .from(scoreEvents)
    .where(eq(scoreEvents.orderId, order.id))
    .all();
  const total = rows.reduce((sum, row) => sum + row.delta, 0);
  if (total === 0) return;
  changeScore(db, {
    restaurantId: order.restaurantId,
    delta: -total,
    reason,
    violation: order.violation,
    orderId: order.id,
    at,
  });
}
