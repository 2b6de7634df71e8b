// What is doubtful about the times of a chain: nobody told one, or they stand in an order that goods cannot go.
import type { Chain, ChainStep } from './chain.ts';

export const doubtKinds = ['none', 'early', 'before', 'uncome', 'future', 'unsent', 'ungot'] as const;

export type TimeDoubt = {
  /**
   * none: no time at all. early: came before it was sent. before: left before it came. uncome: left, and nobody
   * told that it ever came. future: told of a time still to come.
   * unsent, ungot: nobody told of its sending, or of its coming.
   */
  readonly kind: (typeof doubtKinds)[number];
  readonly holding: number;
  /** Whose word it stands against. */
  readonly other: number | null;
  /** By how much, in ms; 0 where that says nothing. */
  readonly byMs: number;
};

/** Clocks of two places are seldom set alike. */
const sameTimeMs = 60_000;

const coming: ReadonlySet<string> = new Set(['made', 'received']);
const leaving: ReadonlySet<string> = new Set(['used', 'shipped', 'sold', 'ended']);

/** By holding, the gravest first. */
export function timeDoubts(chain: Chain, steps: readonly ChainStep[], now: number): Map<number, TimeDoubt[]> {
  const told = byHolding(steps);
  const ways = new Set(chain.joins.flatMap(({ to }) => to.map(({ holding }) => holding)));
  const found = [
    ...chain.holdings.flatMap(({ key, reachedAt }) =>
      ownDoubts({ key, reachedAt, way: ways.has(key) ? 'led to' : 'none' }, told.get(key) ?? [], now),
    ),
    ...wayDoubts(chain),
  ];
  const sorted = found.sort((a, b) => doubtKinds.indexOf(a.kind) - doubtKinds.indexOf(b.kind));
  return byHolding(sorted);
}

type Own = {
  readonly key: number;
  readonly reachedAt: number | null;
  /** Whether anything of the chain led to it. */
  readonly way: 'led to' | 'none';
};

function ownDoubts({ key: holding, reachedAt, way }: Own, own: readonly ChainStep[], now: number): TimeDoubt[] {
  if (own.length === 0 && reachedAt === null) return [{ kind: 'none', holding, other: null, byMs: 0 }];
  const came = earliest(own.filter(({ kind }) => coming.has(kind)));
  const left = earliest(own.filter(({ kind }) => leaving.has(kind)));
  const last = Math.max(...own.map(({ at }) => at));
  const doubts: TimeDoubt[] = [];
  if (came - left > sameTimeMs && Number.isFinite(came))
    doubts.push({ kind: 'before', holding, other: null, byMs: came - left });
  if (came === Infinity && left !== Infinity && way === 'none')
    doubts.push({ kind: 'uncome', holding, other: null, byMs: 0 });
  if (last - now > sameTimeMs) doubts.push({ kind: 'future', holding, other: null, byMs: last - now });
  return doubts;
}

function wayDoubts(chain: Chain): TimeDoubt[] {
  return chain.joins.flatMap(({ from, to, leftAt, gotAt }): TimeDoubt[] => {
    const [sender, receiver] = [from[0]?.holding, to[0]?.holding];
    if (sender === undefined || receiver === undefined || (leftAt === null && gotAt === null)) return [];
    const of = { holding: receiver, other: sender };
    if (leftAt === null) return [{ ...of, kind: 'unsent', byMs: 0 }];
    if (gotAt === null) return [{ ...of, kind: 'ungot', byMs: 0 }];
    return leftAt - gotAt > sameTimeMs ? [{ ...of, kind: 'early', byMs: leftAt - gotAt }] : [];
  });
}

function earliest(steps: readonly ChainStep[]): number {
  return Math.min(...steps.map(({ at }) => at));
}

export function byHolding<T extends { readonly holding: number }>(told: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const one of told) {
    const group = groups.get(one.holding);
    if (group === undefined) groups.set(one.holding, [one]);
    else group.push(one);
  }
  return groups;
}
