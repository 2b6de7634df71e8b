// Walks the graph from some holdings, backward or forward in time, wave by wave: each edge is read once, whatever cycles.
import type { Db } from '../store/db.ts';
import type { UnitAt } from './chain.ts';
import {
  appendOfHoldings,
  appendOfSteps,
  type EdgeColumns,
  emptyColumns,
  mostAsked,
  packedRow,
  unitNames,
} from './chain-columns.ts';
import { type Direction, eventOfStep, strandSpan, type Walk, type WalkBounds } from './chain-step.ts';

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
  }
  const { holdings, depth, reachedAt, steps, near, taken, far, farPlace, cutBy } = walker;
  return { holdings, depth, reachedAt, steps, near, taken, far, farPlace, cutBy };
}

type Walker = {
  readonly forward: boolean;
  readonly maxHoldings: number;
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
  const ask = statementsOf(db);
  const range = { from: bounds.fromAt ?? Number.MIN_SAFE_INTEGER, until: bounds.untilAt ?? Number.MAX_SAFE_INTEGER };
  const near = forward ? ask.inByHolding : ask.outByHolding;
  return {
    forward,
    maxHoldings: bounds.maxHoldings,
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
function reach(walker: Walker, holdingId: number, at: number, depth: number): number {
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

/** Names the unit of a row, asking the database where it is none of the usual ones. */
export function unitReader(db: Db): UnitAt {
  const { rareUnit } = statementsOf(db);
  return (columns, row) => {
    const name = unitNames[columns.unit[row] ?? -1];
    return name === undefined ? rareUnit(columns.step[row] ?? 0, columns.holding[row] ?? 0) : name;
  };
}

type Range = { readonly from: number; readonly until: number };
const kept = new WeakMap<Db, ReturnType<typeof prepare>>();

/** Reads live edges into columns: by holding in the order of time, or by step. */
export function statementsOf(db: Db) {
  const found = kept.get(db) ?? prepare(db);
  kept.set(db, found);
  return found;
}

function prepare(db: Db) {
  // CROSS JOIN keeps SQLite from starting at the edges: ids first, then one index range each.
  const byHolding = (table: string) => {
    const statement = db.sqlite
      .prepare(
        `SELECT group_concat(${packedRow.ofHolding}) FROM json_each(?) j
         CROSS JOIN ${table} x INDEXED BY ${table}_holding ON x.holding_id = j.value AND x.voided_by IS NULL
         WHERE x.at >= ? AND x.at <= ?`,
      )
      .pluck();
    return (ids: readonly number[], columns: EdgeColumns, { from, until }: Range = everything) =>
      inChunks(ids, (part, start) => {
        const packed = statement.get(part, from, until);
        if (typeof packed === 'string') appendOfHoldings(columns, packed, ids, start);
      });
  };
  const byStep = (table: string) => {
    const statement = db.sqlite
      .prepare(
        `SELECT group_concat(${packedRow.ofStep}) FROM json_each(?) j CROSS JOIN ${table} x
           ON x.event_id = j.value / ${strandSpan} AND x.strand = j.value % ${strandSpan} AND x.voided_by IS NULL`,
      )
      .pluck();
    return (steps: readonly number[], columns: EdgeColumns) =>
      inChunks(steps, (part, start) => {
        const packed = statement.get(part);
        if (typeof packed === 'string') appendOfSteps(columns, packed, steps, start);
      });
  };
  const rare = ['edge_in', 'edge_out'].map((table) =>
    db.sqlite
      .prepare(
        `SELECT unit FROM ${table} WHERE event_id = ? AND strand = ? AND holding_id = ? AND unit IS NOT NULL LIMIT 1`,
      )
      .pluck(),
  );
  const counted = db.sqlite
    .prepare(
      `SELECT count(*) FROM json_each(?) j CROSS JOIN edge_out x INDEXED BY edge_out_holding
         ON x.holding_id = j.value AND x.voided_by IS NULL`,
    )
    .pluck();
  const countedRun = db.sqlite
    .prepare(
      `SELECT count(*) FROM edge_out INDEXED BY edge_out_holding WHERE holding_id >= ? AND holding_id <= ? AND voided_by IS NULL`,
    )
    .pluck();
  return {
    /** How many live edges lead to these holdings. */
    countOut: (ids: readonly number[]): number => {
      const runs = runsOf(ids);
      let total = 0;
      // What is recalled was often captured together: its holdings are neighbours, and whole runs are counted at once.
      if (runs.length * 8 < ids.length) for (const run of runs) total += countedRun.get(...run) as number;
      else
        inChunks(ids, (part) => {
          total += counted.get(part) as number;
        });
      return total;
    },
    rareUnit: (step: number, holdingId: number): string | null => {
      for (const statement of rare) {
        const unit = statement.get(eventOfStep(step), step % strandSpan, holdingId);
        if (typeof unit === 'string') return unit;
      }
      return null;
    },
    inByHolding: byHolding('edge_in'),
    outByHolding: byHolding('edge_out'),
    inByStep: byStep('edge_in'),
    outByStep: byStep('edge_out'),
  };
}

const everything: Range = { from: Number.MIN_SAFE_INTEGER, until: Number.MAX_SAFE_INTEGER };

function inChunks(ids: readonly number[], ask: (part: string, start: number) => void): void {
  for (let start = 0; start < ids.length; start += mostAsked) {
    ask(`[${(ids.length <= mostAsked ? ids : ids.slice(start, start + mostAsked)).join(',')}]`, start);
  }
}

/** Runs of neighbouring ids, first and last of each. */
function runsOf(ids: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const id of Float64Array.from(ids).sort()) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === id - 1) last[1] = id;
    else runs.push([id, id]);
  }
  return runs;
}
