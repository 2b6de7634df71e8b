// An administrator lets the packs learn from a kitchen's verdicts: from one press to a candidate in shadow, with its gain.

import { rm } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Detection } from '../../../inference/types.ts';
import { datasetExports } from '../../../server/kitchen/dataset/dataset-tables.ts';
import { scheduleLearning } from '../../../server/kitchen/learning/ask-learning.ts';
import { heldOutKitchens } from '../../../server/kitchen/learning/held-out-store.ts';
import { openLearning } from '../../../server/kitchen/learning/learn-from-verdicts.ts';
import { lastLearnings, learningById } from '../../../server/kitchen/learning/learning-store.ts';
import { packLearnings } from '../../../server/kitchen/learning/learning-tables.ts';
import { manifestOf } from '../../../server/kitchen/pack/pack-manifest-store.ts';
import { activePackSet, shadowPackSet } from '../../../server/kitchen/pack/pack-store.ts';
import { type JudgedCast, judgedFrame, openJudgedCast } from '../../support/judged-cast.ts';
import { openPackHouse, type PackHouse } from '../../support/pack-house.ts';
import { facePack, writePacks, yoloxPack } from '../../support/tiny-packs.ts';

let house: PackHouse;
let folder: string;
let cast: JudgedCast;

const box: Detection['box'] = [0.2, 0.2, 0.6, 0.6];
const detections: Detection[] = [
  { label: 'red_square', score: 0.5, box, source: 'squares-yolox' },
  { label: 'bare_face', score: 0.8, box, of: 0, source: 'faces' },
];

/** Green is a bare face and blue a mask; every picture is a little different. */
async function judge(kitchen: number, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const isBare = index % 3 === 0;
    const other = (index * 37) % 48;
    const background = isBare ? { r: 40, g: 200, b: other } : { r: 40 + (index % 3) * 4, g: other, b: 200 };
    const create = { width: 96, height: 54, channels: 3 as const, background };
    const picture = await sharp({ create }).jpeg().toBuffer();
    const { camera } = cast.kitchens[kitchen]!;
    await judgedFrame(house.server, cast, {
      camera,
      decision: isBare ? 'confirmed' : 'cleared',
      detections,
      picture,
    });
  }
}

const html = { accept: 'text/html' };
const press = (path: string, form: Record<string, string> = {}) =>
  house.server.call(`${path}?lang=en`, { as: 'admin', form, headers: html });
const text = async (lang = 'en') =>
  (await (await house.server.call(`/packs/learning?lang=${lang}`, { as: 'admin', headers: html })).text()).replaceAll(
    /\s+/g,
    ' ',
  );

beforeAll(async () => {
  folder = await writePacks(yoloxPack(), facePack());
  house = await openPackHouse({ modelsDir: folder });
  cast = openJudgedCast(house.server);
  await judge(0, 48);
  await judge(1, 6);
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

describe('learning from verdicts', () => {
  it('is refused in words where a kitchen has too few, and says what it takes', async () => {
    expect(await text()).toContain('It takes 45 verdicts or more');
    const refused = await press('/packs/learning', { kitchen: cast.kitchens[1]!.siteId });
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('too few verdicts')]);
    expect(lastLearnings(house.deps.db)).toEqual([]);
  });

  it('can be ended, and another may begin', async () => {
    expect((await press('/packs/learning', { kitchen: cast.kitchens[0]!.siteId })).status).toBe(303);
    expect((await press('/packs/learning', { kitchen: cast.kitchens[0]!.siteId })).status).toBe(409);
    expect((await press('/packs/learning/1/end')).status).toBe(303);
    await openLearning(house.deps)({ id: 1 });
    expect(learningById(house.deps.db, 1)).toMatchObject({ state: 'cancelled', setId: null });
    expect((await press('/packs/learning/1/end')).status).toBe(409);
  });

  it('begins again after a restart, and gives a candidate in shadow that agrees with people more', async () => {
    await press('/packs/learning', { kitchen: cast.kitchens[0]!.siteId });
    house.deps.queue.claim(['learn-from-verdicts'], 1, 5).map((job) => house.deps.queue.complete(job));
    expect(scheduleLearning(house.deps)).toBe(true);
    await openLearning(house.deps)({ id: 2 });
    const run = learningById(house.deps.db, 2)!;
    expect(run).toMatchObject({ state: 'done', fault: null });
    const [line] = run.result!.packs[0]!.lines;
    expect(line).toMatchObject({ violation: 'no_mask', later: { boxes: 15, rightBefore: 5, truthsLost: 0 } });
    expect(line!.later.rightAfter).toBeGreaterThan(12);
    expect(line!.later.ci95![0]).toBeGreaterThan(0);
    expect(line!.elsewhere).toMatchObject({ boxes: 6, rightBefore: 2 });
    expect(shadowPackSet(house.deps.db)!.id).toBe(run.setId);
    expect(activePackSet(house.deps.db)!.id).not.toBe(run.setId);
  });

  it('the candidate says from what it was learnt, and the page what it gains and what it costs', async () => {
    const faces = shadowPackSet(house.deps.db)!.packs.find(({ name }) => name === 'faces')!;
    expect(faces.version).toMatch(/^1\.0\.0\+learnt\.[0-9a-f]{8}$/);
    const { provenance } = manifestOf(house.deps.blobs, faces.manifestSha256)!;
    expect(provenance).toMatchObject({
      base: { name: 'faces', version: '1.0.0' },
      data: [{ pictures: 33, judgedBoxes: 33 }],
    });
    const { alarmsGone, rightAfter } = lastLearnings(house.deps.db)[0]!.result!.packs[0]!.lines[0]!.later;
    expect(await text()).toContain(
      `15 boxes: right on 5 before, on ${rightAfter} after; ${alarmsGone} false alarms gone`,
    );
    expect(await text('zh-CN')).toContain(`误报少 ${alarmsGone} 个`);
    const entries = house.deps.db.sqlite
      .prepare(
        "SELECT subject, json_extract(body, '$.by') AS author FROM ledger_entry WHERE kind = 'pack-learning' ORDER BY seq",
      )
      .all() as { subject: string; author: number }[];
    expect(entries.map(({ subject }) => subject)).toEqual(['1', '1', '2', '2'].map((id) => `pack-learning/${id}`));
    expect(entries.every(({ author }) => Number.isInteger(author))).toBe(true);
  });
});

describe('a kitchen that a data set measures on', () => {
  const asked = (kitchen: string) => house.server.call('/api/packs/learning', { as: 'admin', json: { kitchen } });

  it('is never learnt from: not by the page, the API, or a run that waited when the data set was made', async () => {
    const { db, clock } = house.deps;
    expect(heldOutKitchens(db).size).toBe(0);
    const ready = cast.kitchens[0]!.siteId;
    const begun = await asked(ready);
    const { id } = (await begun.json()) as { id: number };
    expect(begun.status).toBe(202);
    const row = { askedBy: 1, askedAt: clock(), endedAt: clock(), reason: '', request: {}, state: 'done' } as const;
    db.orm
      .insert(datasetExports)
      .values({ ...row, request: { faces: 'as-seen' } })
      .run();
    const [held] = heldOutKitchens(db);
    expect(heldOutKitchens(db).size).toBe(1);
    if (held !== ready) db.sqlite.prepare('UPDATE pack_learning SET site_id = ? WHERE id = ?').run(held, id);
    await openLearning(house.deps)({ id });
    const run = await (await house.server.call(`/api/packs/learning/${id}`, { as: 'admin' })).json();
    expect(run).toMatchObject({ state: 'failed', fault: 'held_out', setId: null, packs: [] });
    const refused = await asked(held!);
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('held out')]);
    expect(await text()).toContain('Held out: data sets measure packs on it');
  });

  it('is no secret of a program that may not manage packs, and a run can be ended by one that may', async () => {
    expect((await house.server.call('/api/packs/learning', { as: 'reviewer' })).status).toBe(403);
    expect((await house.server.call('/api/packs/learning/99', { as: 'admin' })).status).toBe(404);
    const other = cast.kitchens.find(({ siteId }) => !heldOutKitchens(house.deps.db).has(siteId))!;
    const row = { siteId: other.siteId, askedBy: 1, askedAt: house.deps.clock(), state: 'waiting' as const };
    const { id } = house.deps.db.orm.insert(packLearnings).values(row).returning().get();
    const ended = await house.server.call(`/api/packs/learning/${id}/end`, { as: 'admin', method: 'POST' });
    expect(await ended.json()).toMatchObject({ id, state: 'cancelled' });
  });
});
