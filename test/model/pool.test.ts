// The pool of workers: order, back-pressure, a worker that dies, a camera asked once.

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { classifyFile } from '../../inference/classify-file.ts';
import { openDetector } from '../../inference/detector.ts';
import { PacksRefused } from '../../inference/pack-folder.ts';
import { openPool, type PoolOptions } from '../../inference/pool.ts';
import type { ClassifiedFrame, Pool } from '../../inference/types.ts';
import { squares } from '../support/pictures.ts';
import { colourPack, writePacks, yoloxPack } from '../support/tiny-packs.ts';

const red = { x: 128, y: 64, side: 128, colour: '#ff0000' };
let modelsDir: string;
let frame: Buffer;
let pool: Pool | undefined;

beforeAll(async () => {
  modelsDir = await writePacks(yoloxPack(), colourPack());
  frame = await squares(640, 384, [red]);
});
afterEach(async () => {
  await pool?.close();
  pool = undefined;
});
afterAll(() => rm(modelsDir, { recursive: true }));

async function open(options: Partial<PoolOptions> = {}): Promise<Pool> {
  pool = await openPool({ modelsDir, workers: 1, ...options });
  return pool;
}

const crashing = { eye: new URL('../support/crashing-worker.ts', import.meta.url) };
const refused = (cause: { code?: string; name: string }): string => cause.code ?? cause.name;

describe('the pool', () => {
  it('answers every frame as one detector alone would, and counts the milliseconds of each stage', async () => {
    const eye = await open({ workers: 2 });
    expect(eye.packs.map(({ name }) => name)).toEqual(['colours', 'squares-yolox']);
    const detector = await openDetector({ modelsDir });
    const alone = await detector.classify(frame);
    await detector.close();
    const many = await Promise.all(Array.from({ length: 12 }, () => eye.classify(frame)));
    for (const { detections, check } of many)
      expect({ detections, check }).toEqual({ detections: alone.detections, check: alone.check });
    const { done, ms, workers, dropped } = eye.metrics();
    expect([done, workers, dropped]).toEqual([12, 2, 0]);
    expect(ms.total).toBeGreaterThan(ms.decode + ms.model);
  });

  it('drops the oldest waiting frames when more come than it can look at, and says how many', async () => {
    const eye = await open({ maxQueue: 3 });
    const found = await Promise.all(
      Array.from({ length: 9 }, (_, index) =>
        eye.classify(frame).then(
          () => `${index} seen`,
          (cause) => `${index} ${refused(cause)}`,
        ),
      ),
    );
    // The first is being looked at; of the eight that wait, the three newest stay.
    expect(found).toEqual([
      '0 seen',
      ...[1, 2, 3, 4, 5].map((index) => `${index} JobDropped`),
      '6 seen',
      '7 seen',
      '8 seen',
    ]);
    expect(eye.metrics()).toMatchObject({ dropped: 5, queued: 0, running: 0 });
  });

  it('loses no frame when a worker dies: a fresh one takes it and those that waited', async () => {
    const eye = await open({ scripts: crashing });
    const poison = Buffer.concat([Buffer.from('fatal once: 1'), Buffer.alloc(100)]);
    const found = await Promise.all(
      [frame, poison, frame, frame].map((image) =>
        eye.classify(image).then(({ detections }) => detections.length > 0, refused),
      ),
    );
    // The second time the poison is merely no picture.
    expect(found).toEqual([true, 'not_a_picture', true, true]);
    expect(eye.metrics()).toMatchObject({ crashes: 1, requeued: 1, dropped: 0 });
  });

  it('gives up a frame that kills three workers, and goes on with the others', async () => {
    const eye = await open({ scripts: crashing });
    const found = await Promise.all(
      [Buffer.from('always fatal'), frame].map((image) => eye.classify(image).then(() => 'seen', refused)),
    );
    expect(found).toEqual(['JobCrashed', 'seen']);
    expect(eye.metrics()).toMatchObject({ crashes: 3, requeued: 2 });
  });

  it('refuses to open on bad packs, with the reasons', async () => {
    const bad = await writePacks();
    await writeFile(path.join(bad, 'a.json'), '{}');
    await expect(openPool({ modelsDir: bad, workers: 2 })).rejects.toThrow(PacksRefused);
    await rm(bad, { recursive: true });
  });

  it('closed while frames wait tells each of them', async () => {
    const eye = await open();
    const waiting = Array.from({ length: 4 }, () =>
      eye.classify(frame).then(
        () => 'seen',
        ({ message }) => message,
      ),
    );
    await eye.close();
    const found = await Promise.all(waiting);
    expect(found.every((each) => each === 'seen' || each === 'The pool is closed.')).toBe(true);
    await expect(eye.classify(frame)).rejects.toThrow('closed');
  });
});

const giveUp = fileURLToPath(new URL('../support/give-up-opening.ts', import.meta.url));

describe('a stop while the library works', () => {
  it('ends with the threads that load models and that look, and the process lives on', () => {
    const run = spawnSync(process.execPath, ['--import', 'tsx', giveUp, '450', '800'], {
      encoding: 'utf8',
    });
    expect([run.status, run.signal, run.stderr]).toEqual([0, null, '']);
    expect(run.stdout.trim().split('\n').at(-1)).toMatch(/^seen/);
  });
});

describe('a swap of the packs', () => {
  it('loses no frame: what was given before is seen with the old packs, what comes after with the new', async () => {
    const eye = await open({ maxQueue: 40 });
    const other = yoloxPack();
    const stricter = {
      ...other.manifest,
      version: '2.0.0',
      violations: other.manifest.violations.map((line) => ({ ...line, threshold: 0.99 })),
    };
    const next = await writePacks({ ...other, manifest: stricter });
    const before = Array.from({ length: 10 }, () => eye.classify(frame));
    const swapped = eye.swap?.(next);
    const during = Array.from({ length: 10 }, () => eye.classify(frame));
    await swapped;
    const after = Array.from({ length: 5 }, () => eye.classify(frame));
    const versions = async (frames: readonly Promise<ClassifiedFrame>[]) =>
      (await Promise.all(frames)).map(({ packs }) => packs.map(({ version }) => version).join());
    expect(new Set(await versions(before))).toEqual(new Set(['1.0.0,1.0.0']));
    expect(new Set(await versions(during))).toEqual(new Set(['1.0.0,1.0.0']));
    expect(new Set(await versions(after))).toEqual(new Set(['2.0.0']));
    expect(eye.packs.map(({ version }) => version)).toEqual(['2.0.0']);
    expect(eye.formerPacks?.[0]?.map(({ name }) => name)).toEqual(['colours', 'squares-yolox']);
    expect(eye.metrics()).toMatchObject({ done: 25, dropped: 0, crashes: 0, queued: 0, running: 0 });
    await rm(next, { recursive: true });
  });

  it('to a bad folder changes nothing, and says why', async () => {
    const eye = await open();
    const bad = await writePacks();
    await writeFile(path.join(bad, 'a.json'), '{}');
    await expect(eye.swap?.(bad)).rejects.toThrow(PacksRefused);
    expect((await eye.classify(frame)).packs.map(({ name }) => name)).toEqual(['colours', 'squares-yolox']);
    expect(eye.formerPacks).toEqual([]);
    await rm(bad, { recursive: true });
  });

  it('survives a worker that dies while the old packs finish their frames', async () => {
    const eye = await open({ scripts: crashing });
    const next = await writePacks(yoloxPack());
    const poison = Buffer.concat([Buffer.from('fatal once: 2'), Buffer.alloc(100)]);
    const given = [frame, poison, frame].map((image) => eye.classify(image).then(() => 'seen', refused));
    await eye.swap?.(next);
    expect(await Promise.all(given)).toEqual(['seen', 'not_a_picture', 'seen']);
    expect((await eye.classify(frame)).packs).toHaveLength(1);
    await rm(next, { recursive: true });
  });
});

describe('one camera, once', () => {
  it('whose picture is a file gives a reading, and evidence a reviewer can open', async () => {
    const eye = await open();
    const file = path.join(modelsDir, 'view.jpg');
    await writeFile(file, frame);
    const camera = { id: '12', kind: 'picture', path: file, allow: [] } as const;
    const sample = await eye.sample(camera);
    if (!sample.ok) throw new Error(sample.fault.detail);
    expect([sample.cameraId, sample.looked, sample.pictureWidth, sample.pictureHeight]).toEqual(['12', true, 640, 384]);
    expect(sample.reading.detections.some(({ label }) => label === 'red_square')).toBe(true);
    expect(sample.picture.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(JSON.stringify(sample.signature).length).toBeLessThan(30_000);
    // A stored picture is looked at every time; it is not frozen.
    const again = await eye.sample({ ...camera, previous: { ...sample.signature, stillFrames: 99 } });
    expect(again).toMatchObject({ ok: true, looked: true, reading: { check: { ok: true } } });
  });

  it('that has nothing to show is an answer with its fault, never an exception', async () => {
    const eye = await open();
    const file = path.join(modelsDir, 'notes.jpg');
    await writeFile(file, 'not a picture at all');
    const faultOf = async (spec: object): Promise<string> => {
      const sample = await eye.sample({ id: '1', kind: 'picture', allow: [], ...spec });
      return sample.ok ? 'a frame' : sample.fault.code;
    };
    expect(await faultOf({ path: '/nowhere/at/all.jpg' })).toBe('not_found');
    expect(await faultOf({ path: file })).toBe('picture');
    expect(await faultOf({ kind: 'clip', path: file })).toBe('form');
    expect(await faultOf({ kind: 'rtsp', url: 'rtsp://127.0.0.1/live' })).toBe('forbidden');
    expect(await faultOf({ kind: 'snapshot' })).toBe('address');
  });
});

describe('a file for the command line', () => {
  it('gives a reading or a clear refusal', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'files-'));
    await writeFile(path.join(folder, 'a.jpg'), frame);
    await writeFile(path.join(folder, 'b.jpg'), frame.subarray(0, 900));
    const detector = await openDetector({ modelsDir });
    const found = await Promise.all(
      ['a.jpg', 'b.jpg', 'c.jpg', '.'].map((name) => classifyFile(detector, path.join(folder, name))),
    );
    await detector.close();
    await rm(folder, { recursive: true });
    expect(found.map((each) => ('fault' in each ? each.fault.code : 'read'))).toEqual([
      'read',
      'damaged',
      'unreadable',
      'unreadable',
    ]);
  });
});
