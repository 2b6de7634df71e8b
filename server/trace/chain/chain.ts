// A traced chain as others read it: lots with their depth, holdings, edges and events, and whether it was cut.
import { type EdgeColumns, isCounted } from './chain-columns.ts';
import { eventOfStep, isMixing } from './strand.ts';
import type { Direction, Walk } from './walk.ts';

export type ChainEdge = {
  readonly eventId: number;
  /** In the direction the goods went, whichever way was walked. */
  readonly from: number;
  readonly to: number;
  /** Unix ms. */
  readonly at: number;
  /** What left `from` and what arrived at `to` in this event; null: not said. */
  readonly quantityOut: number | null;
  readonly unitOut: string | null;
  readonly quantityIn: number | null;
  readonly unitIn: string | null;
  /** A transformation, or the same lot moved. */
  readonly mixes: boolean;
};

export type ChainEdges = { readonly edges: readonly ChainEdge[]; readonly cut: boolean };

/** Every pair of holdings a walked step leads from and to, at most `most` of them. `unitAt` names the unit of a row. */
export function chainEdges(walk: Walk, direction: Direction, unitAt: UnitAt, most: number): ChainEdges {
  const forward = direction === 'forward';
  const rowsFar = byStep(walk);
  const edges: ChainEdge[] = [];
  for (const [row, step] of walk.near.step.entries()) {
    if (walk.taken[row] !== true || !walk.steps.has(step)) continue;
    for (const far of rowsFar.get(step) ?? []) {
      if (walk.near.holding[row] === walk.far.holding[far]) continue;
      if (edges.length >= most) return { edges, cut: true };
      const [out, into] = forward
        ? [sideOf(walk.near, row, unitAt), sideOf(walk.far, far, unitAt)]
        : [sideOf(walk.far, far, unitAt), sideOf(walk.near, row, unitAt)];
      edges.push(edgeOf(out, into, step, walk.near.at[row] ?? 0));
    }
  }
  return { edges, cut: false };
}

/** The unit of row `row`; null: pieces. */
export type UnitAt = (columns: EdgeColumns, row: number) => string | null;

/**
 * Lot id → how many transformations lie between it and the start, fewest. Moving a lot does not deepen it, nor does
 * passing through a process several events share (`isProcess`).
 */
export function lotDepths(
  start: readonly number[],
  edges: readonly ChainEdge[],
  direction: Direction,
  lotOf: (holdingId: number) => number,
  isProcess: (lotId: number) => boolean,
): Map<number, number> {
  const depths = new Map<number, number>(start.map((lotId) => [lotId, 0]));
  const next = neighbours(edges, direction, lotOf);
  let level = [...depths.keys()];
  for (let depth = 0; level.length > 0; depth++) {
    const deeper: number[] = [];
    // Processes cost nothing, so a level grows while it is worked off.
    for (let at = 0; at < level.length; at++) {
      for (const lotId of next.get(level[at] ?? 0) ?? []) {
        if (depths.has(lotId)) continue;
        const free = isProcess(lotId);
        depths.set(lotId, free ? depth : depth + 1);
        (free ? level : deeper).push(lotId);
      }
    }
    level = deeper;
  }
  return depths;
}

/** Edges through a shared process drawn from lot to lot: what went in, to all that came out no earlier. */
export function withoutProcesses(
  edges: readonly ChainEdge[],
  isProcessHolding: (holdingId: number) => boolean,
  most: number,
): ChainEdges {
  const intoProcess = new Map<number, ChainEdge[]>();
  const direct: ChainEdge[] = [];
  for (const edge of edges) {
    if (isProcessHolding(edge.from)) continue;
    if (!isProcessHolding(edge.to)) direct.push(edge);
    else intoProcess.set(edge.to, [...(intoProcess.get(edge.to) ?? []), edge]);
  }
  const seen = new Set(direct.map((edge) => `${edge.eventId} ${edge.from} ${edge.to}`));
  for (const out of edges.filter((edge) => isProcessHolding(edge.from))) {
    for (const into of intoProcess.get(out.from) ?? []) {
      const key = `${out.eventId} ${into.from} ${out.to}`;
      if (into.at > out.at || seen.has(key) || into.from === out.to) continue;
      if (direct.length >= most) return { edges: direct, cut: true };
      seen.add(key);
      direct.push({ ...out, from: into.from, quantityOut: into.quantityOut, unitOut: into.unitOut });
    }
  }
  return { edges: direct, cut: false };
}

function byStep({ far, steps, holdings }: Walk): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [row, step] of far.step.entries()) {
    if (!steps.has(step) || !holdings.has(far.holding[row] ?? 0)) continue;
    const group = groups.get(step);
    if (group === undefined) groups.set(step, [row]);
    else group.push(row);
  }
  return groups;
}

type Side = { readonly holdingId: number; readonly quantity: number | null; readonly unit: string | null };

function sideOf(columns: EdgeColumns, row: number, unitAt: UnitAt): Side {
  const said = columns.quantity[row] ?? Number.NaN;
  const quantity = Number.isNaN(said) || !isCounted(columns.role[row] ?? 0) ? null : said;
  return { holdingId: columns.holding[row] ?? 0, quantity, unit: unitAt(columns, row) };
}

function edgeOf(out: Side, into: Side, step: number, at: number): ChainEdge {
  return {
    eventId: eventOfStep(step),
    from: out.holdingId,
    to: into.holdingId,
    at,
    quantityOut: out.quantity,
    unitOut: out.unit,
    quantityIn: into.quantity,
    unitIn: into.unit,
    mixes: isMixing(step),
  };
}

function neighbours(
  edges: readonly ChainEdge[],
  direction: Direction,
  lotOf: (holdingId: number) => number,
): Map<number, Set<number>> {
  const next = new Map<number, Set<number>>();
  for (const edge of edges) {
    if (!edge.mixes) continue;
    const [near, far] = direction === 'forward' ? [edge.from, edge.to] : [edge.to, edge.from];
    const [from, to] = [lotOf(near), lotOf(far)];
    if (from === to) continue;
    const known = next.get(from);
    if (known === undefined) next.set(from, new Set([to]));
    else known.add(to);
  }
  return next;
}
