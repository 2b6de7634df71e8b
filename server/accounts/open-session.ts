// Opens and closes sessions: the cookie's value is random and only its hash is kept.
import { randomBytes } from 'node:crypto';
import { eq, lt } from 'drizzle-orm';
import { sha256Hex } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import { writeTransaction } from '../store/db.ts';
import { sessionMs } from './account.ts';
import { sessions } from './tables.ts';

/** The value for the cookie. */
export function openSession(db: Db, accountId: number, now: number): string {
  const value = randomBytes(32).toString('base64url');
  writeTransaction(db, () => {
    db.orm.delete(sessions).where(lt(sessions.expiresAt, now)).run();
    db.orm
      .insert(sessions)
      .values({ hash: sha256Hex(value), accountId, createdAt: now, expiresAt: now + sessionMs })
      .run();
  });
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
