// Keeps the last few frames of a camera, so that a flag can show what came before and after it.
import { and, desc, eq, gte, inArray, lt } from 'drizzle-orm';
import { forgetStoredPictures } from '../../sight/keep-stored-picture.ts';
import type { Db } from '../../store/db.ts';
import type { FrameInHand } from '../frame/frame.ts';
import { frames } from '../frame/frame-tables.ts';
import { keepHourFrame } from '../frame/keep-hour-frame.ts';
import { pictureIsNeeded } from '../picture/picture-store.ts';
import { pictures } from '../picture/picture-tables.ts';
import { flagFrames, flags } from './flag-tables.ts';

const framesPerCamera = 6;
const framesBefore = 2;
const framesAfter = 2;
// A camera that is looked at seldom has its neighbours further off; other machines send a quiet picture every ten minutes.
const betweenMs = 15 * 60_000;
const betweenSamples = 3;

function longestBetweenMs({ sampleEveryMs }: Pick<FrameInHand['camera'], 'sampleEveryMs'>): number {
  return Math.max(betweenMs, betweenSamples * sampleEveryMs);
}

/** Adds the frame, and shows it as "after" at flags just raised. Inside the caller's transaction. */
export function keepFrame(db: Db, { camera, sample, hash }: FrameInHand, shown: string[]): void {
  // Nothing changed since the last picture, so it shows this moment too; a fault of the lens is no frame after.
  if (!sample.looked && !sample.reading.check.ok) return;
  if (sample.looked) {
    db.orm.insert(frames).values({ cameraId: camera.id, at: sample.at, hash, shown }).run();
    keepHourFrame(db, { cameraId: camera.id, at: sample.at, hash });
  }
  const recent = and(
    eq(flags.cameraId, camera.id),
    gte(flags.at, sample.at - longestBetweenMs(camera)),
    lt(flags.at, sample.at),
  );
  const waiting = db.orm.select().from(flags).where(recent).orderBy(desc(flags.at)).limit(10).all();
  for (const flag of waiting) {
    const later = and(eq(flagFrames.flagId, flag.id), gte(flagFrames.at, flag.at + 1));
    const known = db.orm.select({ at: flagFrames.at }).from(flagFrames).where(later).all().length;
    if (known < framesAfter) addFlagFrame(db, flag.id, { at: sample.at, hash, shown: shown.includes(flag.violation) });
  }
}

type FlagFrames = {
  readonly violation: string;
  readonly shown: 'shown' | 'drawn';
  /** Frames over which it held before it counted. */
  readonly stretch: readonly { readonly at: number; readonly hash: string }[];
};

/** The frames before a new flag, and its own. Inside the caller's transaction. */
export function keepFramesBefore(
  db: Db,
  flagId: number,
  { camera, sample, hash }: FrameInHand,
  { violation, shown, stretch }: FlagFrames,
): void {
  const earlier = and(
    eq(frames.cameraId, camera.id),
    lt(frames.at, sample.at),
    gte(frames.at, sample.at - longestBetweenMs(camera)),
  );
  for (const frame of stretch) addFlagFrame(db, flagId, { ...frame, shown: true });
  const before = db.orm.select().from(frames).where(earlier).orderBy(desc(frames.at)).limit(framesBefore).all();
  for (const frame of before)
    addFlagFrame(db, flagId, { at: frame.at, hash: frame.hash, shown: frame.shown.includes(violation) });
  addFlagFrame(db, flagId, { at: sample.at, hash, shown: shown === 'shown' });
}

/** Whether a flag of this camera still waits for the frames after it: then their pictures are wanted too. */
export function flagWantsFrames(
  db: Db,
  camera: Pick<FrameInHand['camera'], 'id' | 'sampleEveryMs'>,
  now: number,
): boolean {
  const found = db.sqlite
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM flag f WHERE f.camera_id = @camera AND f.at >= @since
         AND (SELECT count(*) FROM flag_frame x WHERE x.flag_id = f.id AND x.at > f.at) < @wanted)`,
    )
    .pluck()
    .get({ camera: camera.id, since: now - longestBetweenMs(camera), wanted: framesAfter });
  return found === 1;
}

/** Forgets all but the last frames of a camera; returns the pictures nobody needs now, to be removed after the commit. */
export function dropOldFrames(db: Db, cameraId: number): string[] {
  const old = db.orm
    .select()
    .from(frames)
    .where(eq(frames.cameraId, cameraId))
    .orderBy(desc(frames.at))
    .offset(framesPerCamera)
    .limit(50)
    .all();
  if (old.length === 0) return [];
  db.orm
    .delete(frames)
    .where(
      inArray(
        frames.id,
        old.map((frame) => frame.id),
      ),
    )
    .run();
  const gone = [...new Set(old.map((frame) => frame.hash))].filter((hash) => !pictureIsNeeded(db, hash));
  if (gone.length > 0) db.orm.delete(pictures).where(inArray(pictures.hash, gone)).run();
  forgetStoredPictures(db, gone);
  return gone;
}

function addFlagFrame(db: Db, flagId: number, frame: { at: number; hash: string; shown: boolean }): void {
  db.orm
    .insert(flagFrames)
    .values({ flagId, at: frame.at, hash: frame.hash, shown: frame.shown ? 1 : 0 })
    .onConflictDoNothing()
    .run();
}
