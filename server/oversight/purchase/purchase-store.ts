// Asks for orders: one that a caller has a part in, those of some places, their lines with what was sent for each, and their money.
import type { Caller } from '../../accounts/caller.ts';
import { Problem } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import type { MoneyKind, OrderState } from './purchase.ts';

export type PurchaseOrder = {
  readonly id: number;
  readonly uri: string;
  readonly buyer: string;
  readonly supplier: string;
  readonly state: OrderState;
  readonly dueDay: string;
  readonly placedAt: number;
  readonly sentAt: number | null;
  readonly receivedAt: number | null;
  readonly endedAt: number | null;
  readonly reason: string | null;
};

export type Parcel = {
  readonly id: number;
  readonly lineId: number;
  readonly lotId: number;
  readonly sent: number;
  readonly received: number | null;
};

export type OrderLine = {
  readonly id: number;
  readonly orderId: number;
  readonly product: string;
  readonly quantity: number;
  readonly unit: string | null;
  readonly priceFen: number | null;
  readonly parcels: readonly Parcel[];
};

export type Money = {
  readonly id: number;
  readonly kind: MoneyKind;
  readonly reference: string;
  readonly amountFen: number;
  readonly at: number;
};

export type Side = 'buyer' | 'supplier';

const columns = `o.id, o.uri, o.buyer, o.supplier, o.state, o.due_day AS dueDay, o.placed_at AS placedAt, o.sent_at AS sentAt,
  o.received_at AS receivedAt, o.ended_at AS endedAt, o.reason`;
const mostMoney = 200;

/** Throws Problem `not_found` for an order that the caller has no part in, or not the part of `side`. */
export function ownOrder(
  db: Db,
  caller: Caller,
  id: number,
  side?: Side,
): PurchaseOrder & { readonly sides: readonly Side[] } {
  const order = db.sqlite.prepare(`SELECT ${columns} FROM purchase_order o WHERE o.id = ?`).get(id) as
    | PurchaseOrder
    | undefined;
  const sides = order === undefined ? [] : (['buyer', 'supplier'] as const).filter((each) => isOf(caller, order[each]));
  if (order === undefined || sides.length === 0 || (side !== undefined && !sides.includes(side)))
    throw new Problem('not_found');
  return { ...order, sides };
}

function isOf(caller: Caller, siteId: string): boolean {
  return caller.sites.includes(siteId);
}

export type OrdersAsked = {
  readonly side: Side;
  readonly states: readonly OrderState[];
  readonly limit: number;
  /** Only older ones than this id. */
  readonly before?: number | undefined;
};

/** Newest first. */
export function ordersOf(
  db: Db,
  sites: readonly string[],
  { side, states, limit, before }: OrdersAsked,
): PurchaseOrder[] {
  return db.sqlite
    .prepare(
      `SELECT ${columns} FROM purchase_order o WHERE o.${side} IN (SELECT value FROM json_each(@sites))
         AND o.state IN (SELECT value FROM json_each(@states)) AND o.id < @before ORDER BY o.id DESC LIMIT @limit`,
    )
    .all({
      sites: JSON.stringify(sites),
      states: JSON.stringify(states),
      before: before ?? Number.MAX_SAFE_INTEGER,
      limit,
    }) as PurchaseOrder[];
}

/** By order id, each line with what was sent for it. */
export function linesOf(db: Db, orderIds: readonly number[]): Map<number, OrderLine[]> {
  const ids = JSON.stringify(orderIds);
  const lines = db.sqlite
    .prepare(
      `SELECT l.id, l.order_id AS orderId, l.product, l.quantity, l.unit, l.price_fen AS priceFen
       FROM json_each(?) j CROSS JOIN purchase_line l ON l.order_id = j.value ORDER BY l.id`,
    )
    .all(ids) as Omit<OrderLine, 'parcels'>[];
  const parcels = db.sqlite
    .prepare(
      `SELECT p.id, p.line_id AS lineId, p.lot_id AS lotId, p.sent, p.received
       FROM json_each(?) j CROSS JOIN purchase_line l ON l.order_id = j.value CROSS JOIN purchase_parcel p ON p.line_id = l.id
       ORDER BY p.id`,
    )
    .all(ids) as Parcel[];
  const found = new Map<number, OrderLine[]>(orderIds.map((id) => [id, []]));
  for (const line of lines)
    found.get(line.orderId)?.push({ ...line, parcels: parcels.filter(({ lineId }) => lineId === line.id) });
  return found;
}

/** What was not taken back, the oldest first. */
export function moneyOf(db: Db, orderId: number): Money[] {
  return db.sqlite
    .prepare(
      `SELECT id, kind, reference, amount_fen AS amountFen, at FROM purchase_money
       WHERE order_id = ? AND taken_back_at IS NULL ORDER BY id LIMIT ${mostMoney}`,
    )
    .all(orderId) as Money[];
}

/** The last order of these places from each supplier, the newest first. */
export function lastOrders(db: Db, sites: readonly string[], limit: number): PurchaseOrder[] {
  return db.sqlite
    .prepare(
      `SELECT ${columns} FROM purchase_order o WHERE o.id IN (
         SELECT max(id) FROM purchase_order WHERE buyer IN (SELECT value FROM json_each(?)) GROUP BY buyer, supplier)
       ORDER BY o.id DESC LIMIT ?`,
    )
    .all(JSON.stringify(sites), limit) as PurchaseOrder[];
}
