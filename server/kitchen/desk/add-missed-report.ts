// A reviewer reports a violation that the models missed on a frame: a flag confirmed by a person, for a second one to judge blind.
import { and, asc, desc, eq, gt, lt } from 'drizzle-orm';
import { type Caller, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { type Camera, visibleCamera } from '../camera/camera-store.ts';
import { flagFrames, flags } from '../flag/flag-tables.ts';
import { frames } from '../frame/frame-tables.ts';
import { picturesOf } from '../picture/picture-store.ts';
import type { Restaurant } from '../restaurant/restaurant-store.ts';
import { violationIds } from '../violation/violation-kinds.ts';
import { type Judged, judgeFlag } from './judge-flag.ts';

export type MissedReport = {
  readonly cameraId: number;
  /** The time of the frame, unix ms. */
  readonly at: number;
  readonly violation: string;
};

const reported = 2;
const framesAround = 2;

/** Throws Problem: 404 another's camera or no such frame, 403 one's own shop, 409 flagged as this already. */
export function reportMissed(deps: Pick<Deps, 'db' | 'clock'>, caller: Caller, report: MissedReport): Judged {
  const { db } = deps;
  return writeTransaction(db, () => {
    const found = visibleCamera(db, caller, report.cameraId);
    if (found === undefined || !seesSite(caller, found.restaurant.siteId)) throw new Problem('not_found');
    if (caller.sites.includes(found.restaurant.siteId))
      throw new Problem('forbidden', { detail: 'A reviewer never judges their own shop.' });
    if (!violationIds.some((id) => id === report.violation))
      throw new Problem('invalid_input', {
        faults: [{ place: '/violation', code: 'unknown', detail: `One of ${violationIds.join(', ')}.` }],
      });
    refuseKnown(db, report);
    const hash = frameAt(db, report);
    if (hash === undefined) throw new Problem('not_found', { detail: 'No picture of that moment is kept.' });
    const flagId = insertReported(db, found, { ...report, hash }, caller);
    return judgeFlag(deps, caller, { flagId, decision: 'confirmed' });
  });
}

function refuseKnown(db: Db, { cameraId, at, violation }: MissedReport): void {
  const known = db.sqlite
    .prepare(
      `SELECT id FROM flag WHERE camera_id = ? AND at = ? AND violation = ? AND status <> 'cleared' AND audit <> 1 LIMIT 1`,
    )
    .pluck()
    .get(cameraId, at, violation);
  if (known !== undefined)
    throw new Problem('duplicate', { detail: `Flag ${known} is about this already: judge that one.` });
}

function frameAt(db: Db, { cameraId, at }: MissedReport): string | undefined {
  return db.sqlite
    .prepare(
      `SELECT hash FROM frame WHERE camera_id = @cameraId AND at = @at
       UNION ALL SELECT picture_hash FROM flag WHERE camera_id = @cameraId AND at = @at
       UNION ALL SELECT x.hash FROM flag_frame x JOIN flag f ON f.id = x.flag_id WHERE f.camera_id = @cameraId AND x.at = @at
       UNION ALL SELECT last_frame_hash FROM camera WHERE id = @cameraId AND last_frame_at = @at LIMIT 1`,
    )
    .pluck()
    .get({ cameraId, at }) as string | undefined;
}

function insertReported(
  db: Db,
  { camera, restaurant }: { readonly camera: Camera; readonly restaurant: Restaurant },
  { at, violation, hash }: MissedReport & { readonly hash: string },
  caller: Caller,
): number {
  const picture = picturesOf(db, hash)[0];
  if (picture === undefined)
    throw new Problem('not_found', { detail: 'The picture of that moment is no longer kept.' });
  const pack = { name: '', sha256: '' };
  const { id } = db.orm
    .insert(flags)
    .values({
      cameraId: camera.id,
      restaurantId: restaurant.id,
      violation,
      score: 0,
      threshold: 1,
      box: [0, 0, 1, 1],
      zone: null,
      at,
      pictureHash: hash,
      pictureWidth: picture.width,
      pictureHeight: picture.height,
      packName: pack.name,
      packSha256: pack.sha256,
      status: 'open',
      audit: reported,
      second: 'wanted',
    })
    .returning({ id: flags.id })
    .get();
  keepFramesAround(db, id, camera.id, { at, hash });
  const body = {
    camera: camera.id,
    site: restaurant.siteId,
    violation,
    score: 0,
    threshold: 1,
    box: [0, 0, 1, 1],
    frameAt: at,
    picture: hash,
    pack,
    audit: reported,
    reportedBy: caller.id,
  };
  appendEntry(db, { kind: 'flag', subject: `flag/${id}`, body, at });
  return id;
}

function keepFramesAround(db: Db, flagId: number, cameraId: number, own: { at: number; hash: string }): void {
  const here = eq(frames.cameraId, cameraId);
  const before = db.orm
    .select()
    .from(frames)
    .where(and(here, lt(frames.at, own.at)))
    .orderBy(desc(frames.at));
  const after = db.orm
    .select()
    .from(frames)
    .where(and(here, gt(frames.at, own.at)))
    .orderBy(asc(frames.at));
  const around = [...before.limit(framesAround).all(), ...after.limit(framesAround).all()];
  for (const { at, hash } of around)
    db.orm.insert(flagFrames).values({ flagId, at, hash, shown: 0 }).onConflictDoNothing().run();
  db.orm
    .insert(flagFrames)
    .values({ flagId, ...own, shown: 1 })
    .onConflictDoNothing()
    .run();
}
