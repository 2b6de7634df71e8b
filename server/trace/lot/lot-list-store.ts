// Lists of lots as a person asks for them: by a part of what is printed, by state, of the places they belong to.

import { type Caller, seesAllSites } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { reachOf, seenLot } from '../chain/lot-visibility-store.ts';
import { noPlaceKeys } from '../event/no-place.ts';
import type { Lot } from './lot-store.ts';

export type LotListQuestion = {
  /** A part of product, batch, origin or code; empty for all. */
  readonly q: string;
  readonly status: Lot['status'] | '';
  readonly limit: number;
  /** The id of the last lot of the page before. */
  readonly before: number | undefined;
};

/** Newest first; owners and partners get the lots of their sites and of what they captured. */
export function listLots(db: Db, caller: Caller, { q, status, limit, before }: LotListQuestion): Lot[] {
  return db.sqlite.prepare(listSql).all({
    all: seesAllSites(caller) ? 1 : 0,
    ...reachOf(caller),
    q: q === '' ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`,
    status: status === '' ? null : status,
    before: before ?? Number.MAX_SAFE_INTEGER,
    limit,
  }) as Lot[];
}

const listSql = `SELECT l.id, l.code, l.kind, l.gtin, l.batch, l.serial, l.origin, l.origin_batch AS originBatch,
    l.produced_at AS producedAt, l.expires_at AS expiresAt, l.status, l.product_id AS productId, p.name, p.name_en AS nameEn,
    p.unit, p.cold_min_c AS coldMinC, p.cold_max_c AS coldMaxC
  FROM lot l LEFT JOIN product p ON p.id = l.product_id
  WHERE l.id < @before AND l.kind = 'lot' AND (@status IS NULL OR l.status = @status)
    AND (@q IS NULL OR l.code LIKE @q ESCAPE '\\' OR l.batch LIKE @q ESCAPE '\\' OR l.origin_batch LIKE @q ESCAPE '\\'
      OR EXISTS (SELECT 1 FROM lot_merge m CROSS JOIN lot f ON f.id = m.from_id WHERE m.into_id = l.id AND m.undone_at IS NULL
        AND (f.code LIKE @q ESCAPE '\\' OR f.batch LIKE @q ESCAPE '\\'))
      OR l.origin LIKE @q ESCAPE '\\' OR p.name LIKE @q ESCAPE '\\' OR p.name_en LIKE @q ESCAPE '\\' OR l.gtin LIKE @q ESCAPE '\\')
    AND NOT EXISTS (SELECT 1 FROM lot_merge m WHERE m.from_id = l.id AND m.undone_at IS NULL)
    AND (@all OR ${seenLot('l.id')})
  ORDER BY l.id DESC LIMIT @limit`;

/** Places a caller may choose from in a form: all for the regulator, their own and the named ones for others. */
export function namedPlaces(db: Db, limit = 300): { id: string; name: string }[] {
  return db.sqlite
    .prepare(
      `SELECT id, name FROM site WHERE name IS NOT NULL AND kind IS NOT NULL AND key > ${noPlaceKeys.process} ORDER BY name LIMIT ?`,
    )
    .all(limit) as { id: string; name: string }[];
}

/** Every other spelling of a lot's code. */
export function aliasesOf(db: Db, lotId: number): string[] {
  return db.sqlite
    .prepare('SELECT alias FROM lot_alias WHERE lot_id = ? ORDER BY alias LIMIT 50')
    .pluck()
    .all(lotId) as string[];
}

/** Where the lot is or was, real places only; not where only an event that was taken back had it. */
export function holdingsOfLot(db: Db, lotId: number): { id: number; siteId: string }[] {
  return db.sqlite
    .prepare(
      `SELECT h.id, s.id AS siteId FROM holding h JOIN site s ON s.key = h.site_key WHERE h.lot_id = ? AND s.id NOT IN ('unknown', 'transit', 'process')
         AND (EXISTS (SELECT 1 FROM edge_in x WHERE x.holding_id = h.id AND x.voided_by IS NULL)
           OR EXISTS (SELECT 1 FROM edge_out x WHERE x.holding_id = h.id AND x.voided_by IS NULL)) ORDER BY h.id LIMIT 500`,
    )
    .all(lotId) as { id: number; siteId: string }[];
}
