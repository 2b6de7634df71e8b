// By when a camera must have been looked at, and how many refused logins are enough.

/** A camera that was due and not looked at for so many intervals is not watched, whatever the cause. */
const intervalsToBeMissed = 3;
/** A look itself may take so long. */
const lookMs = 40_000;
const longestWaitMs = 10 * 60_000;

/** No camera waits longer than this: one that is due later was told so by a clock that was ahead. */
export const farthestDueMs = 2 * 3_600_000;

/** Cameras lock out who tries too often: a password refused so often waits until somebody changes it. */
export const mostLoginRefusals = 3;

/** How long a camera waits for its next look: twice as long after each miss, at most ten minutes. */
export function waitAfter(sampleEveryMs: number, missesInRow: number): number {
  return Math.max(sampleEveryMs, Math.min(longestWaitMs, sampleEveryMs * 2 ** Math.min(missesInRow, 20)));
}

export function watchBy(at: number, sampleEveryMs: number, missesInRow: number): number {
  return at + intervalsToBeMissed * waitAfter(sampleEveryMs, missesInRow) + lookMs;
}
