// An inspector opens a picture unblurred: the reason is written down before the address is given.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { picturesOf } from './picture-store.ts';
import { pictureOpenings } from './picture-tables.ts';

const shortestReason = 4;

/** Throws Problem: 404 when nothing is kept under the hash, a fault when the reason says nothing. */
export function openOriginal(deps: Pick<Deps, 'db' | 'clock'>, caller: Caller, hash: string, reason: string): void {
  const { db, clock } = deps;
  const at = clock();
  const why = reason.trim();
  if (picturesOf(db, hash).length === 0) throw new Problem('not_found');
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
