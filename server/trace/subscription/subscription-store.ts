// Asks for subscriptions: one, those of a query or of an account, those that are due; their deliveries and open networks.
import { and, asc, desc, eq, gt } from 'drizzle-orm';
import type { AddressRule } from '../../../inference/types.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { unseal } from '../../store/seal.ts';
import { deliveries, namedQueries, subscriptions, webhookNetworks } from './subscription-tables.ts';
import { longestWaitMs } from './webhook.ts';

export type Subscription = typeof subscriptions.$inferSelect;
export type Delivery = typeof deliveries.$inferSelect;
/** A subscription with its query and whose it is. */
export type OwnedSubscription = Subscription & {
  readonly accountId: number;
  readonly queryName: string;
  readonly definition: string;
};

const mostDue = 200;
const mostListed = 500;

const ownedColumns = {
  subscription: subscriptions,
  accountId: namedQueries.accountId,
  queryName: namedQueries.name,
  definition: namedQueries.definition,
};

type OwnedRow = {
  subscription: Subscription;
  accountId: number;
  queryName: string;
  definition: string;
};

function ownedOf({ subscription, ...query }: OwnedRow): OwnedSubscription {
  return { ...subscription, ...query };
}

function ownedRows(db: Db) {
  return db.orm
    .select(ownedColumns)
    .from(subscriptions)
    .innerJoin(namedQueries, eq(namedQueries.id, subscriptions.queryId));
}

export function subscriptionById(db: Db, id: number): OwnedSubscription | undefined {
  const row = ownedRows(db).where(eq(subscriptions.id, id)).get();
  return row === undefined ? undefined : ownedOf(row);
}

/** By its public id, of one query. */
export function subscriptionOf(db: Db, queryId: number, publicId: string): OwnedSubscription | undefined {
  const row = ownedRows(db)
    .where(and(eq(subscriptions.queryId, queryId), eq(subscriptions.publicId, publicId)))
    .get();
  return row === undefined ? undefined : ownedOf(row);
}

/** `after`: the id of the last one of the page before. */
export function subscriptionsOfQuery(db: Db, queryId: number, limit: number, after = 0): OwnedSubscription[] {
  return ownedRows(db)
    .where(and(eq(subscriptions.queryId, queryId), gt(subscriptions.id, after)))
    .orderBy(asc(subscriptions.id))
    .limit(limit)
    .all()
    .map(ownedOf);
}

/** An administrator's are everybody's, the newest first, at most `mostListed`. */
export function visibleSubscriptions(db: Db, caller: Caller): OwnedSubscription[] {
  return ownedRows(db)
    .where(caller.role === 'admin' ? undefined : eq(namedQueries.accountId, caller.id))
    .orderBy(desc(subscriptions.id))
    .limit(mostListed)
    .all()
    .map(ownedOf);
}

/** For whoever may change it: its owner and administrators. Undefined for an unknown one and for another's. */
export function changeableSubscription(db: Db, caller: Caller, publicId: string): OwnedSubscription | undefined {
  const row = ownedRows(db).where(eq(subscriptions.publicId, publicId)).get();
  if (row === undefined || (row.accountId !== caller.id && caller.role !== 'admin')) return undefined;
  return ownedOf(row);
}

export function countSubscriptions(db: Db, accountId: number): number {
  return ownedRows(db).where(eq(namedQueries.accountId, accountId)).all().length;
}

export function openDelivery(db: Db, subscriptionId: number): Delivery | undefined {
  const where = and(eq(deliveries.subscriptionId, subscriptionId), eq(deliveries.state, 'open'));
  return db.orm.select().from(deliveries).where(where).get();
}

/** Newest first. */
export function newestDeliveries(db: Db, subscriptionId: number, limit: number): Delivery[] {
  return db.orm
    .select()
    .from(deliveries)
    .where(eq(deliveries.subscriptionId, subscriptionId))
    .orderBy(desc(deliveries.id))
    .limit(limit)
    .all();
}

/** Ids of active subscriptions that have something to try, make or run now; those that waited longest first. */
export function dueSubscriptions(db: Db, now: number): number[] {
  const statement = dueStatements.get(db) ?? db.sqlite.prepare(dueSql).pluck();
  dueStatements.set(db, statement);
  return statement.all({ now, farthest: now + longestWaitMs, limit: mostDue }) as number[];
}

const dueStatements = new WeakMap<Db, ReturnType<Db['sqlite']['prepare']>>();
const dueSql = `SELECT s.id FROM subscription s
  LEFT JOIN webhook_delivery d ON d.subscription_id = s.id AND d.state = 'open'
  WHERE s.state = 'active' AND CASE
    WHEN d.id IS NOT NULL THEN d.next_try_at <= @now OR d.next_try_at > @farthest
    WHEN s.run_until IS NOT NULL THEN 1
    WHEN s.schedule IS NULL THEN s.cursor < (SELECT coalesce(max(id), 0) FROM event)
    ELSE s.next_run_at <= @now END
  ORDER BY coalesce(s.delivered_at, 0), s.id LIMIT @limit`;

export function openNetworks(db: Db): (typeof webhookNetworks.$inferSelect)[] {
  return db.orm.select().from(webhookNetworks).orderBy(asc(webhookNetworks.id)).all();
}

/** The private networks that deliveries may go to. */
export function allowedRules(db: Db): AddressRule[] {
  return openNetworks(db).map(({ network, port }) => ({ network, ports: [port] }));
}

/** What deliveries are signed with. It leaves its seal here and goes into the signature alone. */
export function tokenOf({ secrets }: Pick<Deps, 'secrets'>, { id, sealedToken }: Subscription): string {
  return unseal(secrets.sealKey, tokenPlace(id), sealedToken);
}

export function tokenPlace(id: number) {
  return { table: 'subscription', row: id, column: 'sealed_token' };
}
