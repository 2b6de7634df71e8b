// The sessions of an account, and the half-open one that still owes a second factor.
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { sha256Hex } from '../../store/blobs.ts';
import type { Db } from '../../store/db.ts';
import type { AccountRow } from '../account-store.ts';
import { accounts, sessions } from '../tables.ts';
import { lastSeen } from './last-seen.ts';

export type SessionLine = {
  readonly hash: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  readonly address: string;
  readonly agent: string;
  readonly isThis: boolean;
};

const mostShown = 100;

type Asked = { readonly now: number; readonly idleMs: number; readonly cookie: string | undefined };

/** Those that still open something, the newest first; `cookie`: the one that asks. */
export function sessionsOf(db: Db, accountId: number, { now, idleMs, cookie }: Asked): SessionLine[] {
  const own = cookie === undefined ? '' : sha256Hex(cookie);
  const seen = lastSeen(db);
  const rows = db.orm
    .select()
    .from(sessions)
    .where(and(eq(sessions.accountId, accountId), gt(sessions.expiresAt, now), eq(sessions.stage, 'full')))
    .orderBy(desc(sessions.createdAt))
    .limit(mostShown)
    .all();
  const live = rows.filter(({ hash }) => seen.quietMs(hash, now) < idleMs);
  return live.map(({ hash, createdAt, expiresAt, address, agent }) => ({
    hash,
    createdAt,
    lastSeenAt: seen.at(hash) ?? createdAt,
    expiresAt,
    address: address ?? '',
    agent: agent ?? '',
    isThis: hash === own,
  }));
}

/** When the session of this cookie was opened; undefined without one. */
export function sessionOpenedAt(db: Db, cookie: string, now: number): number | undefined {
  return db.orm
    .select({ at: sessions.createdAt })
    .from(sessions)
    .where(and(eq(sessions.hash, sha256Hex(cookie)), eq(sessions.stage, 'full'), gt(sessions.expiresAt, now)))
    .get()?.at;
}

/** Whose password was right and whose second factor is asked for. */
export function accountOfHalfSession(db: Db, cookie: string, now: number): AccountRow | undefined {
  const row = db.orm
    .select({ account: accounts })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(
      and(
        eq(sessions.hash, sha256Hex(cookie)),
        eq(sessions.stage, 'second'),
        gt(sessions.expiresAt, now),
        isNull(accounts.disabledAt),
      ),
    )
    .get();
  return row?.account;
}
