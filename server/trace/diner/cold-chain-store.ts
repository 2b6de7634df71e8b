// Readings and breaches of a lot's cold chain.
import type { Db } from '../../store/db.ts';
import { type ColdRange, type ColdReading, type Excursion, excursionsOf } from './cold-chain.ts';

export type KeptReading = ColdReading & {
  readonly valueC: number;
  readonly eventId: number;
  readonly device: string | null;
};
export type KeptExcursion = Excursion & {
  readonly siteId: string | null;
  readonly siteName: string | null;
  readonly siteNameEn: string | null;
};

/** Temperatures of a lot by time, at most `limit` (evenly thinned by the caller if it draws them). */
export function temperaturesOf(db: Db, lotId: number, limit = 10_000): KeptReading[] {
  return db.sqlite
    .prepare(
      `SELECT r.at, r.value AS valueC, r.min_value AS minC, r.max_value AS maxC, r.event_id AS eventId, r.device
       FROM sensor_reading r CROSS JOIN event e ON e.id = r.event_id AND e.voided_by IS NULL
       WHERE r.lot_id = ? AND r.type = 'Temperature' ORDER BY r.at LIMIT ?`,
    )
    .all(lotId, limit) as KeptReading[];
}

export function excursionsOfLot(db: Db, lotId: number): KeptExcursion[] {
  return db.sqlite
    .prepare(
      `SELECT x.from_at AS fromAt, x.until_at AS untilAt, x.worst_c AS worstC, s.id AS siteId, s.name AS siteName,
         s.name_en AS siteNameEn FROM excursion x LEFT JOIN site s ON s.key = x.site_key WHERE x.lot_id = ? ORDER BY x.from_at LIMIT 1000`,
    )
    .all(lotId) as KeptExcursion[];
}

/** Inside the caller's transaction: works out a lot's breaches anew from all its live readings. */
export function refreshExcursions(db: Db, lotId: number, range: ColdRange): readonly Excursion[] {
  const readings = temperaturesOf(db, lotId, 100_000);
  const found = excursionsOf(readings, range);
  db.sqlite.prepare('DELETE FROM excursion WHERE lot_id = ?').run(lotId);
  const insert = db.sqlite.prepare(
    'INSERT INTO excursion (lot_id, from_at, until_at, worst_c, site_key) VALUES (?, ?, ?, ?, ?)',
  );
  const siteAt = db.sqlite
    .prepare(
      `SELECT coalesce(e.biz_location_key, e.read_point_key) FROM sensor_reading r CROSS JOIN event e ON e.id = r.event_id
       WHERE r.lot_id = ? AND r.type = 'Temperature' AND r.at = ? LIMIT 1`,
    )
    .pluck();
  for (const { fromAt, untilAt, worstC } of found)
    insert.run(lotId, fromAt, untilAt, worstC, siteAt.get(lotId, fromAt) ?? null);
  return found;
}
