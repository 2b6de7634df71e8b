// Takes a person's access away at once; what they did stays on record.
import { and, eq, isNull } from 'drizzle-orm';
import { Problem } from '../http/problem.ts';
import { appendEntry } from '../ledger/append.ts';
import type { Db } from '../store/db.ts';
import { writeTransaction } from '../store/db.ts';
import type { Caller } from './caller.ts';
import { accounts, sessions } from './tables.ts';

/** Refuses to disable the caller: nobody should lock themselves out by a slip. */
export function disableAccount(db: Db, accountId: number, by: Caller, at: number): void {
  if (accountId === by.id)
    throw new Problem('conflict', { detail: 'An administrator cannot disable the account in use.' });
  writeTransaction(db, () => {
    const changed = db.orm
      .update(accounts)
      .set({ disabledAt: at })
      .where(and(eq(accounts.id, accountId), isNull(accounts.disabledAt)))
      .run();
    if (changed.changes === 0) throw new Problem('not_found');
    db.orm.delete(sessions).where(eq(sessions.accountId, accountId)).run();
    appendEntry(db, { kind: 'account', subject: `account/${accountId}`, body: { disabled: true, by: by.name }, at });
  });
}
