// Notes an invoice or a payment of an order, or takes one back that was noted wrongly, and holds it against the goods.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { keepMismatches } from './keep-mismatches.ts';
import type { MoneyInput } from './purchase.ts';
import { moneyOf, ownOrder } from './purchase-store.ts';

type MoneyDeps = Pick<Deps, 'db' | 'clock'>;

/** Throws Problem `not_found` for another's order, `duplicate` for a number that is noted already. */
export function recordMoney({ db, clock }: MoneyDeps, caller: Caller, id: number, money: MoneyInput): void {
  writeTransaction(db, () => {
    ownOrder(db, caller, id);
    const { kind, reference, amount } = money;
    if (moneyOf(db, id).some((row) => row.kind === kind && row.reference === reference))
      throw new Problem('duplicate', { detail: 'This number is noted already.' });
    const at = clock();
    const { lastInsertRowid } = db.sqlite
      .prepare(
        'INSERT INTO purchase_money (order_id, kind, reference, amount_fen, account_id, at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(id, kind, reference, amount, caller.id, at);
    note(db, id, { step: 'money', row: Number(lastInsertRowid), kind, reference, fen: amount, by: caller.id }, at);
  });
}

/** Throws Problem `not_found` for another's, or for one that was taken back. */
export function takeBackMoney({ db, clock }: MoneyDeps, caller: Caller, id: number, moneyId: number): void {
  writeTransaction(db, () => {
    ownOrder(db, caller, id);
    if (!moneyOf(db, id).some((row) => row.id === moneyId)) throw new Problem('not_found');
    const at = clock();
    db.sqlite.prepare('UPDATE purchase_money SET taken_back_at = ? WHERE id = ?').run(at, moneyId);
    note(db, id, { step: 'money-taken-back', row: moneyId, by: caller.id }, at);
  });
}

function note(db: Db, id: number, body: Readonly<Record<string, unknown>>, at: number): void {
  appendEntry(db, { kind: 'purchase-order', subject: `purchase-order/${id}`, body, at });
  keepMismatches(db, id, at);
}
