// Lays a chain out along time: a row for each holding, its steps where they happened, and lines from row to row.
import type { Chain, ChainHolding, ChainJoin, ChainStep, StepKind } from './chain.ts';
import { type FoldWishes, foldChain, type GraphNode } from './graph-fold.ts';
import { scopeOfLine } from './graph-layout.ts';
import { byHolding, type TimeDoubt, timeDoubts } from './time-doubt.ts';
import { type TimeScale, timeScale } from './time-scale.ts';

export type TimeMark = {
  readonly x: number;
  /** Two that would lie on one another stand one above the other. */
  readonly y: number;
  readonly kind: StepKind;
  /** More than one where they are too near to be drawn apart. */
  readonly steps: readonly ChainStep[];
};

export type TimeRow = {
  readonly key: string;
  /** Its middle. */
  readonly y: number;
  /** Undefined for a fold, which stands for all its members. */
  readonly holding: ChainHolding | undefined;
  readonly members: readonly number[];
  /** From the first step to the last; open at its end where goods are left. Undefined: no time is known. */
  readonly bar: { readonly left: number; readonly right: number; readonly end: 'open' | 'closed' } | undefined;
  readonly marks: readonly TimeMark[];
  readonly doubts: readonly TimeDoubt[];
};

export type TimeLink = {
  readonly path: string;
  readonly scope: ChainHolding['scope'];
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly order: 'sound' | 'doubtful';
};

export type TimeLine = {
  readonly width: number;
  readonly height: number;
  readonly labelWidth: number;
  readonly axisY: number;
  readonly rows: readonly TimeRow[];
  readonly links: readonly TimeLink[];
  /** Undefined: not one time is known. */
  readonly scale: TimeScale | undefined;
  readonly doubts: readonly TimeDoubt[];
  readonly folded: number;
};

const width = 1360;
const labelWidth = 310;
const [left, right] = [labelWidth + 26, width - 34];
const headHeight = 40;
const rowHeight = 50;
const [mergedWithin, apartWithin, markStep] = [7, 15, 15];
/** More pairs than these of one event are one upright line. */
const mostPairs = 12;

export function layOutTimeLine(
  chain: Chain,
  steps: readonly ChainStep[],
  { now, ...wishes }: FoldWishes & { readonly now: number },
): TimeLine {
  const told = byHolding(steps);
  const nodes = inOrder(foldChain(chain, wishes), told);
  const times = [
    ...nodes.flatMap((node) => timesOf(node, told)),
    ...chain.joins.flatMap(({ at, untilAt }) => [at, untilAt]),
  ];
  const scale = times.length === 0 ? undefined : timeScale(times, left, right);
  const doubts = timeDoubts(chain, steps, now);
  const rows = nodes.map((node, index): TimeRow => {
    const y = headHeight + rowHeight * (index + 0.5);
    return {
      ...{ key: node.key, y, members: node.members.map(({ key }) => key) },
      holding: node.folded ? undefined : node.members[0],
      bar: scale === undefined ? undefined : barOf(node, timesOf(node, told), scale),
      marks: scale === undefined || node.folded ? [] : marksOf(told.get(node.members[0]?.key ?? 0) ?? [], scale, y),
      doubts: node.members.flatMap(({ key }) => doubts.get(key) ?? []),
    };
  });
  return {
    ...{ width, labelWidth, axisY: headHeight, rows, scale },
    height: headHeight + rowHeight * rows.length + 8,
    links: scale === undefined ? [] : linksOf(chain, rows, scale),
    doubts: rows.flatMap((row) => row.doubts),
    folded: nodes.reduce((sum, node) => sum + (node.folded ? node.members.length : 0), 0),
  };
}

/** As the goods went: what came first stands on top, what has no time at the foot. */
function inOrder(nodes: readonly GraphNode[], told: ReadonlyMap<number, readonly ChainStep[]>): GraphNode[] {
  const first = (node: GraphNode) => Math.min(...timesOf(node, told));
  return nodes
    .map((node) => ({ node, at: first(node) }))
    .sort((a, b) => (a.at === b.at ? 0 : a.at - b.at) || a.node.depth - b.node.depth || keyOf(a.node) - keyOf(b.node))
    .map(({ node }) => node);
}

function keyOf({ members }: GraphNode): number {
  return members[0]?.key ?? 0;
}

/** Of its steps; where no step is told, when the goods are known to have been there. */
function timesOf({ members }: GraphNode, told: ReadonlyMap<number, readonly ChainStep[]>): number[] {
  return members.flatMap(({ key, reachedAt }) => {
    const own = told.get(key) ?? [];
    if (own.length > 0) return own.map(({ at }) => at);
    return reachedAt === null ? [] : [reachedAt];
  });
}

function barOf(node: GraphNode, times: readonly number[], { x }: TimeScale): TimeRow['bar'] {
  if (times.length === 0) return undefined;
  const open = node.members.some(({ onHand }) => onHand !== null && onHand > 0);
  const ends = { left: x(Math.min(...times)), right: x(Math.max(...times)) };
  return open ? { left: ends.left, right: width - 8, end: 'open' } : { ...ends, end: 'closed' };
}

function marksOf(steps: readonly ChainStep[], { x }: TimeScale, y: number): TimeMark[] {
  const marks: { x: number; y: number; kind: StepKind; steps: ChainStep[] }[] = [];
  for (const step of [...steps].sort((a, b) => a.at - b.at)) {
    const at = x(step.at);
    const near = marks.filter((mark) => at - mark.x < apartWithin);
    const same = near.find((mark) => mark.kind === step.kind && at - mark.x < mergedWithin);
    if (same !== undefined) same.steps.push(step);
    else marks.push({ x: at, y: y + heightBeside(near, y), kind: step.kind, steps: [step] });
  }
  return marks;
}

/** The row's middle if it is free, else just above or below it. */
function heightBeside(near: readonly { readonly y: number }[], y: number): number {
  return [0, -markStep, markStep].find((offset) => near.every((mark) => mark.y !== y + offset)) ?? 0;
}

function linksOf(chain: Chain, rows: readonly TimeRow[], scale: TimeScale): TimeLink[] {
  const rowOf = new Map(rows.flatMap((row) => row.members.map((member) => [member, row] as const)));
  const scopes = new Map(chain.holdings.map(({ key, scope }) => [key, scope] as const));
  const drawn = new Set<string>();
  return chain.joins.flatMap((join) => {
    const ends = (side: ChainJoin['from']) => side.flatMap(({ holding }) => (rowOf.has(holding) ? [holding] : []));
    const [from, to] = [ends(join.from), ends(join.to)];
    if (from.length * to.length > mostPairs) return [upright(join, [...from, ...to], rowOf, scale)];
    return from.flatMap((source) =>
      to.flatMap((target) => {
        const [above, below] = [rowOf.get(source), rowOf.get(target)];
        if (above === undefined || below === undefined || above === below) return [];
        const { path, order } = curveOf(join, above.y, below.y, scale);
        // Rows that are folded together share their lines.
        if (drawn.has(path)) return [];
        drawn.add(path);
        const scope = scopeOfLine(scopes.get(source) ?? 'none', scopes.get(target) ?? 'none');
        return [{ path, order, scope, from: [source], to: [target] }];
      }),
    );
  });
}

/** From when it left to when it came; what both rows were in at one moment bends out a little. */
function curveOf(join: ChainJoin, y1: number, y2: number, { x }: TimeScale): Pick<TimeLink, 'path' | 'order'> {
  const backward = join.leftAt !== null && join.gotAt !== null && join.leftAt > join.gotAt;
  const [x1, x2] = backward ? [x(join.untilAt), x(join.at)] : [x(join.at), x(join.untilAt)];
  const order = backward ? 'doubtful' : 'sound';
  const bend = Math.abs(x2 - x1) < 2 ? 14 : 0;
  const middle = (y1 + y2) / 2;
  return { path: `M${x1} ${y1}C${x1 - bend} ${middle} ${x2 - bend} ${middle} ${x2} ${y2}`, order };
}

/** A mixture of many: one line through all that had a part in it. */
function upright(
  join: ChainJoin,
  holdings: readonly number[],
  rowOf: ReadonlyMap<number, TimeRow>,
  { x }: TimeScale,
): TimeLink {
  const heights = holdings.map((holding) => rowOf.get(holding)?.y ?? 0);
  const [at, keys] = [x(join.at), (side: ChainJoin['from']) => side.map(({ holding }) => holding)];
  const path = `M${at} ${Math.min(...heights)}V${Math.max(...heights)}`;
  return { path, scope: 'none', from: keys(join.from), to: keys(join.to), order: 'sound' };
}
