// Reads the steps a balance is made of, each amount in the base unit of its lot.
import type { Db } from '../store/db.ts';
import { type Replay, replay, type StockLine, type StockStep } from './balance.ts';
import { baseAmount, type ProductUnit, unitOfDimension } from './balance-unit.ts';
import { noPlaceKeys } from './capture-rows.ts';
import { isMixing, stepOf, strandSpan, type WalkEdge } from './chain-step.ts';

export type Books = {
  readonly replay: Replay;
  /** The unit amounts of a holding are told in: KGM, LTR, C62 or a unit of its own; null: never said. */
  readonly unitOf: (holdingId: number) => string | null;
  /** Lines whose unit nothing converts: a product factor is missing. */
  readonly unconverted: readonly WalkEdge[];
};

/** Balances of `holdingIds`: everything that ever came to them or left them. */
export function balanceOf(db: Db, holdingIds: readonly number[], sources: ReadonlySet<number> = new Set()): Books {
  const { ins, outs } = edgesTouching(db, holdingIds);
  return booksOf(db, ins, outs, sources);
}

/** The same from edges already read; a line that is not to be converted makes its holding vague. */
export function booksOf(
  db: Db,
  ins: readonly WalkEdge[],
  outs: readonly WalkEdge[],
  sources: ReadonlySet<number>,
): Books {
  const { products, transit } = meaningOf(db, new Set([...ins, ...outs].map((edge) => edge.holdingId)));
  const dimensions = new Map<number, string>();
  const unconverted: WalkEdge[] = [];
  const steps = new Map<
    number,
    { step: number; at: number; ins: StockLine[]; outs: StockLine[]; dimensions: Set<string> }
  >();
  const add = (edge: WalkEdge, side: 'ins' | 'outs') => {
    const amount =
      edge.quantity === null
        ? undefined
        : baseAmount(edge.quantity, edge.unit ?? undefined, products.get(edge.holdingId) ?? noProduct);
    if (amount === undefined && edge.quantity !== null) unconverted.push(edge);
    if (amount !== undefined) dimensions.set(edge.holdingId, amount.dimension);
    const step = steps.get(edge.step) ?? {
      step: edge.step,
      at: edge.at,
      ins: [],
      outs: [],
      dimensions: new Set<string>(),
    };
    steps.set(edge.step, step);
    if (amount !== undefined) step.dimensions.add(amount.dimension);
    step[side].push({ holdingId: edge.holdingId, amount: amount?.amount ?? null, role: edge.role });
  };
  for (const edge of ins) add(edge, 'ins');
  for (const edge of outs) add(edge, 'outs');
  const comparable = (step: number) => (steps.get(step)?.dimensions.size ?? 0) === 1;
  const unitOf = (holdingId: number) => {
    const dimension = dimensions.get(holdingId);
    return dimension === undefined ? null : unitOfDimension(dimension);
  };
  return {
    replay: replay([...steps.values()] satisfies StockStep[], { sources, transit, comparable }),
    unitOf,
    unconverted,
  };
}

const noProduct: ProductUnit = { unit: undefined, factors: {} };

/** Both sides of every live step that touches the holdings; of movements also the other end. */
export function edgesTouching(db: Db, holdingIds: readonly number[]): { ins: WalkEdge[]; outs: WalkEdge[] } {
  const ask = statementsOf(db);
  const ids = JSON.stringify(holdingIds);
  const steps = new Set<number>();
  for (const rows of [ask.inByHolding.all(ids), ask.outByHolding.all(ids)] as Row[][]) {
    for (const [, eventId, strand] of rows) steps.add(stepOf(eventId, strand));
  }
  const stepIds = `[${[...steps].join(',')}]`;
  return {
    ins: (ask.inByStep.all(stepIds) as Row[]).map(edgeOf),
    outs: (ask.outByStep.all(stepIds) as Row[]).map(edgeOf),
  };
}

/** What else went into these mixing steps: without it a share would be too large. */
export function inputsOf(db: Db, steps: Iterable<number>): WalkEdge[] {
  const mixing = [...steps].filter(isMixing);
  return (statementsOf(db).inByStep.all(`[${mixing.join(',')}]`) as Row[]).map(edgeOf);
}

/** Everything that ever came to the holdings. */
export function arrivalsOf(db: Db, holdingIds: Iterable<number>): WalkEdge[] {
  return (statementsOf(db).outByHolding.all(`[${[...holdingIds].join(',')}]`) as Row[]).map(edgeOf);
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

function edgeOf([holdingId, eventId, strand, at, quantity, unit, role]: Row): WalkEdge {
  return { holdingId, step: stepOf(eventId, strand), at, quantity, unit, role };
}

/** What of these holdings says more than the table of units: products with a unit of their own, and lots in transit. */
function meaningOf(
  db: Db,
  holdingIds: ReadonlySet<number>,
): { products: Map<number, ProductUnit>; transit: Set<number> } {
  const rows = statementsOf(db).meaning.all(`[${[...holdingIds].join(',')}]`) as [
    number,
    number,
    string | null,
    string | null,
  ][];
  const products = new Map<number, ProductUnit>();
  const transit = new Set<number>();
  for (const [id, siteKey, unit, factors] of rows) {
    if (siteKey === noPlaceKeys.transit) transit.add(id);
    if (factors !== null) products.set(id, { unit: unit ?? undefined, factors: JSON.parse(factors) });
  }
  return { products, transit };
}

const kept = new WeakMap<Db, ReturnType<typeof prepare>>();

function statementsOf(db: Db) {
  const found = kept.get(db) ?? prepare(db);
  kept.set(db, found);
  return found;
}

function prepare(db: Db) {
  const columns = 'x.holding_id, x.event_id, x.strand, x.at, x.quantity, x.unit, x.role';
  const byHolding = (table: string) =>
    db.sqlite
      .prepare(
        `SELECT ${columns} FROM json_each(?) j CROSS JOIN ${table} x ON x.holding_id = j.value AND x.voided_by IS NULL`,
      )
      .raw();
  const byStep = (table: string) =>
    db.sqlite
      .prepare(
        `SELECT ${columns} FROM json_each(?) j CROSS JOIN ${table} x
           ON x.event_id = j.value / ${strandSpan} AND x.strand = j.value % ${strandSpan} AND x.voided_by IS NULL`,
      )
      .raw();
  return {
    inByHolding: byHolding('edge_in'),
    outByHolding: byHolding('edge_out'),
    inByStep: byStep('edge_in'),
    outByStep: byStep('edge_out'),
    meaning: db.sqlite
      .prepare(
        `SELECT h.id, h.site_key, p.unit, p.factors FROM json_each(?) j CROSS JOIN holding h ON h.id = j.value
           CROSS JOIN lot l ON l.id = h.lot_id LEFT JOIN product p ON p.id = l.product_id
         WHERE p.id IS NOT NULL OR h.site_key = ${noPlaceKeys.transit}`,
      )
      .raw(),
  };
}
