// Issues an API token: shown once, kept as a hash.
import { randomBytes } from 'node:crypto';
import { appendEntry } from '../ledger/append.ts';
import { sha256Hex } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import { writeTransaction } from '../store/db.ts';
import { accountByLogin } from './account-store.ts';
import type { Role } from './caller.ts';
import { insertAccount } from './create-account.ts';
import { tokens } from './tables.ts';

export type TokenRequest = {
  readonly role: Role;
  /** Says what the token is for; a program's account of this name is made when there is none. */
  readonly name: string;
  /** Site ids a new owner's or partner's account belongs to. */
  readonly sites: readonly string[];
};

/** The token itself, `bk_…`; it is not kept. */
export function issueToken(db: Db, request: TokenRequest, now: number): string {
  const token = `bk_${randomBytes(32).toString('base64url')}`;
  const login = `api.${request.role}.${request.name}`.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 40);
  writeTransaction(db, () => {
    const accountId =
      accountByLogin(db, login)?.id ??
      insertAccount(
        db,
        { login, name: request.name, role: request.role, sites: request.sites, passwordHash: null },
        'cli',
        now,
      );
    db.orm
      .insert(tokens)
      .values({ hash: sha256Hex(token), accountId, name: request.name, createdAt: now })
      .run();
    appendEntry(db, {
      kind: 'token',
      subject: `account/${accountId}`,
      body: { name: request.name, role: request.role },
      at: now,
    });
  });
  return token;
}
