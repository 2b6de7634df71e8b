// The frames of a kitchen between two moments, and what became of the flags of those hours.
import { hourMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';

export type StayFrame = {
  readonly at: number;
  readonly hash: string;
  readonly place: string;
  readonly placeEn: string | null;
};

export type StayFlags = { readonly open: number; readonly confirmed: number; readonly cleared: number };

/** Spread evenly over the time, at most `most`; `total`: how many are kept. Only the hash: how they may be seen is another's matter. */
export function framesBetween(
  db: Db,
  { restaurantId, since, until }: { readonly restaurantId: number; readonly since: number; readonly until: number },
  most: number,
): { frames: StayFrame[]; total: number } {
  const all = db.sqlite
    .prepare(
      `SELECT min(f.at) AS at, f.hash, f.place, f.placeEn FROM (
           SELECT h.at, h.hash, ${camera('hour_frame h')} AND h.hour BETWEEN @since / ${hourMs} AND @until / ${hourMs} AND ${inTime}
           UNION SELECT h.at, h.hash, ${camera('frame h')} AND ${inTime}
           UNION SELECT h.at, h.picture_hash, ${camera('flag h')} AND ${inTime}) f
       WHERE EXISTS (SELECT 1 FROM picture p WHERE p.hash = f.hash AND p.gone_at IS NULL)
       GROUP BY f.hash ORDER BY at LIMIT ${mostFrames}`,
    )
    .all({ restaurantId, since: Math.floor(since), until: Math.floor(until) }) as StayFrame[];
  if (all.length <= most) return { frames: all, total: all.length };
  const step = (all.length - 1) / Math.max(1, most - 1);
  return { frames: Array.from({ length: most }, (_, i) => all[Math.round(i * step)] as StayFrame), total: all.length };
}

const mostFrames = 5_000;
const camera = (frames: string) =>
  `c.place, c.place_en AS placeEn FROM camera c CROSS JOIN ${frames} ON h.camera_id = c.id WHERE c.restaurant_id = @restaurantId`;
const inTime = 'h.at BETWEEN @since AND @until';

/** Flags of those hours by what people said of them. */
export function flagsBetween(
  { sqlite }: Db,
  { restaurantId, since, until }: { readonly restaurantId: number; readonly since: number; readonly until: number },
): StayFlags {
  return sqlite
    .prepare(
      `SELECT total(status IN ('open', 'unsure')) AS open, total(status = 'confirmed') AS confirmed, total(status = 'cleared') AS cleared
       FROM flag WHERE restaurant_id = @restaurantId AND at BETWEEN @since AND @until AND violation <> 'camera_fault'`,
    )
    .get({ restaurantId, since, until }) as StayFlags;
}
