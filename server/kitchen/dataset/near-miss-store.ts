// Frames on which the models came close to a threshold and that nobody has judged: which of them a data set takes along.
import type { Box } from '../../../inference/types.ts';
import type { Db } from '../../store/db.ts';
import type { DatasetRequest } from './dataset.ts';

const mostNear = 2_000;

export type NearMiss = {
  readonly hash: string;
  readonly cameraId: number;
  readonly siteId: string;
  readonly violation: string;
  readonly score: number;
  readonly threshold: number;
  readonly box: Box;
};

/** Those whose picture is still kept and that no flag shows, in an order that stays; at most 2,000, the newest. */
export function nearMissesOf(db: Db, { from, to, siteIds }: DatasetRequest): NearMiss[] {
  const rows = db.sqlite
    .prepare(
      `SELECT n.hash, n.camera_id AS cameraId, r.site_id AS siteId, n.violation, n.score, n.threshold, n.box
        FROM near_miss n JOIN camera c ON c.id = n.camera_id JOIN restaurant r ON r.id = c.restaurant_id
        JOIN picture p ON p.hash = n.hash AND p.site_id = r.site_id AND p.gone_at IS NULL
        WHERE n.at >= @from AND n.at < @to AND (@all = 1 OR r.site_id IN (SELECT value FROM json_each(@sites)))
          AND NOT EXISTS (SELECT 1 FROM flag f WHERE f.picture_hash = n.hash)
        ORDER BY n.at DESC, n.camera_id LIMIT ${mostNear}`,
    )
    .all({
      from: from ?? 0,
      to: to ?? Number.MAX_SAFE_INTEGER,
      all: siteIds === undefined ? 1 : 0,
      sites: JSON.stringify(siteIds ?? []),
    }) as (Omit<NearMiss, 'box'> & { box: string })[];
  return rows.map(({ box, ...row }) => ({ ...row, box: JSON.parse(box) as Box }));
}
