// From numbers to boxes and scores: each output shape, suppression, calibration, and what must never come out.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBoxes, decodeScores, overlap, type RawBox } from '../../../inference/decode.ts';
import { type Manifest, readManifest } from '../../../inference/manifest.ts';
import { calibrated, softmax } from '../../../inference/score.ts';
import { boxOnSource, fillCrop, fillFrame, placementOf, scaleOf } from '../../../inference/tensor.ts';
import { boxesScoresPack, colourPack, type TinyPack, yolov8Pack, yoloxPack } from '../../support/tiny-packs.ts';

function manifestOf(
  { manifest }: TinyPack,
  change: (raw: Record<string, unknown>) => void = () => undefined,
): Manifest {
  const raw = structuredClone(manifest) as Record<string, unknown>;
  change(raw);
  const checked = readManifest('test.json', JSON.stringify(raw));
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  return checked.manifest;
}

/** Rows of numbers as one output of shape 1 × rows × columns. */
function output(rows: readonly (readonly number[])[]): { data: Float32Array; dims: number[] } {
  return { data: Float32Array.from(rows.flat()), dims: [1, rows.length, rows[0]?.length ?? 0] };
}

describe('a detector output', () => {
  it('in YOLOX shape is placed by its cell and its stride, with objectness times class', () => {
    const manifest = manifestOf(yoloxPack(64, 32), (raw) => {
      raw['output'] = { decoder: 'yolox', names: ['output'], strides: [16, 32], activated: true, minScore: 0.2 };
    });
    // 4 × 2 cells of 16, then 2 × 1 cells of 32: row 5 is cell (1, 1), row 9 is cell (1, 0).
    const rows = Array.from({ length: 10 }, () => [0, 0, 0, 0, 0, 0]);
    rows[5] = [0.5, 0.25, Math.log(0.5), 0, 0.9, 0.8];
    rows[9] = [0.5, 0.5, 0, 0, 0.5, 0.3];
    const found = decodeBoxes(manifest, [output(rows)]);
    expect(found).toHaveLength(1);
    const [box] = found;
    expect([box?.x0, box?.y0, box?.x1, box?.y1].map((side) => Math.round((side ?? 0) * 1000) / 1000)).toEqual([
      20, 12, 28, 28,
    ]);
    expect(found[0]?.score).toBeCloseTo(0.72, 5);
  });

  it('in YOLOv8 shape is read by columns', () => {
    const manifest = manifestOf(yolov8Pack());
    const found = decodeBoxes(manifest, [
      output([
        [50, 100],
        [60, 100],
        [20, 10],
        [40, 10],
        [0.1, 0],
        [0.7, 0],
        [0, 0.1],
      ]),
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ column: 1, x0: 40, y0: 40, x1: 60, y1: 80 });
  });

  it('keeps one box of an object per class, and both when the classes differ', () => {
    const manifest = manifestOf(boxesScoresPack(128, 128));
    const boxes = output([
      [0.1, 0.1, 0.5, 0.5],
      [0.12, 0.1, 0.5, 0.5],
      [0.6, 0.6, 0.9, 0.9],
    ]);
    const found = decodeBoxes(manifest, [
      boxes,
      output([
        [0.9, 0, 0.3],
        [0.8, 0, 0.6],
        [0.5, 0, 0],
      ]),
    ]);
    expect(found.map(({ column, score }) => [column, Math.round(score * 10)])).toEqual([
      [0, 9],
      [2, 6],
      [0, 5],
    ]);
  });

  it('of any numbers whatever gives boxes in order, over the floor, no more than agreed, none overlapping its own class', () => {
    const manifest = manifestOf(boxesScoresPack(128, 128), (raw) => {
      raw['output'] = {
        decoder: 'boxes-scores',
        names: ['boxes', 'scores'],
        nmsIou: 0.4,
        minScore: 0.3,
        maxDetections: 5,
      };
    });
    const number = fc.oneof(
      fc.double({ min: -1, max: 2 }),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1e30, 0),
    );
    const row = (length: number) => fc.array(number, { minLength: length, maxLength: length });
    fc.assert(
      fc.property(fc.array(row(7), { minLength: 1, maxLength: 30 }), (rows) => {
        const found = decodeBoxes(manifest, [
          output(rows.map((each) => each.slice(0, 4))),
          output(rows.map((each) => each.slice(4))),
        ]);
        expect(found.length).toBeLessThanOrEqual(5);
        found.forEach((box, index) => {
          expect(box.score).toBeGreaterThanOrEqual(0.3);
          expect(box.score).toBeLessThanOrEqual(found[index - 1]?.score ?? 1);
          expect(box.x1 > box.x0 && box.y1 > box.y0).toBe(true);
          for (const other of found.slice(0, index))
            if (other.column === box.column) expect(overlap(other, box)).toBeLessThanOrEqual(0.4);
        });
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('with more sound boxes than agreed keeps the best of them, in order', () => {
    const manifest = manifestOf(boxesScoresPack(128, 128), (raw) => {
      raw['output'] = { ...(raw['output'] as object), nmsIou: 0.4, minScore: 0.1, maxDetections: 5 };
    });
    const count = manifest.labels.length;
    const boxes = Array.from({ length: 12 }, (_, at) => [at / 13, 0.1, (at + 0.9) / 13, 0.2]);
    const scores = Array.from({ length: 12 }, (_, at) => [
      0.3 + at / 20,
      ...Array.from({ length: count - 1 }, () => 0),
    ]);
    const found = decodeBoxes(manifest, [output(boxes), output(scores)]);
    expect(found.map(({ x0 }) => Math.round((x0 * 13) / 128))).toEqual([11, 10, 9, 8, 7]);
  });

  it('is calibrated before it is compared with the floor', () => {
    const modest = manifestOf(boxesScoresPack(128, 128), (raw) => {
      raw['calibration'] = { kind: 'temperature', value: 3 };
    });
    const found = decodeBoxes(modest, [
      output([
        [0, 0, 0.5, 0.5],
        [0.5, 0.5, 1, 1],
      ]),
      output([
        [0.01, 0, 0],
        [0.02, 0, 0],
      ]),
    ]);
    // Temperature 3 lifts 0.02 to 0.215, over the floor of 0.2, and 0.01 to 0.178, under it.
    expect(found.map(({ score }) => Number(score.toFixed(3)))).toEqual([0.215]);
  });
});

describe('a classifier output', () => {
  it('is divided into its groups, each adding up to one, and read for the right picture of a batch', () => {
    const manifest = manifestOf(colourPack());
    const batch = output([
      [9, 9, 9, 9, 9],
      [0, Math.log(2), 0, Math.log(3), 0],
    ]);
    const scores = decodeScores(manifest, batch, 1);
    expect(scores.map((score) => Number(score.toFixed(3)))).toEqual([0.25, 0.5, 0.25, 0.75, 0.25]);
    expect(decodeScores(manifest, batch, 0).map((score) => Number(score.toFixed(3)))).toEqual([
      0.333, 0.333, 0.333, 0.5, 0.5,
    ]);
  });

  it('that is a probability already can still be made more modest', () => {
    const wide = (decoder: string) =>
      manifestOf(colourPack('classify-frame'), (raw) => {
        delete raw['groups'];
        raw['labels'] = ['red', 'green'];
        raw['output'] = { decoder, names: ['logits'] };
        raw['calibration'] = { kind: 'temperature', value: 2 };
      });
    const [red = 0, green = 0] = decodeScores(wide('softmax'), output([[0.9, 0.1]]), 0);
    expect([red.toFixed(3), green.toFixed(3)]).toEqual(['0.750', '0.250']);
    expect(decodeScores(wide('sigmoid'), output([[0.9, 0.1]]), 0).map((score) => score.toFixed(3))).toEqual([
      '0.750',
      '0.250',
    ]);
    expect(decodeScores(wide('logits-sigmoid'), output([[2, -2]]), 0)[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 5);
  });

  it('keeps order and bounds at every temperature', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, fc.double({ min: 0.05, max: 20, noNaN: true }), (a, b, temperature) => {
        const [low, high] = [calibrated(Math.min(a, b), temperature), calibrated(Math.max(a, b), temperature)];
        expect(low <= high && low >= 0 && high <= 1).toBe(true);
      }),
      { seed: 7 },
    );
    expect(softmax([1000, 0]).map((value) => value.toFixed(3))).toEqual(['1.000', '0.000']);
  });
});

describe('a frame laid out for a model', () => {
  const input = (change: Record<string, unknown>) =>
    manifestOf(yolov8Pack(64, 64), (raw) => Object.assign(raw['input'] as object, change)).input;
  const pixels = (width: number, height: number, colour: readonly number[]) => ({
    data: Uint8Array.from({ length: width * height * 3 }, (_, index) => colour[index % 3] ?? 0),
    width,
    height,
  });

  it('keeps its shape in a letterbox, fills it when stretched, loses its sides when cropped', () => {
    const source = { width: 128, height: 64 };
    expect(placementOf(input({ fit: 'letterbox', align: 'top-left' }), source)).toEqual({
      left: 0,
      top: 0,
      width: 64,
      height: 32,
    });
    expect(placementOf(input({ fit: 'letterbox', align: 'center' }), source)).toEqual({
      left: 0,
      top: 16,
      width: 64,
      height: 32,
    });
    expect(placementOf(input({ fit: 'stretch' }), source)).toEqual({ left: 0, top: 0, width: 64, height: 64 });
    expect(placementOf(input({ fit: 'crop' }), source)).toEqual({ left: -32, top: 0, width: 128, height: 64 });
  });

  it('has its channels in the asked order, its numbers scaled, its padding where nothing is', () => {
    const form = input({
      fit: 'letterbox',
      align: 'center',
      channels: 'bgr',
      scale: 1 / 255,
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
      pad: 0,
    });
    const target = new Float32Array(3 * 64 * 64).fill(9);
    const at = placementOf(form, { width: 128, height: 64 });
    fillFrame(target, form, scaleOf(form), pixels(64, 32, [255, 127.5, 0]), at);
    const value = (channel: number, y: number): number => target[channel * 4096 + y * 64 + 5] ?? Number.NaN;
    expect([value(0, 30), value(2, 30), value(0, 3), value(2, 60)].map((each) => Number(each.toFixed(2)))).toEqual([
      -1, 1, -1, -1,
    ]);
    expect(target.includes(9)).toBe(false);
  });

  it('gives its boxes back on the source, inside it, whatever the fit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('letterbox', 'stretch', 'crop'),
        fc.integer({ min: 16, max: 4000 }),
        fc.integer({ min: 16, max: 4000 }),
        fc.tuple(fc.double({ min: 0, max: 0.5, noNaN: true }), fc.double({ min: 0, max: 0.5, noNaN: true })),
        (fit, width, height, [x, y]) => {
          const at = placementOf(input({ fit }), { width, height });
          const onInput = [
            at.left + x * at.width,
            at.top + y * at.height,
            at.left + (x + 0.4) * at.width,
            at.top + (y + 0.4) * at.height,
          ] as const;
          const box = boxOnSource(at, ...onInput);
          for (const [index, wanted] of [x, y, 0.4, 0.4].entries()) expect(box[index]).toBeCloseTo(wanted, 6);
          expect(boxOnSource(at, -1e6, -1e6, 1e6, 1e6)).toEqual([0, 0, 1, 1]);
        },
      ),
      { seed: 7 },
    );
  });

  it('lets a crop reach over the edge by repeating it, and averages what it shrinks', () => {
    const form = manifestOf(colourPack()).input;
    const target = new Float32Array(3 * 32 * 32);
    const striped = pixels(64, 64, [0, 0, 0]);
    for (let at = 0; at < striped.data.length; at++) striped.data[at] = Math.floor(at / 3) % 2 === 0 ? 0 : 200;
    fillCrop(target, 0, form, scaleOf(form), striped, { x: 0, y: 0, width: 64, height: 64 });
    expect(Math.min(...target)).toBeGreaterThan(0.3);
    expect(Math.max(...target)).toBeLessThan(0.5);
    fillCrop(target, 0, form, scaleOf(form), pixels(64, 64, [255, 0, 0]), { x: -40, y: -40, width: 80, height: 80 });
    expect([target[0], target[1024], target[2048]].map((value) => value?.toFixed(4))).toEqual([
      '1.0000',
      '0.0000',
      '0.0000',
    ]);
  });
});

describe('two boxes', () => {
  it('overlap by their shared area over their joined area', () => {
    const box = (x0: number, y0: number, x1: number, y1: number): RawBox => ({ column: 0, score: 1, x0, y0, x1, y1 });
    expect(overlap(box(0, 0, 2, 2), box(1, 0, 3, 2))).toBeCloseTo(1 / 3);
    expect(overlap(box(0, 0, 1, 1), box(1, 1, 2, 2))).toBe(0);
  });
});
