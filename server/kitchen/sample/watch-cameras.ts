// Notices cameras that were due and not looked at: no worker, no Redis, a full queue or a crash all look the same from here.
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { unnoticedCameras } from '../camera/camera-store.ts';
import { cameraEvents, cameras } from '../camera/camera-tables.ts';

/** Returns those that were found. The next look at such a camera says by itself how it is. */
export function watchCameras({ db, clock }: Pick<Deps, 'db' | 'clock'>): number[] {
  const at = clock();
  const found = unnoticedCameras(db, at);
  if (found.length === 0) return [];
  return writeTransaction(db, () => {
    for (const { id, state: before, watchBy } of found) {
      const since = watchBy ?? at;
      const change = { before, after: 'unwatched' } as const;
      const standing = {
        state: change.after,
        stateSince: since,
        pendingState: null,
        pendingCount: 0,
        pendingSince: null,
      };
      db.orm.update(cameras).set(standing).where(eq(cameras.id, id)).run();
      db.orm
        .insert(cameraEvents)
        .values({ cameraId: id, at: since, ...change, fault: null })
        .run();
      appendEntry(db, { kind: 'camera-state', subject: `camera/${id}`, body: { ...change, since }, at });
    }
    return found.map(({ id }) => id);
  });
}
