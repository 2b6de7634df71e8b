// Runs one pack: on a whole frame for boxes or scores, or on the crops of boxes that others found.

import { decodeBoxes, decodeScores } from './decode.ts';
import type { Pixels } from './image.ts';
import type { Manifest, PackCrop } from './manifest.ts';
import type { ModelOutput } from './onnx.ts';
import type { Pack } from './pack.ts';
import type { Stopwatch } from './stopwatch.ts';
import { boxOnSource, fillCrop, fillFrame, type Placement, type Region, type Scale, scaleOf } from './tensor.ts';
import type { Box, Detection } from './types.ts';

/** Boxes looked at closer in one frame; the largest come first. A kitchen has no more heads than this. */
const maxCrops = 48;
/** Faint boxes of one run; a picture with more is no kitchen. */
const mostFaint = 300;
/** Crops in one run of a model that takes any number. */
const batchSize = 8;

/** A pack with what is kept between frames: its input floats and byte tables. */
export interface ReadyPack extends Pack {
  readonly scale: Scale;
  readonly floats: Float32Array;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function readyPack(pack: Pack): ReadyPack {
  const { input, task } = pack.manifest;
  const batch = task === 'classify-crop' && input.batch === 'dynamic' ? batchSize : 1;
  return { ...pack, scale: scaleOf(input), floats: new Float32Array(batch * 3 * input.width * input.height) };
}

export interface FrameAnswer {
  /** Boxes (detect) or whole-frame scores (classify-frame) over the pack's own floor. */
  readonly found: Detection[];
  /** Boxes over `faintScore`, of the same run; none when it was not given. */
  readonly faint: Detection[];
}

/** Runs the pack on a frame already scaled to its placement. */
export async function runOnFrame(
  pack: ReadyPack,
  fitted: Pixels,
  at: Placement,
  size: Size,
  watch: Stopwatch,
  faintScore?: number,
): Promise<FrameAnswer> {
  const { manifest, floats, scale } = pack;
  fillFrame(floats, manifest.input, scale, fitted, at);
  watch.lap('tensor');
  const outputs = await runModel(pack, 1);
  watch.lap('model');
  const detects = manifest.task === 'detect';
  const found = detects ? boxesOf(manifest, outputs, at, size) : scoresOf(manifest, outputs[0], 0, {});
  const faint = detects && faintScore !== undefined ? boxesOf(withFloor(manifest, faintScore), outputs, at, size) : [];
  watch.lap('decodeBoxes');
  return { found, faint };
}

function withFloor(manifest: Manifest, minScore: number): Manifest {
  return { ...manifest, output: { ...manifest.output, minScore, maxDetections: mostFaint } };
}

/** What the crops of `found` show; `of` counts in `found`. Boxes too small to judge say so. */
export async function runOnCrops(
  pack: ReadyPack,
  cut: PackCrop,
  pixels: Pixels,
  found: readonly Detection[],
  size: Size,
  watch: Stopwatch,
): Promise<Detection[]> {
  const parents = found
    .map((parent, index) => ({ parent, index, sizePx: sizeOf(parent.box, size) }))
    .filter(({ parent }) => cut.of.includes(parent.label))
    .sort((a, b) => b.sizePx - a.sizePx);
  const judged = parents.filter(({ sizePx }) => sizePx >= cut.minSizePx).slice(0, maxCrops);
  const results: Detection[] = [];
  const capacity = pack.floats.length / (3 * pack.manifest.input.width * pack.manifest.input.height);
  for (let start = 0; start < judged.length; start += capacity) {
    const batch = judged.slice(start, start + capacity);
    for (const [place, { parent }] of batch.entries()) fillOne(pack, cut, pixels, parent.box, place);
    watch.lap('tensor');
    const [output] = await runModel(pack, batch.length);
    watch.lap('model');
    batch.forEach(({ parent, index, sizePx }, place) => {
      results.push(...scoresOf(pack.manifest, output, place, { box: parent.box, of: index, sizePx }));
    });
    watch.lap('decodeBoxes');
  }
  const source = pack.manifest.name;
  for (const { parent, index, sizePx } of parents.filter((each) => !judged.includes(each))) {
    results.push({ label: cut.unknownLabel, score: parent.score, box: parent.box, sizePx, of: index, source });
  }
  return results;
}

/** The part of the picture, in its pixels, that a grown box covers. */
export function cropRegion(cut: Pick<PackCrop, 'grow' | 'anchor'>, [x, y, w, h]: Box, size: Size): Region {
  const width = w * cut.grow[0];
  const height = h * cut.grow[1];
  const left = x + (w - width) / 2;
  const top = cut.anchor === 'top' ? y : cut.anchor === 'bottom' ? y + h - height : y + (h - height) / 2;
  return { x: left * size.width, y: top * size.height, width: width * size.width, height: height * size.height };
}

function fillOne({ manifest, floats, scale }: ReadyPack, cut: PackCrop, pixels: Pixels, box: Box, index: number): void {
  const offset = index * 3 * manifest.input.width * manifest.input.height;
  fillCrop(floats, offset, manifest.input, scale, pixels, cropRegion(cut, box, pixels));
}

async function runModel({ manifest, model, floats }: ReadyPack, count: number): Promise<ModelOutput[]> {
  const { name, width, height } = manifest.input;
  const data = floats.subarray(0, count * 3 * width * height);
  return model.run(name, data, [count, 3, height, width], manifest.output.names);
}

function boxesOf(manifest: Manifest, outputs: readonly ModelOutput[], at: Placement, size: Size): Detection[] {
  const found: Detection[] = [];
  for (const { column, score, x0, y0, x1, y1 } of decodeBoxes(manifest, outputs)) {
    const box = boxOnSource(at, x0, y0, x1, y1);
    const label = manifest.labels[column];
    // Boxes that lie in the padding have no area left on the picture.
    if (label === undefined || box[2] <= 0 || box[3] <= 0) continue;
    found.push({ label, score, box, sizePx: sizeOf(box, size), source: manifest.name });
  }
  return found;
}

function scoresOf(
  manifest: Manifest,
  output: ModelOutput | undefined,
  index: number,
  parent: Partial<Detection>,
): Detection[] {
  if (!output) return [];
  const found: Detection[] = [];
  for (const [column, score] of decodeScores(manifest, output, index).entries()) {
    const label = manifest.labels[column];
    if (label === undefined || score < manifest.output.minScore) continue;
    found.push({ box: [0, 0, 1, 1], ...parent, label, score, source: manifest.name });
  }
  return found;
}

/** Shorter side in pixels of the picture. */
function sizeOf([, , w, h]: Box, size: Size): number {
  return Math.round(Math.min(w * size.width, h * size.height));
}
