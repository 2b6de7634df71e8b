// The books of one lot's recall as a test reads them: rows by lot and place instead of ids.
import { lotByCode } from '../../server/trace/lot/lot-store.ts';
import { recallScopeOf } from '../../server/trace/scope/recall-scope-store.ts';
import type { ChainHouse } from './cast.ts';

/** Throws when the lot is not known. */
export function lotIdOf({ db }: Pick<ChainHouse, 'db'>, code: string): number {
  const lot = lotByCode(db, code);
  if (lot === undefined) throw new Error(`Nobody has told of ${code}.`);
  return lot.id;
}

/** Every holding that a recall of `code` reaches, with the lot's code and the place's id. */
export function scopeOf(house: Pick<ChainHouse, 'db'>, code: string) {
  const { db } = house;
  const lotCode = db.sqlite.prepare('SELECT code FROM lot WHERE id = ?').pluck();
  const siteId = db.sqlite.prepare('SELECT id FROM site WHERE key = ?').pluck();
  return recallScopeOf(db, lotIdOf(house, code)).rows.map((row) => ({
    ...row,
    lot: lotCode.get(row.lotId) as string,
    site: siteId.get(row.siteKey) as string,
  }));
}

/** The one holding of `lot` at `site` in the recall of `code`; undefined where it is not reached. */
export function reachedIn(house: Pick<ChainHouse, 'db'>, code: string, lot: string, site: string) {
  return scopeOf(house, code).find((row) => row.lot === lot && row.site === site);
}
