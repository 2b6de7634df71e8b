// Records what one look at a camera gave: frame, camera state, flags, audit draw and ledger entries, all or nothing.
import { eq } from 'drizzle-orm';
import type { MissedFrame, Sample, SampledFrame } from '../../../inference/types.ts';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { type CameraState, nextStanding, observedState, type StateChange } from '../camera/camera-state.ts';
import { type Camera, cameraById } from '../camera/camera-store.ts';
import { cameraEvents, cameras } from '../camera/camera-tables.ts';
import type { Lookout } from '../camera/lookout.ts';
import { rulesAt } from '../camera/period.ts';
import { watchBy } from '../camera/watch.ts';
import { dropOldFrames, keepFrame } from '../flag/keep-frame.ts';
import { raiseFlags } from '../flag/raise-flags.ts';
import type { FrameInHand } from '../frame/frame.ts';
import { packsOfReading } from '../frame/reading-packs.ts';
import { keepFramePicture } from '../picture/keep-frame-picture.ts';
import { type Restaurant, restaurantById } from '../restaurant/restaurant-store.ts';
import { frameViolations } from '../violation/violation.ts';
import { countSample } from './count-sample.ts';
import { sampleMetrics } from './sample-metrics.ts';
import { soonerMs, soonestMs } from './sample-pace.ts';

export type Recorded = {
  /** Ids of the flags this sample raised, audits among them. */
  readonly flags: readonly number[];
  /** The same sample was recorded before: nothing was done. */
  readonly repeated: boolean;
};

type RecordDeps = Pick<Deps, 'db' | 'blobs' | 'secrets' | 'eye' | 'metrics'>;

/** What was decided about the frame before it was taken. */
type Draw = { readonly audit?: boolean };

const nothing: Recorded = { flags: [], repeated: false };

/** Idempotent by camera and time: a result that comes twice, as a queue may deliver it, is recorded once. */
export function recordSample(deps: RecordDeps, sample: Sample, draw: Draw = {}): Recorded {
  const camera = cameraById(deps.db, Number(sample.cameraId));
  const restaurant = camera && restaurantById(deps.db, camera.restaurantId);
  if (camera === undefined || restaurant === undefined) return nothing;
  if (camera.lastTriedAt !== null && sample.at <= camera.lastTriedAt) return { flags: [], repeated: true };
  sampleMetrics(deps.metrics).frames.inc({ outcome: sample.ok ? (sample.looked ? 'looked' : 'unchanged') : 'missed' });
  if (!sample.ok) return recordMiss(deps, camera, sample);
  if (sample.looked) countLook(deps, sample);
  // A worker on another machine keeps a picture that cannot matter; the first one of a camera always does.
  if (sample.picture.length === 0 && camera.lastFrameHash === null) return nothing;
  return recordFrame(deps, camera, restaurant, sample, draw);
}

function countLook({ metrics }: RecordDeps, { reading }: SampledFrame): void {
  const { stageSeconds, packFrames, packLabels } = sampleMetrics(metrics);
  for (const [stage, ms] of Object.entries(reading.ms)) stageSeconds.observe({ stage }, ms / 1000);
  for (const { name, version } of reading.packs) packFrames.inc({ pack: name, version });
  for (const { source, label } of reading.detections) packLabels.inc({ pack: source, label });
}

function recordFrame(
  deps: RecordDeps,
  camera: Camera,
  restaurant: Restaurant,
  sample: SampledFrame,
  draw: Draw,
): Recorded {
  const { db, blobs } = deps;
  const came = sample.picture.length > 0;
  // Nothing changed since the last picture, so the last picture is this one.
  const same = !came || (!sample.looked && sample.reading.check.ok) ? camera.lastFrameHash : null;
  // The bytes are on disk before the row that names them.
  const hash = same ?? blobs.put(sample.picture);
  const packs = packsOfReading(deps.eye, sample.reading);
  const audit = came ? draw.audit : false;
  const atMoment = { ...camera, rules: rulesAt(camera.rules, sample.at) };
  const frame: FrameInHand = {
    camera: atMoment,
    restaurant,
    sample,
    hash,
    packs,
    ...(audit === undefined ? {} : { audit }),
  };
  const { flags, gone } = writeTransaction(db, () => {
    if (same === null) keepFramePicture(db, { sample, hash, siteId: restaurant.siteId });
    const change = moveCamera(deps, camera, observedState(sample, camera.kind), sample.at);
    if (came || !sample.looked) keepFrame(db, frame, shownIds(frame));
    const raised = raiseFlags(deps, frame, change);
    updateAfterFrame(deps, frame, raised.begun);
    countSample(deps.db, camera.id, sample, raised.flags.length, raised.audited);
    return { flags: [...raised.flags, ...raised.audits], gone: dropOldFrames(db, camera.id) };
  });
  for (const hash of gone) blobs.remove(hash);
  return { flags, repeated: false };
}

/** What a camera says to a password that it does not take. */
const loginRefused: readonly string[] = ['unauthorised', 'locked'];

function recordMiss(deps: RecordDeps, camera: Camera, sample: MissedFrame): Recorded {
  writeTransaction(deps.db, () => {
    const observed = observedState(sample, camera.kind);
    moveCamera(deps, camera, observed, sample.at, sample.fault.code);
    const missesInRow = observed === undefined ? camera.missesInRow : camera.missesInRow + 1;
    const set = {
      lastTriedAt: sample.at,
      lastFault: sample.fault.code,
      missesInRow,
      loginRefusals: camera.loginRefusals + Number(loginRefused.includes(sample.fault.code)),
      watchBy: watchBy(sample.at, everyMs(camera), missesInRow),
    };
    deps.db.orm.update(cameras).set(set).where(eq(cameras.id, camera.id)).run();
    countSample(deps.db, camera.id, sample, 0, 0);
  });
  return nothing;
}

function shownIds({ camera, sample, packs }: FrameInHand): string[] {
  return [...new Set(frameViolations(sample.reading.detections, packs, camera.rules).map(({ id }) => id))];
}

/** Believes or doubts what the sample says of the camera; a believed change is on the timeline and in the ledger. */
function moveCamera(
  { db }: RecordDeps,
  camera: Camera,
  observed: CameraState | undefined,
  at: number,
  fault?: string,
): StateChange | undefined {
  if (observed === undefined) return undefined;
  const { change, ...standing } = nextStanding(camera, observed, at);
  const { state, stateSince, pendingState, pendingCount, pendingSince } = standing;
  db.orm
    .update(cameras)
    .set({ state, stateSince, pendingState, pendingCount, pendingSince })
    .where(eq(cameras.id, camera.id))
    .run();
  if (change === undefined) return undefined;
  db.orm
    .insert(cameraEvents)
    .values({ cameraId: camera.id, at: stateSince, ...change, fault: fault ?? null })
    .run();
  appendEntry(db, {
    kind: 'camera-state',
    subject: `camera/${camera.id}`,
    body: { ...change, since: stateSince, fault },
    at,
  });
  return change;
}

function updateAfterFrame({ db }: RecordDeps, frame: FrameInHand, begun: readonly Lookout[]): void {
  const { camera, sample, hash } = frame;
  const stirred = (sample.reading.check.readings.change ?? 0) >= stirredFrom || shownIds(frame).length > 0;
  const set = {
    lastTriedAt: sample.at,
    lastFrameAt: sample.at,
    lastFrameHash: hash,
    lastFault: null,
    missesInRow: 0,
    loginRefusals: 0,
    watchBy: watchBy(sample.at, everyMs(camera), 0),
    ...(stirred ? soonAgain(camera, sample.at) : {}),
    ...(begun.length === 0 ? {} : withinHold(camera, sample.at, begun)),
    signature: JSON.stringify(sample.signature),
    // What did not show this time is what it was.
    ...(sample.stream === undefined ? {} : { stream: { ...camera.stream, ...sample.stream } }),
  };
  db.orm.update(cameras).set(set).where(eq(cameras.id, camera.id)).run();
}

/** Mean difference to the frame before, of 255: somebody came in or something was carried. */
const stirredFrom = 12;

/** The interval its next look is measured by. */
function everyMs({ sampleEveryMs, lookEveryMs }: Camera): number {
  return Math.max(sampleEveryMs, lookEveryMs ?? 0);
}

/** What has begun in a lookout's zone is looked at again within its time: otherwise nobody could say that it held. */
function withinHold(camera: Camera, at: number, begun: readonly Lookout[]) {
  const shortest = Math.min(...begun.map(({ holdSeconds }) => holdSeconds * 1000));
  const { soonerUntil, nextDueAt } = soonAgain(camera, at);
  return { soonerUntil, nextDueAt: Math.min(nextDueAt, at + Math.max(soonestMs, shortest / 4)) };
}

/** Sooner for a while, and its next look at once so. */
function soonAgain({ nextDueAt, lookEveryMs, sampleEveryMs }: Camera, at: number) {
  const half = at + (lookEveryMs ?? sampleEveryMs) / 2;
  return { soonerUntil: at + soonerMs, nextDueAt: Math.min(nextDueAt, Math.round(half)) };
}
