// Changes where a person stands, takes their access away and gives it back; what they did stays on record.
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { nameFaults } from '../account.ts';
import { accountById } from '../account-store.ts';
import type { Caller } from '../caller.ts';
import { endGrants, grantPlaces, grantsTo } from '../place/grant-places.ts';
import { endSessions } from '../session/open-session.ts';
import { accountSites, accounts } from '../tables.ts';
import { noteAccountEvent } from './account-event-store.ts';
import { endLinks } from './one-time-link.ts';
import { checkedStanding, organisationNamed, type Standing } from './standing.ts';

export type PersonChange = Standing & { readonly name: string };

/** Throws Problem `invalid_input` with every fault, also for one's own role: nobody locks themselves out by a slip. */
export function changePerson(db: Db, accountId: number, change: PersonChange, by: Caller, at: number): void {
  const faults = nameFaults(change.name);
  if (accountId === by.id && change.role !== by.role)
    faults.push({ place: 'role', code: 'own_role', detail: 'Another administrator changes your role.' });
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const kept = checkedStanding(db, change);
  writeTransaction(db, () => {
    if (accountById(db, accountId) === undefined) throw new Problem('not_found');
    const said = `account/${by.id}`;
    const organisationId = organisationNamed(db, kept.organisation, said, at);
    const { role, speaks, sites, district } = kept;
    db.orm
      .update(accounts)
      .set({ name: change.name.trim(), role, speaks, organisationId, districtId: district })
      .where(eq(accounts.id, accountId))
      .run();
    db.orm.delete(accountSites).where(eq(accountSites.accountId, accountId)).run();
    for (const siteId of sites) db.orm.insert(accountSites).values({ accountId, siteId }).run();
    const held = grantsTo(db, { accountId });
    endGrants(
      db,
      { accountId },
      held.filter((place) => !kept.grants.includes(place)),
      said,
      at,
    );
    grantPlaces(db, { accountId }, kept.grants, said, at);
    noteAccountEvent(db, { accountId, at, kind: 'changed', by: by.id });
    const body = { role, speaks, sites, organisation: organisationId, district, by: said };
    appendEntry(db, { kind: 'account', subject: `account/${accountId}`, body, at });
  });
}

/** Refuses to disable the caller: nobody should lock themselves out by a slip. */
export function disableAccount(db: Db, accountId: number, by: Caller, at: number): void {
  if (accountId === by.id) {
    throw new Problem('invalid_input', {
      faults: [{ place: 'account', code: 'own_account', detail: 'Another administrator disables your account.' }],
    });
  }
  writeTransaction(db, () => {
    const changed = db.orm
      .update(accounts)
      .set({ disabledAt: at })
      .where(and(eq(accounts.id, accountId), isNull(accounts.disabledAt)))
      .run();
    if (changed.changes === 0) throw new Problem('not_found');
    endSessions(db, accountId);
    endLinks(db, accountId, at);
    noteAccountEvent(db, { accountId, at, kind: 'disabled', by: by.id });
    appendEntry(db, { kind: 'account', subject: `account/${accountId}`, body: { disabled: true, by: by.name }, at });
  });
}

export function enableAccount(db: Db, accountId: number, by: Caller, at: number): void {
  writeTransaction(db, () => {
    const changed = db.orm
      .update(accounts)
      .set({ disabledAt: null })
      .where(and(eq(accounts.id, accountId), isNotNull(accounts.disabledAt)))
      .run();
    if (changed.changes === 0) throw new Problem('not_found');
    noteAccountEvent(db, { accountId, at, kind: 'enabled', by: by.id });
    appendEntry(db, { kind: 'account', subject: `account/${accountId}`, body: { disabled: false, by: by.name }, at });
  });
}

/** Signs a person out everywhere, by an administrator or by themselves; `keep`: the cookie of the session that stays. */
export function signOutEverywhere(
  db: Db,
  accountId: number,
  { by, keep, at }: { readonly by: Caller; readonly keep?: string | undefined; readonly at: number },
): void {
  writeTransaction(db, () => {
    endSessions(db, accountId, keep);
    const other = by.id === accountId ? {} : { by: by.id };
    noteAccountEvent(db, { accountId, at, kind: 'signed_out_everywhere', ...other });
  });
}
