// Questions about orders that the clock follows, and those an inspector has been told of.
import { type Caller, scopeOf } from '../../accounts/caller.ts';
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

const raised = `FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
  WHERE o.state IN ('issued', 'answered') AND EXISTS (SELECT 1 FROM order_step s WHERE s.order_id = o.id AND s.kind = 'raised')
    AND (@all = 1 OR r.site_id IN (SELECT value FROM json_each(@seen)))`;

/** Open orders that have risen to an inspector, within the caller's part of the city; the first due first. */
export function raisedOrders(db: Db, caller: Caller): PlacedOrder[] {
  const ids = db.sqlite
    .prepare(`SELECT o.id ${raised} ORDER BY o.due_at LIMIT ${mostRaised}`)
    .pluck()
    .all(scopeOf(caller)) as number[];
  return ids.flatMap((id) => visibleOrder(db, caller, id) ?? []);
}

export type DistrictCount = { readonly name: string | null; readonly nameEn: string | null; readonly count: number };

/** How many there are in each district, every one counted; a kitchen of no district has no name here. */
export function raisedByDistrict(db: Db, caller: Caller): DistrictCount[] {
  return db.sqlite
    .prepare(
      `SELECT d.name, d.name_en AS nameEn, count(*) AS count FROM (SELECT r.site_id AS site ${raised}) o
        LEFT JOIN site_district s ON s.site_id = o.site LEFT JOIN district d ON d.id = s.district_id
        GROUP BY d.id ORDER BY count DESC, d.name`,
    )
    .all(scopeOf(caller)) as DistrictCount[];
}
