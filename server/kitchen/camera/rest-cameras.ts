// Takes the cameras of a kitchen that closed out of the schedule, and puts the same ones back when it opens again.
import type { Db } from '../../store/db.ts';

/** Inside the caller's transaction. How many there were. */
export function restCameras(db: Db, restaurantId: number, at: number): number {
  return db.sqlite
    .prepare('UPDATE camera SET removed_at = @at WHERE restaurant_id = @restaurantId AND removed_at IS NULL')
    .run({ restaurantId, at }).changes;
}

/** Those that were taken out at `restedAt`; what they saw before says nothing of now. */
export function wakeCameras(db: Db, restaurantId: number, restedAt: number, at: number): number {
  return db.sqlite
    .prepare(
      `UPDATE camera SET removed_at = NULL, next_due_at = @at, watch_by = NULL, signature = NULL, misses_in_row = 0
       WHERE restaurant_id = @restaurantId AND removed_at = @restedAt`,
    )
    .run({ restaurantId, restedAt, at }).changes;
}
