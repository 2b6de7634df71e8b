// One picture through whole packs of different shapes: real ONNX files, known places, known answers.

import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDetector } from '../../inference/detector.ts';
import type { Box, Detection, Detector } from '../../inference/types.ts';
import { squares } from '../support/pictures.ts';
import {
  boxesScoresPack,
  colourPack,
  type TinyPack,
  writePacks,
  yolov8Pack,
  yoloxPack,
} from '../support/tiny-packs.ts';

async function withPacks<T>(packs: readonly TinyPack[], use: (detector: Detector) => Promise<T>): Promise<T> {
  const modelsDir = await writePacks(...packs);
  const detector = await openDetector({ modelsDir });
  try {
    return await use(detector);
  } finally {
    await detector.close();
    await rm(modelsDir, { recursive: true });
  }
}

function covers(box: Box, x: number, y: number): boolean {
  return x >= box[0] && x <= box[0] + box[2] && y >= box[1] && y <= box[1] + box[3];
}

function labels(detections: readonly Detection[]): string[] {
  return [...new Set(detections.map(({ label }) => label))].sort();
}

// 1280 × 720; the YOLOX pack sees 320 × 180 in a 320 × 192 input: a cell is 128 px.
const red = { x: 256, y: 128, side: 256, colour: '#ff0000' };
const blue = { x: 896, y: 384, side: 256, colour: '#0000ff' };

describe('a frame', () => {
  let frame: Buffer;
  beforeAll(async () => {
    frame = await squares(1280, 720, [red, blue]);
  });

  it('gives boxes where a YOLOX pack sees something, as fractions of the picture', async () => {
    const reading = await withPacks([yoloxPack()], (detector) => detector.classify(frame));
    expect([reading.width, reading.height]).toEqual([1280, 720]);
    expect(reading.detections.length).toBeGreaterThanOrEqual(4);
    for (const { label, box, score, sizePx } of reading.detections) {
      expect(label).toBe('red_square');
      expect(score).toBeGreaterThan(0.2);
      expect(covers([0.19, 0.16, 0.23, 0.4], box[0] + box[2] / 2, box[1] + box[3] / 2)).toBe(true);
      expect(sizePx).toBe(128);
    }
  });

  it('gives the same places through a centred YOLOv8 pack and through a stretched pack with two outputs', async () => {
    for (const pack of [yolov8Pack(), boxesScoresPack()]) {
      const { detections } = await withPacks([pack], (detector) => detector.classify(frame, { all: true }));
      const centre = (label: RegExp) =>
        detections.filter((each) => label.test(each.label)).sort((a, b) => b.score - a.score)[0]!.box;
      const found = { red: centre(/^red/), blue: centre(/^blue/) };
      expect(covers(found.red, 0.3, 0.35), pack.manifest.name).toBe(true);
      expect(covers(found.blue, 0.8, 0.7), pack.manifest.name).toBe(true);
      expect(labels(detections).some((label) => label.startsWith('green'))).toBe(false);
    }
  });

  it('is looked at closer where a detector found a box, and every answer names the box it came from', async () => {
    const { detections } = await withPacks([yoloxPack(), colourPack()], (detector) => detector.classify(frame));
    const closer = detections.filter(({ source }) => source === 'colours');
    expect(closer.length).toBeGreaterThan(0);
    for (const { label, of, box, score } of closer) {
      expect(['red', 'warm']).toContain(label);
      expect(score).toBeGreaterThan(0.9);
      expect(detections[of!]!.label).toBe('red_square');
      expect(detections[of!]!.box).toEqual(box);
    }
  });

  it('says "too small" of a box with too few pixels instead of guessing', async () => {
    const small = await squares(192, 108, [{ x: 0, y: 0, side: 40, colour: '#ff0000' }]);
    const { detections } = await withPacks([yoloxPack(), colourPack()], (detector) => detector.classify(small));
    const closer = detections.filter(({ source }) => source === 'colours');
    expect(closer.length).toBeGreaterThan(0);
    expect(labels(closer)).toEqual(['too_small']);
    expect(closer[0]!.sizePx).toBeLessThan(24);
  });

  it('can be judged whole, with a temperature that makes the same answer more modest', async () => {
    const all = await squares(320, 192, [
      { x: 0, y: 0, side: 192, colour: '#ff0000' },
      { x: 128, y: 0, side: 192, colour: '#ff0000' },
    ]);
    const sure = colourPack('classify-frame');
    const modest = { ...sure, manifest: { ...sure.manifest, calibration: { kind: 'temperature', value: 10 } } };
    const score = async (pack: TinyPack) => {
      const { detections } = await withPacks([pack], (detector) => detector.classify(all));
      return detections.find(({ label }) => label === 'red')!;
    };
    const [before, after] = [await score(sure), await score(modest)];
    expect(before.box).toEqual([0, 0, 1, 1]);
    expect(before.score).toBeGreaterThan(0.99);
    expect(after.score).toBeLessThan(before.score);
    expect(after.score).toBeGreaterThan(0.34);
  });

  it('turned by its EXIF orientation is read upright', async () => {
    const sharp = (await import('sharp')).default;
    // Orientation 6: stored lying on its side, to be turned clockwise.
    const stored = await sharp(await squares(1280, 720, [red]))
      .rotate(-90)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const reading = await withPacks([yoloxPack()], (detector) => detector.classify(stored));
    expect([reading.width, reading.height]).toEqual([1280, 720]);
    expect(reading.detections.some(({ box }) => covers(box, 0.3, 0.35))).toBe(true);
  });

  it('spends its time in stages that add up to the whole', async () => {
    const { ms } = await withPacks([yoloxPack(), colourPack()], (detector) => detector.classify(frame));
    const sum = ms.decode + ms.check + ms.tensor + ms.model + ms.decodeBoxes;
    expect(sum).toBeLessThanOrEqual(ms.total);
    expect(sum).toBeGreaterThan(ms.total * 0.9);
  });
});

describe('a detector', () => {
  let modelsDir: string;
  let detector: Detector;
  beforeAll(async () => {
    modelsDir = await writePacks(yoloxPack());
    detector = await openDetector({ modelsDir });
  });
  afterAll(async () => {
    await detector.close();
    await rm(modelsDir, { recursive: true });
  });

  it('gives frames asked for at once the answers they get alone', async () => {
    const frames = await Promise.all([
      squares(640, 384, [red]),
      squares(640, 384, []),
      squares(640, 384, [{ ...red, x: 0, y: 0 }]),
    ]);
    const together = await Promise.all(frames.map((frame) => detector.classify(frame)));
    for (const [index, frame] of frames.entries()) {
      expect((await detector.classify(frame)).detections).toEqual(together[index]!.detections);
    }
    expect(together[1]!.detections).toEqual([]);
  });

  it('spends no time on a pack whose every violation is switched off, unless everything is asked for', async () => {
    const frame = await squares(640, 384, [red]);
    const off = (pack: TinyPack): TinyPack => ({
      ...pack,
      manifest: { ...pack.manifest, violations: pack.manifest.violations.map((line) => ({ ...line, on: false })) },
    });
    const seenBy = async (packs: readonly TinyPack[], all: boolean) => {
      const reading = await withPacks(packs, (each) => each.classify(frame, { all }));
      return [reading.packs.map(({ name }) => name), [...new Set(reading.detections.map(({ source }) => source))]];
    };
    const both = [yoloxPack(), yolov8Pack()];
    const [on, idle] = both.map(({ manifest }) => manifest.name);
    expect(await seenBy(both, false)).toEqual([[on], [on]]);
    expect(await seenBy(both, true)).toEqual([expect.arrayContaining([on, idle]), expect.arrayContaining([on, idle])]);
    // A detector whose own violations are off still finds what another pack looks at closer.
    const fed = [off(yoloxPack()), colourPack()];
    const names = fed.map(({ manifest }) => manifest.name);
    expect((await seenBy(fed, false))[0]).toEqual(expect.arrayContaining(names));
  });

  it('goes on after a picture that it refused', async () => {
    await expect(detector.classify(Buffer.from('no picture'))).rejects.toMatchObject({ code: 'not_a_picture' });
    expect((await detector.classify(await squares(640, 384, []))).detections).toEqual([]);
  });

  it('leaves the models out where the caller allows it: nothing moved, or the camera is covered', async () => {
    const frame = await squares(640, 384, [red]);
    const first = await detector.classify(frame);
    const again = await detector.classify(frame, { previous: first.signature, skipModelIfUnchanged: true });
    expect([first.looked, again.looked, again.detections]).toEqual([true, false, []]);
    const asked = await detector.classify(frame, { previous: first.signature });
    expect(asked.detections).toEqual(first.detections);
    const sharp = (await import('sharp')).default;
    const dark = await sharp({ create: { width: 640, height: 384, channels: 3, background: '#050505' } })
      .jpeg()
      .toBuffer();
    const black = await detector.classify(dark, { skipModelIfCheckFails: true });
    expect(black.looked).toBe(false);
    expect(black.check.faults.map(({ kind }) => kind)).toEqual(['black']);
  });
});
