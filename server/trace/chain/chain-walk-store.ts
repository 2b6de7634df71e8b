// Walks the graph from some holdings, backward or forward in time, wave by wave: each edge is read once, whatever cycles.
import type { Db } from '../../store/db.ts';
import { type EdgeColumns, emptyColumns } from './chain-columns.ts';
import { edgesOf } from './edge-store.ts';
import type { Direction, Walk, WalkBounds } from './walk.ts';

/**
 * Time-respecting: along a path, event times never run against the direction. A holding that is reached again at a time
 * that opens more of its edges is walked on with those alone, so the work is linear in the edges of what is reached.
 */
export function walkFrom(db: Db, start: readonly number[], direction: Direction, bounds: WalkBounds): Walk {
  const walker = newWalker(db, direction, bounds);
  for (const holdingId of start) reach(walker, holdingId, walker.forward ? -Infinity : Infinity, 0);
  for (let depth = 1; walker.fresh.length + walker.again.length > 0; depth++) {
    const steps = openReached(walker);
    if (depth > bounds.maxDepth) {
      if (steps.length > 0) walker.cutBy ??= 'depth';
      for (const step of steps) walker.steps.delete(step);
      break;
    }
    const from = walker.far.holding.length;
    walker.readFar(steps, walker.far);
    const { holding, at } = walker.far;
    for (let row = from; row < holding.length; row++) {
      walker.farPlace.push(reach(walker, holding[row] ?? 0, at[row] ?? 0, depth));
    }
    bounds.onReached?.(walker.ids.length);
  }
  const { holdings, depth, reachedAt, steps, near, taken, far, farPlace, cutBy } = walker;
  return { holdings, depth, reachedAt, steps, near, taken, far, farPlace, cutBy };
}

type Walker = {
  readonly forward: boolean;
  readonly maxHoldings: number;
  readonly early: WalkBounds['early'];
  readonly holdings: Map<number, number>;
  readonly ids: number[];
  readonly depth: number[];
  readonly reachedAt: number[];
  /** Rows of `near` that belong to a reached holding: from here … to here, in the order of time. */
  readonly rowsFrom: number[];
  readonly rowsUntil: number[];
  readonly steps: Set<number>;
  readonly near: EdgeColumns;
  readonly taken: boolean[];
  readonly far: EdgeColumns;
  readonly farPlace: number[];
  readonly readNear: (holdingIds: readonly number[], columns: EdgeColumns) => void;
  readonly readFar: (steps: readonly number[], columns: EdgeColumns) => void;
  /** Places of holdings whose rows are not read yet, and of those reached again. */
  fresh: number[];
  again: number[];
  cutBy: Walk['cutBy'];
};

function newWalker(db: Db, direction: Direction, bounds: WalkBounds): Walker {
  const forward = direction === 'forward';
  const ask = edgesOf(db);
  const range = { from: bounds.fromAt ?? Number.MIN_SAFE_INTEGER, until: bounds.untilAt ?? Number.MAX_SAFE_INTEGER };
  const near = forward ? ask.inByHolding : ask.outByHolding;
  return {
    forward,
    maxHoldings: bounds.maxHoldings,
    early: forward ? bounds.early : undefined,
    holdings: new Map(),
    ids: [],
    depth: [],
    reachedAt: [],
    rowsFrom: [],
    rowsUntil: [],
    steps: new Set(),
    near: emptyColumns(),
    taken: [],
    far: emptyColumns(),
    farPlace: [],
    readNear: (ids, columns) => near(ids, columns, range),
    readFar: forward ? ask.outByStep : ask.inByStep,
    fresh: [],
    again: [],
    cutBy: undefined,
  };
}

/** The place of the holding; −1: there are too many. */
function reach(walker: Walker, holdingId: number, said: number, depth: number): number {
  const at = walker.early === undefined ? said : Math.min(said, walker.early.get(holdingId) ?? said);
  const known = walker.holdings.get(holdingId);
  if (known === undefined) {
    const place = walker.ids.length;
    if (place >= walker.maxHoldings) {
      walker.cutBy = 'holdings';
      return -1;
    }
    walker.fresh.push(place);
    walker.holdings.set(holdingId, place);
    walker.ids.push(holdingId);
    walker.depth.push(depth);
    walker.reachedAt.push(at);
    walker.rowsFrom.push(0);
    walker.rowsUntil.push(0);
    return place;
  }
  const before = walker.reachedAt[known] ?? 0;
  if (walker.forward ? at < before : at > before) {
    walker.reachedAt[known] = at;
    walker.again.push(known);
  }
  return known;
}

/** Reads the edges of fresh holdings, takes every edge that is now open, and returns the steps that are new. */
function openReached(walker: Walker): number[] {
  const { fresh, again } = walker;
  [walker.fresh, walker.again] = [[], []];
  readRows(walker, fresh);
  const steps: number[] = [];
  for (const place of fresh) open(walker, place, steps);
  for (const place of again) open(walker, place, steps);
  return steps;
}

function readRows(walker: Walker, fresh: readonly number[]): void {
  const { near, rowsFrom, rowsUntil, taken } = walker;
  const from = near.holding.length;
  // Places are given in the order of reaching, so the fresh ones are the last.
  const first = walker.ids.length - fresh.length;
  walker.readNear(first === 0 ? walker.ids : walker.ids.slice(first), near);
  for (let row = from; row < near.holding.length; row++) {
    const place = first + (near.asked[row] ?? 0);
    if (rowsUntil[place] === 0) rowsFrom[place] = row;
    rowsUntil[place] = row + 1;
    taken.push(false);
  }
}

/** Rows lie in the order of time: forward the open ones are the last, backward the first. */
function open(walker: Walker, place: number, steps: number[]): void {
  const { forward, near, taken } = walker;
  const since = walker.reachedAt[place] ?? 0;
  const from = walker.rowsFrom[place] ?? 0;
  const until = walker.rowsUntil[place] ?? 0;
  for (let count = 0; count < until - from; count++) {
    const row = forward ? until - 1 - count : from + count;
    const at = near.at[row] ?? 0;
    if (forward ? at < since : at > since) return;
    if (taken[row] === true) continue;
    taken[row] = true;
    const step = near.step[row] ?? 0;
    if (walker.steps.has(step)) continue;
    walker.steps.add(step);
    steps.push(step);
  }
}
