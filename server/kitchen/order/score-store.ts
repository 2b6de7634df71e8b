// Questions about scores: what moved one lately, and what it can be again.

import { and, asc, eq, gte, inArray } from 'drizzle-orm';
import type { ScoreView } from '../../../views/kitchen/order/score-card.tsx';
import { dayMs } from '../../clock.ts';
import type { Lang } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { violationWords } from '../violation/violation-kinds.ts';
import { orders, scoreEvents } from './order-tables.ts';
import { acceptedDelta, fullScore, gradeOf } from './score.ts';

const shownDays = 90;
const shownEvents = 5;

/** The last ninety days of a restaurant's score. */
export function scoreView(
  db: Db,
  restaurant: { readonly id: number; readonly score: number },
  now: number,
  lang: Lang,
): ScoreView {
  const since = now - shownDays * dayMs;
  const where = and(eq(scoreEvents.restaurantId, restaurant.id), gte(scoreEvents.at, since));
  const events = db.orm.select().from(scoreEvents).where(where).orderBy(asc(scoreEvents.id)).limit(500).all();
  const first = events[0];
  const line = events.map((event) => ({
    at: Math.min(1, (event.at - since) / (shownDays * dayMs)),
    after: event.after,
  }));
  return {
    score: restaurant.score,
    grade: gradeOf(restaurant.score),
    reachable: reachableScore(db, restaurant, now),
    days: shownDays,
    line: [{ at: 0, after: first === undefined ? restaurant.score : first.after - first.delta }, ...line],
    events: events
      .slice(-shownEvents)
      .reverse()
      .map(({ at, delta, reason, violation }) => ({
        at,
        delta,
        reason,
        violation: violation === null ? undefined : violationWords(violation, lang).name,
      })),
  };
}

function reachableScore(db: Db, { id, score }: { readonly id: number; readonly score: number }, now: number): number {
  const open = and(eq(orders.restaurantId, id), inArray(orders.state, ['issued', 'answered']));
  const rows = db.orm.select().from(orders).where(open).limit(200).all();
  const back = rows.reduce(
    (sum, order) =>
      sum + acceptedDelta(order.violation, order.overdueAt !== null || order.dueAt < now ? 'late' : 'in_time'),
    0,
  );
  return Math.min(fullScore, score + back);
}
