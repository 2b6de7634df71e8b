// What is known of many holdings at once: lot, site, product.
import { type Db, prepared } from '../../store/db.ts';
import type { ProductUnit } from '../code/balance-unit.ts';
import { noPlaceKeys, siteKeySpan } from '../event/no-place.ts';
import { numbersOf } from './chain-columns.ts';
import { asList, denseSpan, type Part, partsOf } from './id-span.ts';

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
  const lotId = ids.map(() => 0);
  const siteKey = ids.map(() => 0);
  for (const part of partsOf(ids)) {
    const packed = packedFacts(ask, part);
    for (let i = 0; i < packed.length; i++) {
      const place = part.asked[i] ?? 0;
      const lot = Math.floor((packed[i] ?? 0) / siteKeySpan);
      lotId[place] = lot;
      siteKey[place] = (packed[i] ?? 0) - lot * siteKeySpan;
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

/** Lot and site of each holding in one number, in the order asked. */
function packedFacts(ask: ReturnType<typeof prepare>, part: Part): readonly number[] {
  const span = denseSpan(part);
  if (span === undefined) return ask.facts.all(asList(part.ids)) as number[];
  const all = ask.factsOfSpan.all(span.least, span.most) as number[];
  // A gap among the holdings would shift what follows it.
  if (all.length !== span.most - span.least + 1) return ask.facts.all(asList(part.ids)) as number[];
  return part.ids.map((id) => all[id - span.least] ?? 0);
}

type LotFacts = { readonly isProcess: boolean; readonly product: ProductUnit | undefined };

function lotFacts(ask: ReturnType<typeof prepare>, ids: readonly number[]): Map<number, LotFacts> {
  const facts = new Map<number, LotFacts>();
  const products = new Map<number, ProductUnit>();
  for (const part of partsOf(ids)) {
    const packed = ask.lots.get(asList(part.ids));
    const numbers = typeof packed === 'string' ? numbersOf(packed) : [];
    for (let i = 0; i < numbers.length; i += 3) {
      const productId = numbers[i + 2] ?? 0;
      const product = productId === 0 ? undefined : productUnit(ask, products, productId);
      facts.set(numbers[i] ?? 0, { isProcess: numbers[i + 1] === 1, product });
    }
  }
  return facts;
}

function productUnit(ask: ReturnType<typeof prepare>, known: Map<number, ProductUnit>, id: number): ProductUnit {
  const found = known.get(id);
  if (found !== undefined) return found;
  const [unit, factors] = ask.product.get(id) as [string | null, string];
  const product = { unit: unit ?? undefined, factors: JSON.parse(factors) as Record<string, number> };
  known.set(id, product);
  return product;
}

const statementsOf = prepared(prepare);

function prepare(db: Db) {
  return {
    // One number for each: an array or an object for each of a quarter of a million would take longer than finding it.
    facts: db.sqlite
      .prepare(
        `SELECT coalesce(h.lot_id * ${siteKeySpan} + h.site_key, 0) FROM json_each(?) j LEFT JOIN holding h ON h.id = j.value`,
      )
      .pluck(),
    factsOfSpan: db.sqlite
      .prepare(`SELECT lot_id * ${siteKeySpan} + site_key FROM holding WHERE id >= ? AND id <= ? ORDER BY id`)
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
