// The shipped packs beside themselves with other thresholds, on a frame of the sample district: what is compared is what is seen.
import { cpSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeFlag } from '../../server/kitchen/desk/judge-flag.ts';
import { linesOfSet } from '../../server/kitchen/pack/pack-manifest-store.ts';
import { activePackSet } from '../../server/kitchen/pack/pack-store.ts';
import { startShadow } from '../../server/kitchen/pack/start-shadow.ts';
import { tryThresholds } from '../../server/kitchen/pack/try-thresholds.ts';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../server/kitchen/setting/change-setting.ts';
import { compareSets } from '../../server/kitchen/shadow/comparison-data.ts';
import { lookAtJudged } from '../../server/kitchen/shadow/look-at-judged.ts';
import { openCast } from '../support/kitchen-cast.ts';
import { openPackHouse, type PackHouse } from '../support/pack-house.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let house: PackHouse;
let modelsDir: string;

beforeAll(async () => {
  modelsDir = mkdtempSync(join(tmpdir(), 'shipped-'));
  for (const file of readdirSync(join(root, 'models')).filter((name) => /\.(json|onnx)$/.test(name)))
    cpSync(join(root, 'models', file), join(modelsDir, file));
  house = await openPackHouse({ modelsDir });
});
afterAll(async () => {
  await house.close();
  await rm(modelsDir, { recursive: true });
});

describe('the shipped packs', () => {
  it('against themselves with a threshold nothing reaches miss what people confirmed, at about the same cost', async () => {
    const { deps } = house;
    const cast = openCast(deps);
    changeSettings(deps, cast.admin, { frames: { hits: 1, of: 1 } });
    const path = join(root, 'samples/clips/dingxiang-prep.mp4');
    const sample = await deps.eye.sample({ id: String(cast.camera.id), kind: 'clip', path, allow: [], always: true });
    if (!sample.ok) throw new Error(sample.fault.detail);
    const { flags } = recordSample(deps, sample);
    expect(flags.length).toBeGreaterThan(0);
    const raised = deps.db.sqlite.prepare('SELECT violation FROM flag WHERE audit = 0').pluck().all() as string[];
    for (const flagId of flags)
      judgeFlag(deps, cast.reviewer, {
        flagId,
        decision: 'confirmed',
        violation: undefined,
        visibleMs: 1500,
        key: undefined,
      });
    const active = activePackSet(deps.db)!;
    const lines = linesOfSet(deps.blobs, active).filter(({ on }) => on);
    const thresholds = Object.fromEntries(lines.map(({ pack, violation }) => [`${pack} ${violation}`, 1]));
    const candidate = await tryThresholds(deps, cast.admin, { thresholds, note: 'nothing counts' });
    startShadow(deps, cast.admin, candidate.id, 0);
    await lookAtJudged(deps);
    const data = await compareSets(deps, { old: active, new: candidate });
    expect(data.progress).toEqual({ looked: 1, judged: 1, failed: 0 });
    expect(data.overall.new.found).toBe(0);
    expect(data.overall.worse).toBe(data.overall.old.found);
    expect(data.disagreements.every(({ flaggedBy, said }) => flaggedBy === 'old' || said === 'none')).toBe(true);
    expect(new Set(data.disagreements.map(({ violation }) => violation)).size).toBeGreaterThan(0);
    expect(raised.some((violation) => data.disagreements.some((one) => one.violation === violation))).toBe(true);
    expect(data.cost.new?.model).toBeGreaterThan(0);
  });
});
