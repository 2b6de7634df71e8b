// A product's number with its batch as people write them beside each other: named, `GTIN: … LOT: …`, or only with a mark between.
import { asGtin } from './gs1.ts';

export type GtinAndLot = { readonly gtin: string; readonly lot: string; readonly how: 'named' | 'bare' };

const product = '(?:gtin(?:-?1[34])?|ean|upc|商品条码|商品码|条形码|条码|国条|69码)';
const batch = '(?:lot|batch|生产批号|批号|批次号|批次)(?:\\s*(?:no|nr|number|code|号)\\b\\.?)?';
const mark = '\\s*[:#=.]?\\s*';
const between = '[\\s,，;；、/|]+';
const number = '(\\d{8}|\\d{12,14})';
const lot = '([!-~]{1,20})';

const productFirst = new RegExp(`^${product}${mark}${number}${between}${batch}${mark}${lot}$`, 'iu');
const lotFirst = new RegExp(`^${batch}${mark}${lot}${between}${product}${mark}${number}$`, 'iu');
const bare = new RegExp(`^${number}(?:\\s+|\\s*[/,，;；、|_+]\\s*|\\s*-+\\s*)${lot}$`, 'u');

/** Undefined where the number is no product's: its check digit tells. `text` in half width. */
export function gtinAndLot(text: string): GtinAndLot | undefined {
  // Some labels hold the two as a record: {"gtin":"…","lot":"…"}.
  const plain = /^\{.*\}$/su.test(text) ? text.replace(/[{}"']/gu, '').trim() : text;
  const first = productFirst.exec(plain);
  const last = lotFirst.exec(plain);
  const [gtin, found] = first !== null ? [first[1], first[2]] : last !== null ? [last[2], last[1]] : [];
  if (gtin !== undefined && found !== undefined) return sound(gtin, found, 'named');
  const [, alone, beside] = bare.exec(text) ?? [];
  return alone === undefined || beside === undefined ? undefined : sound(alone, beside, 'bare');
}

function sound(digits: string, found: string, how: GtinAndLot['how']): GtinAndLot | undefined {
  const gtin = asGtin(digits);
  return gtin === undefined ? undefined : { gtin, lot: found, how };
}
