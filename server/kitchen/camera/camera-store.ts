// Questions about cameras: by id, of a restaurant, due now, and what the eye needs to open one.
import { fileURLToPath } from 'node:url';
import { and, asc, count, desc, eq, gt, gte, isNull, lt, lte, ne, or } from 'drizzle-orm';
import type { AddressRule, CameraSpec, FrameSignature } from '../../../inference/types.ts';
import { type Caller, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { unseal } from '../../store/seal.ts';
import { beijingDay } from '../restaurant/hours.ts';
import { type Restaurant, restaurantById } from '../restaurant/restaurant-store.ts';
import { readSettings } from '../setting/setting-store.ts';
import { cameraEvents, cameras, sampleDays } from './camera-tables.ts';
import { wholeAddress } from './keep-secrets.ts';
import { clockTolerance } from './stream-advice.ts';
import { farthestDueMs, mostLoginRefusals } from './watch.ts';
import { privateParts } from './zone.ts';

export type Camera = typeof cameras.$inferSelect;
export type CameraEvent = typeof cameraEvents.$inferSelect;

const mostDueAtOnce = 500;
const longestTimeline = 200;
const programFolder = fileURLToPath(new URL('../../..', import.meta.url));

export function cameraById(db: Db, id: number): Camera | undefined {
  return db.orm
    .select()
    .from(cameras)
    .where(and(eq(cameras.id, id), isNull(cameras.removedAt)))
    .get();
}

/** A camera with its restaurant, when the caller may see it; undefined for another's. */
export function visibleCamera(
  db: Db,
  caller: Caller,
  id: number,
): { camera: Camera; restaurant: Restaurant } | undefined {
  const camera = cameraById(db, id);
  const restaurant = camera && restaurantById(db, camera.restaurantId);
  return camera && restaurant && seesSite(caller, restaurant.siteId) ? { camera, restaurant } : undefined;
}

export function camerasOf(db: Db, restaurantId: number): Camera[] {
  const where = and(eq(cameras.restaurantId, restaurantId), isNull(cameras.removedAt));
  return db.orm.select().from(cameras).where(where).orderBy(asc(cameras.id)).all();
}

export function countCamerasOf(db: Db, restaurantId: number): number {
  const where = and(eq(cameras.restaurantId, restaurantId), isNull(cameras.removedAt));
  return db.orm.select({ n: count() }).from(cameras).where(where).get()?.n ?? 0;
}

/** Cameras whose time has come, the longest waiting first, at most `mostDueAtOnce`; not those whose login was refused too often. */
export function dueCameras(db: Db, now: number): Camera[] {
  const where = and(
    or(lte(cameras.nextDueAt, now), gt(cameras.nextDueAt, now + farthestDueMs)),
    isNull(cameras.removedAt),
    lt(cameras.loginRefusals, mostLoginRefusals),
  );
  return db.orm.select().from(cameras).where(where).orderBy(asc(cameras.nextDueAt)).limit(mostDueAtOnce).all();
}

const missed = (now: number) =>
  and(lt(cameras.watchBy, now), isNull(cameras.removedAt), lt(cameras.loginRefusals, mostLoginRefusals));

/** Cameras that should have been looked at by now, and are not known to be unwatched yet; at most `mostDueAtOnce`. */
export function unnoticedCameras(db: Db, now: number): Camera[] {
  const where = and(missed(now), ne(cameras.state, 'unwatched'));
  return db.orm.select().from(cameras).where(where).orderBy(asc(cameras.watchBy)).limit(mostDueAtOnce).all();
}

/** How many cameras nobody looks at; asked of the rows themselves, so that it is true when nothing else runs. */
export function countUnwatched(db: Db, now: number): number {
  return db.orm.select({ n: count() }).from(cameras).where(missed(now)).get()?.n ?? 0;
}

/** The newest first. */
export function cameraTimeline(db: Db, cameraId: number, since: number): CameraEvent[] {
  const where = and(eq(cameraEvents.cameraId, cameraId), gte(cameraEvents.at, since));
  return db.orm
    .select()
    .from(cameraEvents)
    .where(where)
    .orderBy(desc(cameraEvents.at), desc(cameraEvents.id))
    .limit(longestTimeline)
    .all();
}

export function sampledToday(db: Db, cameraId: number, now: number): number {
  const where = and(eq(sampleDays.cameraId, cameraId), eq(sampleDays.day, beijingDay(now)));
  return db.orm.select({ n: sampleDays.sampled }).from(sampleDays).where(where).get()?.n ?? 0;
}

/** What the eye needs to open this camera. The password leaves its seal here and goes nowhere else. */
export function cameraSpec(deps: Pick<Deps, 'db' | 'secrets' | 'blobs'>, camera: Camera): CameraSpec {
  const { sealKey } = deps.secrets;
  const place = { table: 'camera', row: camera.id, column: 'sealed_password' };
  const password = camera.sealedPassword === null ? undefined : unseal(sealKey, place, camera.sealedPassword);
  const path = camera.path === null ? undefined : filePath(deps, camera.path);
  const previous = camera.signature === null ? undefined : (JSON.parse(camera.signature) as FrameSignature);
  const url = wholeAddress(deps, camera);
  return {
    id: String(camera.id),
    kind: camera.kind,
    allow: openedNetworks(deps.db),
    ...(url === null ? {} : { url }),
    ...(camera.certificate === null ? {} : { certificate: camera.certificate }),
    ...(path === undefined ? {} : { path }),
    ...(camera.user === null ? {} : { user: camera.user }),
    ...(password === undefined ? {} : { password }),
    ...(previous === undefined ? {} : { previous }),
    black: privateParts(camera.rules.zones),
  };
}

function filePath(deps: Pick<Deps, 'blobs'>, path: string): string {
  if (path.startsWith('blob:')) return deps.blobs.pathOf(path.slice('blob:'.length));
  return path.startsWith('/') ? path : `${programFolder}${path}`;
}

const mostAtAddress = 40;

/** Cameras whose address has this host, whoever they belong to. */
export function camerasAt(db: Db, host: string): { id: number; place: string }[] {
  return db.sqlite
    .prepare(
      `SELECT c.id, r.name || ' · ' || c.place AS place FROM camera c JOIN restaurant r ON r.id = c.restaurant_id
        WHERE c.removed_at IS NULL AND (c.url GLOB '*://' || @host || '[:/]*' OR c.url GLOB '*://' || @host)
        ORDER BY c.id LIMIT ${mostAtAddress}`,
    )
    .all({ host }) as { id: number; place: string }[];
}

/** The networks that an administrator opened to cameras. */
export function openedNetworks(db: Db): AddressRule[] {
  return readSettings(db).allowedNetworks.map(({ network, ports }) => (ports ? { network, ports } : { network }));
}

/** Looks a minute that all cameras ask for, by their weight. */
export function lookDemands(db: Db): { weight: number; perMinute: number }[] {
  return db.sqlite
    .prepare(
      'SELECT weight, sum(60000.0 / sample_every_ms) AS perMinute FROM camera INDEXED BY camera_demand WHERE removed_at IS NULL GROUP BY weight',
    )
    .all() as { weight: number; perMinute: number }[];
}

/** Looks a minute: those asked for, and cameras looked at in the last minute. */
export function lookRates(db: Db, now: number): { asked: number; looked: number } {
  const asked = lookDemands(db).reduce((sum, { perMinute }) => sum + perMinute, 0);
  const looked = db.orm
    .select({ n: count() })
    .from(cameras)
    .where(and(gt(cameras.lastTriedAt, now - 60_000), isNull(cameras.removedAt)))
    .get();
  return { asked: Math.round(asked), looked: looked?.n ?? 0 };
}

/** Cameras whose own clock is so far off that their times can be disputed. */
export function countWrongClocks(db: Db): number {
  return db.sqlite
    .prepare("SELECT count(*) FROM camera WHERE removed_at IS NULL AND abs(stream ->> '$.clockOffsetMs') > ?")
    .pluck()
    .get(clockTolerance) as number;
}
