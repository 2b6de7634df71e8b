// Keeps the books of holdings: their lines in base units, replayed.
import type { Db } from '../../store/db.ts';
import { baseAmount, type ProductUnit, unitOfDimension } from '../code/balance-unit.ts';
import { type Replay, replay, type Stock, type StockLines, stockAt } from './balance.ts';
import type { UnitAt } from './chain.ts';
import { type EdgeColumns, emptyColumns, isCounted } from './chain-columns.ts';
import { edgesOf, unitReader } from './edge-store.ts';
import { type HoldingFacts, holdingFacts, isTransit } from './holding-store.ts';
import { isMixing } from './strand.ts';

export type Books = {
  readonly facts: HoldingFacts;
  readonly replay: Replay;
  /** The row of one holding; undefined for one that was not asked about. */
  readonly stockOf: (holdingId: number) => Stock | undefined;
  /** The unit a place is told in: KGM, LTR, C62 or a unit of its own; null: no amount was ever said. */
  readonly unitOf: (place: number) => string | null;
  /** Lines whose unit nothing converts: the product lacks a factor. */
  readonly unconverted: readonly { readonly place: number; readonly step: number; readonly unit: string | null }[];
};

/** Balances of `holdingIds`, with both sides of every live step that touches them. */
export function balanceOf(db: Db, holdingIds: readonly number[]): Books {
  const ask = edgesOf(db);
  const [near, far] = [emptyColumns(), emptyColumns()];
  ask.inByHolding(holdingIds, near);
  ask.outByHolding(holdingIds, far);
  const steps = [...new Set([...near.step, ...far.step])];
  const [ins, outs] = [emptyColumns(), emptyColumns()];
  ask.inByStep(steps, ins);
  ask.outByStep(steps, outs);
  const places = new Map<number, number>();
  for (const id of [...holdingIds, ...ins.holding, ...outs.holding]) if (!places.has(id)) places.set(id, places.size);
  return booksOf(db, ins, outs, holdingFacts(db, places), () => false);
}

/** The same from lines already read; every holding of them has its place in `facts`. */
export function booksOf(
  db: Db,
  ins: EdgeColumns,
  outs: EdgeColumns,
  facts: HoldingFacts,
  isSource: (place: number) => boolean,
): Books {
  const converter = newConverter(facts, unitReader(db));
  const [linesIn, linesOut] = [convert(converter, ins), convert(converter, outs)];
  const world = {
    places: facts.places.size,
    isSource,
    isTransit: (place: number) => isTransit(facts, place),
    comparable: (step: number) => converter.dimensionOfStep.get(step) !== mixedDimensions,
  };
  const unitOf = (place: number) => {
    const dimension = converter.dimensionOfPlace[place];
    return dimension === undefined ? null : unitOfDimension(dimension);
  };
  const played = replay(linesIn, linesOut, world);
  const stockOf = (holdingId: number) => {
    const place = facts.places.get(holdingId);
    return place === undefined ? undefined : stockAt(played.stocks, place);
  };
  return { facts, replay: played, stockOf, unitOf, unconverted: converter.unconverted };
}

type Converter = {
  readonly facts: HoldingFacts;
  readonly unitAt: UnitAt;
  readonly dimensionOfPlace: (string | undefined)[];
  /** Of mixing steps alone. */
  readonly dimensionOfStep: Map<number, string>;
  readonly unconverted: { place: number; step: number; unit: string | null }[];
};

const mixedDimensions = 'mixed';
const noProduct: ProductUnit = { unit: undefined, factors: {} };
const mostUnconverted = 1_000;

function newConverter(facts: HoldingFacts, unitAt: UnitAt): Converter {
  return { facts, unitAt, dimensionOfPlace: [], dimensionOfStep: new Map(), unconverted: [] };
}

function convert(converter: Converter, columns: EdgeColumns): StockLines {
  const { holding, step, at, role } = columns;
  const place = holding.map((id) => converter.facts.places.get(id) ?? 0);
  const amount = columns.quantity.map((quantity, row) =>
    Number.isNaN(quantity) || !isCounted(role[row] ?? 0)
      ? Number.NaN
      : amountOf(converter, columns, row, quantity, place[row] ?? 0),
  );
  return { place, step, at, amount, role };
}

function amountOf(converter: Converter, columns: EdgeColumns, row: number, quantity: number, place: number): number {
  const unit = converter.unitAt(columns, row);
  const step = columns.step[row] ?? 0;
  const amount = baseAmount(quantity, unit ?? undefined, converter.facts.product[place] ?? noProduct);
  if (amount === undefined) {
    if (converter.unconverted.length < mostUnconverted) converter.unconverted.push({ place, step, unit });
    return Number.NaN;
  }
  converter.dimensionOfPlace[place] = amount.dimension;
  if (isMixing(step)) {
    const before = converter.dimensionOfStep.get(step);
    converter.dimensionOfStep.set(
      step,
      before === undefined || before === amount.dimension ? amount.dimension : mixedDimensions,
    );
  }
  return amount.amount;
}
