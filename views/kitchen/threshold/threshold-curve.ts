// The geometry of a threshold's curve: flags and misses a day over the threshold, where it is now and where it is proposed.

export type Point = {
  readonly threshold: number;
  readonly flagsPerDay: number;
  readonly realPerDay: number;
  readonly missedPerDay: number;
  readonly missedLow: number;
  readonly missedHigh: number;
};

export type ThresholdCurve = {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly flags: string;
  readonly missed: string;
  /** Between the ends of the misses' interval. */
  readonly missedArea: string;
  readonly levels: readonly { readonly y: number; readonly value: number }[];
  readonly marks: readonly { readonly x: number; readonly value: number }[];
  readonly xOf: (threshold: number) => number;
  readonly yOf: (value: number) => number;
};

const [width, height, left, right, top, bottom] = [400, 224, 34, 384, 34, 186];

/** At least one point, thresholds ascending. */
export function thresholdCurve(points: readonly Point[]): ThresholdCurve {
  const first = points[0]?.threshold ?? 0;
  const last = Math.max(points.at(-1)?.threshold ?? 1, first + 0.01);
  const known = points.reduce((most, point) => Math.max(most, point.flagsPerDay, point.missedPerDay), 0.1);
  // A wide interval runs off the top rather than pressing the curves flat.
  const highest = points.reduce((most, point) => Math.max(most, Math.min(point.missedHigh, known * 1.5)), known);
  const level = levelStep(highest);
  const high = Math.ceil(highest / level) * level;
  const xOf = (threshold: number) => round(left + ((threshold - first) / (last - first)) * (right - left));
  const yOf = (value: number) => round(bottom - (Math.min(value, high) / high) * (bottom - top));
  const path = (of: (point: Point) => number, order = points) =>
    order.map((point) => `${xOf(point.threshold)} ${yOf(of(point))}`).join('L');
  const back = [...points].reverse();
  return {
    ...{ width, height, left, right, top, bottom, xOf, yOf },
    flags: `M${path(({ flagsPerDay }) => flagsPerDay)}`,
    missed: `M${path(({ missedPerDay }) => missedPerDay)}`,
    missedArea: `M${path(({ missedHigh }) => missedHigh)}L${path(({ missedLow }) => missedLow, back)}Z`,
    levels: Array.from({ length: Math.round(high / level) + 1 }, (_, index) => ({
      value: index * level,
      y: yOf(index * level),
    })),
    marks: marksBetween(first, last).map((value) => ({ value, x: xOf(value) })),
  };
}

function levelStep(highest: number): number {
  return [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].find((step) => highest / step <= 4) ?? 100;
}

function marksBetween(first: number, last: number): number[] {
  const step = last - first > 0.3 ? 0.1 : last - first > 0.1 ? 0.05 : 0.02;
  const marks: number[] = [];
  for (let at = Math.ceil(first / step - 1e-6) * step; at <= last + 1e-6; at += step)
    marks.push(Math.round(at * 100) / 100);
  return marks;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
