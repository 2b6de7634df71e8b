// Removes pictures that have been kept long enough; what happened stays, and so does the picture's hash.

import { eq } from 'drizzle-orm';
import { dayMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { forgetStoredPictures } from '../../sight/keep-stored-picture.ts';
import { writeTransaction } from '../../store/db.ts';
import { readSettings } from '../setting/setting-store.ts';
import { pictures } from './picture-tables.ts';

const mostAtOnce = 500;

// A picture goes when every flag and step that shows it is old enough, and no camera or running window needs it.
const oldPictures = `
  SELECT p.hash FROM picture p WHERE p.gone_at IS NULL AND p.at < @latest
    AND NOT EXISTS (SELECT 1 FROM camera c WHERE c.last_frame_hash = p.hash)
    AND NOT EXISTS (SELECT 1 FROM frame f WHERE f.hash = p.hash)
    AND NOT EXISTS (SELECT 1 FROM hour_frame h WHERE h.hash = p.hash)
    AND NOT EXISTS (SELECT 1 FROM flag f WHERE (f.picture_hash = p.hash OR f.id IN (SELECT flag_id FROM flag_frame WHERE hash = p.hash))
      AND (f.status IN ('open', 'unsure') OR f.at >= iif(f.status = 'confirmed', @confirmed, @cleared)))
    AND NOT EXISTS (SELECT 1 FROM shadow_frame w WHERE w.hash = p.hash AND w.at >= @cleared)
    AND NOT EXISTS (SELECT 1 FROM near_miss n WHERE n.hash = p.hash AND n.at >= @cleared)
    AND NOT EXISTS (SELECT 1 FROM order_step s WHERE s.photo_hash = p.hash AND s.at >= @answer)
  GROUP BY p.hash LIMIT ${mostAtOnce}`;

/** Returns how many were removed; at most five hundred a call. */
export function removeOldPictures(deps: Pick<Deps, 'db' | 'clock' | 'blobs'>): number {
  const { db, clock, blobs } = deps;
  const at = clock();
  const { cleared, confirmed, answer } = readSettings(db).keepDays;
  const before = { cleared: at - cleared * dayMs, confirmed: at - confirmed * dayMs, answer: at - answer * dayMs };
  const latest = Math.max(before.cleared, before.confirmed, before.answer);
  const hashes = db.sqlite
    .prepare(oldPictures)
    .pluck()
    .all({ ...before, latest }) as string[];
  if (hashes.length === 0) return 0;
  writeTransaction(db, () => {
    for (const hash of hashes) db.orm.update(pictures).set({ goneAt: at }).where(eq(pictures.hash, hash)).run();
    forgetStoredPictures(db, hashes);
    appendEntry(db, { kind: 'retention', subject: 'pictures', body: { removed: hashes }, at });
  });
  for (const hash of hashes) blobs.remove(hash);
  return hashes.length;
}
