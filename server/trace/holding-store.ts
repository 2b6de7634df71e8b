// What is known of many holdings at once: lot, site, product.
import type { Db } from '../store/db.ts';
import type { ProductUnit } from './balance-unit.ts';
import { noPlaceKeys, siteKeySpan } from './capture-rows.ts';
import { numbersOf } from './chain-columns.ts';

/** In columns, by the place the holding has in `places`. */
export type HoldingFacts = {
  /** Holding id → place. */
  readonly places: ReadonlyMap<number, number>;
  readonly lotId: readonly number[];
  readonly siteKey: readonly number[];
  /** A running process of several events, which nobody holds. */
  readonly isProcess: readonly boolean[];
  /** What the product says about units; undefined: the table of units decides. */
  readonly product: readonly (ProductUnit | undefined)[];
};

export function isTransit(facts: HoldingFacts, place: number): boolean {
  return facts.siteKey[place] === noPlaceKeys.transit;
}

/** Facts of the holdings in `places`, which number from 0 without gaps in the order of the map. */
export function holdingFacts(db: Db, places: ReadonlyMap<number, number>): HoldingFacts {
  const ask = statementsOf(db);
  const ids = [...places.keys()];
  const [lotId, siteKey]: [number[], number[]] = [[], []];
  for (let from = 0; from < ids.length; from += chunk) {
    for (const packed of ask.facts.all(`[${ids.slice(from, from + chunk).join(',')}]`) as number[]) {
      const lot = Math.floor(packed / siteKeySpan);
      lotId.push(lot);
      siteKey.push(packed - lot * siteKeySpan);
    }
  }
  const lots = lotFacts(ask, [...new Set(lotId)]);
  return {
    places,
    lotId,
    siteKey,
    isProcess: lotId.map((id) => lots.get(id)?.isProcess === true),
    product: lotId.map((id) => lots.get(id)?.product),
  };
}

type LotFacts = { readonly isProcess: boolean; readonly product: ProductUnit | undefined };

function lotFacts(ask: ReturnType<typeof prepare>, ids: readonly number[]): Map<number, LotFacts> {
  const facts = new Map<number, LotFacts>();
  const products = new Map<number, ProductUnit>();
  for (let from = 0; from < ids.length; from += chunk) {
    const packed = ask.lots.get(`[${ids.slice(from, from + chunk).join(',')}]`);
    const numbers = typeof packed === 'string' ? numbersOf(packed) : [];
    for (let i = 0; i < numbers.length; i += 3) {
      const productId = numbers[i + 2] ?? 0;
      const product = productId === 0 ? undefined : productUnit(ask, products, productId);
      facts.set(numbers[i] ?? 0, { isProcess: numbers[i + 1] === 1, product });
    }
  }
  return facts;
}

// Bounds the text of one question and of its answer.
const chunk = 20_000;

function productUnit(ask: ReturnType<typeof prepare>, known: Map<number, ProductUnit>, id: number): ProductUnit {
  const found = known.get(id);
  if (found !== undefined) return found;
  const [unit, factors] = ask.product.get(id) as [string | null, string];
  const product = { unit: unit ?? undefined, factors: JSON.parse(factors) as Record<string, number> };
  known.set(id, product);
  return product;
}

const kept = new WeakMap<Db, ReturnType<typeof prepare>>();

function statementsOf(db: Db) {
  const found = kept.get(db) ?? prepare(db);
  kept.set(db, found);
  return found;
}

function prepare(db: Db) {
  return {
    // One number for each: an array or an object for each of a quarter of a million would take longer than finding it.
    facts: db.sqlite
      .prepare(
        `SELECT coalesce(h.lot_id * ${siteKeySpan} + h.site_key, 0) FROM json_each(?) j LEFT JOIN holding h ON h.id = j.value`,
      )
      .pluck(),
    lots: db.sqlite
      .prepare(
        `SELECT group_concat(l.id || ',' || (l.kind = 'process') || ',' || coalesce(l.product_id, 0))
         FROM json_each(?) j CROSS JOIN lot l ON l.id = j.value`,
      )
      .pluck(),
    product: db.sqlite.prepare('SELECT unit, factors FROM product WHERE id = ?').raw(),
  };
}
