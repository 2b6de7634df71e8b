// Questions asked of the accounts: by login, by session, by token; everybody for the people page.
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { sha256Hex } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import type { Caller, Role } from './caller.ts';
import { accountSites, accounts, sessions, setUpLinks } from './tables.ts';

export type AccountRow = typeof accounts.$inferSelect;

export function accountByLogin(db: Db, login: string): AccountRow | undefined {
  return db.orm
    .select()
    .from(accounts)
    .where(eq(sql`lower(${accounts.login})`, login.toLowerCase()))
    .get();
}

export function callerBySession(db: Db, cookie: string, now: number): Caller | null {
  const row = db.orm
    .select({ id: accounts.id, name: accounts.name, nameEn: accounts.nameEn, role: accounts.role })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(and(eq(sessions.hash, sha256Hex(cookie)), gt(sessions.expiresAt, now), isNull(accounts.disabledAt)))
    .get();
  return row === undefined ? null : { ...row, sites: sitesOf(db, row.id), via: 'session' };
}

export function callerByToken(db: Db, token: string): Caller | null {
  const { byToken, sitesOfAccount } = hotStatements(db);
  const row = byToken.get(sha256Hex(token)) as Pick<Caller, 'id' | 'name' | 'role'> | undefined;
  return row === undefined ? null : { ...row, sites: sitesOfAccount.all(row.id) as string[], via: 'token' };
}

const hot = new WeakMap<Db, ReturnType<typeof prepareHot>>();

/** Asked with every request of a program: building the text of the question took longer than the answer. */
function hotStatements(db: Db) {
  const found = hot.get(db) ?? prepareHot(db);
  hot.set(db, found);
  return found;
}

function prepareHot({ sqlite }: Db) {
  return {
    byToken: sqlite.prepare(
      `SELECT a.id, a.name, a.role FROM token t JOIN account a ON a.id = t.account_id
       WHERE t.hash = ? AND t.revoked_at IS NULL AND a.disabled_at IS NULL`,
    ),
    sitesOfAccount: sqlite.prepare('SELECT site_id FROM account_site WHERE account_id = ? ORDER BY site_id').pluck(),
  };
}

/** An account as it may act now, without its being there: for what it asked to be done later. Null once it is disabled. */
export function callerOfAccount(db: Db, accountId: number): Caller | null {
  const row = db.orm
    .select({ id: accounts.id, name: accounts.name, role: accounts.role })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isNull(accounts.disabledAt)))
    .get();
  return row === undefined ? null : { ...row, sites: sitesOf(db, row.id), via: 'token' };
}

export function sitesOf(db: Db, accountId: number): string[] {
  const rows = db.orm
    .select({ siteId: accountSites.siteId })
    .from(accountSites)
    .where(eq(accountSites.accountId, accountId))
    .all();
  return rows.map((row) => row.siteId);
}

export type Person = Pick<AccountRow, 'id' | 'login' | 'name' | 'nameEn' | 'role' | 'createdAt' | 'disabledAt'> & {
  readonly sites: string[];
};

const longestPeopleList = 500;

export function everybody(db: Db): Person[] {
  const rows = db.orm
    .select()
    .from(accounts)
    .orderBy(asc(accounts.role), asc(accounts.login))
    .limit(longestPeopleList)
    .all();
  return rows.map(({ passwordHash: _secret, ...row }) => ({ ...row, sites: sitesOf(db, row.id) }));
}

export function firstAccountOfRole(db: Db, role: Role): AccountRow | undefined {
  return db.orm
    .select()
    .from(accounts)
    .where(and(eq(accounts.role, role), isNull(accounts.disabledAt)))
    .orderBy(asc(accounts.id))
    .get();
}

export function administratorExists(db: Db): boolean {
  return firstAccountOfRole(db, 'admin') !== undefined;
}

export function setUpLinkOpen(db: Db, key: string): boolean {
  const row = db.orm
    .select()
    .from(setUpLinks)
    .where(and(eq(setUpLinks.hash, sha256Hex(key)), isNull(setUpLinks.usedAt)))
    .get();
  return row !== undefined;
}

/** Names of accounts by id, for pages that show who did something. */
export function namesOf(db: Db, ids: readonly number[]): Map<number, string> {
  if (ids.length === 0) return new Map();
  const rows = db.orm
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, [...new Set(ids)]))
    .all();
  return new Map(rows.map((row) => [row.id, row.name]));
}
