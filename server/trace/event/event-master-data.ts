// What an event says about the lot itself: expiry, best before, origin, as text, whatever prefix its sender uses
// (CBV 2.0 §9: the attributes of instance/lot master data, and the same of GS1's Web Vocabulary).

import type { EpcisEvent, JsonValue } from './event.ts';
import { readLabelDay } from './label-day.ts';

/** One attribute: the key it stands under, and its value as text. */
export type MasterDataValue = { readonly key: string; readonly text: string };

export type LotMasterData = {
  readonly lotNumber: MasterDataValue | undefined;
  /** The day until which it may be used; where that is not said, until which it is best, or may be sold. */
  readonly expiry: MasterDataValue | undefined;
  readonly production: MasterDataValue | undefined;
  readonly countryOfOrigin: MasterDataValue | undefined;
};

/** Whether a text is a date depends on no century. */
const anyCentury = 0;

type WithMasterData = Pick<EpcisEvent, 'ilmd' | 'context'>;

/** Names in the order of their weight: the first that is there counts, of dates the first that can be read. */
const names = {
  lotNumber: ['lotNumber', 'hasBatchLotNumber', 'batchLotNumber'],
  expiry: [
    ...['itemExpirationDate', 'expirationDate', 'expirationDateTime'],
    ...['bestBeforeDate', 'bestBeforeDateTime', 'sellByDate', 'sellByDateTime'],
  ],
  production: ['productionDate', 'productionDateTime'],
  countryOfOrigin: ['countryOfOrigin'],
} as const;

/** Dates whose spelling is looked at, whether they are kept or not. */
export const datedNames: readonly string[] = [
  ...names.expiry,
  ...names.production,
  ...['packagingDate', 'packagingDateTime', 'harvestDate', 'harvestStartDate', 'harvestEndDate', 'firstFreezeDate'],
];

export function lotMasterData(event: WithMasterData): LotMasterData {
  const values = masterData(event);
  const first = (wanted: readonly string[]) => wanted.map((name) => values.get(name)).find((one) => one !== undefined);
  const firstDay = (wanted: readonly string[]) =>
    wanted
      .map((name) => values.get(name))
      .find((one) => one !== undefined && readLabelDay(one.text, anyCentury) !== undefined);
  return {
    lotNumber: first(names.lotNumber),
    expiry: firstDay(names.expiry) ?? first(names.expiry),
    production: firstDay(names.production) ?? first(names.production),
    countryOfOrigin: first(names.countryOfOrigin),
  };
}

/** The attributes of the standard by their names, those with a plain value. */
export function masterData({ ilmd, context }: WithMasterData): ReadonlyMap<string, MasterDataValue> {
  const found = new Map<string, MasterDataValue>();
  for (const [key, value] of Object.entries(ilmd ?? {})) {
    const name = standardName(key, context.namespaces);
    const text = plainText(value);
    if (name !== undefined && text !== undefined && !found.has(name)) found.set(name, { key, text });
  }
  return found;
}

/** Whether a key of master data is one of the standard's vocabularies. */
export function isStandardKey(key: string, context: EpcisEvent['context']): boolean {
  return standardName(key, context.namespaces) !== undefined;
}

const vocabularies =
  /^(urn:epcglobal:cbv:mda\b|https?:\/\/(www\.)?gs1\.org\/voc\/|https?:\/\/ref\.gs1\.org\/(voc|cbv)\/)/;

/** `cbvmda:lotNumber`, `urn:epcglobal:cbv:mda:lotNumber`, `https://gs1.org/voc/expirationDate` → the name; undefined for a sender's own. */
function standardName(key: string, namespaces: Readonly<Record<string, string>>): string | undefined {
  const colon = key.indexOf(':');
  if (colon < 0) return undefined;
  const prefix = key.slice(0, colon);
  const namespace = Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : undefined;
  if (namespace !== undefined) return vocabularies.test(namespace) ? key.slice(colon + 1) : undefined;
  return vocabularies.test(key)
    ? key.slice(Math.max(key.lastIndexOf(':'), key.lastIndexOf('/'), key.lastIndexOf('#')) + 1)
    : undefined;
}

/** A text, a number, `{"@value": …}` of JSON-LD, `{"#text": …}` of XML, or the first of several. */
function plainText(value: JsonValue): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value[0] === undefined ? undefined : plainText(value[0]);
  if (typeof value !== 'object' || value === null) return undefined;
  const text = value['#text'] ?? value['@value'] ?? value['@id'];
  return typeof text === 'string' || typeof text === 'number' ? String(text).trim() : undefined;
}
