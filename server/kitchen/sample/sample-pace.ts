// How often a camera is looked at now: its own interval by the time of day, sooner after something moved, and its share of a budget.

import type { CameraRules } from '../camera/camera.ts';
import { periodAt } from '../camera/period.ts';

export const soonestMs = 2_000;
const latestMs = 3_600_000;
/** What moved or was seen is looked at twice as often for a while. */
const soonerFactor = 0.5;
export const soonerMs = 3 * 60_000;

export type Paced = {
  readonly rules: CameraRules;
  readonly sampleEveryMs: number;
  readonly weight: number;
  readonly soonerUntil: number;
};

/** Milliseconds. `stretch` is what the budget asks of a camera of weight 1; nobody is looked at more often than asked for because of a weight. */
export function lookEvery({ rules, sampleEveryMs, weight, soonerUntil }: Paced, now: number, stretch: number): number {
  const period = periodAt(rules, now);
  const asked = period === undefined ? sampleEveryMs : period.everySeconds * 1000;
  const sooner = now < soonerUntil ? soonerFactor : 1;
  return Math.min(latestMs, Math.max(soonestMs, Math.round(asked * sooner * Math.max(1, stretch / weight))));
}

/** Looks a minute that cameras of one weight ask for. */
export type Demand = { readonly weight: number; readonly perMinute: number };

/** By how much every interval is stretched so that all looks fit: 1 when they do. Heavier cameras are stretched less, by their weight. */
export function stretchFor(demands: readonly Demand[], budgetPerMinute: number | undefined): number {
  if (budgetPerMinute === undefined) return 1;
  const looks = (stretch: number): number =>
    demands.reduce((sum, { weight, perMinute }) => sum + perMinute / Math.max(1, stretch / weight), 0);
  if (looks(1) <= budgetPerMinute) return 1;
  let [low, high] = [1, 2];
  while (looks(high) > budgetPerMinute && high < latestMs) high *= 2;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (looks(middle) > budgetPerMinute) low = middle;
    else high = middle;
  }
  return high;
}
