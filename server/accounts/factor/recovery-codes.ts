// Codes on paper for the day the phone is lost: made anew as a set, each used once.
import { randomInt } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { sha256Hex } from '../../store/blobs.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { recoveryCodes } from '../tables.ts';

const codesInSet = 10;
// Without letters and digits that look alike: 30^15 is some 73 bits, too many to try out on a stolen database.
const letters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const lettersInCode = 15;

/** A new set, which ends the one before, inside the caller's transaction. Shown once: only hashes are kept. */
export function makeRecoveryCodes(db: Db, accountId: number, at: number): string[] {
  removeRecoveryCodes(db, accountId);
  const codes = Array.from({ length: codesInSet }, newCode);
  for (const code of codes)
    db.orm
      .insert(recoveryCodes)
      .values({ hash: hashOf(accountId, code), accountId, createdAt: at })
      .run();
  return codes;
}

/** Whether the code is one of the account's and unused; it is used up by asking. */
export function useRecoveryCode(db: Db, accountId: number, code: string, at: number): boolean {
  const used = writeTransaction(db, () =>
    db.orm
      .update(recoveryCodes)
      .set({ usedAt: at })
      .where(
        and(
          eq(recoveryCodes.hash, hashOf(accountId, code)),
          eq(recoveryCodes.accountId, accountId),
          isNull(recoveryCodes.usedAt),
        ),
      )
      .run(),
  );
  return used.changes === 1;
}

/** Inside the caller's transaction. */
export function removeRecoveryCodes(db: Db, accountId: number): void {
  db.orm.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId)).run();
}

function newCode(): string {
  const drawn = Array.from({ length: lettersInCode }, () => letters[randomInt(letters.length)]).join('');
  return drawn.replace(/(.{5})(?=.)/g, '$1-');
}

/** As written down: case, spaces and the dash do not matter. */
function hashOf(accountId: number, code: string): string {
  return sha256Hex(`${accountId} ${code.toUpperCase().replace(/[^A-Z0-9]/g, '')}`);
}
