// Lays a chain out left to right for drawing: folds what is too long, then lets dagre place the rest.
import { Graph, layout as placeNodes } from '@dagrejs/dagre';
import type { Chain, ChainEnd, ChainHolding, ChainJoin } from './chain.ts';
import { type FoldWishes, foldChain, type GraphNode } from './graph-fold.ts';

export type Box = {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Undefined for a joint (a dot where several lots meet several) and for a fold. */
  readonly holding: ChainHolding | undefined;
  /** How many holdings are folded into it; 0 for none. */
  readonly folded: number;
  /** Keys of the holdings it stands for. */
  readonly members: readonly number[];
};

export type Curve = {
  readonly path: string;
  readonly width: number;
  readonly scope: ChainHolding['scope'];
  /** Keys of the holdings it leaves and reaches; through a joint, of all that meet there. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly label:
    | { readonly x: number; readonly y: number; readonly quantity: number; readonly unit: string | null }
    | undefined;
};

export type GraphLayout = {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly joints: readonly { readonly x: number; readonly y: number }[];
  readonly curves: readonly Curve[];
  /** The x of each column and the kinds of places in it. */
  readonly columns: readonly { readonly x: number; readonly kinds: readonly (string | null)[] }[];
  /** How many holdings the folds stand for. */
  readonly folded: number;
};

/** More columns take narrower boxes, down to where a name can still be read; beyond that the drawing scrolls. */
const sizes = [
  { ranks: 5, box: 196, gap: 95 },
  { ranks: 6, box: 192, gap: 56 },
  { ranks: 7, box: 178, gap: 54 },
  { ranks: 8, box: 168, gap: 52 },
] as const;

const boxHeight = 54;
const headHeight = 28;
const usualWidth = 1360;

type Line = {
  readonly from: string;
  readonly to: string;
  readonly quantity: number | null;
  readonly unit: string | null;
};

export function layOutChain(chain: Chain, wishes: FoldWishes = {}): GraphLayout {
  const nodes = foldChain(chain, wishes);
  const nodeOf = new Map<number, string>();
  for (const node of nodes) for (const member of node.members) nodeOf.set(member.key, node.key);
  const { lines, joints } = linesOf(chain.joins, nodeOf);
  const ranks = Math.max(1, new Set(nodes.map(({ depth }) => depth)).size);
  const size = sizes.find((each) => ranks <= each.ranks) ?? sizes[3];
  const spread = ranks === 1 ? size.gap : (usualWidth - ranks * size.box) / (ranks - 1);
  const gap = size === sizes[0] ? Math.min(150, Math.max(70, spread)) : size.gap;
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 12,
    ranksep: joints.length === 0 ? gap : gap / 2,
    edgesep: 8,
    marginx: 2,
    marginy: 2,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.key, { width: size.box, height: boxHeight });
  for (const joint of joints) graph.setNode(joint, { width: 8, height: 8 });
  for (const [index, line] of lines.entries())
    graph.setEdge(
      line.from,
      line.to,
      { weight: 1, minlen: joints.length > 0 && isBox(line.from) && isBox(line.to) ? 2 : 1 },
      String(index),
    );
  for (const [from, to] of stays(nodes, lines))
    graph.setEdge(from, to, { weight: 0, minlen: joints.length > 0 ? 2 : 1 }, 'stay');
  placeNodes(graph);
  return drawn(graph, nodes, lines, joints);
}

/**
 * Goods that nobody told came in have no line into their box, and would stand in the first column, under a farm's heading.
 * A line that is not drawn holds each behind one of the stage before its own.
 */
function stays(nodes: readonly GraphNode[], lines: readonly Line[]): (readonly [string, string])[] {
  const reached = new Set(lines.map(({ to }) => to));
  return nodes.flatMap((node) => {
    const before = reached.has(node.key) ? undefined : nodes.find(({ depth }) => depth === node.depth - 1);
    return before === undefined ? [] : [[before.key, node.key] as const];
  });
}

function isBox(key: string): boolean {
  return !key.startsWith('j');
}

/** One line from each side where either side is single; a joint between where many meet many, so that n × m stays n + m. */
function linesOf(
  joins: readonly ChainJoin[],
  nodeOf: ReadonlyMap<number, string>,
): { lines: Line[]; joints: string[] } {
  const merged = new Map<string, Line>();
  const joints: string[] = [];
  const add = (from: string | undefined, to: string | undefined, end: ChainEnd) => {
    if (from === undefined || to === undefined || from === to) return;
    const known = merged.get(`${from} ${to}`);
    const sum = known === undefined || known.unit !== end.unit ? end.quantity : addUp(known.quantity, end.quantity);
    merged.set(`${from} ${to}`, { from, to, quantity: sum, unit: end.unit });
  };
  for (const join of joins) {
    const [source] = join.from;
    const [target] = join.to;
    if (source === undefined || target === undefined) continue;
    if (join.from.length === 1)
      for (const end of join.to)
        add(
          nodeOf.get(source.holding),
          nodeOf.get(end.holding),
          end.quantity === null && join.to.length === 1 ? source : end,
        );
    else if (join.to.length === 1)
      for (const end of join.from) add(nodeOf.get(end.holding), nodeOf.get(target.holding), end);
    else {
      const joint = `j${joints.length}`;
      joints.push(joint);
      for (const end of join.from) add(nodeOf.get(end.holding), joint, end);
      for (const end of join.to) add(joint, nodeOf.get(end.holding), end);
    }
  }
  return { lines: [...merged.values()], joints };
}

function addUp(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : a + b;
}

function drawn(
  graph: Graph,
  nodes: readonly GraphNode[],
  lines: readonly Line[],
  joints: readonly string[],
): GraphLayout {
  const boxes = nodes.map((node) => boxOf(graph, node));
  const columns = columnsOf(boxes);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.max(usualWidth, Math.ceil(width)),
    height: Math.ceil(height) + headHeight,
    boxes,
    joints: joints.map((key) => centre(graph, key)),
    curves: curvesOf(graph, lines, nodes),
    columns,
    folded: nodes.reduce((sum, node) => sum + (node.folded ? node.members.length : 0), 0),
  };
}

function boxOf(graph: Graph, node: GraphNode): Box {
  const { x, y } = centre(graph, node.key);
  const width = halfOf(graph, node.key) * 2;
  return {
    key: node.key,
    x: x - width / 2,
    y: y - boxHeight / 2,
    width,
    height: boxHeight,
    holding: node.folded ? undefined : node.members[0],
    folded: node.folded ? node.members.length : 0,
    members: node.members.map(({ key }) => key),
  };
}

function centre(graph: Graph, key: string): { x: number; y: number } {
  const { x = 0, y = 0 } = graph.node(key);
  return { x, y: y + headHeight };
}

function columnsOf(boxes: readonly Box[]): GraphLayout['columns'] {
  const columns = new Map<number, (string | null)[]>();
  for (const box of boxes) {
    if (box.holding !== undefined) columns.set(box.x, [...(columns.get(box.x) ?? []), box.holding.place.kind]);
  }
  return [...columns].sort(([a], [b]) => a - b).map(([x, kinds]) => ({ x, kinds: [...new Set(kinds)] }));
}

/** Lines leave and reach a box spread along its side, in the order of what they lead to, so that they do not cross. */
function curvesOf(graph: Graph, lines: readonly Line[], nodes: readonly GraphNode[]): Curve[] {
  const scopes = new Map(nodes.map((node) => [node.key, node.members[0]?.scope ?? 'none'] as const));
  const most = lines.reduce((greatest, { quantity }) => Math.max(greatest, quantity ?? 0), 1);
  const ends = endsOf(lines, nodes);
  return lines.map((line) => {
    const from = centre(graph, line.from);
    const to = centre(graph, line.to);
    const leaves = offset(
      lines.filter((other) => other.from === line.from),
      line,
      (other) => centre(graph, other.to).y,
    );
    const reaches = offset(
      lines.filter((other) => other.to === line.to),
      line,
      (other) => centre(graph, other.from).y,
    );
    const [forward, x1, x2] =
      from.x <= to.x
        ? [1, from.x + halfOf(graph, line.from), to.x - halfOf(graph, line.to)]
        : [-1, from.x - halfOf(graph, line.from), to.x + halfOf(graph, line.to)];
    const y1 = from.y + (isBox(line.from) ? leaves : 0);
    const y2 = to.y + (isBox(line.to) ? reaches : 0);
    const bend = Math.max(20, Math.abs(x2 - x1) / 2) * forward;
    return {
      path: `M${round(x1)} ${round(y1)}C${round(x1 + bend)} ${round(y1)} ${round(x2 - bend)} ${round(y2)} ${round(x2)} ${round(y2)}`,
      width: line.quantity === null ? 2 : round(2 + 10 * Math.sqrt(line.quantity / most)),
      scope: scopeOfLine(scopes.get(line.from) ?? 'none', scopes.get(line.to) ?? 'none'),
      from: ends.from(line),
      to: ends.to(line),
      label:
        line.quantity === null || !isBox(line.to)
          ? undefined
          : { x: round(x2 - 10 * forward), y: round(y2 - 7), quantity: line.quantity, unit: line.unit },
    };
  });
}

/** The holdings at both ends of a line; those of a joint are all that lead to it, or all it leads to. */
function endsOf(lines: readonly Line[], nodes: readonly GraphNode[]) {
  const members = new Map(nodes.map((node) => [node.key, node.members.map(({ key }) => key)] as const));
  const [before, after] = [new Map<string, number[]>(), new Map<string, number[]>()];
  for (const { from, to } of lines) {
    if (!isBox(to)) before.set(to, [...(before.get(to) ?? []), ...(members.get(from) ?? [])]);
    if (!isBox(from)) after.set(from, [...(after.get(from) ?? []), ...(members.get(to) ?? [])]);
  }
  return {
    from: ({ from }: Line) => members.get(from) ?? before.get(from) ?? [],
    to: ({ to }: Line) => members.get(to) ?? after.get(to) ?? [],
  };
}

function halfOf(graph: Graph, key: string): number {
  return (graph.node(key).width ?? 0) / 2;
}

function offset(siblings: readonly Line[], line: Line, far: (line: Line) => number): number {
  if (siblings.length < 2) return 0;
  const place = [...siblings].sort((a, b) => far(a) - far(b)).indexOf(line);
  const step = Math.min(10, (boxHeight - 12) / (siblings.length - 1));
  return (place - (siblings.length - 1) / 2) * step;
}

/** A line belongs to the weaker of its ends: what is only potential downstream is potential on the way. */
export function scopeOfLine(from: ChainHolding['scope'], to: ChainHolding['scope']): ChainHolding['scope'] {
  if (from === 'none') return 'none';
  return to === 'here' ? 'definite' : to;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
