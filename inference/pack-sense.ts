// Whether the numbers of a trial run can mean what a pack says they mean: probabilities, pixels, centres, fractions.

import type { Manifest } from './manifest.ts';
import type { ModelOutput } from './onnx.ts';

/** A rounding beyond 0…1 is none; more is another kind of number. */
const slack = 0.01;
/** Beyond this exponent a width is no width. */
const largestLog = 20;
/** Boxes that are left after NMS; before it there are thousands. */
const mostAfterNms = 1000;

/** `runs` are the outputs for each trial picture. Undefined when nothing speaks against the pack. */
export function senseFault(manifest: Manifest, runs: readonly (readonly ModelOutput[])[]): string | undefined {
  switch (manifest.output.decoder) {
    case 'yolox':
      return yoloxFault(manifest, firsts(runs));
    case 'yolov8':
      return yolov8Fault(manifest, firsts(runs));
    case 'boxes-scores':
      return cornersFault(manifest, runs);
    default:
      return classifierFault(manifest, firsts(runs));
  }
}

/** What another layout this output looks like, in words that say how to export it. */
export function layoutHint(manifest: Manifest, dims: readonly number[]): string | undefined {
  const labels = manifest.labels.length;
  const [, second, third] = dims;
  if (manifest.output.decoder !== 'yolov8' || dims.length !== 3 || second === undefined || third === undefined)
    return undefined;
  if (third === 6 && second <= mostAfterNms)
    return 'it looks like boxes after NMS inside the graph; export without NMS';
  if (third === 5 + labels) return 'it looks like YOLOv5, which has an objectness besides; export it as YOLOv8 has it';
  if (third === 4 + labels) return 'it is transposed; export it as 1×(4 + labels)×N';
  return undefined;
}

function yoloxFault(manifest: Manifest, outputs: readonly ModelOutput[]): string | undefined {
  const width = 5 + manifest.labels.length;
  const scores = (_: number, index: number) => index % width >= 4;
  const sizes = outputs.some(({ data }) =>
    data.some((value, index) => [2, 3].includes(index % width) && Math.abs(value) > largestLog),
  );
  if (sizes) return 'its boxes are decoded inside the model already; export it without that';
  return activationFault(
    manifest,
    outputs.map(({ data }) => data.filter(scores)),
  );
}

function yolov8Fault(manifest: Manifest, outputs: readonly ModelOutput[]): string | undefined {
  const fault = activationFault(
    manifest,
    outputs.map(({ data, dims }) => data.subarray(4 * (dims[2] ?? 0))),
  );
  return fault ?? outputs.map((output) => coordinateFault(manifest, output)).find((each) => each !== undefined);
}

function coordinateFault({ input }: Manifest, { data, dims }: ModelOutput): string | undefined {
  const count = dims[2] ?? 0;
  const row = (index: number): Float32Array => data.subarray(index * count, (index + 1) * count);
  const [x, y, w, h] = [row(0), row(1), row(2), row(3)];
  if (count < 8 || spread(x) === 0) return undefined;
  if ([x, y, w, h].every((values) => values.every((value) => Math.abs(value) <= 2)))
    return 'its boxes are fractions of the picture; export them in pixels of the input';
  const corners = x.filter((left, index) => (w[index] ?? 0) >= left && (h[index] ?? 0) >= (y[index] ?? 0)).length;
  // Widths that always lie right of their own centre are no widths.
  if (spread(x) > input.width / 4 && corners >= 0.98 * count)
    return 'its boxes are two corners each; export centre, width and height';
  return undefined;
}

function cornersFault(manifest: Manifest, runs: readonly (readonly ModelOutput[])[]): string | undefined {
  const fault = activationFault(
    manifest,
    runs.flatMap(([, scores]) => (scores ? [scores.data] : [])),
  );
  if (fault !== undefined) return fault;
  const pixels = firsts(runs).some(({ data }) => data.some((value) => Math.abs(value) > 4));
  return pixels ? 'its corners are pixels; export them as fractions of the picture' : undefined;
}

function activationFault({ output }: Manifest, scores: readonly Float32Array[]): string | undefined {
  const outside = scores.some((values) => values.some((value) => value < -slack || value > 1 + slack));
  if (output.activated !== false)
    return outside
      ? 'its scores are no probabilities; say "activated": false, or export it with its sigmoid'
      : undefined;
  const never = scores.every((values) => values.every((value) => value >= 0));
  return !outside && never ? 'its scores are probabilities already; say "activated": true' : undefined;
}

function classifierFault({ output, labels }: Manifest, outputs: readonly ModelOutput[]): string | undefined {
  const isChance = (values: Float32Array) => values.every((value) => value >= -slack && value <= 1 + slack);
  const sumsToOne = (values: Float32Array) => Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) <= slack;
  const all = outputs.map(({ data }) => data.subarray(0, labels.length));
  const { decoder } = output;
  if (decoder === 'softmax' && !all.every((values) => isChance(values) && sumsToOne(values)))
    return 'its scores do not add up to 1; say "logits-softmax", or export it with its softmax';
  if (decoder === 'sigmoid' && !all.every(isChance))
    return 'its scores are no probabilities; say "logits-sigmoid", or export it with its sigmoid';
  if (decoder === 'logits-softmax' && labels.length > 1 && all.every((values) => isChance(values) && sumsToOne(values)))
    return 'its scores add up to 1 already; say "softmax"';
  return undefined;
}

function firsts(runs: readonly (readonly ModelOutput[])[]): ModelOutput[] {
  return runs.flatMap(([first]) => (first ? [first] : []));
}

function spread(values: Float32Array): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return values.length === 0 ? 0 : most - least;
}
