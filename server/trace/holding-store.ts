// What is known of many holdings at once: lot, site, product.
import type { Db } from '../store/db.ts';
import type { ProductUnit } from './balance-unit.ts';
import { noPlaceKeys } from './capture-rows.ts';
import { eachPackedRow } from './chain-columns.ts';

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

/** Facts of the holdings in `places`, which number from 0 without gaps. */
export function holdingFacts(db: Db, places: ReadonlyMap<number, number>): HoldingFacts {
  const ask = statementsOf(db);
  const facts = { places, lotId: [], siteKey: [], isProcess: [], arrivals: [], product: [] } as {
    places: ReadonlyMap<number, number>;
    lotId: number[];
    siteKey: number[];
    isProcess: boolean[];
    product: (ProductUnit | undefined)[];
  };
  const products = new Map<number, ProductUnit>();
  const ids = [...places.keys()];
  for (let from = 0; from < ids.length; from += chunk) {
    const packed = ask.facts.get(`[${ids.slice(from, from + chunk).join(',')}]`) as string | null;
    if (packed === null) continue;
    eachPackedRow(packed, 5, (row) => {
      const place = places.get(row[0] ?? 0) ?? 0;
      const productId = row[4] ?? 0;
      facts.lotId[place] = row[1] ?? 0;
      facts.siteKey[place] = row[2] ?? 0;
      facts.isProcess[place] = row[3] === 1;
      facts.product[place] = productId === 0 ? undefined : productUnit(ask, products, productId);
    });
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
    // One text instead of a row each: half the time for a quarter of a million holdings.
    facts: db.sqlite
      .prepare(
        `SELECT group_concat(h.id || ',' || h.lot_id || ',' || h.site_key || ',' || (l.kind = 'process') || ','
           || coalesce(l.product_id, 0))
         FROM json_each(?) j CROSS JOIN holding h ON h.id = j.value CROSS JOIN lot l ON l.id = h.lot_id`,
      )
      .pluck(),
    product: db.sqlite.prepare('SELECT unit, factors FROM product WHERE id = ?').raw(),
  };
}
