// How precision, recall and honesty of a score change with the threshold, over judged cases.
import type { StageTimes } from '../../../inference/types.ts';
import { median } from '../desk/pace.ts';
import { type Share, wilson } from '../violation/share.ts';
import { type JudgedCase, type Side, scoreOf } from './comparison.ts';

export type CurvePoint = { readonly threshold: number; readonly precision: number; readonly recall: number };

const mostPoints = 60;

/** Precision and recall at every score that occurs, the strictest first; empty without a present case. */
export function precisionRecall(cases: readonly JudgedCase[], side: Side): CurvePoint[] {
  const scored = cases
    .map((judged) => ({ score: scoreOf(judged, side), there: judged.answer === 'present' }))
    .sort((a, b) => b.score - a.score);
  const present = scored.filter(({ there }) => there).length;
  if (present === 0) return [];
  const points: CurvePoint[] = [];
  let [shown, found] = [0, 0];
  for (const [index, { score, there }] of scored.entries()) {
    shown++;
    if (there) found++;
    // Equal scores fall on the same side of every threshold.
    if (score <= 0 || scored[index + 1]?.score === score) continue;
    points.push({ threshold: score, precision: found / shown, recall: found / present });
  }
  return thinned(points);
}

/** At most sixty points, the first and the last among them. */
function thinned(points: readonly CurvePoint[]): CurvePoint[] {
  if (points.length <= mostPoints) return [...points];
  const last = points.length - 1;
  return Array.from({ length: mostPoints }, (_, index) => points[Math.round((index * last) / (mostPoints - 1))]).filter(
    (point) => point !== undefined,
  );
}

export type CalibrationBin = {
  readonly from: number;
  readonly to: number;
  readonly meanScore: number;
  /** Share of these that people found to be there. */
  readonly there: Share;
};

const binEdges = [0, 0.25, 0.5, 0.75, 0.9, 1] as const;

/** Whether a score means what it says: of cases scored about so, how many were there. Empty bins are left out. */
export function calibrationOf(cases: readonly JudgedCase[], side: Side): CalibrationBin[] {
  const scored = cases
    .map((judged) => ({ score: scoreOf(judged, side), there: judged.answer === 'present' }))
    .filter(({ score }) => score > 0);
  return binEdges.slice(1).flatMap((to, index) => {
    const from = binEdges[index] ?? 0;
    const inside = scored.filter(({ score }) => score > from && score <= to);
    const there = wilson(inside.filter((each) => each.there).length, inside.length);
    if (there === undefined) return [];
    return [{ from, to, meanScore: inside.reduce((sum, { score }) => sum + score, 0) / inside.length, there }];
  });
}

/** Median milliseconds of each stage; undefined when nothing was timed. */
export function medianTimes(times: readonly StageTimes[]): StageTimes | undefined {
  const of = (stage: keyof StageTimes): number => median(times.map((each) => each[stage])) ?? 0;
  if (times.length === 0) return undefined;
  return {
    decode: of('decode'),
    check: of('check'),
    tensor: of('tensor'),
    model: of('model'),
    decodeBoxes: of('decodeBoxes'),
    total: of('total'),
  };
}
