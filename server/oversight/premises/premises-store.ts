// Where places stand and how they serve, as asked by maps and records.
import type { Db } from '../../store/db.ts';

export type Premises = {
  readonly siteId: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly dineIn: 0 | 1;
};

/** Undefined while nobody has said anything of the place. */
export function premisesOf(db: Db, siteId: string): Premises | undefined {
  return db.sqlite
    .prepare('SELECT site_id AS siteId, latitude, longitude, dine_in AS dineIn FROM premises WHERE site_id = ?')
    .get(siteId) as Premises | undefined;
}
