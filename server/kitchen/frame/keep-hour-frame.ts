// Keeps the first frame of each hour of a camera, so that weeks later it can still be seen how things were.
import { hourMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { hourFrames } from './frame-tables.ts';

/** Inside the caller's transaction; `at` in unix ms. */
export function keepHourFrame(
  db: Db,
  { cameraId, at, hash }: { readonly cameraId: number; readonly at: number; readonly hash: string },
): void {
  const hour = Math.floor(at / hourMs);
  db.orm.insert(hourFrames).values({ cameraId, hour, at, hash }).onConflictDoNothing().run();
}
