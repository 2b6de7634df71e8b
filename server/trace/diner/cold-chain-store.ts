// Readings and breaches of a lot's cold chain.
import type { Db } from '../../store/db.ts';
import { noPlaceKeys } from '../event/no-place.ts';
import { type ColdRange, type ColdReading, type Excursion, excursionsByPlace, type Placed } from './cold-chain.ts';

export type KeptReading = ColdReading &
  Placed & { readonly valueC: number; readonly eventId: number; readonly device: string | null };
export type KeptExcursion = Excursion & {
  readonly siteId: string | null;
  readonly siteName: string | null;
  readonly siteNameEn: string | null;
};

/**
 * Where a reading was taken. A logger is read out when the goods arrive: what it measured before is the road's, and so is what
 * was measured after they left.
 */
const takenAt = `CASE
  WHEN e.biz_step IN ('receiving', 'arriving', 'accepting', 'unloading') AND r.at < e.at THEN NULL
  WHEN e.biz_step IN ('shipping', 'departing', 'transporting', 'loading') AND r.at > e.at THEN NULL
  WHEN e.biz_step IN ('shipping', 'departing') THEN coalesce(e.read_point_key, e.biz_location_key)
  ELSE coalesce(e.biz_location_key, e.read_point_key) END`;

/** Temperatures of a lot by time with their places, at most `limit` (evenly thinned by the caller if it draws them). */
export function temperaturesOf(db: Db, lotId: number, limit = 10_000): KeptReading[] {
  const rows = db.sqlite
    .prepare(
      `SELECT r.at, r.value AS valueC, r.min_value AS minC, r.max_value AS maxC, r.event_id AS eventId, r.device, ${takenAt} AS siteKey
       FROM sensor_reading r CROSS JOIN event e ON e.id = r.event_id AND e.voided_by IS NULL
       WHERE r.lot_id = ? AND r.type = 'Temperature' ORDER BY r.at LIMIT ?`,
    )
    .all(lotId, limit) as (KeptReading & { siteKey: number | null })[];
  return rows.map((row) => ({
    ...row,
    siteKey: row.siteKey === null || row.siteKey <= noPlaceKeys.process ? undefined : row.siteKey,
  }));
}

/** The one calculation of a lot's breaches, for its page and for the finding. */
export function breachesOfLot(db: Db, lotId: number, range: ColdRange): (Excursion & Placed)[] {
  return excursionsByPlace(temperaturesOf(db, lotId, mostReadings), range);
}

const mostReadings = 100_000;

export function excursionsOfLot(db: Db, lotId: number): KeptExcursion[] {
  return db.sqlite
    .prepare(
      `SELECT x.from_at AS fromAt, x.until_at AS untilAt, x.worst_c AS worstC, s.id AS siteId, s.name AS siteName,
         s.name_en AS siteNameEn FROM excursion x LEFT JOIN site s ON s.key = x.site_key WHERE x.lot_id = ? ORDER BY x.from_at LIMIT 1000`,
    )
    .all(lotId) as KeptExcursion[];
}

/** Inside the caller's transaction: works out a lot's breaches anew from all its live readings. */
export function refreshExcursions(db: Db, lotId: number, range: ColdRange): readonly (Excursion & Placed)[] {
  const found = breachesOfLot(db, lotId, range);
  db.sqlite.prepare('DELETE FROM excursion WHERE lot_id = ?').run(lotId);
  const insert = db.sqlite.prepare(
    'INSERT INTO excursion (lot_id, from_at, until_at, worst_c, site_key) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { fromAt, untilAt, worstC, siteKey } of found) insert.run(lotId, fromAt, untilAt, worstC, siteKey ?? null);
  return found;
}
