// When the cold chain broke: readings against the product's range, as stretches of time.

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
