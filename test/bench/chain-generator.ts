// Writes bounded, realistic chains of any length: farm, slaughterhouse, cuts, wholesaler, kitchen, dish; always the same.
import { gln, gtin, lotUri, placeUri } from '../support/cast.ts';

export type Json = { [key: string]: unknown };

/** Events of one unit of the chain: two pigs become cuts, cuts travel to kitchens, kitchens cook dishes of them. */
export const eventsPerUnit = 25;

const farms = 400;
const slaughterhouses = 40;
const wholesalers = 200;
const kitchens = 4_000;
const start = Date.UTC(2025, 0, 1);
const minute = 60_000;
// Units begin ten seconds apart, so that ten million events are spread over some weeks of a large city.
const unitMs = 10_000;

const product = {
  pig: gtin(11),
  carcass: gtin(12),
  belly: gtin(13),
  shoulder: gtin(14),
  mince: gtin(15),
  dish: gtin(16),
};
const cuts = [product.belly, product.shoulder, product.mince];
const siteCache = new Map<number, string>();

function site(number: number): string {
  const known = siteCache.get(number) ?? placeUri(gln(number));
  siteCache.set(number, known);
  return known;
}

/** A small mixing function: the same numbers in every run. */
function pick(seed: number, salt: number, size: number): number {
  let x = (Math.imul(seed, 2_654_435_761) ^ Math.imul(salt + 1, 2_246_822_519)) >>> 0;
  x ^= x >>> 15;
  x = Math.imul(x, 2_246_822_519) >>> 0;
  x ^= x >>> 13;
  return (x >>> 0) % size;
}

export function dishCode(unit: number, which: 0 | 1): string {
  return lotUri(product.dish, `D${unit}-${which}`);
}

/** The 25 events of unit number `unit`, in the order of their times. */
export function unitEvents(unit: number): Json[] {
  const at = start + unit * unitMs;
  const farm = site(1_000 + pick(unit, 1, farms));
  const slaughterhouse = site(10_000 + pick(unit, 2, slaughterhouses));
  const pig = lotUri(product.pig, `P${unit}`);
  const neighbour = lotUri(product.pig, `P${Math.max(0, unit - 1)}`);
  const carcass = lotUri(product.carcass, `C${unit}`);
  const events = [
    object(at, 'ADD', 'commissioning', farm, [[pig, 220]]),
    ...moved(at + 60 * minute, farm, slaughterhouse, pig, 110),
    ...moved(at + 61 * minute, farm, site(10_000 + pick(unit + 1, 2, slaughterhouses)), pig, 110),
    transformation(
      at + 240 * minute,
      slaughterhouse,
      [[pig, 110], ...(unit === 0 ? [] : [[neighbour, 110] as const])],
      [[carcass, 160]],
    ),
    transformation(
      at + 300 * minute,
      slaughterhouse,
      [[carcass, 160]],
      cuts.map((cut) => [lotUri(cut, `K${unit}`), 50] as const),
    ),
  ];
  for (const [index, cut] of cuts.entries())
    events.push(...distributed(at + (360 + index) * minute, unit, index, slaughterhouse, lotUri(cut, `K${unit}`)));
  for (const which of [0, 1] as const) events.push(cooked(at + 1_500 * minute, unit, which));
  return events;
}

/** To a wholesaler and on to kitchens: 6 events for the first two cuts, 2 for the last, which stays unsold. */
function distributed(at: number, unit: number, index: number, from: string, code: string): Json[] {
  const wholesaler = site(20_000 + pick(unit, 3 + index, wholesalers));
  const events = moved(at, from, wholesaler, code, 50);
  if (index === 2) return [...events, ...moved(at + 300 * minute, wholesaler, kitchen(unit, 0), code, 10)];
  return [
    ...events,
    ...[0, 1].flatMap((which) => moved(at + (300 + which) * minute, wholesaler, kitchen(unit, which), code, 20)),
  ];
}

function kitchen(unit: number, which: number): string {
  return site(100_000 + pick(unit, 10 + which, kitchens));
}

/** A dish of this unit's belly and shoulder, and a sale of it. */
function cooked(at: number, unit: number, which: 0 | 1): Json {
  const inputs = [product.belly, product.shoulder].map((cut) => [lotUri(cut, `K${unit}`), 5] as const);
  return transformation(at + which * minute, kitchen(unit, which), inputs, [[dishCode(unit, which), 9]]);
}

type Amounts = readonly (readonly [code: string, kilograms: number])[];

function moved(at: number, from: string, to: string, code: string, kilograms: number): Json[] {
  const sides = {
    sourceList: [{ type: 'location', source: from }],
    destinationList: [{ type: 'location', destination: to }],
  };
  return [
    { ...object(at, 'OBSERVE', 'shipping', from, [[code, kilograms]]), ...sides },
    { ...object(at + 45 * minute, 'OBSERVE', 'receiving', to, [[code, kilograms]]), ...sides },
  ];
}

function object(at: number, action: string, bizStep: string, where: string, amounts: Amounts): Json {
  return {
    type: 'ObjectEvent',
    ...timed(at),
    action,
    bizStep,
    readPoint: { id: where },
    bizLocation: { id: where },
    quantityList: quantities(amounts),
  };
}

function transformation(at: number, where: string, inputs: Amounts, outputs: Amounts): Json {
  return {
    type: 'TransformationEvent',
    ...timed(at),
    bizStep: 'commissioning',
    bizLocation: { id: where },
    inputQuantityList: quantities(inputs),
    outputQuantityList: quantities(outputs),
  };
}

function timed(at: number): Json {
  return { eventTime: new Date(at).toISOString(), eventTimeZoneOffset: '+08:00' };
}

function quantities(amounts: Amounts): Json[] {
  return amounts.map(([epcClass, quantity]) => ({ epcClass, quantity, uom: 'KGM' }));
}

/**
 * A recall of about `holdings` holdings: one lot goes into `fan` products, each of which is shipped to many kitchens.
 * Returns the code to recall.
 */
export function* wideRecall(name: string, holdings: number): Generator<Json, string> {
  const fan = Math.max(1, Math.round(Math.sqrt(holdings / 2)));
  const perProduct = Math.max(1, Math.round(holdings / fan) - 1);
  const source = lotUri(product.carcass, name);
  const at = start + 90 * 86_400_000;
  const plant = site(30_000);
  yield object(at, 'ADD', 'commissioning', plant, [[source, fan * 100]]);
  for (let index = 0; index < fan; index++) {
    const code = lotUri(product.mince, `${name}-${index}`);
    yield transformation(at + minute, plant, [[source, 100]], [[code, 100]]);
    for (let shop = 0; shop < perProduct; shop++) {
      const sides = {
        sourceList: [{ type: 'location', source: plant }],
        destinationList: [{ type: 'location', destination: site(200_000 + shop) }],
      };
      yield { ...object(at + 2 * minute + shop, 'OBSERVE', 'shipping', plant, [[code, 50 / perProduct]]), ...sides };
    }
  }
  return source;
}
