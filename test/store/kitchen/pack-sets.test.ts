// A set of packs comes, earns its place, looks, and goes back: with real packs, a real eye and real files.
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { openPool } from '../../../inference/pool.ts';
import type { Pool } from '../../../inference/types.ts';
import { Problem } from '../../../server/http/problem.ts';
import { flagById } from '../../../server/kitchen/flag/flag-store.ts';
import { addPackSet } from '../../../server/kitchen/pack/add-pack-set.ts';
import { followPackSet } from '../../../server/kitchen/pack/follow-pack-set.ts';
import { findActivePacks, openActivePacks } from '../../../server/kitchen/pack/open-active-packs.ts';
import { activePackSet, allPackSets, stepsOfPackSet } from '../../../server/kitchen/pack/pack-store.ts';
import { packSetBefore, promotePackSet, rollBackPackSet } from '../../../server/kitchen/pack/promote-pack-set.ts';
import { startShadow } from '../../../server/kitchen/pack/start-shadow.ts';
import { tryThresholds } from '../../../server/kitchen/pack/try-thresholds.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { openCast, person } from '../../support/kitchen-cast.ts';
import { filesOf, openPackHouse, type PackHouse, reds } from '../../support/pack-house.ts';
import { squares } from '../../support/pictures.ts';
import { colourPack, writePacks, yolov8Pack, yoloxPack } from '../../support/tiny-packs.ts';

let house: PackHouse | undefined;
const eyes: Pool[] = [];

afterEach(async () => {
  await house?.close();
  await Promise.all(eyes.splice(0).map((eye) => eye.close()));
  house = undefined;
});

async function open(options: Parameters<typeof openPackHouse>[0] = {}): Promise<PackHouse> {
  house = await openPackHouse(options);
  return house;
}

/** Starts again over the same data. */
async function restart({ deps }: PackHouse): Promise<Pool> {
  const eye = await openActivePacks(deps, (modelsDir) => openPool({ modelsDir, workers: 1 }));
  eyes.push(eye);
  return eye;
}

const given = (files: Parameters<typeof addPackSet>[2]['files'], alone = false) => ({ files, note: 'a test', alone });
const versions = (eye: Pool) => eye.packs.map(({ name, version }) => `${name} ${version}`);
const states = ({ deps }: PackHouse) => allPackSets(deps.db).map(({ id, state }) => `${id} ${state}`);

async function faultsOf(work: Promise<unknown>): Promise<string[]> {
  const cause = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(cause instanceof Problem)) throw cause ?? new Error('It was taken.');
  return cause.faults.length > 0 ? cause.faults.map(({ detail }) => detail) : [cause.message];
}

describe('the packs that came with the program', () => {
  it('are the first active set, and starting again adds nothing', async () => {
    const first = await open();
    expect(states(first)).toEqual(['1 active']);
    expect(activePackSet(first.deps.db)).toMatchObject({ source: 'shipped', addedBy: null });
    await restart(first);
    expect(states(first)).toEqual(['1 active']);
    expect(stepsOfPackSet(first.deps.db).map(({ kind }) => kind)).toEqual(['added']);
  });

  it('are followed when a newer program brings others, until a person chose otherwise', async () => {
    const modelsDir = await writePacks(yoloxPack());
    const first = await open({ modelsDir });
    const bring = (pack: ReturnType<typeof reds>) =>
      writeFileSync(`${modelsDir}/squares-yolox.json`, JSON.stringify(pack.manifest));
    bring(reds({ version: '1.1.0' }));
    expect(versions(await restart(first))).toEqual(['squares-yolox 1.1.0']);
    expect(states(first)).toEqual(['2 active', '1 retired']);
    const admin = person(first.deps, 'admin', 'he');
    expect(rollBackPackSet(first.deps, admin, '').id).toBe(1);
    bring(reds({ version: '1.2.0' }));
    expect(versions(await restart(first))).toEqual(['squares-yolox 1.0.0']);
    expect(states(first)).toEqual(['3 candidate', '2 retired', '1 active']);
    await rm(modelsDir, { recursive: true });
  });
});

it('packs whose folder was damaged look from what was taken in of it; a folder that never worked is refused', async () => {
  const modelsDir = await writePacks(yoloxPack());
  const first = await open({ modelsDir });
  appendFileSync(join(modelsDir, 'squares-yolox.onnx'), 'x');
  expect(versions(await restart(first))).toEqual(['squares-yolox 1.0.0']);
  expect(states(first)).toEqual(['1 active']);
  for (const { sha256 } of allPackSets(first.deps.db)[0]!.packs) rmSync(first.deps.blobs.pathOf(sha256));
  await expect(restart(first)).rejects.toThrow('squares-yolox.onnx has the SHA-256');
  await rm(modelsDir, { recursive: true });
});

it('what is going to look is told before any model is loaded; nothing is told of what cannot be read', async () => {
  const first = await open();
  expect(findActivePacks(first.deps).packs).toEqual(first.deps.eye.packs);
  const set = await addPackSet(first.deps, null, given(filesOf(reds())));
  promotePackSet(first.deps, null, set.id, 'fewer misses');
  expect(findActivePacks(first.deps).packs.map(({ version }) => version)).toEqual(['1.0.0', '2.0.0']);
  rmSync(first.deps.blobs.pathOf(set.packs[1]!.manifestSha256));
  expect(findActivePacks(first.deps).packs).toEqual([]);
});

describe('a candidate', () => {
  it('of one pack looks together with the active set’s others; it comes loose or zipped', async () => {
    const { deps } = await open();
    const admin = person(deps, 'admin', 'he');
    const loose = await addPackSet(deps, admin, given(filesOf(reds({ threshold: 0.9 }))));
    expect(loose).toMatchObject({ state: 'candidate', source: 'candidate', addedBy: admin.id, note: 'a test' });
    expect(loose.packs.map(({ name, version }) => `${name} ${version}`)).toEqual([
      'colours 1.0.0',
      'squares-yolox 2.0.0',
    ]);
    const packed = filesOf(reds({ threshold: 0.8, version: '3' }), colourPack());
    const zip = zipSync({
      ...Object.fromEntries(packed.map(({ name, bytes }) => [`packs/${name}`, new Uint8Array(bytes)])),
      'packs/README.md': new Uint8Array([35]),
    });
    const zipped = await addPackSet(deps, admin, given([{ name: 'packs.zip', bytes: Buffer.from(zip) }]));
    expect(zipped.packs.map(({ version }) => version)).toEqual(['1.0.0', '3']);
    expect(await faultsOf(addPackSet(deps, admin, given(filesOf(reds({ threshold: 0.9 })))))).toEqual([
      `This is set ${loose.id} already.`,
    ]);
  });

  it('whose model is known already needs its manifest alone', async () => {
    const { deps } = await open();
    const [manifest] = filesOf(reds({ threshold: 0.7 }));
    const set = await addPackSet(deps, null, given([manifest!]));
    expect(set.packs.find(({ name }) => name === 'squares-yolox')?.version).toBe('2.0.0');
  });

  it('that fails a check is refused with every reason, and nothing of it is kept', async () => {
    const first = await open();
    const { deps } = first;
    const refuse = (files: Parameters<typeof given>[0], alone = false) =>
      faultsOf(addPackSet(deps, null, given(files, alone)));
    const [manifest, model] = filesOf(reds());
    expect(await refuse([])).toEqual([expect.stringContaining('No manifest')]);
    expect(await refuse([{ name: '../../etc/passwd', bytes: Buffer.from('x') }])).toEqual([
      expect.stringContaining('Only <name>.json'),
    ]);
    expect(await refuse([manifest!, manifest!])).toEqual(['This file is there twice.']);
    expect(await refuse([{ name: 'a.zip', bytes: Buffer.from('PK\u0003\u0004 and no more') }])).toEqual([
      expect.stringContaining('The zip cannot be read'),
    ]);
    expect(await refuse([{ name: 'a.json', bytes: Buffer.from('{}') }])).not.toHaveLength(1);
    expect(await refuse([manifest!, { ...model!, bytes: Buffer.from('not a model') }])).toEqual([
      expect.stringContaining('has the SHA-256'),
    ]);
    expect(await refuse(filesOf(yolov8Pack()).slice(0, 1))).toEqual([
      expect.stringContaining('is not among the files'),
    ]);
    expect(await refuse(filesOf(colourPack()), true)).toEqual([expect.stringContaining('no detector here gives')]);
    expect(states(first)).toEqual(['1 active']);
  });

  it('may be the active packs with other thresholds', async () => {
    const { deps } = await open();
    const set = await tryThresholds(deps, null, { thresholds: { 'squares-yolox red': 0.75 }, note: '' });
    const changed = set.packs.find(({ name }) => name === 'squares-yolox')!;
    expect(changed.version).toBe('1.0.0+750');
    const manifest = JSON.parse(deps.blobs.get(changed.manifestSha256)!.toString('utf8'));
    expect(manifest.violations).toEqual([
      { id: 'red', labels: ['red_square'], threshold: 0.75, on: true, experimental: false },
    ]);
    const again = (thresholds: Record<string, number>) => faultsOf(tryThresholds(deps, null, { thresholds, note: '' }));
    expect(await again({ 'squares-yolox red': 0.6 })).toEqual([expect.stringContaining('already')]);
    expect(await again({ 'squares-yolox red': 7 })).toEqual([expect.stringContaining('between 0 and 1')]);
    expect(await again({ 'squares-yolox blue': 0.5 })).toEqual([expect.stringContaining('No pack has the line')]);
  });
});

describe('promoting', () => {
  it('gives the eye the new packs without losing a frame, and one press brings the old ones back', async () => {
    const first = await open();
    const { deps } = first;
    const admin = person(deps, 'admin', 'he');
    const set = await addPackSet(deps, admin, given(filesOf(reds({ threshold: 0.9 }))));
    startShadow(deps, admin, set.id, 1);
    expect(() => promotePackSet(deps, admin, set.id, ' ')).toThrow(Problem);
    const frame = await squares(640, 384, [{ x: 128, y: 64, side: 128, colour: '#ff0000' }]);
    const flying = Array.from({ length: 12 }, () => deps.eye.classify(frame));
    promotePackSet(deps, admin, set.id, 'fewer false alarms in two weeks');
    expect(await followPackSet(deps)).toEqual({ outcome: 'swapped' });
    const seen = await Promise.all(flying);
    expect(seen.every(({ detections }) => detections.length > 0)).toBe(true);
    expect(versions(deps.eye)).toEqual(['colours 1.0.0', 'squares-yolox 2.0.0']);
    expect(states(first)).toEqual([`${set.id} active`, '1 retired']);
    expect(packSetBefore(deps.db)?.id).toBe(1);
    expect(rollBackPackSet(deps, admin, '').id).toBe(1);
    expect(await followPackSet(deps)).toEqual({ outcome: 'swapped' });
    expect(versions(deps.eye)).toEqual(['colours 1.0.0', 'squares-yolox 1.0.0']);
    expect(stepsOfPackSet(deps.db).map(({ kind, by }) => [kind, by])).toEqual([
      ['rolled_back', admin.id],
      ['promoted', admin.id],
      ['shadow_started', admin.id],
      ['added', admin.id],
      ['added', null],
    ]);
    expect(() => rollBackPackSet(deps, admin, '')).toThrow('replaced none');
    const entries = deps.db.sqlite.prepare(`SELECT count(*) FROM ledger_entry WHERE kind = 'pack-set'`).pluck().get();
    expect(entries).toBe(5);
  });

  it('leaves a frame on its way to the packs that saw it: their threshold, their hash', async () => {
    const first = await open();
    const { deps } = first;
    const cast = openCast(deps);
    changeSettings(deps, cast.admin, { frames: { hits: 1, of: 1 } });
    const path = join(deps.config.dataDir, 'view.jpg');
    const look = async (x: number) => {
      writeFileSync(path, await squares(640, 384, [{ x, y: 64, side: 128, colour: '#ff0000' }]));
      return deps.eye.sample({ id: String(cast.camera.id), kind: 'picture', path, allow: [] });
    };
    const flying = await look(64);
    const set = await addPackSet(deps, null, given(filesOf(reds({ threshold: 0.9999 }))));
    promotePackSet(deps, null, set.id, 'only the reddest');
    await followPackSet(deps);
    const [id] = recordSample(deps, flying).flags;
    expect(flagById(deps.db, id!)).toMatchObject({ violation: 'red', threshold: 0.6, packName: 'squares-yolox' });
    expect(recordSample(deps, await look(160)).flags).toEqual([]);
  });

  it('survives a new start, and from another process the running eye follows by itself', async () => {
    const first = await open();
    const { deps } = first;
    const set = await addPackSet(deps, null, given(filesOf(reds())));
    promotePackSet(deps, null, set.id, 'from the command line');
    expect(versions(await restart(first))).toEqual(['colours 1.0.0', 'squares-yolox 2.0.0']);
    expect(await followPackSet(deps)).toEqual({ outcome: 'swapped' });
    expect(await followPackSet(deps)).toEqual({ outcome: 'same' });
  });

  it('a set whose files are damaged changes nothing: the packs that look go on, and the reason is on record', async () => {
    const first = await open();
    const { deps } = first;
    const set = await addPackSet(deps, null, given(filesOf(reds())));
    const manifest = set.packs.find(({ name }) => name === 'squares-yolox')!.manifestSha256;
    writeFileSync(deps.blobs.pathOf(manifest), '{}');
    promotePackSet(deps, null, set.id, 'nobody knew that the disk was bad');
    const before = deps.eye.packs;
    expect(await followPackSet(deps)).toMatchObject({ outcome: 'fell_back' });
    expect(deps.eye.packs).toBe(before);
    expect(states(first)).toEqual([`${set.id} retired`, '1 active']);
    expect(allPackSets(deps.db)[0]?.fault).toContain('is not what was added');
    expect(stepsOfPackSet(deps.db)[0]).toMatchObject({ kind: 'fell_back', setId: 1, insteadOf: set.id });
  });

  it('damaged while the server was down, the shipped packs look instead of none', async () => {
    const first = await open();
    const { deps } = first;
    const set = await addPackSet(deps, null, given(filesOf(reds())));
    promotePackSet(deps, null, set.id, 'good until the disk went');
    rmSync(deps.blobs.pathOf(set.packs.find(({ name }) => name === 'squares-yolox')!.manifestSha256));
    expect(versions(await restart(first))).toEqual(['colours 1.0.0', 'squares-yolox 1.0.0']);
    expect(states(first)).toEqual([`${set.id} retired`, '1 active']);
    expect(stepsOfPackSet(deps.db)[0]?.reason).toContain('is gone from the data directory');
  });
});
