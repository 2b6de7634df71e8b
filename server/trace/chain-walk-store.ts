// Walks the graph from some holdings, backward or forward in time, wave by wave: each edge is read once, whatever cycles.
import type { Db } from '../store/db.ts';
import { type Direction, stepOf, strandSpan, type Walk, type WalkBounds, type WalkEdge } from './chain-step.ts';

// Bounds the text of one wave's question; longer waves ask several times.
const chunk = 20_000;

/**
 * Time-respecting: along a path, event times never run against the direction. A holding that is reached again at a time
 * that opens more of its edges is walked on with those alone, so the work is linear in the edges of what is reached.
 */
export function walkFrom(db: Db, start: readonly number[], direction: Direction, bounds: WalkBounds): Walk {
  const forward = direction === 'forward';
  const sides = statementsOf(db);
  const nearOf = forward ? sides.inByHolding : sides.outByHolding;
  const farOf = forward ? sides.outByStep : sides.inByStep;
  const range = { from: bounds.fromAt ?? Number.MIN_SAFE_INTEGER, until: bounds.untilAt ?? Number.MAX_SAFE_INTEGER };
  const walk = emptyWalk();
  const near = forward ? walk.edgesIn : walk.edgesOut;
  const far = forward ? walk.edgesOut : walk.edgesIn;
  const closed = new Map<number, WalkEdge[]>();
  const opens = (edge: WalkEdge, at: number) => (forward ? edge.at >= at : edge.at <= at);
  let fresh: number[] = [];
  let again: number[] = [];
  let cutBy: Walk['cutBy'];

  const reach = (holdingId: number, at: number, depth: number): void => {
    const before = walk.holdings.get(holdingId);
    if (before === undefined) {
      if (walk.holdings.size >= bounds.maxHoldings) {
        cutBy = 'holdings';
        return;
      }
      walk.holdings.set(holdingId, { at, depth });
      fresh.push(holdingId);
    } else if (forward ? at < before.at : at > before.at) {
      before.at = at;
      again.push(holdingId);
    }
  };

  const open = (holdingId: number, edges: readonly WalkEdge[], steps: number[]): void => {
    const at = walk.holdings.get(holdingId)?.at ?? 0;
    const still: WalkEdge[] = [];
    for (const edge of edges) {
      if (!opens(edge, at)) still.push(edge);
      else {
        near.push(edge);
        if (!walk.steps.has(edge.step)) {
          walk.steps.add(edge.step);
          steps.push(edge.step);
        }
      }
    }
    if (still.length > 0) closed.set(holdingId, still);
    else closed.delete(holdingId);
  };

  for (const holdingId of start) reach(holdingId, forward ? -Infinity : Infinity, 0);
  for (let depth = 1; fresh.length + again.length > 0; depth++) {
    const steps: number[] = [];
    const [freshNow, againNow] = [fresh, again];
    [fresh, again] = [[], []];
    for (const [holdingId, edges] of grouped(nearOf(freshNow, range), freshNow)) open(holdingId, edges, steps);
    // What was fetched in this very wave is open already; `again` holds only what earlier waves left closed.
    for (const holdingId of againNow) open(holdingId, closed.get(holdingId) ?? [], steps);
    if (depth > bounds.maxDepth) {
      if (steps.length > 0) cutBy ??= 'depth';
      for (const step of steps) walk.steps.delete(step);
      break;
    }
    for (const edge of farOf(steps)) {
      far.push(edge);
      reach(edge.holdingId, edge.at, depth);
    }
  }
  return { ...walk, idle: [...closed.values()].flat(), cutBy };
}

function emptyWalk(): Omit<Walk, 'cutBy' | 'idle'> {
  return { holdings: new Map(), steps: new Set(), edgesIn: [], edgesOut: [] };
}

function grouped(edges: readonly WalkEdge[], holdings: readonly number[]): Map<number, WalkEdge[]> {
  const groups = new Map<number, WalkEdge[]>(holdings.map((id) => [id, []]));
  for (const edge of edges) groups.get(edge.holdingId)?.push(edge);
  return groups;
}

type Row = [
  holdingId: number,
  eventId: number,
  strand: number,
  at: number,
  quantity: number | null,
  unit: string | null,
  role: number,
];
type Range = { readonly from: number; readonly until: number };
const kept = new WeakMap<Db, ReturnType<typeof prepare>>();

function statementsOf(db: Db) {
  const found = kept.get(db) ?? prepare(db);
  kept.set(db, found);
  return found;
}

function prepare(db: Db) {
  const columns = 'x.holding_id, x.event_id, x.strand, x.at, x.quantity, x.unit, x.role';
  // CROSS JOIN keeps SQLite from starting at the edges: ids first, then one index range each.
  const byHolding = (table: string) =>
    db.sqlite
      .prepare(
        `SELECT ${columns} FROM json_each(?) j CROSS JOIN ${table} x ON x.holding_id = j.value AND x.voided_by IS NULL
         WHERE x.at >= ? AND x.at <= ?`,
      )
      .raw();
  const byStep = (table: string) =>
    db.sqlite
      .prepare(
        `SELECT ${columns} FROM json_each(?) j CROSS JOIN ${table} x
           ON x.event_id = j.value / ${strandSpan} AND x.strand = j.value % ${strandSpan} AND x.voided_by IS NULL`,
      )
      .raw();
  const [inByHolding, outByHolding] = [byHolding('edge_in'), byHolding('edge_out')];
  const [inByStep, outByStep] = [byStep('edge_in'), byStep('edge_out')];
  const ranged =
    (statement: typeof inByHolding) =>
    (ids: readonly number[], { from, until }: Range) =>
      inChunks(ids, (part) => statement.all(part, from, until) as Row[]);
  const plain = (statement: typeof inByStep) => (ids: readonly number[]) =>
    inChunks(ids, (part) => statement.all(part) as Row[]);
  return {
    inByHolding: ranged(inByHolding),
    outByHolding: ranged(outByHolding),
    inByStep: plain(inByStep),
    outByStep: plain(outByStep),
  };
}

function inChunks(ids: readonly number[], ask: (part: string) => Row[]): WalkEdge[] {
  const edges: WalkEdge[] = [];
  for (let from = 0; from < ids.length; from += chunk) {
    for (const row of ask(`[${ids.slice(from, from + chunk).join(',')}]`)) edges.push(edgeOf(row));
  }
  return edges;
}

function edgeOf([holdingId, eventId, strand, at, quantity, unit, role]: Row): WalkEdge {
  return { holdingId, step: stepOf(eventId, strand), at, quantity, unit, role };
}
