// A person leaves: this device, or another of theirs that is still signed in.
import { and, eq } from 'drizzle-orm';
import { Problem } from '../../http/problem.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { noteAccountEvent } from '../person/account-event-store.ts';
import { sessions } from '../tables.ts';
import type { Device } from './open-session.ts';

/** Ends the session of a cookie; one that has ended already is no fault. */
export function signOut(db: Db, cookie: string, device: Device, at: number): void {
  writeTransaction(db, () => {
    const [ended] = db.orm
      .delete(sessions)
      .where(eq(sessions.hash, sha256Hex(cookie)))
      .returning({ accountId: sessions.accountId })
      .all();
    if (ended !== undefined) noteAccountEvent(db, { accountId: ended.accountId, at, kind: 'signed_out', device });
  });
}

/** Ends one session of an account by the hash its list shows. Throws Problem `not_found` for anybody else's. */
export function endSession(db: Db, accountId: number, hash: string, device: Device, at: number): void {
  writeTransaction(db, () => {
    const ended = db.orm
      .delete(sessions)
      .where(and(eq(sessions.accountId, accountId), eq(sessions.hash, hash)))
      .run();
    if (ended.changes === 0) throw new Problem('not_found');
    noteAccountEvent(db, { accountId, at, kind: 'session_ended', device });
  });
}
