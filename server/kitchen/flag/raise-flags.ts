// Raises the flags of a frame: violations that held long enough, a fault of the lens, and an audit where the draw fell on it.

import { and, eq } from 'drizzle-orm';
import type { Box } from '../../../inference/types.ts';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import { watchedHours } from '../camera/camera.ts';
import { isLensFault, type StateChange } from '../camera/camera-state.ts';
import type { FrameInHand } from '../frame/frame.ts';
import { keepReading } from '../frame/keep-reading.ts';
import { followLookouts, type LookoutsSaid, nothingSaid } from '../lookout/follow-lookouts.ts';
import type { StretchFrame } from '../lookout/lookout-store.ts';
import { beijingHour, isOpen } from '../restaurant/hours.ts';
import { readSettings } from '../setting/setting-store.ts';
import { askedKinds, auditChance, chanceOf } from '../violation/audit-sample.ts';
import { bestOfEach, countsNow, type FrameViolation, frameViolations } from '../violation/violation.ts';
import { wholeFrame } from '../violation/violation-kinds.ts';
import { advanceWindow, emptyWindow, gapOf, type ViolationWindow, type WindowRule } from '../violation/window.ts';
import { flagMetrics } from './flag-metrics.ts';
import { lookoutPackName } from './flag-store.ts';
import { auditDraws, flags, violationWindows } from './flag-tables.ts';
import { followHappenings, startHappening } from './follow-happenings.ts';
import { keepFramesBefore } from './keep-frame.ts';
import { keepNearMiss } from './keep-near-miss.ts';
import { lensFaultId } from './queue.ts';

type RaiseDeps = Pick<Deps, 'db' | 'secrets' | 'metrics'>;

export type Raised = {
  readonly flags: readonly number[];
  readonly audits: readonly number[];
  readonly audited: number;
  /** Something has begun in a lookout's zone and is not said yet. */
  readonly begun: LookoutsSaid['begun'];
};

const wholePicture: Box = [0, 0, 1, 1];
const measured = { name: 'frame-check', sha256: '' };

/** Inside the caller's transaction. */
export function raiseFlags(deps: RaiseDeps, frame: FrameInHand, change: StateChange | undefined): Raised {
  const draws = drawsOf(deps, frame);
  const faults = change !== undefined && isLensFault(change.after) ? [lensFault(frame)] : [];
  const { lasting, goingOn } = frame.sample.looked ? lastingViolations(deps, frame, draws.rule) : noneLasting;
  // A fault that has just begun is a happening of its own.
  const lensStays = change === undefined && isLensFault(frame.camera.state);
  const said = mayJudge(frame) ? followLookouts(deps.db, frame) : nothingSaid;
  followHappenings(deps.db, frame, [...goingOn, ...said.goingOn, ...(lensStays ? [lensFaultId] : [])]);
  const sighted = said.sighted.map((sighting) => ({ ...sighting, pack: lookoutPack(frame) }));
  const raised = [...faults, ...lasting, ...sighted].map((violation) => {
    const id = insertFlag(deps, frame, violation, { audit: 0, second: draws.second });
    startHappening(deps.db, id, frame, violation);
    return id;
  });
  if (raised.length === 0) keepNearMiss(deps.db, frame);
  // Whatever the models said of it: a frame that was flagged may show another kind, and nobody can tell the two apart.
  if (!draws.audit || !frame.sample.looked) return { flags: raised, audits: [], audited: 0, begun: said.begun };
  return { flags: raised, audits: [drawAudit(deps, frame, draws.chance)], audited: 1, begun: said.begun };
}

/** Evidence of a lookout is a picture of its own: a look whose picture stayed on another machine moves nothing. */
function mayJudge({ sample }: FrameInHand): boolean {
  return sample.picture.length > 0;
}

/** Rules over time are ours; what they go by is what the first pack saw. */
function lookoutPack({ packs }: FrameInHand): FrameViolation['pack'] {
  return { name: lookoutPackName, sha256: packs[0]?.sha256 ?? '' };
}

const noneLasting: Lasting = { lasting: [], goingOn: [] };

/** A kept frame that somebody shall look at whatever it shows: as what it shows, or as a question when it shows nothing. */
export function raiseKeptFrame(deps: RaiseDeps, frame: FrameInHand): number {
  const { camera, sample, packs } = frame;
  const [best] = bestOfEach(frameViolations(sample.reading.detections, packs, camera.rules));
  // It was chosen for what happened, not drawn: no chance is known, and it counts in no miss rate.
  if (best === undefined) return drawAudit(deps, frame, undefined);
  return insertFlag(deps, frame, best, { audit: 0, second: false });
}

type Lasting = {
  /** What this frame made a flag. */
  readonly lasting: readonly (FrameViolation & { readonly since: number })[];
  /** Ids seen on this frame whose happening was flagged before. */
  readonly goingOn: readonly string[];
};

/** Advances the N of M windows. */
function lastingViolations(
  { db }: RaiseDeps,
  { camera, restaurant, sample, packs }: FrameInHand,
  rule: WindowRule,
): Lasting {
  const kitchen = isOpen(watchedHours(camera.rules, restaurant), sample.at) ? 'open' : 'closed';
  const found = bestOfEach(frameViolations(sample.reading.detections, packs, camera.rules)).filter(({ id }) =>
    countsNow(id, kitchen),
  );
  const windows = readWindows(db, camera.id);
  const lasting: (FrameViolation & { since: number })[] = [];
  const goingOn: string[] = [];
  for (const id of new Set([...windows.keys(), ...found.map((violation) => violation.id)])) {
    const violation = found.find((candidate) => candidate.id === id);
    const next = advanceWindow(windows.get(id) ?? emptyWindow, { at: sample.at, hit: violation !== undefined }, rule);
    writeWindow(db, camera.id, id, next.window);
    if (violation === undefined) continue;
    const since = next.window.recent.find(({ hit }) => hit)?.at ?? sample.at;
    if (next.raise) lasting.push({ ...violation, since });
    else if (next.window.happeningSince !== undefined) goingOn.push(id);
  }
  return { lasting, goingOn };
}

function lensFault({ camera, sample }: FrameInHand): FrameViolation & { readonly since: number } {
  return {
    id: lensFaultId,
    since: camera.pendingSince ?? sample.at,
    score: 1,
    threshold: 1,
    box: wholePicture,
    pack: { ...measured, sha256: sample.reading.packs[0]?.sha256 ?? '' },
  };
}

/** `chance`: with which it was drawn; left out for a frame that somebody chose. Two people always judge it. */
function drawAudit(deps: RaiseDeps, frame: FrameInHand, chance: number | undefined): number {
  const { camera, sample, packs } = frame;
  const pack = { name: packs[0]?.name ?? '', sha256: packs[0]?.sha256 ?? '' };
  const violation = { id: wholeFrame, score: 0, threshold: 1, box: wholePicture, pack };
  const flagId = insertFlag(deps, frame, violation, { audit: 1, second: true });
  const asked = askedKinds(sample.reading.detections, packs, camera.rules);
  const hour = beijingHour(sample.at);
  deps.db.orm
    .insert(auditDraws)
    .values({ flagId, cameraId: camera.id, at: sample.at, hour, chance: chance ?? 0, asked })
    .run();
  return flagId;
}

function insertFlag(
  deps: RaiseDeps,
  frame: FrameInHand,
  violation: FrameViolation & { readonly frames?: readonly StretchFrame[] },
  kind: { audit: 0 | 1; second: boolean },
): number {
  const { camera, restaurant, sample, hash } = frame;
  const [x, y, w, h] = violation.box;
  const { id } = deps.db.orm
    .insert(flags)
    .values({
      cameraId: camera.id,
      restaurantId: restaurant.id,
      violation: violation.id,
      score: violation.score,
      threshold: violation.threshold,
      box: [x, y, w, h],
      zone: violation.zone ?? null,
      at: sample.at,
      pictureHash: hash,
      pictureWidth: sample.pictureWidth,
      pictureHeight: sample.pictureHeight,
      packName: violation.pack.name,
      packSha256: violation.pack.sha256,
      status: 'open',
      audit: kind.audit,
      second: kind.second ? 'wanted' : 'none',
    })
    .returning({ id: flags.id })
    .get();
  keepFramesBefore(deps.db, id, frame, {
    violation: violation.id,
    shown: kind.audit === 1 ? 'drawn' : 'shown',
    stretch: violation.frames ?? [],
  });
  keepReading(deps.db, frame);
  recordInLedger(deps.db, id, frame, violation, kind);
  flagMetrics(deps.metrics).raised.inc({ violation: kind.audit === 1 ? 'audit' : violation.id });
  return id;
}

function recordInLedger(
  db: Db,
  flagId: number,
  { camera, restaurant, sample, hash }: FrameInHand,
  violation: FrameViolation & { readonly frames?: readonly StretchFrame[] },
  { audit }: { readonly audit: 0 | 1 },
): void {
  const { id, score, threshold, box, pack, frames = [] } = violation;
  const stills = frames.map((still) => ({ at: still.at, picture: still.hash }));
  const body = {
    camera: camera.id,
    site: restaurant.siteId,
    violation: id,
    score,
    threshold,
    box,
    frameAt: sample.at,
    picture: hash,
    pack,
    audit,
    // What a lookout decided from: nobody puts another picture there afterwards.
    ...(stills.length === 0 ? {} : { stills }),
  };
  appendEntry(db, { kind: 'flag', subject: `flag/${flagId}`, body, at: sample.at });
}

function readWindows(db: Db, cameraId: number): Map<string, ViolationWindow> {
  const rows = db.orm.select().from(violationWindows).where(eq(violationWindows.cameraId, cameraId)).all();
  return new Map(rows.map((row) => [row.violation, row.window]));
}

/** A window in which nothing was seen is as good as none, and costs no row. */
function writeWindow(db: Db, cameraId: number, violation: string, window: ViolationWindow): void {
  if (window.happeningSince === undefined && window.recent.every(({ hit }) => !hit)) {
    db.orm
      .delete(violationWindows)
      .where(and(eq(violationWindows.cameraId, cameraId), eq(violationWindows.violation, violation)))
      .run();
    return;
  }
  const target = [violationWindows.cameraId, violationWindows.violation];
  db.orm
    .insert(violationWindows)
    .values({ cameraId, violation, window })
    .onConflictDoUpdate({ target, set: { window } })
    .run();
}

/** Settings and chances of this frame, drawn so that a repeat draws the same. */
function drawsOf(deps: RaiseDeps, { camera, sample, audit }: FrameInHand) {
  const { auditShare, secondShare, frames } = readSettings(deps.db);
  const drawn = auditChance(auditShare, camera.sampleEveryMs);
  const chance = (purpose: string) => chanceOf(deps.secrets.linkKey, purpose, camera.id, sample.at);
  return {
    rule: { ...(camera.rules.frames ?? frames), gapMs: gapOf(Math.max(camera.sampleEveryMs, camera.lookEveryMs ?? 0)) },
    audit: audit ?? chance('audit') < drawn,
    chance: drawn,
    second: chance('second') < secondShare,
  };
}
