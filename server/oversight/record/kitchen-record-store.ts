// What a diner may know of the kitchen that served a lot: its score, how often it was looked at, a blurred picture.
import type { DinerKitchen } from '../../../views/trace/diner/diner-lot.ts';
import type { Deps } from '../../deps.ts';
import { pictureLinks } from '../../kitchen/picture/picture-link.ts';

const windowMs = 30 * 86_400_000;
const mostKitchens = 10;

type Row = {
  siteId: string;
  name: string;
  nameEn: string | null;
  score: number;
  checks: number;
  confirmed: number;
  corrected: number;
  closedOn: string | null;
  pictureHash: string | null;
  pictureAt: number | null;
};

/** The restaurants among `siteIds`, at most ten; counts are of the last 30 days. No flag, name of a person or camera address. */
export function kitchenRecords(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  siteIds: readonly string[],
): DinerKitchen[] {
  const since = deps.clock() - windowMs;
  const rows = deps.db.sqlite
    .prepare(
      `SELECT r.site_id AS siteId, r.name, r.name_en AS nameEn, r.score, r.closed_on AS closedOn,
        (SELECT coalesce(sum(d.looked), 0) FROM sample_day d JOIN camera c ON c.id = d.camera_id
          WHERE c.restaurant_id = r.id AND d.day >= @sinceDay) AS checks,
        (SELECT count(*) FROM flag f WHERE f.restaurant_id = r.id AND f.status = 'confirmed' AND f.at >= @since) AS confirmed,
        (SELECT count(*) FROM rectification_order o WHERE o.restaurant_id = r.id AND o.state = 'accepted' AND o.overdue_at IS NULL AND o.issued_at >= @since) AS corrected,
        (SELECT c.last_frame_hash FROM camera c WHERE c.restaurant_id = r.id AND c.removed_at IS NULL AND c.state = 'online'
          ORDER BY c.last_frame_at DESC LIMIT 1) AS pictureHash,
        (SELECT max(c.last_frame_at) FROM camera c WHERE c.restaurant_id = r.id AND c.removed_at IS NULL AND c.state = 'online') AS pictureAt
       FROM restaurant r WHERE r.site_id IN (SELECT value FROM json_each(@siteIds)) LIMIT ${mostKitchens}`,
    )
    .all({ since, sinceDay: new Date(since).toISOString().slice(0, 10), siteIds: JSON.stringify(siteIds) }) as Row[];
  const links = pictureLinks(deps);
  return rows.map(({ siteId, pictureHash, pictureAt, ...row }) => ({
    ...row,
    picture: pictureHash === null || pictureAt === null ? null : { href: links.shown(pictureHash), at: pictureAt },
    recordHref: `/records/${encodeURIComponent(siteId)}`,
  }));
}
