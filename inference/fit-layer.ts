// Fits a classifier's last layer to verdicts: logistic regression in each group of labels, pulled towards the numbers it had.

import { softmax } from './score.ts';

/** A crop that was looked at: what the trunk made of it, and what people left open. */
export interface LayerExample {
  readonly embedding: Float32Array;
  /** Per label 1 where a verdict leaves it open, 0 where it rules it out, -1 where nobody was asked. */
  readonly allowed: readonly number[];
  /** How much it counts. */
  readonly weight: number;
}

export interface Layer {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface LayerTask {
  readonly groups: readonly (readonly number[])[];
  /** Logits are divided by it, as the product does. */
  readonly temperature: number;
}

export interface FitProblem {
  readonly shipped: Layer;
  readonly task: LayerTask;
  readonly examples: readonly LayerExample[];
  /** Holds every number near where it was: the more, the less a few verdicts can move it. */
  readonly pull: number;
}

const steps = 150;
const rate = 0.02;

/** Probabilities per label, as the product computes them. */
export function layerScores(
  { weights, bias }: Layer,
  { groups, temperature }: LayerTask,
  embedding: Float32Array,
): number[] {
  const width = embedding.length;
  const logits = Array.from(bias, (start, row) => {
    let sum = start;
    for (let i = 0; i < width; i++) sum += (weights[row * width + i] as number) * (embedding[i] as number);
    return sum / temperature;
  });
  const scores = logits.map(() => 0);
  for (const group of groups) {
    const shares = softmax(group.map((column) => logits[column] ?? 0));
    for (const [place, column] of group.entries()) scores[column] = shares[place] ?? 0;
  }
  return scores;
}

export function fitLayer({ shipped, task, examples, pull }: FitProblem): Layer {
  const width = shipped.weights.length / shipped.bias.length;
  const before = examples.map(({ embedding }) => layerScores(shipped, task, embedding));
  const start = Float64Array.from([...shipped.weights, ...shipped.bias]);
  const at = Float64Array.from(start);
  const sum = examples.reduce((total, { weight }) => total + weight, 0);
  const [speed, size] = [new Float64Array(at.length), new Float64Array(at.length)];
  for (let step = 1; step <= steps && sum > 0; step++) {
    const slope = at.map((value, index) => pull * (value - (start[index] as number)));
    const now = layerOf(at, shipped.weights.length);
    for (const [index, example] of examples.entries())
      addSlope(slope, now, task, example, before[index] as number[], width, sum);
    descend(at, slope, speed, size, step);
  }
  return layerOf(at, shipped.weights.length);
}

/** Adam with a rate that falls to nothing. */
function descend(at: Float64Array, slope: Float64Array, speed: Float64Array, size: Float64Array, step: number): void {
  const now = rate * (1 - (step - 1) / steps);
  for (let i = 0; i < at.length; i++) {
    const push = slope[i] as number;
    speed[i] = 0.9 * (speed[i] as number) + 0.1 * push;
    size[i] = 0.999 * (size[i] as number) + 0.001 * push * push;
    const mean = (speed[i] as number) / (1 - 0.9 ** step);
    const spread = Math.sqrt((size[i] as number) / (1 - 0.999 ** step)) + 1e-8;
    at[i] = (at[i] as number) - (now * mean) / spread;
  }
}

function addSlope(
  slope: Float64Array,
  layer: Layer,
  task: LayerTask,
  { embedding, allowed, weight }: LayerExample,
  before: readonly number[],
  width: number,
  sum: number,
): void {
  const scores = layerScores(layer, task, embedding);
  const offset = layer.weights.length;
  for (const group of task.groups) {
    const wanted = wantedOf(group, scores, allowed, before);
    if (wanted === undefined) continue;
    for (const [place, column] of group.entries()) {
      const push = (((scores[column] ?? 0) - (wanted[place] ?? 0)) * weight) / (task.temperature * sum);
      slope[offset + column] = (slope[offset + column] as number) + push;
      for (let i = 0; i < width; i++) {
        const to = column * width + i;
        slope[to] = (slope[to] as number) + push * (embedding[i] as number);
      }
    }
  }
}

/** What the scores of a group should have been: spread over what is left open, or what the pack said before. */
function wantedOf(
  group: readonly number[],
  scores: readonly number[],
  allowed: readonly number[],
  before: readonly number[],
): number[] | undefined {
  const open = group.map((column) => allowed[column] ?? -1);
  if (open.some((each) => each < 0)) return group.map((column) => before[column] ?? 0);
  // Two verdicts that rule out every answer of a group teach nothing.
  if (open.every((each) => each === 0)) return undefined;
  const kept = group.map((column, place) => (open[place] === 0 ? 0 : Math.max(1e-9, scores[column] ?? 0)));
  const total = kept.reduce((all, each) => all + each, 0);
  return kept.map((each) => each / total);
}

function layerOf(numbers: Float64Array, weights: number): Layer {
  return {
    weights: Float32Array.from(numbers.subarray(0, weights)),
    bias: Float32Array.from(numbers.subarray(weights)),
  };
}
