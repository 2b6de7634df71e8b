// The geometry of a temperature curve: where each reading lies, which stretches are outside the range, where the marks go.

export type Reading = { readonly at: number; readonly min: number; readonly max: number; readonly value: number };

export type Breach = { readonly fromAt: number; readonly untilAt: number; readonly worstC: number };

export type Cold = {
  readonly readings: readonly Reading[];
  readonly minC: number | null;
  readonly maxC: number | null;
  readonly breaches: readonly Breach[];
};

export type Mark = { readonly x: number; readonly at: number };

export type Curve = {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly band: { readonly top: number; readonly bottom: number } | undefined;
  readonly line: string;
  /** The stretches outside the range, as a line and as the area between it and the limit. */
  readonly breaches: readonly { readonly line: string; readonly area: string }[];
  readonly levels: readonly { readonly y: number; readonly celsius: number }[];
  readonly times: readonly Mark[];
  readonly worst: { readonly x: number; readonly y: number } | undefined;
};

const width = 326;
const height = 190;
const left = 34;
const right = 318;
const top = 26;
const bottom = 156;
const mostPoints = 360;
const hourMs = 3_600_000;
const timeSteps = [0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720].map((hours) => hours * hourMs);

/** At least one reading. Long series are thinned to the extremes of each stretch, so that no peak is lost. */
export function coldCurve(cold: Cold): Curve {
  const readings = thinned(cold.readings);
  const first = readings[0]?.at ?? 0;
  const last = Math.max(readings.at(-1)?.at ?? 0, first + 60_000);
  const { low, high, step } = levelRange(cold, readings);
  const x = (at: number) => round(left + ((at - first) / (last - first)) * (right - left));
  const y = (celsius: number) => round(bottom - ((celsius - low) / (high - low)) * (bottom - top));
  const limits = { min: cold.minC ?? Number.NEGATIVE_INFINITY, max: cold.maxC ?? Number.POSITIVE_INFINITY };
  const stretches = outside(readings, limits);
  const worst = readings.reduce<Reading | undefined>(
    (found, reading) =>
      distance(reading.value, limits) > distance(found?.value ?? Number.NaN, limits) ? reading : found,
    undefined,
  );
  return {
    width,
    height,
    left,
    right,
    bottom,
    band:
      cold.minC === null && cold.maxC === null
        ? undefined
        : { top: y(Math.min(high, limits.max)), bottom: y(Math.max(low, limits.min)) },
    line: `M${readings.map(({ at, value }) => `${x(at)} ${y(value)}`).join('L')}`,
    breaches: stretches.map((stretch) => {
      const points = stretch.map(({ at, celsius }) => `${x(at)} ${y(celsius)}`).join('L');
      return { line: `M${points}`, area: `M${points}Z` };
    }),
    levels: levels(low, high, step).map((celsius) => ({ celsius, y: y(celsius) })),
    times: timeMarks(first, last).map((at) => ({ at, x: x(at) })),
    worst:
      worst === undefined || distance(worst.value, limits) <= 0 ? undefined : { x: x(worst.at), y: y(worst.value) },
  };
}

function distance(value: number, limits: { min: number; max: number }): number {
  return Number.isNaN(value) ? 0 : Math.max(value - limits.max, limits.min - value, 0);
}

function thinned(readings: readonly Reading[]): Reading[] {
  if (readings.length <= mostPoints) return [...readings];
  const size = Math.ceil(readings.length / (mostPoints / 2));
  const kept: Reading[] = [];
  for (let i = 0; i < readings.length; i += size) {
    const part = readings.slice(i, i + size);
    const lowest = part.reduce((a, b) => (b.min < a.min ? b : a));
    const highest = part.reduce((a, b) => (b.max > a.max ? b : a));
    const pair =
      lowest.at <= highest.at
        ? [
            { ...lowest, value: lowest.min },
            { ...highest, value: highest.max },
          ]
        : [
            { ...highest, value: highest.max },
            { ...lowest, value: lowest.min },
          ];
    kept.push(...pair);
  }
  return kept;
}

type Point = { readonly at: number; readonly celsius: number };

/** The pieces of the line beyond the limits, each from crossing to crossing. */
function outside(readings: readonly Reading[], limits: { min: number; max: number }): Point[][] {
  const stretches: Point[][] = [];
  let open: Point[] = [];
  let before: Reading | undefined;
  for (const reading of readings) {
    const beyond = distance(reading.value, limits) > 0;
    if (before !== undefined && beyond !== open.length > 0) {
      const limit = (beyond ? reading : before).value > limits.max ? limits.max : limits.min;
      const share = (limit - before.value) / (reading.value - before.value);
      const crossing = { at: before.at + share * (reading.at - before.at), celsius: limit };
      open.push(crossing);
      if (!beyond) {
        stretches.push(open);
        open = [];
      }
    }
    if (beyond) open.push({ at: reading.at, celsius: reading.value });
    before = reading;
  }
  if (open.length > 1) stretches.push(open);
  return stretches;
}

function levelRange(cold: Cold, readings: readonly Reading[]): { low: number; high: number; step: number } {
  const all = [
    ...readings.map(({ value }) => value),
    ...(cold.minC === null ? [] : [cold.minC]),
    ...(cold.maxC === null ? [] : [cold.maxC]),
  ];
  const lowest = Math.min(...all);
  const highest = Math.max(...all);
  const step = [1, 2, 4, 5, 10, 20, 50].find((each) => (highest - lowest) / each <= 4) ?? 100;
  const low = Math.floor((lowest - 0.2 * step) / step) * step;
  const high = Math.ceil((highest + 0.2 * step) / step) * step;
  return { low, high: Math.max(high, low + step), step };
}

function levels(low: number, high: number, step: number): number[] {
  const all: number[] = [];
  for (let level = low; level <= high; level += step) all.push(level);
  return all;
}

/** Round hours of Beijing time, five or six across. */
function timeMarks(first: number, last: number): number[] {
  const step = timeSteps.find((each) => (last - first) / each <= 6) ?? (last - first) / 5;
  const zoneMs = 8 * hourMs;
  const marks: number[] = [];
  for (let at = Math.ceil((first + zoneMs) / step) * step - zoneMs; at <= last; at += step) marks.push(at);
  return marks;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
