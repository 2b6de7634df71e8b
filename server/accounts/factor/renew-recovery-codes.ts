// Makes a new set of recovery codes, which is shown once, and notes that it was made.
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { noteAccountEvent } from '../person/account-event-store.ts';
import type { Device } from '../session/open-session.ts';
import { makeRecoveryCodes } from './recovery-codes.ts';

export function renewRecoveryCodes(db: Db, accountId: number, device: Device, at: number): string[] {
  return writeTransaction(db, () => {
    noteAccountEvent(db, { accountId, at, kind: 'recovery_made', device });
    const body = { factor: 'recovery-codes', added: true };
    appendEntry(db, { kind: 'account', subject: `account/${accountId}`, body, at });
    return makeRecoveryCodes(db, accountId, at);
  });
}
