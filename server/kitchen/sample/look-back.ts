// Puts kept frames of a kitchen before a reviewer, with the reason: what was seen there while certain goods were in the house.
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import { writeTransaction } from '../../store/db.ts';
import { type Camera, camerasOf } from '../camera/camera-store.ts';
import { addCause, type Cause } from '../flag/add-cause.ts';
import { raiseKeptFrame } from '../flag/raise-flags.ts';
import { packsOfReading } from '../frame/reading-packs.ts';
import { type Restaurant, restaurantBySite } from '../restaurant/restaurant-store.ts';

const framesPerCamera = 4;
const mostOpenFlags = 20;

type KeptFrame = { readonly hash: string; readonly at: number };

export type LookBack = {
  /** The stay of the goods, unix ms. */
  readonly since: number;
  readonly until: number;
  readonly cause: Cause;
};

/**
 * Looks again at up to four kept frames of each camera of `siteId`, spread over the stay; how many flags it raised. Flags
 * of those hours that nobody has judged get the reason too. A frame that is flagged already is not raised twice, so a
 * repeat adds nothing.
 */
export async function lookBack(deps: Deps, siteId: string, { since, until, cause }: LookBack): Promise<number> {
  const restaurant = restaurantBySite(deps.db, siteId);
  if (restaurant === undefined) return 0;
  sayWhy(deps, restaurant, { since, until, cause });
  let raised = 0;
  for (const camera of camerasOf(deps.db, restaurant.id)) {
    const left = framesPerCamera - askedFor(deps.db, camera, cause);
    const kept = spread(unjudgedFrames(deps.db, camera, since, until), left);
    for (const frame of kept) raised += await raiseOne(deps, { restaurant, camera, frame, cause });
  }
  return raised;
}

type Look = {
  readonly restaurant: Restaurant;
  readonly camera: Camera;
  readonly frame: KeptFrame;
  readonly cause: Cause;
};

async function raiseOne(deps: Deps, { restaurant, camera, frame: { hash, at }, cause }: Look): Promise<0 | 1> {
  const picture = await deps.blobs.bring(hash);
  if (picture === undefined) return 0;
  const { signature, ...reading } = await deps.eye.classify(picture);
  const packs = packsOfReading(deps.eye, reading);
  const size = { pictureWidth: reading.width, pictureHeight: reading.height };
  const sample = {
    ok: true,
    cameraId: String(camera.id),
    at,
    reading,
    signature,
    looked: true,
    picture,
    ...size,
  } as const;
  writeTransaction(deps.db, () => {
    const flagId = raiseKeptFrame(deps, { camera, restaurant, sample, hash, packs });
    addCause(deps.db, flagId, cause, deps.clock());
  });
  return 1;
}

/** Open flags of those hours are about these goods as well. */
function sayWhy({ db, clock }: Deps, restaurant: Restaurant, { since, until, cause }: LookBack): void {
  const open = db.sqlite
    .prepare(
      `SELECT f.id FROM flag f WHERE f.restaurant_id = ? AND f.status IN ('open', 'unsure') AND f.at BETWEEN ? AND ?
         AND f.violation <> 'camera_fault'
         AND NOT EXISTS (SELECT 1 FROM flag_cause c WHERE c.flag_id = f.id AND c.kind = ? AND c.subject = ?)
       ORDER BY f.at DESC LIMIT ${mostOpenFlags}`,
    )
    .pluck()
    .all(restaurant.id, since, until, cause.kind, cause.subject) as number[];
  if (open.length === 0) return;
  writeTransaction(db, () => {
    for (const id of open) addCause(db, id, cause, clock());
    const body = { flags: open, because: cause.kind, of: cause.subject };
    appendEntry(db, { kind: 'flag-cause', subject: `restaurant/${restaurant.id}`, body, at: clock() });
  });
}

/** How many flags of the camera a look for the same reason has put before a reviewer. */
function askedFor({ sqlite }: Db, camera: Camera, { kind, subject }: Cause): number {
  return sqlite
    .prepare(
      'SELECT count(*) FROM flag_cause c JOIN flag f ON f.id = c.flag_id WHERE c.kind = ? AND c.subject = ? AND f.camera_id = ?',
    )
    .pluck()
    .get(kind, subject, camera.id) as number;
}

/** Frames of each hour, and the last few, in the order of time. */
function unjudgedFrames(db: Db, camera: Camera, since: number, until: number): KeptFrame[] {
  return db.sqlite
    .prepare(
      `SELECT f.hash, min(f.at) AS at FROM (
           SELECT hash, at FROM frame WHERE camera_id = @camera AND at BETWEEN @since AND @until
           UNION SELECT hash, at FROM hour_frame WHERE camera_id = @camera AND at BETWEEN @since AND @until) f
         WHERE NOT EXISTS (SELECT 1 FROM flag g WHERE g.picture_hash = f.hash AND g.camera_id = @camera) GROUP BY f.hash ORDER BY at LIMIT 3000`,
    )
    .all({ camera: camera.id, since, until }) as KeptFrame[];
}

/** `count` of them with the same steps between, the first and the last among them. */
function spread<T>(list: readonly T[], count: number): T[] {
  if (count <= 1) return list.slice(0, Math.max(0, count));
  const step = (list.length - 1) / (count - 1);
  return list.length <= count ? [...list] : Array.from({ length: count }, (_, i) => list[Math.round(i * step)] as T);
}
