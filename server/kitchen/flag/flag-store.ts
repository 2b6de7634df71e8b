// Questions about flags: one by id, what a reviewer may look at next, what is waiting, what was before.
import { and, asc, desc, eq, gte, inArray, lt, type SQL } from 'drizzle-orm';
import { type Caller, seesAllSites } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { cameras } from '../camera/camera-tables.ts';
import { restaurants } from '../restaurant/restaurant-tables.ts';
import type { FlagStatus } from './decision.ts';
import { flagFrames, flags } from './flag-tables.ts';

export type Flag = typeof flags.$inferSelect;
export type FlagFrame = typeof flagFrames.$inferSelect;

/** A flag with the names of its place. */
export type PlacedFlag = Flag & {
  readonly siteId: string;
  readonly restaurantName: string;
  readonly restaurantNameEn: string | null;
  readonly place: string;
  readonly placeEn: string | null;
};

/** The desk is the queue of flags not judged yet, and of those a second person judges without knowing; `unsure` the doubtful ones. */
export type ReviewQueue = 'desk' | 'unsure';

export const longestFlagList = 200;
const countedUpTo = 1000;

const placed = {
  flag: flags,
  siteId: restaurants.siteId,
  restaurantName: restaurants.name,
  restaurantNameEn: restaurants.nameEn,
  place: cameras.place,
  placeEn: cameras.placeEn,
};

export function flagById(db: Db, id: number): PlacedFlag | undefined {
  return placedFlags(db, eq(flags.id, id), 1)[0];
}

export function flagsById(db: Db, ids: readonly number[]): PlacedFlag[] {
  if (ids.length === 0) return [];
  const found = placedFlags(db, inArray(flags.id, [...ids]), ids.length);
  return ids.flatMap((id) => found.find((flag) => flag.id === id) ?? []);
}

export type FlagFilter = {
  readonly status?: FlagStatus | undefined;
  readonly restaurantId?: number | undefined;
  readonly cameraId?: number | undefined;
  /** Only flags with a smaller id: where the last page ended. */
  readonly before?: number | undefined;
  readonly limit: number;
};

/** What the caller may see, the newest first. */
export function listFlags(db: Db, caller: Caller, filter: FlagFilter): PlacedFlag[] {
  const where = and(
    filter.status === undefined ? undefined : eq(flags.status, filter.status),
    filter.restaurantId === undefined ? undefined : eq(flags.restaurantId, filter.restaurantId),
    filter.cameraId === undefined ? undefined : eq(flags.cameraId, filter.cameraId),
    filter.before === undefined ? undefined : lt(flags.id, filter.before),
    seesAllSites(caller) ? undefined : inArray(restaurants.siteId, [...caller.sites, '']),
  );
  return placedFlags(db, where, Math.min(filter.limit, longestFlagList));
}

function placedFlags(db: Db, where: SQL | undefined, limit: number): PlacedFlag[] {
  const rows = db.orm
    .select(placed)
    .from(flags)
    .innerJoin(restaurants, eq(restaurants.id, flags.restaurantId))
    .innerJoin(cameras, eq(cameras.id, flags.cameraId))
    .where(where)
    .orderBy(desc(flags.id))
    .limit(limit)
    .all();
  return rows.map(({ flag, ...names }) => ({ ...flag, ...names }));
}

export function framesOf(db: Db, flagId: number): FlagFrame[] {
  return db.orm
    .select()
    .from(flagFrames)
    .where(eq(flagFrames.flagId, flagId))
    .orderBy(asc(flagFrames.at))
    .limit(9)
    .all();
}

const standingVerdictOfMine = `EXISTS (SELECT 1 FROM verdict v WHERE v.flag_id = f.id AND v.by = @me AND v.decision <> 'undone'
  AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = v.id))`;
const notMyShop =
  'f.restaurant_id NOT IN (SELECT r.id FROM restaurant r WHERE r.site_id IN (SELECT value FROM json_each(@sites)))';
const free = '(f.leased_to IS NULL OR f.leased_to = @me OR f.lease_until <= @now)';

const queueConditions: Readonly<Record<ReviewQueue, readonly string[]>> = {
  desk: [
    `f.status = 'open'`,
    `f.second = 'wanted' AND f.status IN ('confirmed', 'cleared') AND NOT ${standingVerdictOfMine}`,
  ],
  unsure: [`f.status = 'unsure' AND NOT ${standingVerdictOfMine}`],
};

/** Ids of what this reviewer may look at next: what they hold already, then the oldest. */
export function nextFlagIds(db: Db, caller: Caller, queue: ReviewQueue, now: number, limit: number): number[] {
  const values = { me: caller.id, sites: JSON.stringify(caller.sites), now, limit };
  const rows = queueConditions[queue].flatMap((condition) => {
    const held = `SELECT f.id, f.at, f.leased_at AS heldAt FROM flag f WHERE f.leased_to = @me AND f.lease_until > @now AND ${condition} AND ${notMyShop} LIMIT @limit`;
    const waiting = `SELECT f.id, f.at, NULL AS heldAt FROM flag f WHERE ${condition} AND ${free} AND ${notMyShop} ORDER BY f.at LIMIT @limit`;
    return [held, waiting].flatMap((text) => db.sqlite.prepare(text).all(values) as NextRow[]);
  });
  rows.sort((a, b) => (b.heldAt ?? 0) - (a.heldAt ?? 0) || a.at - b.at || a.id - b.id);
  return [...new Set(rows.map((row) => row.id))].slice(0, limit);
}

type NextRow = { id: number; at: number; heldAt: number | null };

/** How many wait in a queue for anyone; counted up to a thousand, so that no page waits for a count. */
export function countWaiting(db: Db, queue: ReviewQueue): number {
  const condition = queue === 'desk' ? `status = 'open'` : `status = 'unsure'`;
  const text = `SELECT count(*) FROM (SELECT 1 FROM flag WHERE ${condition} LIMIT ${countedUpTo})`;
  return db.sqlite.prepare(text).pluck().get() as number;
}

export type FlagHistory = {
  readonly flagged: number;
  readonly confirmed: number;
  readonly lastConfirmedAt: number | null;
};

/** The same violation at the same camera since `since`; audits are left out, or they could be told by it. */
export function historyOf(db: Db, flag: Flag, since: number): FlagHistory {
  const same = and(
    eq(flags.cameraId, flag.cameraId),
    eq(flags.violation, flag.violation),
    gte(flags.at, since),
    eq(flags.audit, 0),
  );
  const rows = db.orm
    .select({ id: flags.id, at: flags.at, status: flags.status })
    .from(flags)
    .where(same)
    .orderBy(desc(flags.at))
    .limit(500)
    .all();
  const confirmed = rows.filter((row) => row.status === 'confirmed' && row.id !== flag.id);
  return { flagged: rows.length, confirmed: confirmed.length, lastConfirmedAt: confirmed[0]?.at ?? null };
}

const alikeWithinMs = 60 * 60_000;
const mostAlike = 50;

/**
 * Open flags of the same violation at the same camera, within an hour of this one and free to be judged by the caller.
 * None of an audited frame: each of those is looked at.
 */
export function alikeFlagIds(db: Db, caller: Caller, flag: Flag, now: number): number[] {
  if (flag.audit === 1) return [];
  const rows = db.sqlite
    .prepare(
      `SELECT f.id FROM flag f WHERE f.camera_id = @camera AND f.violation = @violation AND f.at BETWEEN @from AND @to
        AND f.status = 'open' AND f.id <> @id AND f.audit = 0 AND ${free} AND ${notMyShop} ORDER BY f.at LIMIT ${mostAlike}`,
    )
    .pluck()
    .all({
      camera: flag.cameraId,
      violation: flag.violation,
      id: flag.id,
      from: flag.at - alikeWithinMs,
      to: flag.at + alikeWithinMs,
      me: caller.id,
      sites: JSON.stringify(caller.sites),
      now,
    });
  return rows as number[];
}
