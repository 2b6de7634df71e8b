// Issues an API token: shown once, kept as a hash.
import { randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { Problem } from '../http/problem.ts';
import { appendEntry } from '../ledger/append.ts';
import { sha256Hex } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import { writeTransaction } from '../store/db.ts';
import { type AccountRow, accountById, accountByLogin, callerOfAccount } from './account-store.ts';
import type { Caller, Role } from './caller.ts';
import { insertAccount } from './create-account.ts';
import { noteAccountEvent } from './person/account-event-store.ts';
import { grantPlaces } from './place/grant-places.ts';
import { tokens } from './tables.ts';

export type TokenRequest = {
  readonly role: Role;
  /** Says what the token is for; a program's account of this name and these places is made when there is none. */
  readonly name: string;
  /** Site ids a new owner's or partner's account belongs to. */
  readonly sites: readonly string[];
  /** Further places it speaks for (see isGrant). A partner's program with neither speaks for all places. */
  readonly grants?: readonly string[];
};

/** The token itself, `bk_…`; it is not kept. */
export function issueToken(db: Db, request: TokenRequest, now: number): string {
  return writeTransaction(db, () => addToken(db, accountFor(db, request, now), request.name, 'cli', now));
}

/** A token for an account that exists, inside the caller's transaction. */
function addToken(db: Db, account: Pick<AccountRow, 'id' | 'role'>, name: string, by: string, now: number): string {
  const token = `bk_${randomBytes(32).toString('base64url')}`;
  db.orm
    .insert(tokens)
    .values({ hash: sha256Hex(token), accountId: account.id, name, createdAt: now })
    .run();
  const body = { name, role: account.role, by };
  appendEntry(db, { kind: 'token', subject: `account/${account.id}`, body, at: now });
  return token;
}

/** A token for an account that exists, made by an administrator; shown once. Throws Problem `not_found`. */
export function issueTokenFor(db: Db, accountId: number, name: string, by: Caller, now: number): string {
  return writeTransaction(db, () => {
    const account = accountById(db, accountId);
    if (account === undefined || account.disabledAt !== null) throw new Problem('not_found');
    noteAccountEvent(db, { accountId, at: now, kind: 'token_issued', by: by.id });
    return addToken(db, account, name, `account/${by.id}`, now);
  });
}

/** Throws Problem `not_found` for a token that is not this account's, or revoked already. */
export function revokeToken(db: Db, accountId: number, tokenId: number, by: Caller, now: number): void {
  writeTransaction(db, () => {
    const mine = and(eq(tokens.id, tokenId), eq(tokens.accountId, accountId), isNull(tokens.revokedAt));
    const changed = db.orm.update(tokens).set({ revokedAt: now }).where(mine).run();
    if (changed.changes === 0) throw new Problem('not_found');
    noteAccountEvent(db, { accountId, at: now, kind: 'token_revoked', by: by.id });
    const body = { token: tokenId, revoked: true, by: `account/${by.id}` };
    appendEntry(db, { kind: 'token', subject: `account/${accountId}`, body, at: now });
  });
}

function accountFor(db: Db, request: TokenRequest, now: number): Pick<AccountRow, 'id' | 'role'> {
  const { role, name, sites, grants = [] } = request;
  const plain = `api.${role}.${name}`.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 40);
  const found = accountByLogin(db, plain);
  if (found !== undefined && hasPlaces(db, found.id, sites, grants)) return found;
  // The same name with other places is another program: a token never carries places it was not asked with.
  const login = found === undefined ? plain : `${plain.slice(0, 31)}.${placesTag(sites, grants)}`;
  const known = accountByLogin(db, login);
  if (known !== undefined) return known;
  const speaks = role === 'partner' && sites.length === 0 && grants.length === 0 ? 'everywhere' : 'places';
  const id = insertAccount(db, { login, name, role, sites, speaks, passwordHash: null }, 'cli', now);
  if (grants.length > 0) grantPlaces(db, { accountId: id }, grants, 'cli', now);
  return { id, role };
}

function hasPlaces(db: Db, id: number, sites: readonly string[], grants: readonly string[]): boolean {
  const caller = callerOfAccount(db, id);
  const same = (a: readonly string[], b: readonly string[]) =>
    [...new Set(a)].sort().join() === [...new Set(b)].sort().join();
  return caller === null || (same(caller.sites, sites) && same(caller.grants ?? [], grants));
}

function placesTag(sites: readonly string[], grants: readonly string[]): string {
  return sha256Hex(JSON.stringify([[...new Set(sites)].sort(), [...new Set(grants)].sort()])).slice(0, 8);
}
