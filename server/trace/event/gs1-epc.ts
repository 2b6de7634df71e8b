// The identifiers and places of an event, each given its kind and its one canonical name.

import { asGln, asGtin, asSscc } from '../code/gs1.ts';
import { canonicalUri, type Gs1Key, gs1Key } from '../code/gs1-key.ts';
import { readOwnLotKey, readOwnSite } from '../code/lot-code-own.ts';
import type { Epc, EpcKind, Place } from './event.ts';

/** Every text gives an Epc: what is no known key keeps its own URI as its name. */
export function epcOf(given: string): Epc {
  const found = gs1Key(given);
  if (found !== undefined) return epcOfKey(given, found);
  const own = readOwnLotKey(given);
  if (own !== undefined) return epc('lot', given, given, { lot: own.batch });
  return epc('other', given, given, {});
}

export function placeOf(given: string): Place {
  const found = gs1Key(given);
  if (found === undefined) return { given, uri: given, siteId: readOwnSite(given) ?? given, gln: undefined };
  const uri = canonicalUri(given) ?? given;
  const gln = found.key.ai === '414' || found.key.ai === '417' ? asGln(found.key.value) : undefined;
  return { given, uri, siteId: gln ?? uri, gln };
}

function epcOfKey(given: string, found: Gs1Key): Epc {
  const { key, qualifier } = found;
  const uri = canonicalUri(given) ?? given;
  if (key.ai === '00') return epc('container', given, uri, { sscc: asSscc(key.value) });
  if (key.ai === '414' || key.ai === '417') return epc(key.ai === '414' ? 'site' : 'party', given, uri, {});
  if (key.ai !== '01' && key.ai !== '8006') {
    return epc(namesInstance(key.ai, key.value, qualifier !== undefined) ? 'instance' : 'product', given, uri, {});
  }
  const gtin = asGtin(key.value.slice(0, 14));
  if (qualifier === undefined) return epc('product', given, uri, { gtin });
  if (qualifier.ai === '10') return epc('lot', given, uri, { gtin, lot: qualifier.value });
  return epc('instance', given, uri, { gtin, serial: qualifier.value });
}

/** Assets, documents and coupons are classes until a serial number follows; the other keys always name one thing. */
function namesInstance(ai: string, value: string, isQualified: boolean): boolean {
  if (ai === '8010') return isQualified;
  if (ai === '8003') return value.length > 14;
  if (ai === '253' || ai === '255') return value.length > 13;
  return true;
}

type Parts = { gtin?: Epc['gtin']; lot?: string; serial?: string; sscc?: Epc['sscc'] };

function epc(kind: EpcKind, given: string, uri: string, { gtin, lot, serial, sscc }: Parts): Epc {
  return { kind, given, uri, gtin, lot, serial, sscc };
}
