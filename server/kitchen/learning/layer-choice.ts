// Chooses how far a last layer may move and from which score it counts, on the frames learnt from alone.
import { type Layer, type LayerExample, type LayerTask, layerScores } from '../../../inference/fit-layer.ts';
import type { JudgedCrop } from './judged-crops.ts';

export type LearntCrop = JudgedCrop & { readonly embedding: Float32Array; readonly at: number };

/** From held tight to loose. */
export const pulls = [0.1, 0.02, 0.004] as const;
export const foldCount = 3;

/** Parts of an afternoon, one after another: what is fitted to some is tried on another. */
export function foldsOf(crops: readonly LearntCrop[]): { rest: LearntCrop[]; held: LearntCrop[] }[] {
  const sorted = [...crops].sort((a, b) => a.at - b.at);
  const size = sorted.length / foldCount;
  return Array.from({ length: foldCount }, (_, fold) => {
    const [from, to] = [Math.round(fold * size), Math.round((fold + 1) * size)];
    return { held: sorted.slice(from, to), rest: [...sorted.slice(0, from), ...sorted.slice(to)] };
  });
}

/** Half is what was judged, each violation and each answer as heavy as the others; half is anything seen, to keep what the pack knew. */
export function examplesOf(crops: readonly LearntCrop[], most: number): LayerExample[] {
  const judged = crops.filter((crop) => crop.judged.length > 0);
  const others = crops.filter((crop) => crop.judged.length === 0).slice(0, Math.max(0, most - judged.length));
  const keyOf = ({ violation, is }: JudgedCrop['judged'][number]) => `${violation} ${is}`;
  const counts = new Map<string, number>();
  for (const key of judged.flatMap((crop) => crop.judged.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const weightOf = (crop: LearntCrop) =>
    crop.judged.reduce((sum, said) => sum + judged.length / (counts.get(keyOf(said)) ?? 1) / counts.size, 0);
  return [
    ...judged.map((crop) => ({ embedding: crop.embedding, allowed: crop.allowed, weight: weightOf(crop) })),
    ...others.map(({ embedding, allowed }) => ({ embedding, allowed, weight: judged.length / others.length })),
  ];
}

/** How surprised the layer is by what people said, a judged box, each answer as heavy as the others. */
export function lossOf(layer: Layer, task: LayerTask, crops: readonly LearntCrop[]): number {
  const judged = examplesOf(
    crops.filter((crop) => crop.judged.length > 0),
    crops.length,
  );
  const losses = judged.map(({ embedding, allowed, weight }) => {
    const scores = layerScores(layer, task, embedding);
    return weight * task.groups.reduce((sum, group) => sum + surprise(group, allowed, scores), 0);
  });
  return losses.reduce((sum, each) => sum + each, 0) / Math.max(1, judged.length);
}

function surprise(group: readonly number[], allowed: readonly number[], scores: readonly number[]): number {
  if (!group.every((column) => (allowed[column] ?? -1) >= 0)) return 0;
  const open = group.reduce((sum, column) => sum + (allowed[column] === 1 ? (scores[column] ?? 0) : 0), 0);
  return -Math.log(Math.max(1e-6, open));
}

export type ScoredBox = { readonly score: number; readonly is: boolean };
export type Prices = { readonly missSeconds: number; readonly lookSeconds: number };

/** The cheapest score to count from; never lower than before, because nobody judged what lay under it. */
export function thresholdFor(boxes: readonly ScoredBox[], before: number, prices: Prices): number {
  const above = boxes.map(({ score }) => Math.round((score + 0.001) * 1000) / 1000);
  const choices = [before, ...above.filter((score) => score > before && score < 0.995)].sort((a, b) => a - b);
  const costOf = (threshold: number) =>
    boxes.reduce((sum, { score, is }) => {
      const shown = score >= threshold;
      return sum + (is && !shown ? prices.missSeconds : 0) + (!is && shown ? prices.lookSeconds : 0);
    }, 0);
  return choices.reduce((best, each) => (costOf(each) < costOf(best) ? each : best), before);
}
