// What is publicly known of a code that is no lot: a product's recalled lots, a place, what was in a box.
import type { LotLine } from '../../../views/trace/diner/diner-other-pages.tsx';
import type { PlaceName } from '../../../views/trace/parts.tsx';
import type { Db } from '../../store/db.ts';
import { lotPath } from '../lot/lot-address.ts';
import type { Lot } from '../lot/lot-store.ts';
import type { LotState } from '../state/lot-state.ts';
import { lotStatesOf } from '../state/lot-state-store.ts';

export type PublicProduct = {
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly recalled: readonly LotLine[];
};

const mostLines = 30;

/** Undefined when no lot and no product of this GTIN was ever named. */
export function publicProduct(db: Db, gtin: string, key: Buffer, now: number): PublicProduct | undefined {
  const product = db.sqlite.prepare('SELECT name, name_en AS nameEn FROM product WHERE gtin = ?').get(gtin) as
    | { name: string; nameEn: string | null }
    | undefined;
  const known =
    product !== undefined || db.sqlite.prepare('SELECT 1 FROM lot WHERE gtin = ? LIMIT 1').get(gtin) !== undefined;
  if (!known) return undefined;
  const recalled = db.sqlite
    .prepare(`${lotColumns} WHERE l.gtin = ? AND l.status <> 'ok' AND l.kind = 'lot' ORDER BY l.id DESC LIMIT ?`)
    .all(gtin, mostLines) as Lot[];
  return {
    productName: product?.name ?? null,
    productNameEn: product?.nameEn ?? null,
    recalled: lotLines(db, recalled, key, now),
  };
}

/** A place that has a name; one that events merely mention is nobody's business. */
export function publicPlace(db: Db, siteId: string): PlaceName | undefined {
  return db.sqlite
    .prepare(
      'SELECT id, name, name_en AS nameEn, kind, address, address_en AS addressEn FROM site WHERE id = ? AND name IS NOT NULL',
    )
    .get(siteId) as PlaceName | undefined;
}

/** The lots that were ever put into a box; undefined for a box nobody named. */
export function publicContents(db: Db, sscc: string, key: Buffer, now: number): LotLine[] | undefined {
  const box = db.sqlite.prepare('SELECT id FROM lot WHERE code = ?').pluck().get(`https://id.gs1.org/00/${sscc}`) as
    | number
    | undefined;
  if (box === undefined) return undefined;
  const lots = db.sqlite
    .prepare(
      `${lotColumns} WHERE l.id IN (SELECT child_id FROM container_change WHERE container_id = ? AND change = 'ADD') ORDER BY l.id LIMIT ?`,
    )
    .all(box, mostLines) as Lot[];
  return lotLines(db, lots, key, now);
}

const lotColumns = `SELECT l.id, l.code, l.kind, l.gtin, l.batch, l.serial, l.origin_batch AS originBatch, l.status, l.produced_at AS producedAt,
  l.expires_at AS expiresAt, l.product_id AS productId,  p.name, p.name_en AS nameEn FROM lot l LEFT JOIN product p ON p.id = l.product_id`;

function lotLines(db: Db, lots: readonly Lot[], key: Buffer, now: number): LotLine[] {
  const states = lotStatesOf(db, lots, now);
  return lots.map((lot) => lotLine(lot, states.get(lot.id) ?? 'ok', key));
}

function lotLine(lot: Lot, state: LotState, key: Buffer): LotLine {
  const batch = lot.originBatch ?? lot.batch ?? lot.serial ?? lot.code;
  return {
    href: lotPath(lot, key),
    batch,
    productName: lot.name,
    productNameEn: lot.nameEn,
    state,
    expiresAt: lot.expiresAt,
  };
}
