// When and where the cold chain broke: readings against the product's range, as stretches of time at one place.

export type ColdReading = {
  /** Unix ms. */
  readonly at: number;
  /** °C */
  readonly minC: number;
  readonly maxC: number;
};

export type ColdRange = { readonly minC: number | null; readonly maxC: number | null };

export type Excursion = {
  readonly fromAt: number;
  readonly untilAt: number;
  /** The value furthest outside, °C. */
  readonly worstC: number;
};

/** undefined: on the way, or nobody said where. */
export type Placed = { readonly siteKey: number | undefined };

/** The stretches of each place for itself: two shops that keep the same lot have two thermometers. Sorted by time. */
export function excursionsByPlace(
  readings: readonly (ColdReading & Placed)[],
  range: ColdRange,
): (Excursion & Placed)[] {
  const places = new Map<number | undefined, ColdReading[]>();
  for (const reading of readings) {
    const known = places.get(reading.siteKey);
    if (known === undefined) places.set(reading.siteKey, [reading]);
    else known.push(reading);
  }
  return [...places]
    .flatMap(([siteKey, there]) => excursionsOf(there, range).map((excursion) => ({ ...excursion, siteKey })))
    .sort((a, b) => a.fromAt - b.fromAt);
}

export type ExcursionSum = { readonly times: number; readonly minutes: number; readonly worstC: number };

/** undefined: none. `worstC` is the value furthest outside. */
export function sumOfExcursions(excursions: readonly Excursion[], range: ColdRange): ExcursionSum | undefined {
  const [first, ...others] = excursions;
  if (first === undefined) return undefined;
  return {
    times: excursions.length,
    minutes: Math.round(excursions.reduce((sum, { fromAt, untilAt }) => sum + untilAt - fromAt, 0) / 60_000),
    worstC: others.reduce((worst, { worstC }) => further(worst, worstC, range), first.worstC),
  };
}

// A logger that is silent for longer says nothing about the time between.
const longestGapMs = 6 * 3_600_000;

/**
 * Stretches outside `range` among `readings` sorted by time. A stretch starts at the first reading outside and ends at
 * the first one inside again, or at its last reading when none follows or the next is more than six hours away.
 */
export function excursionsOf(readings: readonly ColdReading[], range: ColdRange): Excursion[] {
  const found: Excursion[] = [];
  let open: { fromAt: number; lastAt: number; worstC: number } | undefined;
  const close = (untilAt: number) => {
    if (open !== undefined) found.push({ fromAt: open.fromAt, untilAt, worstC: open.worstC });
    open = undefined;
  };
  for (const reading of readings) {
    if (open !== undefined && reading.at - open.lastAt > longestGapMs) close(open.lastAt);
    const worstC = worstOf(reading, range);
    if (worstC === undefined) close(reading.at);
    else if (open === undefined) open = { fromAt: reading.at, lastAt: reading.at, worstC };
    else open = { ...open, lastAt: reading.at, worstC: further(open.worstC, worstC, range) };
  }
  if (open !== undefined) close(open.lastAt);
  return found;
}

function worstOf({ minC, maxC }: ColdReading, range: ColdRange): number | undefined {
  const tooWarm = range.maxC !== null && maxC > range.maxC;
  const tooCold = range.minC !== null && minC < range.minC;
  if (!tooWarm && !tooCold) return undefined;
  return tooWarm && tooCold ? further(maxC, minC, range) : tooWarm ? maxC : minC;
}

function further(a: number, b: number, range: ColdRange): number {
  return distance(a, range) >= distance(b, range) ? a : b;
}

function distance(value: number, { minC, maxC }: ColdRange): number {
  return Math.max(maxC === null ? 0 : value - maxC, minC === null ? 0 : minC - value);
}
