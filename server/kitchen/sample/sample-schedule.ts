// When a camera is next looked at: its own interval, spread out, and less often while it is away.

import { waitAfter } from '../camera/watch.ts';

// Cameras registered together would otherwise come due together for ever.
const spreadShare = 0.1;

/** `chance` in [0, 1) spreads the moment; a camera that gave no picture waits twice as long each time, at most ten minutes. */
export function nextDueAt(now: number, sampleEveryMs: number, missesInRow: number, chance: number): number {
  const backOff = waitAfter(sampleEveryMs, missesInRow);
  const spread = backOff * spreadShare * (chance - 0.5);
  return now + Math.max(1000, Math.round(backOff + spread));
}
