// Keeps the books of holdings: their lines in base units, replayed; one way for findings, pages and recalls.
import type { Db } from '../../store/db.ts';
import { baseAmount, ownAmount, type ProductUnit, unitOfDimension } from '../code/balance-unit.ts';
import { type Replay, replay } from './balance.ts';
import { type BookLines, linesAbout, placesOf } from './book-lines-store.ts';
import type { UnitAt } from './chain.ts';
import { type EdgeColumns, isCounted } from './chain-columns.ts';
import { unitReader } from './edge-store.ts';
import type { StockLines } from './entry.ts';
import { type HoldingFacts, holdingFacts, isTransit } from './holding-store.ts';
import { noDimension, of, type Stock, stockAt } from './stock.ts';
import { eventOfStep } from './strand.ts';

export type Books = {
  readonly facts: HoldingFacts;
  readonly replay: Replay;
  /** The row of one holding; undefined for one that was not asked about. */
  readonly stockOf: (holdingId: number) => Stock | undefined;
  /** The unit a place is told in: KGM, LTR, C62 or a unit of its own; null: no amount was ever said. */
  readonly unitOf: (place: number) => string | null;
  /** Lines whose unit nothing converts to the place's own: the product lacks a factor. */
  readonly unconverted: readonly { readonly place: number; readonly step: number; readonly unit: string | null }[];
};

/** What a recall adds to the books: which lots are recalled, and where their goods were reached. */
export type RecallOf = {
  readonly isSource: (lotId: number) => boolean;
  /** When recalled goods can first have been at a place, unix ms; undefined: never. */
  readonly reachedAt: (place: number) => number | undefined;
};

/** Balances of `holdingIds`, with both sides of every live step that touches them. */
export function balanceOf(db: Db, holdingIds: readonly number[]): Books {
  const lines = linesAbout(db, holdingIds);
  const facts = holdingFacts(db, placesOf(holdingIds, lines));
  return booksOf(db, lines, facts, { isSource: () => false, reachedAt: () => undefined });
}

/** The same from lines already read; every holding of them has its place in `facts`. */
export function booksOf(db: Db, { ins, outs }: BookLines, facts: HoldingFacts, recall: RecallOf): Books {
  const { places } = facts;
  const converter = newConverter(facts, unitReader(db));
  const [linesIn, linesOut] = [convert(converter, ins), convert(converter, outs)];
  const isSource = facts.lotId.map((id) => recall.isSource(id));
  const played = replay(linesIn, linesOut, {
    places: places.size,
    lotOf: (place) => facts.lotId[place] ?? 0,
    isSource: (place) => isSource[place] === true,
    isTransit: (place) => isTransit(facts, place),
    kindOf: kindReader(db),
    firmOf: firmReader(db, facts),
    reachedAt: (place) => recall.reachedAt(place) ?? Number.POSITIVE_INFINITY,
  });
  const unitOf = (place: number) => {
    const dimension = of(played.stocks.dimension, place);
    return dimension === noDimension ? null : unitOfDimension(converter.dimensions[dimension] ?? '');
  };
  const stockOf = (holdingId: number) => {
    const place = places.get(holdingId);
    return place === undefined ? undefined : stockAt(played.stocks, place);
  };
  const conflicts = played.conflicts.map(({ place, step, dimension }) => {
    const unit = unitOfDimension(converter.dimensions[dimension] ?? '');
    return { place, step, unit: unit === 'C62' ? null : unit };
  });
  return { facts, replay: played, stockOf, unitOf, unconverted: [...converter.unconverted, ...conflicts] };
}

type Converter = {
  readonly facts: HoldingFacts;
  readonly unitAt: UnitAt;
  /** Names of dimensions; lines name them by their number. */
  readonly dimensions: string[];
  readonly unconverted: { place: number; step: number; unit: string | null }[];
  last: Factor | undefined;
};

type Factor = {
  readonly unit: string | null;
  readonly product: ProductUnit | undefined;
  readonly factor: number;
  readonly dimension: number;
  readonly isConverted: boolean;
};

const noProduct: ProductUnit = { unit: undefined, factors: {} };
const mostUnconverted = 1_000;

function newConverter(facts: HoldingFacts, unitAt: UnitAt): Converter {
  return { facts, unitAt, dimensions: [], unconverted: [], last: undefined };
}

function convert(converter: Converter, columns: EdgeColumns): StockLines {
  const { holding, step, at, role, quantity } = columns;
  const place = holding.map((id) => converter.facts.places.get(id) ?? 0);
  const dimension = holding.map(() => noDimension);
  const amount = quantity.map((said, row) => {
    if (Number.isNaN(said) || !isCounted(role[row] ?? 0)) return Number.NaN;
    const { factor, dimension: index } = factorOf(converter, columns, row, place[row] ?? 0);
    dimension[row] = index;
    return said * factor;
  });
  return { place, step, at, amount, dimension, role };
}

/** What one of the row's unit is in the base unit of its dimension. Most rows are like the one before. */
function factorOf(converter: Converter, columns: EdgeColumns, row: number, place: number): Factor {
  const { last, dimensions, unconverted } = converter;
  const [unit, product] = [converter.unitAt(columns, row), converter.facts.product[place]];
  if (last !== undefined && last.unit === unit && last.product === product && last.isConverted) return last;
  const inProduct = baseAmount(1, unit ?? undefined, product ?? noProduct);
  if (inProduct === undefined && unconverted.length < mostUnconverted)
    unconverted.push({ place, step: columns.step[row] ?? 0, unit });
  const { amount: factor, dimension: name } = inProduct ?? ownAmount(1, unit ?? undefined);
  const known = dimensions.indexOf(name);
  const dimension = known < 0 ? dimensions.push(name) - 1 : known;
  converter.last = { unit, product, factor, dimension, isConverted: inProduct !== undefined };
  return converter.last;
}

function firmReader(db: Db, facts: HoldingFacts): (place: number) => number | undefined {
  const statement = db.sqlite.prepare('SELECT party_id FROM site WHERE key = ?').pluck();
  return (place) => (statement.get(facts.siteKey[place]) as number | null | undefined) ?? undefined;
}

/** Kinds of events, each asked for once. */
function kindReader(db: Db): (step: number) => string {
  const statement = db.sqlite.prepare('SELECT kind FROM event WHERE id = ?').pluck();
  const known = new Map<number, string>();
  return (step) => {
    const id = eventOfStep(step);
    const kind = known.get(id) ?? String(statement.get(id) ?? '');
    known.set(id, kind);
    return kind;
  };
}
