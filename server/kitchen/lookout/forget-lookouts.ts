// Lets lookouts that were changed or taken away begin anew. Inside the caller's transaction.
import { and, eq } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import type { Lookout } from '../camera/lookout.ts';
import { lookoutFrames, lookoutMemories } from './lookout-tables.ts';

type Lookouts = readonly Lookout[] | undefined;

/** Those that stay as they are keep what they remember: saving a form is no way out of a stretch. */
export function forgetChangedLookouts(db: Db, cameraId: number, before: Lookouts = [], after: Lookouts = []): void {
  const kept = new Map(after.map((lookout) => [lookout.id, whatWatches(lookout)]));
  for (const lookout of before) {
    if (kept.get(lookout.id) === whatWatches(lookout)) continue;
    const own = and(eq(lookoutMemories.cameraId, cameraId), eq(lookoutMemories.lookout, lookout.id));
    db.orm.delete(lookoutMemories).where(own).run();
    dropStretch(db, cameraId, lookout.id);
  }
}

export function dropStretch(db: Db, cameraId: number, lookout: string): void {
  const frames = and(eq(lookoutFrames.cameraId, cameraId), eq(lookoutFrames.lookout, lookout));
  db.orm.delete(lookoutFrames).where(frames).run();
}

/** Another name is no other lookout, and neither is one that was shown how it should be once more. */
function whatWatches({ name, nameEn, setBy, shown, ...rest }: Lookout): string {
  return JSON.stringify(rest);
}
