// The codes this field keeps without a GTIN, in a namespace of our own, origin and batch apart as entered.

import { withoutInvisible } from './scan-text.ts';

/**
 * - `quarantine`: 动物检疫合格证明, `quality`: 肉品品质检验合格证 (together 两证)
 * - `province`: the trace code of a province's or city's own system
 * - `batch`: whatever the producer calls the batch
 */
export const ownLotKinds = ['quarantine', 'quality', 'province', 'batch'] as const;
export type OwnLotKind = (typeof ownLotKinds)[number];

export type OwnLot = { readonly ownKind: OwnLotKind; readonly origin: string; readonly batch: string };

const namespace = 'urn:brightkitchen:lot:';
const siteNamespace = 'urn:brightkitchen:site:';
const longestPart = 128;

/**
 * `urn:brightkitchen:lot:{kind}:{origin}:{batch}`. A certificate number is unique only within who issued it and a batch
 * only within who made it, so the origin is part of the name; it may be empty where nobody wrote it down. Both parts are
 * percent-encoded, the colon too, so that three colons always part four fields. No length or pattern is assumed: provinces
 * use from 8 digits to 60 mixed characters. Throws a RangeError outside 1 to 128 characters: callers check with
 * `fitsOwnLot`.
 */
export function ownLotKey(lot: OwnLot): string {
  if (!fitsOwnLot(lot)) throw new RangeError('an own lot needs a batch of 1 to 128 characters');
  return `${namespace}${lot.ownKind}:${encodePart(tidy(lot.origin))}:${encodePart(tidy(lot.batch))}`;
}

export function fitsOwnLot(lot: OwnLot): boolean {
  const batch = tidy(lot.batch);
  return batch !== '' && batch.length <= longestPart && tidy(lot.origin).length <= longestPart;
}

/** The parts of an own lot's key, or undefined for every other text. */
export function readOwnLotKey(text: string): OwnLot | undefined {
  if (!text.startsWith(namespace)) return undefined;
  const [kind, origin, batch, ...more] = text.slice(namespace.length).split(':');
  const ownKind = ownLotKinds.find((known) => known === kind);
  if (ownKind === undefined || origin === undefined || batch === undefined || more.length > 0) return undefined;
  const lot = { ownKind, origin: decodePart(origin), batch: decodePart(batch) };
  return lot.origin === undefined || lot.batch === undefined
    ? undefined
    : fitsOwnLot(lot as OwnLot)
      ? (lot as OwnLot)
      : undefined;
}

/** `local:{slug}` of a place that has no GLN, from `urn:brightkitchen:site:{slug}`. */
export function readOwnSite(text: string): string | undefined {
  const slug = text.startsWith(siteNamespace) ? text.slice(siteNamespace.length) : '';
  return /^[\w.-]{1,64}$/.test(slug) ? `local:${slug}` : undefined;
}

/** The URI of a site id: our own for `local:{slug}`, a Digital Link for a GLN. */
export function siteUri(siteId: string): string {
  return siteId.startsWith('local:') ? siteNamespace + siteId.slice(6) : `https://id.gs1.org/414/${siteId}`;
}

/**
 * One spelling of what was entered: full-width letters and digits as half-width, runs of white space as one space, marks
 * that nobody sees left out. Case stays: two producers' `a1` and `A1` may be two batches.
 */
export function tidy(text: string): string {
  return withoutInvisible(text.normalize('NFKC')).replace(/\s+/g, ' ').trim();
}

function encodePart(text: string): string {
  // A lone surrogate cannot be encoded; it never came from a keyboard.
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decodePart(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
