// Questions about orders that the clock follows, and those an inspector has been told of.
import { type Caller, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { type EscalatedOrder, escalationRules } from './escalation.ts';
import { type Order, type PlacedOrder, stepsOf, visibleOrder } from './order-store.ts';

const mostFollowed = 500;
const mostRaised = 100;

/** Open orders, those due soonest first. */
export function openOrders(db: Db): (Order & EscalatedOrder)[] {
  const rows = db.sqlite
    .prepare(
      `SELECT id FROM rectification_order WHERE state IN ('issued', 'answered') ORDER BY due_at LIMIT ${mostFollowed}`,
    )
    .pluck()
    .all() as number[];
  return rows.flatMap((id) => escalated(db, id) ?? []);
}

const orderRow = `SELECT id, flag_id AS flagId, verdict_id AS verdictId, restaurant_id AS restaurantId, violation, state,
  issued_at AS issuedAt, due_at AS dueAt, answered_at AS answeredAt, overdue_at AS overdueAt, closed_at AS closedAt
  FROM rectification_order WHERE id = ?`;

/** An order with what the rules of escalation ask about it. */
export function escalated(db: Db, id: number): (Order & EscalatedOrder) | undefined {
  const order = db.sqlite.prepare(orderRow).get(id) as Order | undefined;
  if (order === undefined) return undefined;
  return { ...order, steps: stepsOf(db, id), repeats: repeatsOf(db, order), yellowsBefore: yellowsBefore(db, order) };
}

function repeatsOf(db: Db, { id, restaurantId, violation, issuedAt }: Order): number {
  return db.sqlite
    .prepare(
      `SELECT count(*) FROM rectification_order WHERE restaurant_id = ? AND violation = ? AND id <> ? AND state <> 'withdrawn'
        AND issued_at <= ? AND issued_at >= ?`,
    )
    .pluck()
    .get(restaurantId, violation, id, issuedAt, issuedAt - escalationRules.repeatsWithinMs) as number;
}

function yellowsBefore(db: Db, { id, restaurantId, dueAt }: Order): number {
  return db.sqlite
    .prepare(
      `SELECT count(*) FROM order_step s JOIN rectification_order o ON o.id = s.order_id
        WHERE o.restaurant_id = ? AND o.id <> ? AND o.state <> 'withdrawn' AND s.kind = 'yellow_card' AND s.at >= ? AND s.at <= ?`,
    )
    .pluck()
    .get(restaurantId, id, dueAt - escalationRules.yellowsWithinMs, dueAt + dayMs) as number;
}

/** Open orders that have risen to an inspector, within the caller's part of the city; the first told first. */
export function raisedOrders(db: Db, caller: Caller): PlacedOrder[] {
  const ids = db.sqlite
    .prepare(
      `SELECT o.id FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
        WHERE o.state IN ('issued', 'answered') AND EXISTS (SELECT 1 FROM order_step s WHERE s.order_id = o.id AND s.kind = 'raised')
          AND (@all = 1 OR r.site_id IN (SELECT value FROM json_each(@sites))) ORDER BY o.due_at LIMIT ${mostRaised}`,
    )
    .pluck()
    .all({ all: seesAllSites(caller) ? 1 : 0, sites: JSON.stringify(sitesSeen(caller)) }) as number[];
  return ids.flatMap((id) => visibleOrder(db, caller, id) ?? []);
}
