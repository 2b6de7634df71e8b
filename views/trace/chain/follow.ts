// Follows one holding through a drawn chain: everything the goods can have come from, and everything they can have reached.
import type { Chain, ChainJoin } from './chain.ts';

export type Followed = {
  readonly key: number;
  /** Without the holding itself. */
  readonly up: ReadonlySet<number>;
  readonly down: ReadonlySet<number>;
};

/** Time-respecting: goods that left before something arrived never carried it. `null` where the chain has no such holding. */
export function follow(chain: Chain, key: number | null): Followed | null {
  if (key === null || !chain.holdings.some((holding) => holding.key === key)) return null;
  return {
    key,
    up: reached(key, stepsOf(chain.joins, 'up'), 'up'),
    down: reached(key, stepsOf(chain.joins, 'down'), 'down'),
  };
}

/** Every holding on the way, the followed one too. */
export function litOf({ key, up, down }: Followed): ReadonlySet<number> {
  return new Set([key, ...up, ...down]);
}

type Step = { readonly to: number; readonly at: number; readonly untilAt: number };

function stepsOf(joins: readonly ChainJoin[], way: 'up' | 'down'): Map<number, Step[]> {
  const steps = new Map<number, Step[]>();
  for (const { from, to, at, untilAt } of joins) {
    const [near, far] = way === 'down' ? [from, to] : [to, from];
    for (const { holding } of near) {
      const known = steps.get(holding) ?? [];
      for (const end of far) known.push({ to: end.holding, at, untilAt });
      steps.set(holding, known);
    }
  }
  return steps;
}

/** Each holding with the time that opens most: downstream the earliest arrival, upstream the latest departure. */
function reached(start: number, steps: ReadonlyMap<number, readonly Step[]>, way: 'up' | 'down'): Set<number> {
  const down = way === 'down';
  const times = new Map<number, number>([[start, down ? -Infinity : Infinity]]);
  const waiting = [start];
  for (let holding = waiting.pop(); holding !== undefined; holding = waiting.pop()) {
    const time = times.get(holding) ?? 0;
    for (const { to, at, untilAt } of steps.get(holding) ?? []) {
      if (down ? untilAt < time : at > time) continue;
      const arrives = down ? Math.max(at, time) : Math.min(untilAt, time);
      const before = times.get(to);
      if (before !== undefined && (down ? before <= arrives : before >= arrives)) continue;
      times.set(to, arrives);
      waiting.push(to);
    }
  }
  times.delete(start);
  return new Set(times.keys());
}
