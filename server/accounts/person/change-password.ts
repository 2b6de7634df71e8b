// Sets another password: by the person who knows the present one, or by a link that an administrator made once.
import { eq } from 'drizzle-orm';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { passwordFaults } from '../account.ts';
import { type AccountRow, accountById } from '../account-store.ts';
import { removeFactors } from '../factor/remove-factor.ts';
import { hashPassword } from '../password.ts';
import { type Device, endSessions } from '../session/open-session.ts';
import { accounts } from '../tables.ts';
import { noteAccountEvent } from './account-event-store.ts';
import { endLinks, makeLink, openLink, spendLink } from './one-time-link.ts';

/** Ends every other session than `keep`. The caller has checked the present password. */
export async function changePassword(
  db: Db,
  account: AccountRow,
  next: string,
  { keep, device, at }: { readonly keep: string | undefined; readonly device: Device; readonly at: number },
): Promise<void> {
  const faults = passwordFaults(next, account.login);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const passwordHash = await hashPassword(next);
  writeTransaction(db, () => {
    db.orm.update(accounts).set({ passwordHash }).where(eq(accounts.id, account.id)).run();
    endSessions(db, account.id, keep);
    endLinks(db, account.id, at);
    noteAccountEvent(db, { accountId: account.id, at, kind: 'password_changed', device });
    appendEntry(db, { kind: 'account', subject: `account/${account.id}`, body: { password: 'changed' }, at });
  });
}

/** `factors`: `removed` for somebody whose phone is gone, who then enrols anew. */
export type Reset = { readonly factors: 'kept' | 'removed' };

/** The key of a link, for `/resets/{key}`: whoever has it sets the password of this account. `by` null: the command line. */
export function makeReset(db: Db, accountId: number, reset: Reset, by: number | null, at: number): string {
  return writeTransaction(db, () => {
    const account = accountById(db, accountId);
    if (account === undefined || account.disabledAt !== null || account.passwordHash === null)
      throw new Problem('not_found');
    noteAccountEvent(db, { accountId, at, kind: 'reset_link', ...(by === null ? {} : { by }) });
    const body = { reset: 'offered', factors: reset.factors, by: by === null ? 'cli' : `account/${by}` };
    appendEntry(db, { kind: 'account', subject: `account/${accountId}`, body, at });
    return makeLink(db, { kind: 'reset', accountId, offer: reset, by, at });
  });
}

/** Whose password an open link sets; undefined for one that is used, over or unknown. */
export function accountOfReset(db: Db, key: string, now: number): AccountRow | undefined {
  const link = openLink(db, 'reset', key, now);
  const account = link?.accountId == null ? undefined : accountById(db, link.accountId);
  return account?.disabledAt === null ? account : undefined;
}

/** Sets the password, ends the link and every session. Throws Problem `invalid_input` with faults, `not_found` without a link. */
export async function useReset(db: Db, key: string, next: string, at: number): Promise<void> {
  const account = accountOfReset(db, key, at);
  if (account === undefined) throw new Problem('not_found');
  const faults = passwordFaults(next, account.login);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const passwordHash = await hashPassword(next);
  writeTransaction(db, () => {
    const link = openLink(db, 'reset', key, at);
    if (link === undefined || !spendLink(db, link, account.id, at)) throw new Problem('not_found');
    db.orm.update(accounts).set({ passwordHash }).where(eq(accounts.id, account.id)).run();
    endSessions(db, account.id);
    const { factors } = JSON.parse(link.offer) as Reset;
    if (factors === 'removed') removeFactors(db, account.id);
    noteAccountEvent(db, { accountId: account.id, at, kind: 'password_reset' });
    const body = { password: 'reset', factors };
    appendEntry(db, { kind: 'account', subject: `account/${account.id}`, body, at });
  });
}
