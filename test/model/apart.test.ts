// The process apart: packs that are bad, pictures that kill it, and a pool that never notices.

import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Apart, ApartBusy, ApartEnded, type ApartOptions, openApart } from '../../inference/apart.ts';
import { openDetector } from '../../inference/detector.ts';
import { PacksRefused } from '../../inference/pack-folder.ts';
import { PictureRefusal } from '../../inference/picture-refusal.ts';
import { openPool } from '../../inference/pool.ts';
import { squares } from '../support/pictures.ts';
import { colourPack, writePacks, yoloxPack } from '../support/tiny-packs.ts';

let folder: string;
let frame: Buffer;
let apart: Apart | undefined;

beforeAll(async () => {
  folder = await writePacks(yoloxPack(), colourPack());
  frame = await squares(640, 384, [{ x: 128, y: 64, side: 128, colour: '#ff0000' }]);
});
afterEach(async () => {
  await apart?.close();
  apart = undefined;
});
afterAll(() => rm(folder, { recursive: true }));

const dying = new URL('../support/dying-apart.mjs', import.meta.url);

function open(options: ApartOptions = {}): Apart {
  apart = openApart(options);
  return apart;
}

describe('the process apart', () => {
  it('sees what a detector here sees, and tells the packs it looked with', async () => {
    const there = open();
    const packs = await there.check(folder);
    const seen = await there.look(folder, frame);
    const detector = await openDetector({ modelsDir: folder });
    const here = await detector.classify(frame);
    await detector.close();
    expect(packs).toEqual(detector.packs);
    expect(seen.detections).toEqual(here.detections);
    expect(seen.packs).toEqual(here.packs);
    expect(seen.packs.every(({ manifestSha256 }) => /^[0-9a-f]{64}$/.test(manifestSha256 ?? ''))).toBe(true);
  });

  it('refuses a bad pack with every reason, and a bad picture with its own', async () => {
    const bad = await writePacks(yoloxPack());
    await writeFile(path.join(bad, 'squares-yolox.onnx'), 'not a model');
    const there = open();
    await expect(there.check(bad)).rejects.toThrow(PacksRefused);
    await expect(there.look(folder, Buffer.from('no picture'))).rejects.toThrow(PictureRefusal);
    expect(there.counts()).toEqual({ waiting: 0, done: 2, ended: 0 });
    await rm(bad, { recursive: true });
  });

  it('killed by a picture is started again for the next one', async () => {
    const there = open({ script: dying });
    await expect(there.look(folder, Buffer.from('fatal picture'))).rejects.toThrow(ApartEnded);
    expect((await there.look(folder, frame)).detections.length).toBeGreaterThan(0);
    expect(there.counts()).toEqual({ waiting: 0, done: 1, ended: 1 });
  });

  it('that hangs is ended when its time is over', async () => {
    const there = open({ script: dying, jobMs: 1_500 });
    await expect(there.look(folder, Buffer.from('for ever'))).rejects.toThrow('SIGKILL');
    expect(there.counts().ended).toBe(1);
  });

  it('whose script cannot start says so instead of trying for ever', async () => {
    const there = open({ script: new URL('../support/nowhere.mjs', import.meta.url) });
    await expect(there.check(folder)).rejects.toThrow(ApartEnded);
  });

  it('leaves out what comes when sixteen jobs wait', async () => {
    const there = open();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        there.look(folder, frame).then(
          () => 'seen',
          (cause) => (cause instanceof ApartBusy ? 'left out' : 'failed'),
        ),
      ),
    );
    expect(answers.filter((answer) => answer === 'seen')).toHaveLength(16);
    expect(answers.filter((answer) => answer === 'left out')).toHaveLength(4);
  });

  it('dying over and over costs the pool of the cameras no frame and no thread', async () => {
    const there = open({ script: dying });
    const pool = await openPool({ modelsDir: folder, workers: 1 });
    const deaths = Array.from({ length: 3 }, () => there.look(folder, Buffer.from('fatal picture')).catch((e) => e));
    const frames = await Promise.all(Array.from({ length: 20 }, () => pool.classify(frame)));
    expect(frames.every(({ detections }) => detections.length > 0)).toBe(true);
    for (const death of await Promise.all(deaths)) expect(death).toBeInstanceOf(ApartEnded);
    expect(pool.metrics()).toMatchObject({ done: 20, dropped: 0, crashes: 0, requeued: 0 });
    await pool.close();
  });
});
