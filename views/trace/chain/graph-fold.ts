// Decides what of a long chain is drawn as a box of its own: siblings that tell least share one box, which can be opened.
import type { Chain, ChainHolding } from './chain.ts';

export type GraphNode = {
  readonly key: string;
  readonly depth: number;
  /** One for a box, all that are folded for a fold. */
  readonly members: readonly ChainHolding[];
  readonly folded: boolean;
};

export type FoldWishes = {
  /** Holdings that are shown before others: those of the followed way. */
  readonly first?: ReadonlySet<number> | null;
  /** Keys of folds that were opened. */
  readonly opened?: ReadonlySet<string>;
};

export const mostBoxes = 40;
/** One opening shows so many; the rest stays folded and can be opened again. */
const shownAtOnce = 60;
const furthestDepth = 9;
const foldsPerColumn = 3;
/** A column that must fold is drawn no higher than this, and so still reads at a glance. */
const mostInColumn = 20;

/** One node a holding, but for the least telling of columns that are too long, and for what lies too far away. */
export function foldChain(chain: Chain, { first = null, opened = new Set() }: FoldWishes): GraphNode[] {
  const columns = new Map<number, ChainHolding[]>();
  for (const holding of chain.holdings) {
    const depth = Math.max(-furthestDepth - 1, Math.min(furthestDepth + 1, holding.depth));
    columns.set(depth, [...(columns.get(depth) ?? []), holding]);
  }
  const tallest = tallestColumn([...columns.values()].map(({ length }) => length));
  const kin = kinOf(chain);
  return [...columns].flatMap(([depth, members]) => {
    const beyond = Math.abs(depth) > furthestDepth;
    if (!beyond && members.length <= tallest) return members.map((holding) => boxOf(holding, depth));
    const families = familiesOf(members, depth, kin);
    const kept = beyond ? [] : inTurns(families, first, Math.max(1, Math.min(tallest, mostInColumn) - foldsPerColumn));
    const shown = new Set(kept);
    const folds = foldsOf(families, depth, shown);
    return [...kept.map((holding) => boxOf(holding, depth)), ...folds.flatMap((fold) => unfolded(fold, opened))];
  });
}

function boxOf(holding: ChainHolding, depth: number): GraphNode {
  return { key: `h${holding.key}`, depth, members: [holding], folded: false };
}

/** A fold as it is, or opened: its first members as boxes, and a fold of what is still left. */
function unfolded(fold: GraphNode, opened: ReadonlySet<string>): GraphNode[] {
  const [only] = fold.members;
  if (fold.members.length === 1 && only !== undefined) return [boxOf(only, fold.depth)];
  if (!opened.has(fold.key)) return [fold];
  const boxes = fold.members.slice(0, shownAtOnce).map((holding) => boxOf(holding, fold.depth));
  const rest = fold.members.slice(shownAtOnce);
  return rest.length === 0 ? boxes : [...boxes, ...unfolded({ ...fold, key: `${fold.key}n`, members: rest }, opened)];
}

/** Those that came from one sender, or went to one receiver; the largest family first. */
type Family = { readonly key: number; readonly members: readonly ChainHolding[] };

function familiesOf(members: readonly ChainHolding[], depth: number, kin: ReadonlyMap<number, Kin>): Family[] {
  const families = new Map<number, ChainHolding[]>();
  for (const holding of members) {
    const own = kin.get(holding.key);
    const key = (depth < 0 ? own?.after : own?.before) ?? 0;
    families.set(key, [...(families.get(key) ?? []), holding]);
  }
  return [...families]
    .map(([key, own]) => ({ key, members: own.sort(byWeight) }))
    .sort((a, b) => b.members.length - a.members.length);
}

/** What is followed, then the weightiest of each family in turn, so that no family hides the others. */
function inTurns(families: readonly Family[], first: ReadonlySet<number> | null, most: number): ChainHolding[] {
  const all = families.flatMap(({ members }) => members);
  const kept = first === null ? [] : all.filter(({ key }) => first.has(key)).slice(0, most);
  const taken = new Set(kept);
  for (let turn = 0; kept.length < Math.min(most, all.length); turn += 1) {
    for (const { members } of families) {
      const next = members[turn];
      if (next === undefined || taken.has(next) || kept.length >= most) continue;
      kept.push(next);
      taken.add(next);
    }
  }
  return kept;
}

/** What is left of each family shares a fold; small families share the last one. */
function foldsOf(families: readonly Family[], depth: number, shown: ReadonlySet<ChainHolding>): GraphNode[] {
  const rest = families
    .map(({ key, members }) => ({ key, members: members.filter((holding) => !shown.has(holding)) }))
    .filter(({ members }) => members.length > 0);
  const own = rest.slice(0, rest.length <= foldsPerColumn ? foldsPerColumn : foldsPerColumn - 1);
  const shared = rest.slice(own.length).flatMap(({ members }) => members);
  return [...own, ...(shared.length === 0 ? [] : [{ key: 0, members: shared }])].map(({ key, members }) => ({
    key: `f${depth}.${key}`,
    depth,
    members,
    folded: true,
  }));
}

/** For each holding one of those it came from and one of those it went to. */
type Kin = { before: number; after: number };

function kinOf(chain: Chain): Map<number, Kin> {
  const kin = new Map<number, Kin>();
  const of = (key: number) => {
    const known = kin.get(key) ?? { before: 0, after: 0 };
    kin.set(key, known);
    return known;
  };
  for (const { from, to } of chain.joins) {
    const [source, target] = [from[0]?.holding ?? 0, to[0]?.holding ?? 0];
    for (const { holding } of to) of(holding).before ||= source;
    for (const { holding } of from) of(holding).after ||= target;
  }
  return kin;
}

/** The greatest height at which all columns together stay within the bound. */
function tallestColumn(lengths: readonly number[]): number {
  let height = mostBoxes;
  while (height > 2 && lengths.reduce((sum, length) => sum + Math.min(length, height), 0) > mostBoxes) height -= 1;
  return height;
}

const scopeWeight = { here: 4, definite: 3, proportional: 2, potential: 1, none: 0 } as const;

/** What has not answered and what holds most comes first. */
function byWeight(a: ChainHolding, b: ChainHolding): number {
  const silent = Number(b.answer === 'silent') - Number(a.answer === 'silent');
  return (
    silent || scopeWeight[b.scope] - scopeWeight[a.scope] || (b.received ?? 0) - (a.received ?? 0) || a.key - b.key
  );
}
