// Which cameras a board shows, and what happened to each in its days.
import type { Named } from '../../../views/kitchen/named.ts';
import type { Db } from '../../store/db.ts';
import type { CameraState } from '../camera/camera-state.ts';
import { type BoardScope, within } from './board-scope.ts';
import type { Step } from './span.ts';
import { type StateEvent, shareUp, type Uptime, uptimes } from './uptime.ts';

const mostCameras = 2_000;

export type CameraUptime = {
  readonly restaurant: Named;
  readonly place: Named;
  readonly days: readonly Uptime[];
  readonly share: number | undefined;
};

type Row = {
  id: number;
  state: CameraState;
  createdAt: number;
  name: string;
  nameEn: string | null;
  place: string;
  placeEn: string | null;
};

/** Those with the least of it first; those of which nothing is known last. */
export function cameraUptimes(db: Db, scope: BoardScope, steps: readonly Step[], now: number): CameraUptime[] {
  const cameras = db.sqlite
    .prepare(
      `SELECT c.id, c.state, c.created_at AS createdAt, r.name, r.name_en AS nameEn, c.place, c.place_en AS placeEn
        FROM camera c JOIN restaurant r ON r.id = c.restaurant_id WHERE c.removed_at IS NULL AND ${within}
        ORDER BY c.id LIMIT ${mostCameras}`,
    )
    .all(scope) as Row[];
  const events = db.sqlite.prepare(
    'SELECT at, before, after FROM camera_event WHERE camera_id = ? AND at >= ? ORDER BY at, id',
  );
  const rows = cameras.map((camera) => {
    const own = events.all(camera.id, steps[0]?.from ?? now) as StateEvent[];
    const days = uptimes({ ...camera, events: own }, steps, now);
    const { name, nameEn, place, placeEn } = camera;
    return { restaurant: { name, nameEn }, place: { name: place, nameEn: placeEn }, days, share: shareUp(days) };
  });
  return rows.sort((a, b) => (a.share ?? 2) - (b.share ?? 2));
}
