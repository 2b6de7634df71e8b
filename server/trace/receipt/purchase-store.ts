// The purchase ledger of some sites: what was received, when, from whom, with its certificates and temperature.

import type { PlaceName } from '../../../views/trace/parts.tsx';
import type { Purchase } from '../../../views/trace/receipt/purchases-page.tsx';
import type { Db } from '../../store/db.ts';
import { edgeRoles } from '../event/chain-links.ts';
import { noPlaceKeys } from '../event/no-place.ts';
import { lotPath } from '../lot/lot-address.ts';
import type { Lot } from '../lot/lot-store.ts';
import { contactsOf, placesOf } from '../place/place-store.ts';
import { lotStatesOf } from '../state/lot-state-store.ts';

type Row = Lot & {
  readonly at: number;
  readonly quantity: number | null;
  readonly edgeUnit: string | null;
  readonly here: string;
  readonly spec: string | null;
  readonly source: string | null;
  readonly shipper: string | null;
  readonly numbers: string | null;
  readonly celsius: number | null;
};

export type PurchaseSpan = { readonly fromAt: number; readonly untilAt: number; readonly most: number };

/** Newest first, at most `most` and one more, which says that there are further ones. */
export function purchasesOf(
  db: Db,
  siteIds: readonly string[],
  { fromAt, untilAt, most }: PurchaseSpan,
  key: Buffer,
  now: number,
): Purchase[] {
  const rows = db.sqlite
    .prepare(purchaseSql)
    .all({ sites: JSON.stringify(siteIds), fromAt, untilAt, limit: most + 1 }) as Row[];
  const places = placesOf(db, [
    ...new Set(rows.flatMap(({ source, shipper, here }) => [source, shipper, here].filter((site) => site !== null))),
  ]);
  const contacts = contactsOf(db, [...places.keys()]);
  const states = lotStatesOf(db, rows, now);
  return rows.map((row) => ({
    at: row.at,
    href: lotPath(row, key),
    productName: row.name,
    productNameEn: row.nameEn,
    spec: row.spec,
    producedAt: row.producedAt,
    code: row.code,
    gtin: row.gtin,
    batch: row.originBatch ?? row.batch ?? row.serial ?? row.code,
    quantity: row.quantity,
    unit: row.edgeUnit,
    receiver: places.get(row.here) ?? null,
    supplier: supplierOf(places, contacts, row),
    origin: row.origin,
    expiresAt: row.expiresAt,
    certificates: row.numbers === null ? [] : row.numbers.split('\n'),
    celsius: row.celsius,
    state: states.get(row.id) ?? 'ok',
  }));
}

function supplierOf(
  places: ReadonlyMap<string, PlaceName>,
  contacts: ReadonlyMap<string, string>,
  { source, shipper }: Row,
): Purchase['supplier'] {
  const site = source === 'transit' || source === 'unknown' || source === null ? shipper : source;
  const place = site === null ? undefined : places.get(site);
  return place === undefined ? null : { ...place, phone: contacts.get(place.id) ?? null };
}

// Without a named source, the last shipment of the lot that left for nowhere named is taken to be this one.
const purchaseSql = `SELECT l.id, l.code, l.kind, l.gtin, l.batch, l.serial, l.spec, s.id AS here, l.origin, l.origin_batch AS originBatch, l.expires_at AS expiresAt,
    l.produced_at AS producedAt, l.product_id AS productId, l.status, p.name, p.name_en AS nameEn, o.at, o.quantity, o.unit AS edgeUnit,
    (SELECT f.id FROM edge_in i JOIN holding g ON g.id = i.holding_id JOIN site f ON f.key = g.site_key
      WHERE i.event_id = o.event_id AND i.strand = o.strand AND i.role = ${edgeRoles.received} AND i.voided_by IS NULL LIMIT 1) AS source,
    (SELECT f.id FROM holding t JOIN edge_out x ON x.holding_id = t.id AND x.role = ${edgeRoles.shipped} AND x.voided_by IS NULL AND x.at <= o.at
      JOIN edge_in i ON i.event_id = x.event_id AND i.strand = x.strand JOIN holding g ON g.id = i.holding_id JOIN site f ON f.key = g.site_key
      WHERE t.lot_id = l.id AND t.site_key = ${noPlaceKeys.transit} ORDER BY x.at DESC LIMIT 1) AS shipper,
    (SELECT group_concat(c.number, char(10)) FROM lot_certificate lc JOIN certificate c ON c.id = lc.certificate_id WHERE lc.lot_id = l.id) AS numbers,
    (SELECT r.value FROM sensor_reading r WHERE r.lot_id = l.id AND r.type = 'Temperature' AND r.event_id = o.event_id ORDER BY r.at LIMIT 1) AS celsius
  FROM json_each(@sites) j CROSS JOIN site s ON s.id = j.value CROSS JOIN holding h ON h.site_key = s.key
    CROSS JOIN edge_out o ON o.holding_id = h.id AND o.voided_by IS NULL AND o.role = ${edgeRoles.received} AND o.at BETWEEN @fromAt AND @untilAt
    CROSS JOIN lot l ON l.id = h.lot_id LEFT JOIN product p ON p.id = l.product_id
  ORDER BY o.at DESC, o.event_id DESC LIMIT @limit`;
