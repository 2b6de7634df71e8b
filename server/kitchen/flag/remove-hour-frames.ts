// Forgets frames of past hours that nobody asks for any more; somebody above may say since when a kitchen's are still needed.
import { dayMs, hourMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { forgetStoredPictures } from '../../sight/keep-stored-picture.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { pictureIsNeeded } from '../picture/picture-store.ts';

/** Every kitchen's frames of so many days are kept; and beyond that, up to the other, while they are needed. */
export const hourFrameDays = { always: 7, atMost: 90 } as const;

/** Since when (unix ms) the frames of this place are still needed; undefined: they are not. */
export type NeededSince = (siteId: string) => number | undefined;

const mostAtOnce = 500;

type OldFrame = {
  readonly cameraId: number;
  readonly hour: number;
  readonly hash: string;
  readonly at: number;
  readonly siteId: string;
};

/** Returns how many were forgotten; at most five hundred a call. A picture that something else shows stays. */
export function removeHourFrames(deps: Pick<Deps, 'db' | 'clock' | 'blobs'>, neededSince: NeededSince): number {
  const { db, clock, blobs } = deps;
  const now = clock();
  const since = new Map<string, number>();
  const neededFrom = (siteId: string) => {
    const found = since.get(siteId) ?? neededSince(siteId) ?? Number.POSITIVE_INFINITY;
    since.set(siteId, found);
    return found;
  };
  const tooOld = now - hourFrameDays.atMost * dayMs;
  const old = oldFrames(db, now).filter(({ siteId, at }) => at < tooOld || at < neededFrom(siteId));
  const gone = forget(db, old.slice(0, mostAtOnce));
  for (const hash of gone) blobs.remove(hash);
  return Math.min(old.length, mostAtOnce);
}

function oldFrames({ sqlite }: Db, now: number): OldFrame[] {
  const before = Math.floor((now - hourFrameDays.always * dayMs) / hourMs);
  return sqlite
    .prepare(
      `SELECT h.camera_id AS cameraId, h.hour, h.hash, h.at, r.site_id AS siteId FROM hour_frame h
         JOIN camera c ON c.id = h.camera_id JOIN restaurant r ON r.id = c.restaurant_id
       WHERE h.hour < ? ORDER BY h.hour LIMIT 50000`,
    )
    .all(before) as OldFrame[];
}

/** Returns the pictures that nothing shows now, to be removed after the commit. */
function forget(db: Db, old: readonly OldFrame[]): string[] {
  if (old.length === 0) return [];
  const remove = db.sqlite.prepare('DELETE FROM hour_frame WHERE camera_id = ? AND hour = ?');
  const forgetPicture = db.sqlite.prepare('DELETE FROM picture WHERE hash = ?');
  return writeTransaction(db, () => {
    for (const { cameraId, hour } of old) remove.run(cameraId, hour);
    const gone = [...new Set(old.map(({ hash }) => hash))].filter((hash) => !pictureIsNeeded(db, hash));
    for (const hash of gone) forgetPicture.run(hash);
    forgetStoredPictures(db, gone);
    return gone;
  });
}
