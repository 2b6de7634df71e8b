// A candidate beside the packs in use: what it sees is kept for a comparison, and touches neither the hot path nor anybody.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openApart } from '../../../inference/apart.ts';
import type { SeenFrame } from '../../../inference/sample.ts';
import type { Deps } from '../../../server/deps.ts';
import type { Camera } from '../../../server/kitchen/camera/camera-store.ts';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { addPackSet } from '../../../server/kitchen/pack/add-pack-set.ts';
import { activePackSet, type PackSet, packSetById } from '../../../server/kitchen/pack/pack-store.ts';
import { shadowFrames } from '../../../server/kitchen/pack/pack-tables.ts';
import { startShadow } from '../../../server/kitchen/pack/start-shadow.ts';
import { pictureIsNeeded } from '../../../server/kitchen/picture/picture-store.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { compareSets } from '../../../server/kitchen/shadow/comparison-data.ts';
import { lookAtJudged, scheduleLooks } from '../../../server/kitchen/shadow/look-at-judged.ts';
import { watchInShadow } from '../../../server/kitchen/shadow/watch-in-shadow.ts';
import type { Sighting } from '../../../server/kitchen/violation/sighting.ts';
import { type Cast, openCast } from '../../support/kitchen-cast.ts';
import { filesOf, openPackHouse, type PackHouse, reds } from '../../support/pack-house.ts';
import { squares } from '../../support/pictures.ts';

let house: PackHouse | undefined;
const seen: SeenFrame[] = [];

afterEach(async () => {
  await house?.close();
  house = undefined;
  seen.length = 0;
});

type Opened = { house: PackHouse; deps: Deps; cast: Cast; candidate: PackSet };

/** A house whose candidate counts red squares from another score. */
async function open(threshold: number, options: Parameters<typeof openPackHouse>[0] = {}): Promise<Opened> {
  house = await openPackHouse({ onSeen: (frame) => seen.push(frame), ...options });
  const { deps } = house;
  const cast = openCast(deps);
  const candidate = await addPackSet(deps, cast.admin, { files: filesOf(reds({ threshold })), note: '', alone: false });
  return { house, deps, cast, candidate };
}

/** The eye looks at a kitchen with one red square; a dull one scores about a half. */
async function look({ deps, cast }: Opened, colour: string, x = 128) {
  const path = join(deps.config.dataDir, 'view.jpg');
  writeFileSync(path, await squares(640, 384, [{ x, y: 64, side: 128, colour }]));
  const sample = await deps.eye.sample({ id: String(cast.camera.id), kind: 'picture', path, allow: [] });
  if (!sample.ok) throw new Error(sample.fault.detail);
  return sample;
}

const bright = '#ff0000';
const dull = '#690000';
const rows = (deps: Deps) => deps.db.orm.select().from(shadowFrames).all();
const counts = (deps: Deps, { id }: PackSet) => {
  const { looked, leftOut, failed } = packSetById(deps.db, id)!;
  return { looked, leftOut, failed };
};

describe('live frames in shadow', () => {
  it('are seen by both; where they disagree the picture is kept, and nobody’s queue grows by it', async () => {
    const opened = await open(0.3);
    const { deps, candidate, cast } = opened;
    startShadow(deps, cast.admin, candidate.id, 1);
    const offer = watchInShadow(deps);
    for (const colour of [bright, dull]) recordSample(deps, await look(opened, colour));
    for (const frame of seen) offer(frame);
    await expect.poll(() => rows(deps).length).toBe(2);
    const [agreed, differed] = rows(deps);
    const counted = (sightings: readonly Sighting[]) => [...new Set(sightings.map((one) => one.counts))];
    expect([agreed!.hash, counted(agreed!.old), counted(agreed!.new)]).toEqual([null, [true], [true]]);
    expect([counted(differed!.old), counted(differed!.new)]).toEqual([[false], [true]]);
    expect(differed).toMatchObject({ setId: candidate.id, againstId: 1 });
    expect([differed!.old[0]?.threshold, differed!.new[0]?.threshold]).toEqual([0.6, 0.3]);
    expect(deps.blobs.get(differed!.hash!)?.subarray(0, 2).toString('hex')).toBe('ffd8');
    expect(pictureIsNeeded(deps.db, differed!.hash!)).toBe(true);
    expect(counts(deps, candidate)).toEqual({ looked: 2, leftOut: 0, failed: 0 });
    expect(deps.db.sqlite.prepare('SELECT count(*) FROM flag').pluck().get()).toBe(0);
    const data = await compareSets(deps, { old: activePackSet(deps.db)!, new: candidate });
    expect(data.load).toMatchObject({ frames: 2, old: { hits: 1 }, new: { hits: 2, flags: 1 } });
    expect(data.disagreements).toMatchObject([{ from: 'live', flaggedBy: 'new', said: 'none', frames: 1 }]);
  });

  it('are left out and counted while real frames wait, and at a share of nothing none is offered', async () => {
    const opened = await open(0.3);
    const { deps, candidate, cast } = opened;
    startShadow(deps, cast.admin, candidate.id, 1);
    await look(opened, dull);
    const busy = { ...deps, eye: { ...deps.eye, metrics: () => ({ ...deps.eye.metrics(), queued: 3 }) } };
    const offer = watchInShadow(busy);
    for (let i = 0; i < 4; i++) offer(seen[0]!);
    opened.house.server.clock.pass(5_000);
    offer(seen[0]!);
    expect(counts(deps, candidate)).toEqual({ looked: 0, leftOut: 4, failed: 0 });
    startShadow(deps, cast.admin, candidate.id, 0);
    const idle = watchInShadow(deps);
    idle(seen[0]!);
    await expect.poll(() => deps.apart.counts().waiting).toBe(0);
    expect(rows(deps)).toEqual([]);
  });

  it('that end the candidate’s process five times in a row end its shadow run, and no camera notices', async () => {
    const script = new URL('../../support/dying-apart.mjs', import.meta.url);
    const opened = await open(0.3, { apart: openApart({ script }) });
    const { deps, candidate, cast } = opened;
    startShadow(deps, cast.admin, candidate.id, 1);
    const offer = watchInShadow(deps);
    const sample = await look(opened, dull);
    const poison = { ...seen[0]!, image: Buffer.from('fatal picture') };
    for (let death = 1; death <= 5; death++) {
      opened.house.server.clock.pass(3_000);
      offer(poison);
      await look(opened, bright, 128 + death);
      await expect.poll(() => deps.apart.counts().ended).toBe(death);
    }
    await expect.poll(() => packSetById(deps.db, candidate.id)?.state).toBe('candidate');
    expect(packSetById(deps.db, candidate.id)?.fault).toContain('The process that tries models ended');
    expect(counts(deps, candidate).failed).toBe(5);
    expect(deps.eye.metrics()).toMatchObject({ done: 6, crashes: 0, dropped: 0, requeued: 0 });
    expect(recordSample(deps, sample).repeated).toBe(false);
  });
});

/** A flag of its own picture, judged. */
async function judged(opened: Opened, colour: string, decision: 'confirmed' | 'cleared', x: number): Promise<Camera> {
  const { deps, cast } = opened;
  const { flags } = recordSample(deps, await look(opened, colour, x));
  expect(flags).toHaveLength(1);
  const verdict = { flagId: flags[0]!, decision, violation: undefined, visibleMs: 2000, key: undefined };
  judgeFlag(deps, cast.reviewer, verdict);
  opened.house.server.clock.pass(3_600_000);
  deps.db.sqlite.prepare('DELETE FROM violation_window').run();
  return cast.camera;
}

describe('judged pictures', () => {
  it('are looked at a while at a time, and the next time goes on where the last one stopped', async () => {
    const opened = await open(0.9);
    const { deps, candidate, cast } = opened;
    changeSettings(deps, cast.admin, { frames: { hits: 1, of: 1 } });
    for (const x of [64, 160, 224]) await judged(opened, bright, 'confirmed', x);
    startShadow(deps, cast.admin, candidate.id, 0);
    // Every look at the clock takes six seconds, so fifteen are over soon.
    let now = deps.clock();
    const hurried = { ...deps, clock: () => (now += 6_000) };
    const looks = () => deps.db.sqlite.prepare('SELECT count(*) FROM pack_look').pluck().get() as number;
    const after: number[] = [];
    for (let run = 0; run < 12 && looks() < 6; run++) {
      await lookAtJudged(hurried);
      after.push(looks());
    }
    expect(after.length).toBeGreaterThan(2);
    expect(after.at(-1)).toBe(6);
    // Each picture once for each set, and one trial a set each time it was opened.
    expect(deps.apart.counts().done - 6).toBeLessThanOrEqual(2 * after.length + 1);
  });

  it('end the shadow run of a set whose files have gone bad, and leave no failed job behind', async () => {
    const opened = await open(0.9);
    const { deps, candidate, cast } = opened;
    changeSettings(deps, cast.admin, { frames: { hits: 1, of: 1 } });
    await judged(opened, bright, 'confirmed', 64);
    startShadow(deps, cast.admin, candidate.id, 0);
    deps.blobs.remove(candidate.packs.find(({ name }) => name === 'squares-yolox')!.manifestSha256);
    await lookAtJudged(deps);
    expect(packSetById(deps.db, candidate.id)).toMatchObject({
      state: 'candidate',
      fault: expect.stringContaining('is gone from the data directory'),
    });
    expect(scheduleLooks(deps)).toBe(false);
  });

  it('are looked at by both sets once, and again under other rules; the comparison says who was right', async () => {
    const opened = await open(0.9);
    const { deps, candidate, cast } = opened;
    changeSettings(deps, cast.admin, { frames: { hits: 1, of: 1 } });
    // About .87: the set in use counts it, the candidate does not.
    const middling = '#990000';
    await judged(opened, bright, 'confirmed', 64);
    await judged(opened, middling, 'cleared', 160);
    await judged(opened, middling, 'cleared', 192);
    await judged(opened, middling, 'confirmed', 224);
    expect(scheduleLooks(deps)).toBe(false);
    startShadow(deps, cast.admin, candidate.id, 0);
    expect(scheduleLooks(deps)).toBe(true);
    await lookAtJudged(deps);
    for (const job of deps.queue.claim(['look-at-judged'], 60_000, 1)) deps.queue.complete(job);
    expect(scheduleLooks(deps)).toBe(false);
    const two = { old: activePackSet(deps.db)!, new: candidate };
    const data = await compareSets(deps, two);
    expect(data.progress).toEqual({ looked: 4, judged: 4, failed: 0 });
    expect(data.overall).toMatchObject({
      cases: 4,
      old: { found: 2, falseAlarms: 2, present: 2 },
      new: { found: 1, falseAlarms: 0, present: 2 },
      better: 2,
      worse: 1,
      standing: 'too_thin',
    });
    expect(data.disagreements.map(({ flaggedBy, said }) => [flaggedBy, said])).toEqual([
      ['old', 'present'],
      ['old', 'absent'],
      ['old', 'absent'],
    ]);
    expect(data.kitchens).toMatchObject([{ restaurantId: cast.restaurant.id, compared: { cases: 4 } }]);
    expect(data.cost.pictures).toBe(4);
    expect(data.secondsPerDecision).toBe(2);
    const looks = deps.apart.counts().done;
    await lookAtJudged(deps);
    expect(deps.apart.counts().done).toBe(looks);
    const rules = JSON.stringify({ zones: [], thresholds: { red: 0.1 }, off: [] });
    deps.db.sqlite.prepare('UPDATE camera SET rules = ?').run(rules);
    expect(scheduleLooks(deps)).toBe(true);
    await lookAtJudged(deps);
    expect((await compareSets(deps, two)).overall).toMatchObject({ old: { found: 2 }, new: { found: 2 }, better: 0 });
  });
});
