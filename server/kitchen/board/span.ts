// The days and weeks of a board in Beijing time, oldest first, the last one not over yet.
import { dayMs } from '../../clock.ts';
import { beijingDay, beijingMidnight } from '../restaurant/hours.ts';

/** `from` to before `to`, unix ms; named after its first day. */
export type Step = { readonly label: string; readonly from: number; readonly to: number };

export function lastDays(now: number, count: number): Step[] {
  return steps(now, count, dayMs);
}

/** Weeks of seven days that end with today. */
export function lastWeeks(now: number, count: number): Step[] {
  return steps(now, count, 7 * dayMs);
}

function steps(now: number, count: number, eachMs: number): Step[] {
  const end = beijingMidnight(now) + dayMs;
  return Array.from({ length: count }, (_, index) => {
    const from = end - (count - index) * eachMs;
    return { label: beijingDay(from), from, to: from + eachMs };
  });
}

/** The rows of each step, by their time. */
export function byStep<Row>(
  steps: readonly Step[],
  rows: readonly Row[],
  timeOf: (row: Row) => number | null,
): Row[][] {
  const lists = steps.map((): Row[] => []);
  const [first, each] = [steps[0]?.from ?? 0, (steps[0]?.to ?? 1) - (steps[0]?.from ?? 0)];
  for (const row of rows) {
    const at = timeOf(row);
    if (at !== null) lists[Math.floor((at - first) / each)]?.push(row);
  }
  return lists;
}
