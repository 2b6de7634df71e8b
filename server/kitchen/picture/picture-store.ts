// Whose a stored picture is, and whether anything still needs it.
import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import type { CameraRules } from '../camera/camera.ts';
import { pictures } from './picture-tables.ts';

export type Picture = typeof pictures.$inferSelect;

/** Every site a picture belongs to: two cameras may have sent the very same bytes. */
export function picturesOf(db: Db, hash: string): Picture[] {
  return db.orm
    .select()
    .from(pictures)
    .where(and(eq(pictures.hash, hash), isNull(pictures.goneAt)))
    .all();
}

/** When the newest frame with this picture was taken. */
export function pictureTakenAt(db: Db, hash: string | null): number | undefined {
  return hash === null ? undefined : picturesOf(db, hash)[0]?.at;
}

/** The rules, as they are now, of every camera that sent these bytes. */
export function rulesOfPicture(db: Db, hash: string): CameraRules[] {
  const rows = db.sqlite
    .prepare(
      `SELECT c.rules FROM camera c WHERE c.id IN (
         SELECT camera_id FROM frame WHERE hash = @hash
         UNION SELECT camera_id FROM hour_frame WHERE hash = @hash
         UNION SELECT camera_id FROM flag WHERE picture_hash = @hash
         UNION SELECT f.camera_id FROM flag_frame x JOIN flag f ON f.id = x.flag_id WHERE x.hash = @hash
         UNION SELECT camera_id FROM shadow_frame WHERE hash = @hash
         UNION SELECT camera_id FROM near_miss WHERE hash = @hash
         UNION SELECT camera_id FROM lookout_frame WHERE hash = @hash
         UNION SELECT id FROM camera WHERE last_frame_hash = @hash)`,
    )
    .pluck()
    .all({ hash }) as string[];
  return rows.map((rules) => JSON.parse(rules) as CameraRules);
}

/** Whether a frame, a flag, a camera, an order or a comparison still shows it. */
export function pictureIsNeeded(db: Db, hash: string): boolean {
  const found = db.sqlite
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM frame WHERE hash = @hash) OR EXISTS (SELECT 1 FROM flag WHERE picture_hash = @hash)
        OR EXISTS (SELECT 1 FROM flag_frame WHERE hash = @hash) OR EXISTS (SELECT 1 FROM camera WHERE last_frame_hash = @hash)
        OR EXISTS (SELECT 1 FROM order_step WHERE photo_hash = @hash) OR EXISTS (SELECT 1 FROM shadow_frame WHERE hash = @hash)
        OR EXISTS (SELECT 1 FROM near_miss WHERE hash = @hash) OR EXISTS (SELECT 1 FROM hour_frame WHERE hash = @hash)
        OR EXISTS (SELECT 1 FROM lookout_frame WHERE hash = @hash)
        OR EXISTS (SELECT 1 FROM camera WHERE path = 'blob:' || @hash)`,
    )
    .pluck()
    .get({ hash });
  return found === 1;
}
