// Removes pictures that have been kept long enough; what happened stays, and so does the picture's hash.

import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { forgetStoredPictures } from '../../sight/keep-stored-picture.ts';
import { writeTransaction } from '../../store/db.ts';
import { readSettings } from '../setting/setting-store.ts';
import { goingPictures, type HeldFor } from './old-picture-store.ts';
import { pictures } from './picture-tables.ts';

const mostAtOnce = 500;

/** Returns how many were removed; at most five hundred a call. */
export function removeOldPictures(deps: Pick<Deps, 'db' | 'clock' | 'blobs'>, heldFor: HeldFor): number {
  const { db, clock, blobs } = deps;
  const at = clock();
  const hashes = goingPictures(db, { days: readSettings(db).keepDays, now: at, heldFor }, mostAtOnce);
  if (hashes.length === 0) return 0;
  writeTransaction(db, () => {
    for (const hash of hashes) db.orm.update(pictures).set({ goneAt: at }).where(eq(pictures.hash, hash)).run();
    forgetStoredPictures(db, hashes);
    appendEntry(db, { kind: 'retention', subject: 'pictures', body: { removed: hashes }, at });
  });
  for (const hash of hashes) blobs.remove(hash);
  return hashes.length;
}
