// Reads a model's numbers as labelled scores and boxes: YOLOX, YOLOv8, plain boxes with scores, classifiers.

import type { Manifest } from './manifest.ts';
import type { ModelOutput } from './onnx.ts';
import { calibrated, sigmoid, softmax } from './score.ts';

/** A box on the model's input, in its pixels. */
export interface RawBox {
  readonly column: number;
  readonly score: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** More boxes than this over the floor means a model gone wrong; the best are kept. */
const maxCandidates = 2000;

/** What keeps an output from being read as this pack says; undefined when nothing does. */
export function shapeFault(manifest: Manifest, outputs: readonly ModelOutput[]): string | undefined {
  const dims = outputs.map((output) => output.dims.join('×'));
  const labels = manifest.labels.length;
  const [first, second] = outputs;
  switch (manifest.output.decoder) {
    case 'yolox': {
      const wanted = `1×${cellCount(manifest)}×${5 + labels}`;
      return dims[0] === wanted
        ? undefined
        : `output is ${dims[0]}, but ${labels} label(s) and the strides need ${wanted}`;
    }
    case 'yolov8':
      return first?.dims.length === 3 && first.dims[1] === 4 + labels
        ? undefined
        : `output is ${dims[0]}, but ${labels} label(s) need 1×${4 + labels}×N`;
    case 'boxes-scores':
      return first?.dims[2] === 4 && second?.dims[2] === labels && first.dims[1] === second.dims[1]
        ? undefined
        : `outputs are ${dims.join(' and ')}, but ${labels} label(s) need 1×N×4 and 1×N×${labels}`;
    default:
      return first?.data.length === labels ? undefined : `output is ${dims[0]}, but there are ${labels} label(s)`;
  }
}

/** Boxes over the pack's floor, best first, one per object and class. */
export function decodeBoxes(manifest: Manifest, outputs: readonly ModelOutput[]): RawBox[] {
  const candidates = candidatesOf(manifest, outputs);
  candidates.sort((a, b) => b.score - a.score);
  return suppress(candidates.slice(0, maxCandidates), manifest.output.nmsIou, manifest.output.maxDetections);
}

/** One calibrated probability per label, for the picture at `index` of a batch. */
export function decodeScores(manifest: Manifest, output: ModelOutput, index: number): number[] {
  const count = manifest.labels.length;
  const values = Array.from(output.data.subarray(index * count, (index + 1) * count), finite);
  const temperature = manifest.calibration?.value ?? 1;
  switch (manifest.output.decoder) {
    case 'logits-softmax':
      return groupedSoftmax(values, manifest.groups, temperature);
    case 'softmax':
      return softmax(values.map((value) => Math.log(Math.max(value, 1e-9)) / temperature));
    case 'logits-sigmoid':
      return values.map((value) => sigmoid(value / temperature));
    default:
      return values.map((value) => calibrated(value, temperature));
  }
}

function groupedSoftmax(logits: number[], groups: Manifest['groups'], temperature: number): number[] {
  const scores = logits.map(() => 0);
  for (const group of groups ?? [logits.map((_, column) => column)]) {
    const shares = softmax(group.map((column) => (logits[column] ?? 0) / temperature));
    for (const [place, column] of group.entries()) scores[column] = shares[place] ?? 0;
  }
  return scores;
}

function candidatesOf(manifest: Manifest, outputs: readonly ModelOutput[]): RawBox[] {
  const [first, second] = outputs;
  if (!first) return [];
  if (manifest.output.decoder === 'yolox') return yolox(manifest, first);
  if (manifest.output.decoder === 'yolov8') return yolov8(manifest, first);
  return second ? boxesWithScores(manifest, first, second) : [];
}

function cellCount({ input, output }: Manifest): number {
  return (output.strides ?? []).reduce((sum, stride) => sum + (input.width / stride) * (input.height / stride), 0);
}

/** Rows of dx, dy, log w, log h, objectness, classes…; one row per cell of each stride's grid. */
function yolox(manifest: Manifest, { data }: ModelOutput): RawBox[] {
  const { input, output, labels } = manifest;
  const collect = collector(manifest);
  const width = 5 + labels.length;
  let at = 0;
  for (const stride of output.strides ?? []) {
    const columns = input.width / stride;
    const cells = columns * (input.height / stride);
    for (let cell = 0; cell < cells; cell++, at += width) {
      const objectness = collect.probability(data[at + 4] ?? 0);
      if (objectness < collect.floor) continue;
      const x = ((data[at] ?? 0) + (cell % columns)) * stride;
      const y = ((data[at + 1] ?? 0) + Math.floor(cell / columns)) * stride;
      const w = Math.exp(data[at + 2] ?? 0) * stride;
      const h = Math.exp(data[at + 3] ?? 0) * stride;
      for (let column = 0; column < labels.length; column++) {
        const score = objectness * collect.probability(data[at + 5 + column] ?? 0);
        if (score >= collect.floor) collect.add(column, score, x - w / 2, y - h / 2, x + w / 2, y + h / 2);
      }
    }
  }
  return collect.found;
}

/** Columns of centre x, centre y, w, h in input pixels, then one score per class. */
function yolov8(manifest: Manifest, { data, dims }: ModelOutput): RawBox[] {
  const collect = collector(manifest);
  const count = dims[2] ?? 0;
  for (let column = 0; column < manifest.labels.length; column++) {
    for (let box = 0; box < count; box++) {
      const score = collect.probability(data[(4 + column) * count + box] ?? 0);
      if (score < collect.floor) continue;
      const x = data[box] ?? 0;
      const y = data[count + box] ?? 0;
      const w = data[2 * count + box] ?? 0;
      const h = data[3 * count + box] ?? 0;
      collect.add(column, score, x - w / 2, y - h / 2, x + w / 2, y + h / 2);
    }
  }
  return collect.found;
}

/** Corners as fractions of the input in one output, probabilities in the other. */
function boxesWithScores(manifest: Manifest, boxes: ModelOutput, scores: ModelOutput): RawBox[] {
  const collect = collector(manifest);
  const { width, height } = manifest.input;
  const classes = manifest.labels.length;
  for (let box = 0; box < (boxes.dims[1] ?? 0); box++) {
    for (let column = 0; column < classes; column++) {
      const score = collect.probability(scores.data[box * classes + column] ?? 0);
      if (score < collect.floor) continue;
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = boxes.data.subarray(box * 4, box * 4 + 4);
      collect.add(column, score, x0 * width, y0 * height, x1 * width, y1 * height);
    }
  }
  return collect.found;
}

interface Collector {
  readonly found: RawBox[];
  /** The pack's floor before calibration, so that the thousands of boxes below it cost one comparison each. */
  readonly floor: number;
  probability(value: number): number;
  add(column: number, score: number, x0: number, y0: number, x1: number, y1: number): void;
}

function collector({ output, calibration }: Manifest): Collector {
  const temperature = calibration?.value ?? 1;
  const found: RawBox[] = [];
  return {
    found,
    floor: Math.max(1e-6, calibrated(output.minScore, 1 / temperature)),
    probability: output.activated === false ? sigmoid : finite,
    add(column, score, x0, y0, x1, y1) {
      if (!(x1 > x0) || !(y1 > y0) || !Number.isFinite(x0 + y0 + x1 + y1)) return;
      found.push({ column, score: calibrated(score, temperature), x0, y0, x1, y1 });
    },
  };
}

function suppress(sorted: readonly RawBox[], maxIou: number, limit: number): RawBox[] {
  const kept: RawBox[] = [];
  for (const box of sorted) {
    if (kept.length === limit) break;
    if (!kept.some((other) => other.column === box.column && overlap(other, box) > maxIou)) kept.push(box);
  }
  return kept;
}

/** Shared area over joined area, 0…1. */
export function overlap(a: RawBox, b: RawBox): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / ((a.x1 - a.x0) * (a.y1 - a.y0) + (b.x1 - b.x0) * (b.y1 - b.y0) - shared);
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
