// An inspector opens a picture unblurred: the reason is written down before the address is given.
import type { Caller } from '../accounts/caller.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { appendEntry } from '../ledger/append.ts';
import { writeTransaction } from '../store/db.ts';
import { isStoredPicture } from './stored-picture-store.ts';
import { pictureOpenings } from './tables.ts';

const shortestReason = 4;
/** How long a written reason opens the picture to whoever wrote it. */
export const openedForMs = 5 * 60_000;

/** Throws Problem: 404 when no picture is stored under the hash, a fault when the reason says nothing. */
export function openOriginal(deps: Pick<Deps, 'db' | 'clock'>, caller: Caller, hash: string, reason: string): void {
  const { db, clock } = deps;
  const at = clock();
  const why = reason.trim();
  if (!isStoredPicture(db, hash)) throw new Problem('not_found');
  if (why.length < shortestReason) {
    throw new Problem('invalid_input', {
      faults: [{ place: '/reason', code: 'missing', detail: 'Say why the unblurred picture is needed.' }],
    });
  }
  writeTransaction(db, () => {
    db.orm.insert(pictureOpenings).values({ hash, by: caller.id, at, reason: why }).run();
    appendEntry(db, { kind: 'picture-opened', subject: `picture/${hash}`, body: { by: caller.id, reason: why }, at });
  });
}
