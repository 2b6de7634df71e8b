// Puts a `sample` job into the queue for every camera whose time has come. main.ts calls this from a timer.
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';
import { dueCameras, lookDemands } from '../camera/camera-store.ts';
import { cameras } from '../camera/camera-tables.ts';
import { travels } from '../camera/machines.ts';
import { watchBy } from '../camera/watch.ts';
import { chanceOf } from '../violation/audit-sample.ts';
import { lookEvery, stretchFor } from './sample-pace.ts';
import { nextDueAt } from './sample-schedule.ts';

type ScheduleDeps = Pick<Deps, 'db' | 'clock' | 'queue' | 'secrets' | 'config' | 'machines'>;

/** Returns how many jobs were added; a camera whose last job is unfinished gets no second one. */
export function scheduleSamples(deps: ScheduleDeps): number {
  const now = deps.clock();
  const due = dueCameras(deps.db, now);
  if (due.length === 0) return 0;
  const stretch = stretchNow(deps);
  return writeTransaction(deps.db, () => {
    let added = 0;
    for (const camera of due) {
      // A sample that failed in our own hands is not worth repeating: the next one is due soon.
      const name = travels(camera.kind) ? 'sample' : 'sample-file';
      const job = { name, payload: { cameraId: camera.id }, key: `sample:${camera.id}`, maxAttempts: 2 };
      if (deps.queue.enqueue(job)) added++;
      const lookEveryMs = lookEvery(camera, now, stretch);
      const chance = chanceOf(deps.secrets.linkKey, 'due', camera.id, now);
      const next = nextDueAt(now, lookEveryMs, camera.missesInRow, chance);
      // A camera kept from before this was noted, or told by a clock that was ahead, is looked at by then, or not watched.
      const latest = watchBy(now, lookEveryMs, camera.missesInRow);
      const by = Math.min(camera.watchBy ?? latest, latest);
      const set = { nextDueAt: next, watchBy: by, lookEveryMs };
      deps.db.orm.update(cameras).set(set).where(eq(cameras.id, camera.id)).run();
    }
    return added;
  });
}

/** What the cameras of all kitchens ask for, against what the machines that look can give. */
export function stretchNow({ db, config, machines }: Pick<ScheduleDeps, 'db' | 'config' | 'machines'>): number {
  const each = config.looksPerMinute;
  if (each === undefined) return 1;
  return stretchFor(lookDemands(db), each * Math.max(1, machines?.carrier.state().workers ?? 1));
}
