// Lots that look like what was meant, when nothing has exactly the code that was typed.
import type { Db } from '../../store/db.ts';
import { asGtin } from '../code/gs1.ts';
import { readLotCode } from '../code/lot-code.ts';
import { tidy } from '../code/lot-code-own.ts';
import { placeOfCode } from '../place/place-code.ts';
import { type Lot, lotById } from './lot-store.ts';

const mostSuggestions = 10;

/** The lots a certificate was issued for, by its number as printed or typed, with or without its name before it. */
export function lotsOfCertificate(db: Db, typed: string): Lot[] {
  const code = readLotCode(tidy(typed).slice(0, 200));
  if (!code.ok || code.kind !== 'own') return [];
  return [...new Set(byCertificate(db, code.batch))].flatMap((id) => lotById(db, id) ?? []);
}

/** The lots that were at a place last, newest first. */
export function lotsLastAt(db: Db, siteId: string): Lot[] {
  return atPlace(db, siteId).flatMap((id) => lotById(db, id) ?? []);
}

/** By certificate, by product, by a part of batch, origin and name; nearest meaning first, each lot once. */
export function suggestLots(db: Db, typed: string): Lot[] {
  const text = tidy(typed).slice(0, 200);
  const code = readLotCode(text);
  const batch = code.ok && code.kind === 'own' ? code.batch : text;
  const origin = code.ok && code.kind === 'own' ? code.origin : '';
  const gtin = code.ok ? ('gtin' in code ? code.gtin : undefined) : (code.gtin ?? asGtin(text));
  const place = placeOfCode(typed);
  const ids = [
    ...(place === undefined ? [] : atPlace(db, place)),
    ...(code.ok && code.kind !== 'own' ? [] : byCertificate(db, batch)),
    ...(gtin === undefined ? [] : byGtin(db, gtin)),
    ...(gtin !== undefined || place !== undefined || !saysEnough(batch) ? [] : byPart(db, `${origin} ${batch}`)),
  ];
  return [...new Set(ids)].slice(0, mostSuggestions).flatMap((id) => lotById(db, id) ?? []);
}

/** One Han character is a word; one letter or digit is in every code. */
function saysEnough(part: string): boolean {
  return part.length >= 2 || /\p{Script=Han}/u.test(part);
}

/** Certificate numbers are printed in groups: spaces and dashes do not count. */
function byCertificate(db: Db, number: string): number[] {
  const plain = number.replace(/[\s-]/g, '');
  if (plain.length < 6) return [];
  return db.sqlite
    .prepare(
      `SELECT x.lot_id FROM certificate c JOIN lot_certificate x ON x.certificate_id = c.id
       WHERE c.number = @number OR replace(replace(c.number, ' ', ''), '-', '') = @plain ORDER BY x.lot_id DESC LIMIT @limit`,
    )
    .pluck()
    .all({ number, plain, limit: mostSuggestions }) as number[];
}

/** What a place handled last: its own code was scanned at the door. */
function atPlace(db: Db, siteId: string): number[] {
  return db.sqlite
    .prepare(
      `SELECT h.lot_id FROM site s JOIN holding h ON h.site_key = s.key JOIN lot l ON l.id = h.lot_id AND l.kind = 'lot'
       WHERE s.id = ? GROUP BY h.lot_id ORDER BY max(h.id) DESC LIMIT ?`,
    )
    .pluck()
    .all(siteId, mostSuggestions) as number[];
}

function byGtin(db: Db, gtin: string): number[] {
  return db.sqlite
    .prepare(`SELECT id FROM lot WHERE gtin = ? AND kind = 'lot' ORDER BY id DESC LIMIT ?`)
    .pluck()
    .all(gtin, mostSuggestions) as number[];
}

/** The newest lots alone are searched by part: a person who half remembers a code means a recent one. */
const searchedLots = 20_000;
const mostWords = 5;

/** Every word of what was typed stands somewhere in batch, origin or name: `白沙村 青菜`, `plaza 0311`. */
function byPart(db: Db, text: string): number[] {
  const words = text
    .split(/[\s,，、/|]+/)
    .filter((word) => word !== '')
    .slice(0, mostWords);
  if (words.length === 0) return [];
  const stands = words.map(
    () =>
      `(${['l.batch', 'l.origin_batch', 'l.origin', 'p.name', 'p.name_en'].map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`,
  );
  const parts = words.flatMap((word) => Array.from({ length: 5 }, () => `%${word.replace(/[\\%_]/g, '\\$&')}%`));
  return db.sqlite
    .prepare(
      `SELECT l.id FROM lot l LEFT JOIN product p ON p.id = l.product_id
       WHERE l.id > (SELECT coalesce(max(id), 0) - ${searchedLots} FROM lot) AND l.kind = 'lot' AND ${stands.join(' AND ')}
       ORDER BY l.id DESC LIMIT ${mostSuggestions}`,
    )
    .pluck()
    .all(...parts) as number[];
}
