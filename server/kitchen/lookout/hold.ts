// How long something must hold before it counts, what breaks it, and how soon it may be said again.

export type Answer = 'yes' | 'no' | 'unknown';

export type Hold = {
  /** The first look of the stretch in which it held, and how many looks said so. */
  readonly since?: number;
  readonly looks?: number;
  /** The last look that could tell. */
  readonly toldAt?: number;
  /** When it was last said. */
  readonly raisedAt?: number;
};

export type HoldRule = {
  readonly holdMs: number;
  readonly againMs: number;
  /** Looks further apart than this do not belong together: nobody knows what was between them. */
  readonly gapMs: number;
};

/** One look alone is no time. */
const leastLooks = 2;

/** The hold after one more look; `raise` when with this look it has held long enough and was not said lately. */
export function advanceHold(
  hold: Hold,
  { at, answer }: { readonly at: number; readonly answer: Answer },
  { holdMs, againMs, gapMs }: HoldRule,
): { readonly hold: Hold; readonly raise: boolean } {
  const raised: Hold = hold.raisedAt === undefined ? {} : { raisedAt: hold.raisedAt };
  const broken = hold.toldAt !== undefined && at - hold.toldAt > gapMs;
  const kept = broken ? raised : hold;
  // Not seen is neither there nor gone: the stretch waits for a look that can tell, as long as a gap may be.
  if (answer === 'unknown') return { hold: kept, raise: false };
  if (answer === 'no') return { hold: { ...raised, toldAt: at }, raise: false };
  const since = kept.since ?? at;
  const looks = (kept.looks ?? 0) + 1;
  const held = at - since >= holdMs && (holdMs === 0 || looks >= leastLooks);
  const raise = held && (hold.raisedAt === undefined || at - hold.raisedAt >= againMs);
  return { hold: { since, looks, toldAt: at, ...(raise ? { raisedAt: at } : raised) }, raise };
}

const gapInLooks = 3;
const shortestGapMs = 30_000;

/** A camera that is looked at seldom has its looks further apart. */
export function gapBetween(lookEveryMs: number): number {
  return Math.max(shortestGapMs, gapInLooks * lookEveryMs);
}
