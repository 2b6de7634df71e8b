// What the camera check finds and wrongly finds: our own rendered pictures, and a fixed camera's frames one after another.

import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { checkFrame } from '../../inference/frame-check.ts';
import type { Pixels } from '../../inference/image.ts';
import { smallCopy } from '../../inference/small-copy.ts';
import type { CheckKind, FrameCheck, FrameSignature } from '../../inference/types.ts';
import { cameraFaults, seeded } from '../support/camera-faults.ts';
import { openPictureTable } from '../support/picture-table.ts';
import { scene } from '../support/pictures.ts';

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));
const stills = [
  'dingxiang-hot',
  'dingxiang-prep',
  'laojiefang-noodle',
  'laojiefang-wash',
  'sanwei-cold',
  'sanwei-serving',
];

/** Those of which faults are made: a cook at work, a dim corner, and steel. */
const spoilt = ['dingxiang-hot', 'laojiefang-wash', 'sanwei-cold'];

/** The picture two seconds into one of our clips. */
function frameOfClip(name: string): Buffer {
  const words = [
    '-v',
    'error',
    '-ss',
    '2',
    '-i',
    `${samples}clips/${name}.mp4`,
    '-frames:v',
    '1',
    '-f',
    'mjpeg',
    'pipe:1',
  ];
  const { stdout, status } = spawnSync(findFfmpeg() ?? 'ffmpeg', words, { maxBuffer: 16e6 });
  if (status !== 0 || stdout.length === 0) throw new Error(`no picture of ${name}`);
  return stdout;
}

describe('the camera check', () => {
  it.each(['fault-black', 'fault-blurred', 'fault-covered'])('finds the fault of the clip %s', async (clip) => {
    const table = openPictureTable();
    expect(await table.look('given', frameOfClip(clip))).toBe('faulty');
  });

  it.each(stills)('calls the rendered kitchen %s sound, as still and as clip', async (name) => {
    const table = openPictureTable();
    expect(await table.look('clean', await readFile(`${samples}stills/${name}.jpg`))).toBe('sound');
    expect(await table.look('clean', frameOfClip(name))).toBe('sound');
  });

  it('finds 99 of 100 faults made of them at their strongest, 95 of all', { timeout: 300_000 }, async () => {
    const table = openPictureTable();
    for (const [index, name] of spoilt.entries()) {
      // Half as wide as it was rendered: the check sees no more of it.
      const picture = await readFile(`${samples}stills/${name}.jpg`);
      const still = await sharp(picture).resize(640).jpeg({ quality: 92 }).toBuffer();
      await table.makeFaults(still, index);
    }
    expect(table.looked(/^made /)).toBe(spoilt.length * Object.keys(cameraFaults).length * 3);
    expect(table.share(/^made .*1$/)).toBeGreaterThanOrEqual(0.99);
    expect(table.share(/^made /)).toBeGreaterThanOrEqual(0.95);
  });
});

describe('a fixed camera', () => {
  const frame = async (seed: number, person: number | undefined, noise = 0): Promise<Pixels> => {
    const list = person === undefined ? [] : [{ x: person, y: 120, side: 140, colour: '#303a80' }];
    const { data, info } = await scene(640, 360, list, seed).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const random = seeded(noise);
    const noisy =
      noise === 0 ? data : data.map((value) => Math.min(255, Math.max(0, value + Math.round((random() - 0.5) * 6))));
    return { data: noisy, width: info.width, height: info.height };
  };
  const look = (pixels: Pixels, previous?: FrameSignature) => checkFrame(smallCopy(pixels), previous);
  const kinds = (check: FrameCheck): CheckKind[] => check.faults.map(({ kind }) => kind);
  const pan = ({ data, width, height }: Pixels, by: number): Promise<Pixels> =>
    sharp(data, { raw: { width, height, channels: 3 } })
      .extract({ left: by, top: 0, width: width - by, height })
      .extend({ right: by, extendWith: 'mirror' })
      .raw()
      .toBuffer()
      .then((moved) => ({ data: moved, width, height }));

  it('with people walking is neither frozen nor moved, and each step is a change', async () => {
    let previous: FrameSignature | undefined;
    for (let step = 0; step < 12; step++) {
      const { check, signature, changed } = look(await frame(1, 20 + step * 40, step + 1), previous);
      expect(kinds(check)).toEqual([]);
      expect(changed).toBe(true);
      previous = signature;
    }
  });

  it('with nobody in view changes by noise alone, which is not worth a look', async () => {
    const first = look(await frame(1, undefined, 1));
    const second = look(await frame(1, undefined, 2), first.signature);
    expect(second.changed).toBe(false);
    expect(kinds(second.check)).toEqual([]);
    expect(second.signature.stillFrames).toBe(0);
  });

  it('with a red sheet over a third of it is not called burnt', async () => {
    const sheet = { x: 20, y: 20, side: 300, colour: '#ff0000' };
    const { data, info } = await scene(640, 360, [sheet]).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const { check } = look({ data, width: info.width, height: info.height });
    expect(check.readings.clippedShare).toBeGreaterThan(0.3);
    expect(kinds(check)).toEqual([]);
  });

  it('that shows the very same picture six times is frozen, and says so with its reading', async () => {
    const still = await frame(1, 200, 1);
    let previous: FrameSignature | undefined;
    const found: string[][] = [];
    for (let sample = 0; sample < 6; sample++) {
      const { check, signature } = look(still, previous);
      found.push(kinds(check));
      previous = signature;
    }
    expect(found).toEqual([[], [], [], [], [], ['frozen']]);
  });

  it('turned to one side has moved, by about how far, until the new view is accepted', async () => {
    const before = await frame(1, 200, 1);
    const { signature } = look(before);
    const turned = look(await pan(await frame(1, 200, 2), 80), signature);
    expect(kinds(turned.check)).toEqual(['moved']);
    expect(turned.check.readings.shift).toBeGreaterThan(0.09);
    expect(turned.check.readings.shift).toBeLessThan(0.16);
    const again = look(await pan(await frame(1, 240, 3), 80), turned.signature);
    expect(kinds(again.check)).toEqual(['moved']);
  });

  it('that stays turned has a new view at last: after sixty frames it is not called moved any more', async () => {
    let { signature } = look(await frame(1, 200, 1));
    const turned = await pan(await frame(1, 200, 2), 80);
    const found: boolean[] = [];
    for (let sample = 0; sample < 61; sample++) {
      const seen = look(turned, signature);
      found.push(kinds(seen.check).includes('moved'));
      signature = seen.signature;
    }
    expect(found.indexOf(false)).toBe(59);
    expect(found.slice(59)).toEqual([false, false]);
    expect(kinds(look(await frame(1, 200, 3), signature).check)).toEqual(['moved']);
  });

  it('put somewhere else has moved once the view stays lost; someone before the lens for a moment has not moved it', async () => {
    let { signature } = look(await frame(1, 200, 1));
    const found: string[][] = [];
    for (let sample = 0; sample < 3; sample++) {
      const elsewhere = look(await frame(7, 100, sample + 2), signature);
      found.push(kinds(elsewhere.check));
      signature = elsewhere.signature;
    }
    expect(found).toEqual([[], [], ['moved']]);
    const back = look(await frame(1, 220, 9), signature);
    expect([kinds(back.check), back.signature.movedFrames]).toEqual([[], 0]);
  });

  it('is not fooled by a signature from somewhere else: it is only remembered', async () => {
    const odd = { version: 1, grey: 'AAAA', view: '%%%', print: '', stillFrames: 9, movedFrames: 9 } as const;
    expect(kinds(look(await frame(1, 200), odd).check)).toEqual([]);
  });
});
