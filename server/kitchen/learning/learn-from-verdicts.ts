// The `learn-from-verdicts` job: gathers a kitchen's judged frames, tunes the packs apart, and adds what came of it as a candidate.
import { setImmediate } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { ApartEnded } from '../../../inference/apart.ts';
import { NoLastLayer, readLastLayer } from '../../../inference/last-layer.ts';
import { callerOfAccount } from '../../accounts/account-store.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import { writeTransaction } from '../../store/db.ts';
import type { JudgedFrame } from '../dataset/judged-frame.ts';
import { judgedFrames } from '../dataset/judged-frame-store.ts';
import { addPackSet } from '../pack/add-pack-set.ts';
import { packFolder } from '../pack/lay-out-packs.ts';
import { manifestOf } from '../pack/pack-manifest-store.ts';
import { activePackSet, type PackSet, shadowPackSet } from '../pack/pack-store.ts';
import { startShadow } from '../pack/start-shadow.ts';
import type { GivenFile } from '../pack/unpack-packs.ts';
import { heldOutKitchens } from './held-out-store.ts';
import { cropsOf, isEnough } from './judged-crops.ts';
import { type LearningFault, type LearningStage, type LearntPack, learningLimits } from './learning.ts';
import { learningById, type PackLearning } from './learning-store.ts';
import { packLearnings } from './learning-tables.ts';
import { splitByTime } from './time-split.ts';
import { type Frames, type PackToTune, tunePack } from './tune-pack.ts';
import { tunedPack } from './tuned-pack.ts';

type LearnDeps = Pick<Deps, 'db' | 'blobs' | 'clock' | 'config' | 'log' | 'apart'>;

const payloadSchema = z.object({ id: z.int().positive() });
const pageSize = 25;

/** Nothing comes of it, for a reason people are told. */
class Ended extends Error {
  readonly fault: LearningFault | undefined;
  constructor(fault?: LearningFault) {
    super(fault ?? 'cancelled');
    this.fault = fault;
  }
}

/** A long run outlives its lease: the job that comes again while this process still learns leaves it alone. */
export function openLearning(deps: LearnDeps): (payload: unknown) => Promise<void> {
  const running = new Set<number>();
  return async function learnFromVerdicts(payload) {
    const { id } = payloadSchema.parse(payload);
    if (running.has(id)) return;
    running.add(id);
    try {
      await begin(deps, id);
    } finally {
      running.delete(id);
    }
  };
}

async function begin(deps: LearnDeps, id: number): Promise<void> {
  const run = learningById(deps.db, id);
  if (run === undefined || (run.state !== 'waiting' && run.state !== 'running')) return;
  const tries = run.tries + 1;
  const values = { state: 'running' as const, stage: 'embedding' as const, done: 0, total: 0, tries };
  writeTransaction(deps.db, () => set(deps.db, id, values));
  try {
    await learn(deps, run);
  } catch (error) {
    if (error instanceof Ended) return finish(deps, run, error.fault);
    deps.log.error({ err: error, run: id }, 'learning from verdicts was interrupted');
    // The server ends, or the process that learns did: it begins again, but not for ever.
    if (error instanceof ApartEnded && tries < learningLimits.mostTries) return;
    finish(deps, run, error instanceof Problem ? 'refused' : 'broken');
  }
}

async function learn(deps: LearnDeps, run: PackLearning): Promise<void> {
  const { db, blobs, apart } = deps;
  const by = callerOfAccount(db, run.askedBy);
  if (by?.role !== 'admin') throw new Ended('asker_gone');
  // A data set may have been made since it was asked for.
  if (heldOutKitchens(db).has(run.siteId)) throw new Ended('held_out');
  const active = activePackSet(db);
  const packs = active === undefined ? [] : packsToTune(deps, active);
  if (packs.length === 0) throw new Ended('no_layer');
  const frames = await framesOf(db, run.siteId);
  const fitting = packs.filter(({ manifest }) => {
    const crops = (side: readonly JudgedFrame[]) => side.flatMap((frame) => cropsOf(frame, manifest));
    return isEnough(crops(frames.learnt), crops(frames.later));
  });
  if (fitting.length === 0) throw new Ended('too_few');
  const tuneDeps = { apart, picture: (hash: string) => blobs.bring(hash), say: teller(deps, run.id) };
  const learnt: LearntPack[] = [];
  const files: GivenFile[] = [];
  for (const pack of fitting) {
    const tuned = await tunePack(tuneDeps, pack, frames);
    if (tuned === undefined) continue;
    const made = tunedPack(blobs, pack.version, tuned, { siteId: run.siteId, askedAt: run.askedAt, frames });
    files.push(...made.files);
    const { name, version } = pack.manifest;
    learnt.push({ name, from: version, to: made.version, boxes: tuned.boxes, lines: tuned.lines });
  }
  if (files.length === 0) throw new Ended('no_better');
  await keep(deps, run, by, { files, packs: learnt });
}

type ToTune = PackToTune & { readonly version: PackSet['packs'][number] };

/** Packs that look at crops and end in a layer that can be tuned alone. */
function packsToTune(deps: LearnDeps, active: PackSet): ToTune[] {
  const folder = packFolder(deps, active);
  return active.packs.flatMap((version) => {
    const manifest = manifestOf(deps.blobs, version.manifestSha256);
    const model = deps.blobs.get(version.sha256);
    if (manifest?.crop === undefined || model === undefined) return [];
    try {
      return [{ folder, manifest, version, layer: readLastLayer(model) }];
    } catch (error) {
      if (!(error instanceof NoLastLayer)) throw error;
      deps.log.info({ pack: manifest.name, reason: error.message }, 'a pack cannot learn here');
      return [];
    }
  });
}

async function framesOf(db: Db, siteId: string): Promise<Frames> {
  const { mostFrames, mostElsewhere } = learningLimits;
  const own = await judged(db, mostFrames, { siteIds: [siteId] });
  const { learnt, later } = splitByTime(own);
  const elsewhere = await judged(db, mostElsewhere, {}, (frame) => frame.siteId !== siteId);
  return { learnt, later, elsewhere };
}

/** The newest, whose picture is still kept. What the audit drew measures reviewers and packs, and is never learnt from. */
async function judged(
  db: Db,
  most: number,
  filter: { readonly siteIds?: readonly string[] },
  wanted: (frame: JudgedFrame) => boolean = () => true,
): Promise<JudgedFrame[]> {
  const found: JudgedFrame[] = [];
  let before: number | undefined;
  do {
    const page = judgedFrames(
      db,
      { ...filter, drawn: 'flag' },
      { limit: pageSize, ...(before === undefined ? {} : { before }) },
    );
    found.push(...page.frames.filter((each) => each.kept && !each.flags.some(({ audit }) => audit) && wanted(each)));
    before = page.next;
    await setImmediate();
  } while (before !== undefined && found.length < most);
  return found.slice(0, most);
}

/** Says how far it is; ends it where somebody cancelled. */
function teller({ db }: LearnDeps, id: number) {
  return (stage: LearningStage, done: number, total: number): void => {
    if (learningById(db, id)?.state !== 'running') throw new Ended();
    if (stage !== 'embedding' || done % 10 === 0) writeTransaction(db, () => set(db, id, { stage, done, total }));
  };
}

type Made = { readonly files: readonly GivenFile[]; readonly packs: readonly LearntPack[] };

async function keep(deps: LearnDeps, run: PackLearning, by: Caller, { files, packs }: Made): Promise<void> {
  const note = `learnt from verdicts, run ${run.id}`;
  const added = await addPackSet(deps, by, { files, note, alone: false });
  // Another candidate that is being tried is not pushed aside.
  if (shadowPackSet(deps.db) === undefined) startShadow(deps, by, added.id, learningLimits.shadowShare);
  writeTransaction(deps.db, () => {
    const at = deps.clock();
    set(deps.db, run.id, { state: 'done', stage: null, result: { packs }, setId: added.id, endedAt: at });
    const body = { done: added.id, packs, by: run.askedBy };
    appendEntry(deps.db, { kind: 'pack-learning', subject: `pack-learning/${run.id}`, body, at });
  });
}

/** Without a fault it was cancelled, and whoever did that wrote it down. */
function finish({ db, clock }: LearnDeps, run: PackLearning, fault: LearningFault | undefined): void {
  if (fault === undefined) return;
  writeTransaction(db, () => {
    const at = clock();
    set(db, run.id, { state: 'failed', stage: null, fault, endedAt: at });
    const body = { failed: fault, by: run.askedBy };
    appendEntry(db, { kind: 'pack-learning', subject: `pack-learning/${run.id}`, body, at });
  });
}

function set(db: Db, id: number, values: Partial<PackLearning>): void {
  db.orm.update(packLearnings).set(values).where(eq(packLearnings.id, id)).run();
}
