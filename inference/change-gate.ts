// Says whether a frame differs enough from the one before to be worth a model's time.

import type { Difference } from './view.ts';

/**
 * A cell is 1/64 of the width: 30 px at 1080p, a hand with a cigarette. Sensor noise moves a cell by 1 or 2 grey
 * levels, a clock in the corner by up to 6; a hand lifted to the mouth moves its cells by 12 and more.
 */
export const changeLimits = { largest: 8, share: 0.004, mean: 3 } as const;

export function changedEnough(change: Difference): boolean {
  return change.largest > changeLimits.largest || change.share > changeLimits.share || change.mean > changeLimits.mean;
}
