// The place that a typed or scanned code names, where it names no lot.
import type { Db } from '../../store/db.ts';
import { asGln, type Gln } from '../code/gs1.ts';
import { placeOfCode } from './place-code.ts';

/** The place a code names; 13 digits alone are one where a place has them and no product does. */
export function placeAsked(db: Db, code: string): Gln | undefined {
  const named = placeOfCode(code);
  if (named !== undefined) return named;
  const bare = /^\d{13}$/.test(code.trim()) ? asGln(code.trim()) : undefined;
  if (bare === undefined || !hasName(db, bare)) return undefined;
  return db.sqlite.prepare('SELECT 1 FROM lot WHERE gtin = ? LIMIT 1').get(`0${bare}`) === undefined ? bare : undefined;
}

/** Digits as a scanner sends them that no lot has, and a place that is known does: 414 and its number. */
export function placeScanned(db: Db, code: string): Gln | undefined {
  const gln = placeOfCode(code);
  return gln === undefined || !hasName(db, gln) ? undefined : gln;
}

/** One that events merely mention is nobody's business. */
function hasName(db: Db, siteId: string): boolean {
  return db.sqlite.prepare('SELECT 1 FROM site WHERE id = ? AND name IS NOT NULL').get(siteId) !== undefined;
}
