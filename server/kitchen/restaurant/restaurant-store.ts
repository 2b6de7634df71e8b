// Questions about restaurants: by site, by id, and the list with what waits at each.
import { and, asc, eq, inArray } from 'drizzle-orm';
import { type Caller, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { restaurants } from './restaurant-tables.ts';

export type Restaurant = typeof restaurants.$inferSelect;

export const longestRestaurantList = 500;

export function restaurantById(db: Db, id: number): Restaurant | undefined {
  return db.orm.select().from(restaurants).where(eq(restaurants.id, id)).get();
}

export function restaurantBySite(db: Db, siteId: string): Restaurant | undefined {
  return db.orm.select().from(restaurants).where(eq(restaurants.siteId, siteId)).get();
}

/** The restaurants a caller belongs to, oldest first. */
export function ownRestaurants(db: Db, caller: Caller): Restaurant[] {
  if (caller.sites.length === 0) return [];
  return db.orm
    .select()
    .from(restaurants)
    .where(inArray(restaurants.siteId, [...caller.sites]))
    .orderBy(asc(restaurants.id))
    .all();
}

/** A restaurant the caller may see; undefined for another's, as if it were not there. */
export function visibleRestaurant(db: Db, caller: Caller, id: number): Restaurant | undefined {
  const scope = seesAllSites(caller) ? undefined : inArray(restaurants.siteId, [...sitesSeen(caller)]);
  return db.orm
    .select()
    .from(restaurants)
    .where(and(eq(restaurants.id, id), scope))
    .get();
}

export type RestaurantSummary = {
  readonly id: number;
  readonly siteId: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly address: string;
  readonly addressEn: string | null;
  readonly score: number;
  readonly cameras: number;
  readonly camerasDown: number;
  readonly openOrders: number;
  readonly overdueOrders: number;
  readonly confirmed30: number;
  readonly closedOn: string | null;
};

/** What a list of kitchens is asked for. */
export type KitchenSearch = {
  /** In the name, the address or the licence. */
  readonly words: string;
  readonly order: KitchenOrder;
  readonly only: KitchenTrouble | 'all';
};

export const kitchenOrders = ['score', 'name', 'confirmed', 'orders'] as const;
export type KitchenOrder = (typeof kitchenOrders)[number];
export const kitchenTroubles = ['overdue', 'down', 'blind', 'closed'] as const;
export type KitchenTrouble = (typeof kitchenTroubles)[number];

const orderedBy: Readonly<Record<KitchenOrder, string>> = {
  score: 'score, id',
  name: 'name, id',
  confirmed: 'confirmed30 DESC, score, id',
  orders: 'overdueOrders DESC, openOrders DESC, score, id',
};
const having: Readonly<Record<KitchenTrouble | 'all', string>> = {
  all: 'closedOn IS NULL',
  overdue: 'closedOn IS NULL AND overdueOrders > 0',
  down: 'closedOn IS NULL AND camerasDown > 0',
  blind: 'closedOn IS NULL AND cameras = 0',
  closed: 'closedOn IS NOT NULL',
};

/** Worst score first unless asked otherwise: the riskiest kitchens are worked first. */
export function restaurantSummaries(
  db: Db,
  caller: Caller,
  now: number,
  { words, order, only }: KitchenSearch = { words: '', order: 'score', only: 'all' },
): RestaurantSummary[] {
  const own = seesAllSites(caller) ? '' : 'AND r.site_id IN (SELECT value FROM json_each(@sites))';
  const named = `instr(lower(r.name || ' ' || coalesce(r.name_en, '') || ' ' || r.address || ' ' || coalesce(r.address_en, '') || ' ' || r.licence
    || coalesce((SELECT group_concat(' ' || n.name || ' ' || coalesce(n.name_en, '')) FROM restaurant_name n WHERE n.restaurant_id = r.id), '')), @words) > 0`;
  const rows = db.sqlite
    .prepare(
      `SELECT * FROM (SELECT r.id, r.site_id AS siteId, r.name, r.name_en AS nameEn, r.address, r.address_en AS addressEn, r.score, r.closed_on AS closedOn,
        (SELECT count(*) FROM camera c WHERE c.restaurant_id = r.id AND c.removed_at IS NULL) AS cameras,
        (SELECT count(*) FROM camera c WHERE c.restaurant_id = r.id AND c.removed_at IS NULL AND c.state NOT IN ('online', 'new')) AS camerasDown,
        (SELECT count(*) FROM rectification_order o WHERE o.restaurant_id = r.id AND o.state IN ('issued', 'answered')) AS openOrders,
        (SELECT count(*) FROM rectification_order o WHERE o.restaurant_id = r.id AND o.state = 'issued' AND o.due_at < @now) AS overdueOrders,
        (SELECT count(*) FROM flag f WHERE f.restaurant_id = r.id AND f.status = 'confirmed' AND f.at > @since) AS confirmed30
      FROM restaurant r WHERE ${named} ${own}) WHERE ${having[only]} ORDER BY ${orderedBy[order]} LIMIT @limit`,
    )
    .all({
      now,
      since: now - 30 * 24 * 3600_000,
      sites: JSON.stringify(sitesSeen(caller)),
      words: words.trim().toLowerCase(),
      limit: longestRestaurantList,
    });
  return rows as RestaurantSummary[];
}
