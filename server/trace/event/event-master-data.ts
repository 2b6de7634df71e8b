// What an event says about the lot itself: expiry, best before, origin, as text, whatever prefix its sender uses
// (CBV 2.0 §9: the attributes of instance/lot master data).

import type { EpcisEvent, JsonValue } from './event.ts';

export type LotMasterData = {
  readonly lotNumber: string | undefined;
  /** ISO days as given: 2026-11-26. */
  readonly itemExpirationDate: string | undefined;
  readonly bestBeforeDate: string | undefined;
  readonly productionDate: string | undefined;
  readonly countryOfOrigin: string | undefined;
};

export function lotMasterData(event: Pick<EpcisEvent, 'ilmd' | 'context'>): LotMasterData {
  return {
    lotNumber: masterDataText(event, 'lotNumber'),
    itemExpirationDate: masterDataText(event, 'itemExpirationDate'),
    bestBeforeDate: masterDataText(event, 'bestBeforeDate'),
    productionDate: masterDataText(event, 'productionDate'),
    countryOfOrigin: masterDataText(event, 'countryOfOrigin'),
  };
}

/** One attribute of the ILMD by its standard name; undefined where it is absent or no plain value. */
function masterDataText(event: Pick<EpcisEvent, 'ilmd' | 'context'>, name: string): string | undefined {
  for (const [key, value] of Object.entries(event.ilmd ?? {})) {
    const colon = key.indexOf(':');
    if (colon < 0 || key.slice(colon + 1) !== name) continue;
    const prefix = key.slice(0, colon);
    const namespace = Object.hasOwn(event.context.namespaces, prefix) ? event.context.namespaces[prefix] : undefined;
    if (namespace?.startsWith('urn:epcglobal:cbv:mda') === true) return plainText(value);
  }
  return undefined;
}

function plainText(value: JsonValue): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const text = value['#text'];
  return typeof text === 'string' ? text.trim() : undefined;
}
