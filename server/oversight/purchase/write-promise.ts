// A grower promises that what they grew is within its limits (承诺达标合格证): kept with its lot, its own number only where there is one.
import { askedSite } from '../../accounts/asked-site.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { seesLot } from '../../trace/chain/lot-visibility-store.ts';
import { lotById } from '../../trace/lot/lot-store.ts';
import type { PromiseInput } from './purchase.ts';

/** The promise's id. Throws Problem `not_found` for a lot or a place that is not the caller's. */
export function writePromise({ db, clock }: Pick<Deps, 'db' | 'clock'>, input: PromiseInput, caller: Caller): number {
  const site = askedSite(caller, input.site, 'Say which of your places promises it.');
  const lot = lotById(db, input.lot);
  if (lot === undefined || !seesLot(db, caller, lot.id)) throw new Problem('not_found');
  const { number, grower, contact, quantity, unit, ground } = input;
  return writeTransaction(db, () => {
    const at = clock();
    const { lastInsertRowid } = db.sqlite
      .prepare(
        `INSERT INTO farm_promise (lot_id, site_id, number, grower, contact, quantity, unit, ground, account_id, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(lot.id, site, number || null, grower, contact, quantity, unit ?? null, ground, caller.id, at);
    const id = Number(lastInsertRowid);
    const body = { lot: lot.code, site, quantity, unit: unit ?? null, ground, by: caller.id };
    appendEntry(db, { kind: 'farm-promise', subject: `farm-promise/${id}`, body, at });
    return id;
  });
}
