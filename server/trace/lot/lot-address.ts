// The public address of a lot: its GS1 Digital Link path, or for our own codes a path that cannot be counted through.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { digitalLinkPath } from '../code/digital-link.ts';
import { fitsGs1Lot } from '../code/lot-code-kinds.ts';
import type { Lot } from './lot-store.ts';

type Named = Pick<Lot, 'id' | 'code' | 'gtin' | 'batch' | 'serial' | 'kind'>;

/** Whether GS1's own codes can name it; its batch may have no place in them. */
export function isGs1Lot<T extends Pick<Lot, 'gtin' | 'batch'>>(lot: T): lot is T & { gtin: string; batch: string } {
  return lot.gtin !== null && lot.batch !== null && fitsGs1Lot(lot.batch);
}

/** `/01/{gtin}/10/{lot}`, `/00/{sscc}`, or `/lot/{slug}`. `key`: the server's link key. */
export function lotPath(lot: Named, key: Buffer): string {
  if (isGs1Lot(lot))
    return digitalLinkPath([
      { ai: '01', value: lot.gtin },
      { ai: '10', value: lot.batch },
    ]);
  if (lot.kind === 'instance' && lot.gtin !== null && lot.serial !== null)
    return digitalLinkPath([
      { ai: '01', value: lot.gtin },
      { ai: '21', value: lot.serial },
    ]);
  const sscc = /^https:\/\/id\.gs1\.org\/00\/(\d{18})$/.exec(lot.code)?.[1];
  if (sscc !== undefined) return `/00/${sscc}`;
  return `/lot/${lotSlug(lot.id, key)}`;
}

/** The id and a mark only this server can make: a neighbour's slug is not to be guessed from one's own. */
export function lotSlug(lotId: number, key: Buffer): string {
  return `${lotId.toString(36)}-${markOf(lotId, key)}`;
}

/** The lot id a slug stands for, or undefined for every other text. */
export function readLotSlug(slug: string, key: Buffer): number | undefined {
  const [id = '', mark = ''] = slug.split('-');
  const lotId = /^[0-9a-z]{1,10}$/.test(id) ? Number.parseInt(id, 36) : Number.NaN;
  if (!Number.isSafeInteger(lotId)) return undefined;
  const wanted = Buffer.from(markOf(lotId, key));
  const given = Buffer.from(mark);
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? lotId : undefined;
}

const markLength = 12;

function markOf(lotId: number, key: Buffer): string {
  const digest = createHmac('sha256', key).update(`lot ${lotId}`).digest();
  // Base 36 without the dash that parts id and mark.
  return BigInt(`0x${digest.subarray(0, 10).toString('hex')}`)
    .toString(36)
    .padStart(markLength, '0')
    .slice(0, markLength);
}
