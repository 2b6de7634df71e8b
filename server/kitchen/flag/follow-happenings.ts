// Remembers from when to when what a flag was raised about went on, so that later frames of it count as put before a reviewer.
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import type { FrameInHand } from '../frame/frame.ts';
import { happenings } from './flag-tables.ts';

/** Inside the caller's transaction. `since`: the first frame that made it last. */
export function startHappening(
  db: Db,
  flagId: number,
  { camera, sample }: FrameInHand,
  { id, since }: { readonly id: string; readonly since: number },
): void {
  db.orm
    .insert(happenings)
    .values({ flagId, cameraId: camera.id, violation: id, fromAt: since, untilAt: sample.at })
    .run();
}

/** These go on with this frame: the newest flag of each lasts until now. Inside the caller's transaction. */
export function followHappenings(db: Db, { camera, sample }: FrameInHand, violations: readonly string[]): void {
  for (const violation of violations) {
    const own = and(eq(happenings.cameraId, camera.id), eq(happenings.violation, violation));
    const newest = db.orm
      .select({ flagId: happenings.flagId })
      .from(happenings)
      .where(own)
      .orderBy(desc(happenings.fromAt))
      .limit(1);
    db.orm.update(happenings).set({ untilAt: sample.at }).where(inArray(happenings.flagId, newest)).run();
  }
}
