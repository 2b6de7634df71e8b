// Questions about rectification orders: one with its steps, those of a restaurant, those that wait for a reviewer.
import { and, asc, desc, eq, inArray, isNull, lt, ne } from 'drizzle-orm';
import { type Caller, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { cameras } from '../camera/camera-tables.ts';
import { flags } from '../flag/flag-tables.ts';
import { restaurants } from '../restaurant/restaurant-tables.ts';
import { appeals, orderSteps, orders } from './order-tables.ts';
import type { OrderState } from './rectification.ts';

export type Order = typeof orders.$inferSelect;
export type OrderStep = typeof orderSteps.$inferSelect;
export type Appeal = typeof appeals.$inferSelect;

/** An order with its place and the picture it is about. */
export type PlacedOrder = Order & {
  readonly siteId: string;
  readonly restaurantName: string;
  readonly restaurantNameEn: string | null;
  readonly place: string;
  readonly placeEn: string | null;
  readonly flag: Pick<
    typeof flags.$inferSelect,
    'id' | 'at' | 'pictureHash' | 'pictureWidth' | 'pictureHeight' | 'box'
  >;
};

export const longestOrderList = 100;
const mostOverdueAtOnce = 200;

const placed = {
  order: orders,
  siteId: restaurants.siteId,
  restaurantName: restaurants.name,
  restaurantNameEn: restaurants.nameEn,
  place: cameras.place,
  placeEn: cameras.placeEn,
  flag: {
    id: flags.id,
    at: flags.at,
    pictureHash: flags.pictureHash,
    pictureWidth: flags.pictureWidth,
    pictureHeight: flags.pictureHeight,
    box: flags.box,
  },
};

/** An order the caller may see; undefined for another's. */
export function visibleOrder(db: Db, caller: Caller, id: number): PlacedOrder | undefined {
  return select(db, caller, { id })[0];
}

export type OrderFilter = {
  readonly id?: number | undefined;
  readonly restaurantId?: number | undefined;
  readonly states?: readonly OrderState[] | undefined;
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
};

/** What the caller may see; those waiting by deadline, all by number, newest first. */
export function listOrders(db: Db, caller: Caller, filter: OrderFilter): PlacedOrder[] {
  return select(db, caller, filter);
}

function select(db: Db, caller: Caller, filter: OrderFilter): PlacedOrder[] {
  const where = and(
    filter.id === undefined ? undefined : eq(orders.id, filter.id),
    filter.restaurantId === undefined ? undefined : eq(orders.restaurantId, filter.restaurantId),
    filter.states === undefined ? undefined : inArray(orders.state, [...filter.states]),
    filter.before === undefined ? undefined : lt(orders.id, filter.before),
    seesAllSites(caller) ? undefined : inArray(restaurants.siteId, [...sitesSeen(caller)]),
  );
  const rows = db.orm
    .select(placed)
    .from(orders)
    .innerJoin(flags, eq(flags.id, orders.flagId))
    .innerJoin(cameras, eq(cameras.id, flags.cameraId))
    .innerJoin(restaurants, eq(restaurants.id, orders.restaurantId))
    .where(where)
    .orderBy(desc(orders.id))
    .limit(Math.min(filter.limit ?? longestOrderList, longestOrderList))
    .all();
  return rows.map(({ order, ...rest }) => ({ ...order, ...rest }));
}

export function stepsOf(db: Db, orderId: number): OrderStep[] {
  return db.orm
    .select()
    .from(orderSteps)
    .where(eq(orderSteps.orderId, orderId))
    .orderBy(asc(orderSteps.id))
    .limit(200)
    .all();
}

export function stepByKey(db: Db, by: number, key: string): OrderStep | undefined {
  return db.orm
    .select()
    .from(orderSteps)
    .where(and(eq(orderSteps.by, by), eq(orderSteps.key, key)))
    .get();
}

/** The order a flag led to that has not been withdrawn. */
export function standingOrderOf(db: Db, flagId: number): Order | undefined {
  return db.orm
    .select()
    .from(orders)
    .where(and(eq(orders.flagId, flagId), ne(orders.state, 'withdrawn')))
    .get();
}

/** Every order a flag ever led to, withdrawn ones among them, the oldest first. */
export function ordersOfFlag(db: Db, flagId: number): Order[] {
  return db.orm.select().from(orders).where(eq(orders.flagId, flagId)).orderBy(asc(orders.id)).limit(50).all();
}

export function orderOfVerdict(db: Db, verdictId: number): Order | undefined {
  return db.orm.select().from(orders).where(eq(orders.verdictId, verdictId)).get();
}

/** Unanswered, past their deadline and not yet marked. */
export function overdueOrders(db: Db, now: number): Order[] {
  const where = and(eq(orders.state, 'issued'), lt(orders.dueAt, now), isNull(orders.overdueAt));
  return db.orm.select().from(orders).where(where).orderBy(asc(orders.dueAt)).limit(mostOverdueAtOnce).all();
}

export function appealOf(db: Db, orderId: number): Appeal | undefined {
  return db.orm.select().from(appeals).where(eq(appeals.orderId, orderId)).get();
}

export function openAppeals(db: Db): Appeal[] {
  return db.orm
    .select()
    .from(appeals)
    .where(eq(appeals.state, 'open'))
    .orderBy(asc(appeals.at))
    .limit(longestOrderList)
    .all();
}
