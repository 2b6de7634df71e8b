// Opens, remembers and ends sessions: the cookie's value is random and only its hash is kept.
import { randomBytes } from 'node:crypto';
import { and, eq, lt, ne } from 'drizzle-orm';
import { dayMs } from '../../clock.ts';
import { sha256Hex } from '../../store/blobs.ts';
import type { Db } from '../../store/db.ts';
import { writeTransaction } from '../../store/db.ts';
import { halfSessionMs, sessionMs } from '../account.ts';
import { sessions } from '../tables.ts';
import { lastSeen } from './last-seen.ts';

/** Where a person signs in from: shown to them in the list of their sessions. */
export type Device = { readonly address: string; readonly agent: string };
export const unknownDevice: Device = { address: 'unknown', agent: '' };

const longestAgent = 300;
// A clock that jumps a day ahead and home again must not have ended everybody's sessions meanwhile.
const keptOverMs = 30 * dayMs;

/** The value for the cookie. A `second` session opens nothing until the second factor has been shown. */
export function openSession(
  db: Db,
  accountId: number,
  now: number,
  { address, agent }: Device = unknownDevice,
  stage: 'full' | 'second' = 'full',
): string {
  const value = randomBytes(32).toString('base64url');
  const expiresAt = now + (stage === 'full' ? sessionMs : halfSessionMs);
  const row = { accountId, createdAt: now, expiresAt, stage, address };
  const hash = sha256Hex(value);
  writeTransaction(db, () => {
    db.orm
      .delete(sessions)
      .where(lt(sessions.expiresAt, now - keptOverMs))
      .run();
    db.orm
      .insert(sessions)
      .values({ ...row, hash, agent: agent.slice(0, longestAgent) })
      .run();
  });
  lastSeen(db).note(hash, now);
  return value;
}

export function closeSession(db: Db, value: string): void {
  writeTransaction(db, () =>
    db.orm
      .delete(sessions)
      .where(eq(sessions.hash, sha256Hex(value)))
      .run(),
  );
}

/** Ends all sessions of an account, inside the caller's transaction; all but the one of `keep`, a cookie's value. */
export function endSessions(db: Db, accountId: number, keep?: string): void {
  const mine = eq(sessions.accountId, accountId);
  db.orm
    .delete(sessions)
    .where(keep === undefined ? mine : and(mine, ne(sessions.hash, sha256Hex(keep))))
    .run();
}
