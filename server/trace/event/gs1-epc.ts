// The identifiers and places of an event, each given its kind and its one canonical name.

import { asGln, asGtin, asSscc } from '../code/gs1.ts';
import { canonicalUri, type Gs1Key, gs1Key } from '../code/gs1-key.ts';
import { looseLotUrn } from '../code/loose-lot-urn.ts';
import { fitsGs1Lot, lotCodeFromGtinAndBatch } from '../code/lot-code-kinds.ts';
import { fitsOwnLot, ownLotKey, readOwnLotKey, readOwnSite, tidy } from '../code/lot-code-own.ts';
import { elementsOfLink } from '../code/scan-link.ts';
import type { Epc, EpcKind, Place } from './event.ts';

/** Every text gives an Epc: what is no known key keeps its own URI as its name. */
export function epcOf(given: string): Epc {
  const found = gs1Key(given);
  if (found !== undefined) return epcOfKey(given, found);
  const own = readOwnLotKey(given);
  if (own !== undefined) return epc('lot', given, ownLotKey(own), { lot: tidy(own.batch) });
  return lotOutsideGs1(given) ?? epc('other', given, given, {});
}

/** Why an identifier cannot be traced under any name, for its sender; undefined where it can. */
export function untraceable(given: string): string | undefined {
  if (!/^https?:\/\/.*\/(?:01|gtin)\/\d{8,14}(?:\/[^/]+\/[^/]+)*?\/(?:10|lot)\//.test(given)) return undefined;
  const batch = batchOf(given);
  if (batch === undefined) return 'its batch is not percent-encoded UTF-8';
  if (/\p{Cc}/u.test(batch)) return 'its batch holds control characters';
  return tidy(batch) === '' || tidy(batch).length > 128 ? 'its batch is not 1 to 128 characters long' : undefined;
}

/** What its sender calls a batch that is kept in a plainer spelling: without full-width letters and marks that nobody sees. */
export function batchAsGiven({ given, lot }: Epc): string | undefined {
  const batch = gs1Key(given)?.qualifier?.value ?? looseLotUrn(given)?.batch ?? batchOf(given) ?? '';
  return lot === undefined || batch === '' || batch === lot ? undefined : batch;
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
  if (qualifier.ai === '10' && fitsGs1Lot(qualifier.value))
    return epc('lot', given, uri, { gtin, lot: qualifier.value });
  if (qualifier.ai === '10') return ownOf(given, key.value, qualifier.value) ?? epc('other', given, given, {});
  return epc('instance', given, uri, { gtin, serial: qualifier.value });
}

/** A batch that GS1 has no characters or no room for: its lot has a code of our own, with the GTIN as its origin. */
function lotOutsideGs1(given: string): Epc | undefined {
  const urn = looseLotUrn(given);
  if (urn !== undefined) return ownOf(given, urn.gtin, urn.batch);
  if (!given.startsWith('http') || untraceable(given) !== undefined) return undefined;
  const elements = elementsOfLink(given) ?? [];
  const value = (ai: string) => elements.find((element) => element.ai === ai)?.value;
  const [trade, lot] = [value('01'), value('10')];
  return trade === undefined || lot === undefined ? undefined : ownOf(given, trade, lot);
}

function ownOf(given: string, trade: string, batch: string): Epc | undefined {
  const own = { ownKind: 'batch', origin: trade.slice(0, 14), batch: tidy(batch) } as const;
  if (!fitsOwnLot(own)) return undefined;
  const gtin = asGtin(own.origin);
  if (gtin !== undefined && fitsGs1Lot(own.batch))
    return epc('lot', given, lotCodeFromGtinAndBatch(gtin, own.batch), { gtin, lot: own.batch });
  return epc('lot', given, ownLotKey(own), { gtin, lot: own.batch });
}

function batchOf(given: string): string | undefined {
  const found = /\/(?:10|lot)\/([^/?#]*)/.exec(given)?.[1] ?? '';
  try {
    return decodeURIComponent(found);
  } catch {
    return undefined;
  }
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
