// Raises the flags of a frame: violations that held long enough, a fault of the lens, and now and then an audit.

import { and, eq } from 'drizzle-orm';
import type { Box } from '../../../inference/types.ts';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import { watchedHours } from '../camera/camera.ts';
import { isLensFault, type StateChange } from '../camera/camera-state.ts';
import type { FrameInHand } from '../frame/frame.ts';
import { keepReading } from '../frame/keep-reading.ts';
import { isOpen } from '../restaurant/hours.ts';
import { readSettings } from '../setting/setting-store.ts';
import { auditQuestion, chanceOf } from '../violation/audit-sample.ts';
import { bestOfEach, countsNow, type FrameViolation, frameViolations } from '../violation/violation.ts';
import { advanceWindow, emptyWindow, gapOf, type ViolationWindow, type WindowRule } from '../violation/window.ts';
import { flagMetrics } from './flag-metrics.ts';
import { flags, violationWindows } from './flag-tables.ts';
import { keepFramesBefore } from './keep-frame.ts';

type RaiseDeps = Pick<Deps, 'db' | 'secrets' | 'metrics'>;

export type Raised = {
  readonly flags: readonly number[];
  readonly audits: readonly number[];
  readonly audited: number;
};

const wholePicture: Box = [0, 0, 1, 1];
const measured = { name: 'frame-check', sha256: '' };

/** Inside the caller's transaction. */
export function raiseFlags(deps: RaiseDeps, frame: FrameInHand, change: StateChange | undefined): Raised {
  const draws = drawsOf(deps, frame);
  const faults = change !== undefined && isLensFault(change.after) ? [lensFault(frame)] : [];
  const lasting = frame.sample.looked ? lastingViolations(deps, frame, draws.rule) : [];
  const raised = [...faults, ...lasting].map((violation) =>
    insertFlag(deps, frame, violation, { audit: 0, second: draws.second }),
  );
  if (raised.length > 0 || !draws.audit || !frame.sample.looked) return { flags: raised, audits: [], audited: 0 };
  const audit = drawAudit(deps, frame, draws.question, draws.second);
  return audit === undefined ? { flags: [], audits: [], audited: 0 } : { flags: [], audits: [audit], audited: 1 };
}

/** A kept frame that somebody shall look at whatever it shows: as what it shows, or as a question when it shows nothing. */
export function raiseKeptFrame(deps: RaiseDeps, frame: FrameInHand, chance: number): number | undefined {
  const { camera, sample, packs } = frame;
  const [best] = bestOfEach(frameViolations(sample.reading.detections, packs, camera.rules));
  if (best === undefined) return drawAudit(deps, frame, chance, false);
  return insertFlag(deps, frame, best, { audit: 0, second: false });
}

/** Advances the N of M windows; returns those violations whose frame made it a flag. */
function lastingViolations(
  { db }: RaiseDeps,
  { camera, restaurant, sample, packs }: FrameInHand,
  rule: WindowRule,
): FrameViolation[] {
  const open = isOpen(watchedHours(camera.rules, restaurant), sample.at);
  const found = bestOfEach(frameViolations(sample.reading.detections, packs, camera.rules)).filter(({ id }) =>
    countsNow(id, open),
  );
  const windows = readWindows(db, camera.id);
  const raised: FrameViolation[] = [];
  for (const id of new Set([...windows.keys(), ...found.map((violation) => violation.id)])) {
    const violation = found.find((candidate) => candidate.id === id);
    const next = advanceWindow(windows.get(id) ?? emptyWindow, { at: sample.at, hit: violation !== undefined }, rule);
    writeWindow(db, camera.id, id, next.window);
    if (next.raise && violation !== undefined) raised.push(violation);
  }
  return raised;
}

function lensFault({ sample }: FrameInHand): FrameViolation {
  return {
    id: 'camera_fault',
    score: 1,
    threshold: 1,
    box: wholePicture,
    pack: { ...measured, sha256: sample.reading.packs[0]?.sha256 ?? '' },
  };
}

function drawAudit(deps: RaiseDeps, frame: FrameInHand, chance: number, second: boolean): number | undefined {
  const { camera, sample, packs } = frame;
  // What is above a threshold but not yet lasting is no unflagged frame.
  if (frameViolations(sample.reading.detections, packs, camera.rules).length > 0) return undefined;
  const question = auditQuestion(sample.reading.detections, packs, camera.rules, chance);
  if (question === undefined) return undefined;
  const pack = packs.find(({ violations }) => violations.some(({ id }) => id === question.violation)) ?? packs[0];
  const line = pack?.violations.find(({ id }) => id === question.violation);
  const violation = {
    id: question.violation,
    score: question.score,
    threshold: camera.rules.thresholds[question.violation] ?? line?.threshold ?? 1,
    box: question.box,
    pack: { name: pack?.name ?? '', sha256: pack?.sha256 ?? '' },
  };
  return insertFlag(deps, frame, violation, { audit: 1, second });
}

function insertFlag(
  deps: RaiseDeps,
  frame: FrameInHand,
  violation: FrameViolation,
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
  keepFramesBefore(deps.db, id, frame, violation.id, kind.audit === 1);
  keepReading(deps.db, frame);
  recordInLedger(deps.db, id, frame, violation, kind.audit);
  flagMetrics(deps.metrics).raised.inc({ violation: kind.audit === 1 ? 'audit' : violation.id });
  return id;
}

function recordInLedger(
  db: Db,
  flagId: number,
  { camera, restaurant, sample, hash }: FrameInHand,
  violation: FrameViolation,
  audit: 0 | 1,
): void {
  const { id, score, threshold, box, pack } = violation;
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
  const chance = (purpose: string) => chanceOf(deps.secrets.linkKey, purpose, camera.id, sample.at);
  return {
    rule: { ...(camera.rules.frames ?? frames), gapMs: gapOf(camera.sampleEveryMs) },
    audit: audit ?? chance('audit') < auditShare,
    question: chance('question'),
    second: chance('second') < secondShare,
  };
}
