// Writes the sample story down as EPCIS 2.0 JSON-LD events, one function for each thing that happens to goods.
import { createHash } from 'node:crypto';
import { type PlaceName, places } from './places.ts';
import { type ProductName, products } from './products.ts';

export type Lot = { readonly product: ProductName; readonly batch: string };
export type Amount = { readonly lot: Lot; readonly quantity: number };
export type EpcisEvent = Readonly<Record<string, unknown>>;

export type Certificate = {
  readonly kind: 'quarantine' | 'quality' | 'customs';
  readonly number: string;
  readonly issuer: string;
};
export type Reading = { readonly at: number; readonly celsius: number };

export function lotCode({ product, batch }: Lot): string {
  return `https://id.gs1.org/01/${products[product].gtin}/10/${encodeURIComponent(batch)}`;
}

/** A lot comes into being: coded at its first station. */
export function commission(
  at: number,
  place: PlaceName,
  amounts: readonly Amount[],
  origin: string,
  certificates: readonly Certificate[] = [],
): EpcisEvent {
  const [first] = amounts;
  return event(at, 'ObjectEvent', place, {
    action: 'ADD',
    bizStep: 'commissioning',
    disposition: 'active',
    quantityList: amounts.map(quantityOf),
    ilmd: first === undefined ? {} : masterData(at, first.lot, origin, certificates),
  });
}

/** Goods leave for another place. */
export function ship(at: number, from: PlaceName, to: PlaceName, amounts: readonly Amount[]): EpcisEvent {
  return event(at, 'ObjectEvent', from, {
    action: 'OBSERVE',
    bizStep: 'shipping',
    disposition: 'in_transit',
    quantityList: amounts.map(quantityOf),
    ...between(from, to),
  });
}

/** Goods arrive; with readings of the truck's or the store's thermometer when there are any. */
export function receive(
  at: number,
  from: PlaceName,
  to: PlaceName,
  amounts: readonly Amount[],
  readings: readonly Reading[] = [],
): EpcisEvent {
  return event(at, 'ObjectEvent', to, {
    action: 'OBSERVE',
    bizStep: 'receiving',
    disposition: 'in_progress',
    quantityList: amounts.map(quantityOf),
    ...between(from, to),
    ...(readings.length === 0 ? {} : { sensorElementList: [sensorElement(readings)] }),
  });
}

/** Goods become other goods. */
export function transform(
  at: number,
  place: PlaceName,
  inputs: readonly Amount[],
  outputs: readonly Amount[],
  certificates: readonly Certificate[] = [],
): EpcisEvent {
  const [first] = outputs;
  return event(at, 'TransformationEvent', place, {
    bizStep: 'commissioning',
    disposition: 'active',
    inputQuantityList: inputs.map(quantityOf),
    outputQuantityList: outputs.map(quantityOf),
    ilmd: first === undefined ? {} : masterData(at, first.lot, places[place].name, certificates),
  });
}

/** Goods are served or sold to the one who eats them. */
export function serve(at: number, place: PlaceName, amounts: readonly Amount[]): EpcisEvent {
  return event(at, 'ObjectEvent', place, {
    action: 'DELETE',
    bizStep: 'retail_selling',
    disposition: 'retail_sold',
    quantityList: amounts.map(quantityOf),
  });
}

/** The document a partner would post. */
export function epcisDocument(createdAt: number, events: readonly EpcisEvent[]): Record<string, unknown> {
  return {
    '@context': [
      'https://ref.gs1.org/standards/epcis/epcis-context.jsonld',
      { cbvmda: 'urn:epcglobal:cbv:mda:', bk: 'https://bright-kitchen.example/epcis/' },
    ],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: beijing(createdAt),
    epcisBody: { eventList: events },
  };
}

function event(at: number, type: string, place: PlaceName, fields: EpcisEvent): EpcisEvent {
  const location = `https://id.gs1.org/414/${places[place].gln}`;
  const body = {
    type,
    eventTime: beijing(at),
    eventTimeZoneOffset: '+08:00',
    ...fields,
    readPoint: { id: location },
    bizLocation: { id: location },
  };
  return { ...body, eventID: `urn:uuid:${uuidOf(JSON.stringify(body))}` };
}

function quantityOf({ lot, quantity }: Amount) {
  const { uom } = products[lot.product];
  // H87 is "piece": pieces carry no unit in EPCIS.
  return { epcClass: lotCode(lot), quantity, ...(uom === 'KGM' ? { uom } : {}) };
}

function between(from: PlaceName, to: PlaceName) {
  const id = (place: PlaceName) => `https://id.gs1.org/414/${places[place].gln}`;
  return {
    sourceList: [{ type: 'location', source: id(from) }],
    destinationList: [{ type: 'location', destination: id(to) }],
  };
}

function masterData(at: number, lot: Lot, origin: string, certificates: readonly Certificate[]) {
  const { shelfLifeDays } = products[lot.product];
  return {
    'cbvmda:lotNumber': lot.batch,
    'cbvmda:itemExpirationDate': beijing(at + shelfLifeDays * 86_400_000).slice(0, 10),
    'cbvmda:countryOfOrigin': origin,
    ...(certificates.length === 0
      ? {}
      : {
          'bk:certificate': certificates.map(({ kind, number, issuer }) => ({
            'bk:kind': kind,
            'bk:number': number,
            'bk:issuer': issuer,
          })),
        }),
  };
}

function sensorElement(readings: readonly Reading[]) {
  return {
    sensorMetadata: { deviceID: 'https://id.gs1.org/8004/6912345TRUCK07' },
    sensorReport: readings.map(({ at, celsius }) => ({
      type: 'Temperature',
      value: celsius,
      uom: 'CEL',
      time: beijing(at),
    })),
  };
}

/** An ISO time in the zone the district lives in. */
function beijing(at: number): string {
  return `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

/** The same event always has the same id, so that capturing the samples twice is a no-op. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
