// Puts a `sample` job into the queue for every camera whose time has come. main.ts calls this from a timer.
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';
import { dueCameras } from '../camera/camera-store.ts';
import { cameras } from '../camera/camera-tables.ts';
import { travels } from '../camera/machines.ts';
import { watchBy } from '../camera/watch.ts';
import { chanceOf } from '../violation/audit-sample.ts';
import { nextDueAt } from './sample-schedule.ts';

/** Returns how many jobs were added; a camera whose last job is unfinished gets no second one. */
export function scheduleSamples(deps: Pick<Deps, 'db' | 'clock' | 'queue' | 'secrets'>): number {
  const now = deps.clock();
  const due = dueCameras(deps.db, now);
  if (due.length === 0) return 0;
  return writeTransaction(deps.db, () => {
    let added = 0;
    for (const camera of due) {
      // A sample that failed in our own hands is not worth repeating: the next one is due soon.
      const name = travels(camera.kind) ? 'sample' : 'sample-file';
      const job = { name, payload: { cameraId: camera.id }, key: `sample:${camera.id}`, maxAttempts: 2 };
      if (deps.queue.enqueue(job)) added++;
      const next = nextDueAt(
        now,
        camera.sampleEveryMs,
        camera.missesInRow,
        chanceOf(deps.secrets.linkKey, 'due', camera.id, now),
      );
      // A camera kept from before this was noted, or told by a clock that was ahead, is looked at by then, or not watched.
      const latest = watchBy(now, camera.sampleEveryMs, camera.missesInRow);
      const by = Math.min(camera.watchBy ?? latest, latest);
      deps.db.orm.update(cameras).set({ nextDueAt: next, watchBy: by }).where(eq(cameras.id, camera.id)).run();
    }
    return added;
  });
}
