// An administrator accepts a camera's own certificate by its fingerprint; the ledger says who.
import { eq } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { visibleCamera } from './camera-store.ts';
import { cameras } from './camera-tables.ts';

/** Throws Problem: 404 for a camera that is not there, a fault for what is no SHA-256 in hexadecimal. */
export function acceptCertificate(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  id: number,
  certificate: string,
): void {
  if (visibleCamera(db, caller, id) === undefined) throw new Problem('not_found');
  if (!/^[\da-f]{64}$/.test(certificate)) {
    const detail = 'A fingerprint is a SHA-256: 64 hexadecimal digits.';
    throw new Problem('invalid_input', { faults: [{ place: 'certificate', code: 'bad_fingerprint', detail }] });
  }
  const at = clock();
  writeTransaction(db, () => {
    db.orm.update(cameras).set({ certificate, nextDueAt: at }).where(eq(cameras.id, id)).run();
    appendEntry(db, { kind: 'camera', subject: `camera/${id}`, body: { certificate, by: caller.id }, at });
  });
}
