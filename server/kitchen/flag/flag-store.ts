// Questions about flags: one by id, those a caller may see, their frames, what was before.
import { and, asc, desc, eq, gte, inArray, lt, type SQL } from 'drizzle-orm';
import { type Caller, seesAllSites, seesSite, sitesSeen } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { cameras } from '../camera/camera-tables.ts';
import { restaurants } from '../restaurant/restaurant-tables.ts';
import type { FlagStatus } from './decision.ts';
import { flagFrames, flags } from './flag-tables.ts';

export type Flag = typeof flags.$inferSelect;
/** A flag of a lookout names it instead of a pack. */
export const lookoutPackName = 'lookout';

export type FlagFrame = typeof flagFrames.$inferSelect;

/** A flag with the names of its place. */
export type PlacedFlag = Flag & {
  readonly siteId: string;
  readonly restaurantName: string;
  readonly restaurantNameEn: string | null;
  readonly place: string;
  readonly placeEn: string | null;
  readonly cameraKind: string;
};

export const longestFlagList = 200;

const placed = {
  flag: flags,
  siteId: restaurants.siteId,
  restaurantName: restaurants.name,
  restaurantNameEn: restaurants.nameEn,
  place: cameras.place,
  placeEn: cameras.placeEn,
  cameraKind: cameras.kind,
};

export function flagById(db: Db, id: number): PlacedFlag | undefined {
  return placedFlags(db, eq(flags.id, id), 1)[0];
}

/** A flag of the part of the city that the caller oversees; undefined for another's, as if it were not there. */
export function flagOverseen(db: Db, caller: Caller, id: number): PlacedFlag | undefined {
  const flag = flagById(db, id);
  return flag !== undefined && seesSite(caller, flag.siteId) ? flag : undefined;
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
    seesAllSites(caller) ? undefined : inArray(restaurants.siteId, [...sitesSeen(caller)]),
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
