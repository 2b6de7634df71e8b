// Gives one frame of a camera to its lookouts: what they remember moves on, and what they sighted comes out.
import { and, eq } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import { watchedHours } from '../camera/camera.ts';
import { type Lookout, watchesAt } from '../camera/lookout.ts';
import type { FrameInHand } from '../frame/frame.ts';
import { dropStretch } from './forget-lookouts.ts';
import { gapBetween } from './hold.ts';
import { type CameraLook, type LookoutMemory, rememberLook, restingMemory } from './lookout-memory.ts';
import type { LookoutSighting } from './lookout-rule.ts';
import { lookoutRules } from './lookout-rules.ts';
import { memoriesOf, type StretchFrame, stretchFrames } from './lookout-store.ts';
import { lookoutFrames, lookoutMemories } from './lookout-tables.ts';
import { flamesOn, peopleOn } from './people.ts';

export type Sighted = LookoutSighting & {
  /** Frames of the stretch before this one. */
  readonly frames: readonly StretchFrame[];
};

export type LookoutsSaid = {
  readonly sighted: readonly Sighted[];
  /** Ids of violations that hold on this frame and were said before. */
  readonly goingOn: readonly string[];
  /** Something has begun and is not said yet: the next look should come soon. */
  readonly begun: readonly Lookout[];
};

export const nothingSaid: LookoutsSaid = { sighted: [], goingOn: [], begun: [] };

/** Inside the caller's transaction. Costs nothing where a camera has no lookout. */
export function followLookouts(db: Db, frame: FrameInHand): LookoutsSaid {
  const { camera, restaurant, sample } = frame;
  const lookouts = camera.rules.lookouts ?? [];
  if (lookouts.length === 0) return nothingSaid;
  const memories = memoriesOf(db, camera.id);
  const look = cameraLook(frame);
  const hours = watchedHours(camera.rules, restaurant);
  const said = lookouts.map((lookout) =>
    watchesAt(lookout, hours, sample.at)
      ? advanceOne(db, frame, look, lookout, memories.get(lookout.id))
      : rest(db, camera.id, lookout, memories.get(lookout.id)),
  );
  return {
    sighted: said.flatMap(({ sighted }) => sighted),
    goingOn: [...new Set(said.flatMap(({ goingOn }) => goingOn))],
    begun: said.flatMap(({ begun }) => begun),
  };
}

function advanceOne(
  db: Db,
  frame: FrameInHand,
  look: CameraLook,
  lookout: Lookout,
  before: LookoutMemory | undefined,
): LookoutsSaid {
  const { camera, sample } = frame;
  const { memory, sightings, answer } = rememberLook(before, look, lookout);
  writeMemory(db, camera.id, lookout.id, memory);
  const { since } = memory.state.hold;
  if (since === undefined) {
    dropStretch(db, camera.id, lookout.id);
    return nothingSaid;
  }
  if (sightings.length > 0) {
    const frames = stretchFrames(db, camera.id, lookout.id).filter(({ at }) => at >= since);
    dropStretch(db, camera.id, lookout.id);
    return { ...nothingSaid, sighted: sightings.map((sighting) => ({ ...sighting, frames })) };
  }
  const { raisedAt } = memory.state.hold;
  // Said in this very stretch: it goes on. Said in another one, lately: it is not said again, and goes on as well.
  if (raisedAt !== undefined && answer === 'yes' && sample.at - raisedAt < lookout.againMinutes * 60_000)
    return { ...nothingSaid, goingOn: sightingIds(lookout) };
  keepStretchFrame(db, frame, lookout.id);
  return { ...nothingSaid, begun: [lookout] };
}

function sightingIds({ rule }: Lookout): string[] {
  return [lookoutRules[rule].violation];
}

function rest(db: Db, cameraId: number, lookout: Lookout, before: LookoutMemory | undefined): LookoutsSaid {
  const memory = restingMemory(before);
  if (memory !== undefined && before?.state.hold.since !== undefined) {
    writeMemory(db, cameraId, lookout.id, memory);
    dropStretch(db, cameraId, lookout.id);
  }
  return nothingSaid;
}

function cameraLook({ camera, sample, packs }: FrameInHand): CameraLook {
  const { reading, signature, looked, at } = sample;
  // A still picture given as a camera never moves, and that is no fault.
  const faults = reading.check.faults.filter(({ kind }) => camera.kind !== 'picture' || kind !== 'frozen');
  return {
    at,
    gapMs: gapBetween(Math.max(camera.sampleEveryMs, camera.lookEveryMs ?? 0)),
    lens: faults.length === 0 ? 'in-order' : 'at-fault',
    view: signature,
    shift: reading.check.readings.shift,
    people: looked ? peopleOn(reading, packs) : 'unchanged',
    flames: looked ? flamesOn(reading, packs) : undefined,
    patches: reading.measured?.zones ?? [],
    size: { width: reading.width, height: reading.height },
  };
}

const mostFrames = 6;

/** The first of a stretch stays, the others are thinned as it grows: what is kept always spans the whole of it. */
function keepStretchFrame(db: Db, { camera, sample, hash }: FrameInHand, lookout: string): void {
  const kept = stretchFrames(db, camera.id, lookout);
  if (kept.at(-1)?.hash === hash) return;
  db.orm
    .insert(lookoutFrames)
    .values({ cameraId: camera.id, lookout, at: sample.at, hash })
    .onConflictDoNothing()
    .run();
  if (kept.length < mostFrames) return;
  const [, ...later] = kept;
  const tightest = later.reduce(
    (best, { at }, index) => {
      const span = (later[index + 1]?.at ?? sample.at) - (kept[index]?.at ?? at);
      return span < best.span ? { at, span } : best;
    },
    { at: later[0]?.at ?? 0, span: Number.POSITIVE_INFINITY },
  );
  const own = and(
    eq(lookoutFrames.cameraId, camera.id),
    eq(lookoutFrames.lookout, lookout),
    eq(lookoutFrames.at, tightest.at),
  );
  db.orm.delete(lookoutFrames).where(own).run();
}

function writeMemory(db: Db, cameraId: number, lookout: string, memory: LookoutMemory): void {
  const target = [lookoutMemories.cameraId, lookoutMemories.lookout];
  db.orm
    .insert(lookoutMemories)
    .values({ cameraId, lookout, memory })
    .onConflictDoUpdate({ target, set: { memory } })
    .run();
}
