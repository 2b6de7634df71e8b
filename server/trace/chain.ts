// A traced chain as others read it: lots with their depth, holdings, edges and events, and whether it was cut.
import { edgeRoles } from './chain-links.ts';
import { type Direction, eventOfStep, isMixing, type Walk, type WalkEdge } from './chain-step.ts';

export type HoldingPlace = { readonly holdingId: number; readonly lotId: number; readonly siteKey: number };

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

/** Every pair of holdings a walked step leads from and to, at most `most` of them. */
export function chainEdges(walk: Walk, most: number): ChainEdges {
  const arrivals = byStep(walk.edgesOut, walk);
  const edges: ChainEdge[] = [];
  for (const out of walk.edgesIn) {
    if (!walk.holdings.has(out.holdingId)) continue;
    for (const into of arrivals.get(out.step) ?? []) {
      if (out.holdingId === into.holdingId) continue;
      if (edges.length >= most) return { edges, cut: true };
      edges.push(edgeOf(out, into));
    }
  }
  return { edges, cut: false };
}

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

function byStep(edges: readonly WalkEdge[], walk: Walk): Map<number, WalkEdge[]> {
  const groups = new Map<number, WalkEdge[]>();
  for (const edge of edges) {
    if (!walk.steps.has(edge.step) || !walk.holdings.has(edge.holdingId)) continue;
    const group = groups.get(edge.step);
    if (group === undefined) groups.set(edge.step, [edge]);
    else group.push(edge);
  }
  return groups;
}

function edgeOf(out: WalkEdge, into: WalkEdge): ChainEdge {
  const counts = (edge: WalkEdge) => edge.role !== edgeRoles.moved && edge.role !== edgeRoles.seen;
  return {
    eventId: eventOfStep(out.step),
    from: out.holdingId,
    to: into.holdingId,
    at: out.at,
    quantityOut: counts(out) ? out.quantity : null,
    unitOut: out.unit,
    quantityIn: counts(into) ? into.quantity : null,
    unitIn: into.unit,
    mixes: isMixing(out.step),
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
