// A shipment as a logger's file is attached to it: its lots, from where to where, and when it was on its way.
import type { Db } from '../../store/db.ts';
import { edgeRoles } from '../event/chain-links.ts';
import { noPlaceKeys } from '../event/no-place.ts';

export type LoggedShipment = {
  readonly eventId: number;
  readonly shippedAt: number;
  /** Null: nobody has told of its arrival. */
  readonly receivedAt: number | null;
  /** Site ids; null where nobody said one. */
  readonly from: string | null;
  readonly to: string | null;
  readonly lots: readonly { readonly id: number; readonly code: string; readonly kind: string }[];
};

/** The shipment an event of sending or receiving is of; undefined for every other event. */
export function shipmentOf(db: Db, eventId: number): LoggedShipment | undefined {
  const rows = db.sqlite.prepare(partsSql).all({ eventId }) as Part[];
  const [first] = rows;
  if (first === undefined) return undefined;
  const lots = [...new Map(rows.map(({ lotId, code, kind }) => [lotId, { id: lotId, code, kind }])).values()];
  const ids = JSON.stringify(lots.map(({ id }) => id));
  const place = (side: 'from' | 'to') => rows.map((row) => row[side]).find((site) => site !== null) ?? null;
  if (first.role === edgeRoles.shipped) {
    const arrival = db.sqlite.prepare(arrivalSql).get({ ids, at: first.at, to: place('to') }) as End | undefined;
    return {
      ...{ eventId, shippedAt: first.at, receivedAt: arrival?.at ?? null, lots },
      from: place('from'),
      to: place('to') ?? arrival?.site ?? null,
    };
  }
  const start = db.sqlite.prepare(startSql).get({ ids, at: first.at, from: place('from') }) as End | undefined;
  return {
    ...{ eventId, shippedAt: start?.at ?? first.at - longestUnsaidMs, receivedAt: first.at, lots },
    from: place('from') ?? start?.site ?? null,
    to: place('to'),
  };
}

// Who sent it and when nobody said: a lorry is hardly longer on its way.
const longestUnsaidMs = 3 * 86_400_000;

type Part = {
  readonly role: number;
  readonly at: number;
  readonly lotId: number;
  readonly code: string;
  readonly kind: string;
  readonly from: string | null;
  readonly to: string | null;
};
type End = { readonly at: number; readonly site: string | null };

const real = (key: string) => `(SELECT s.id FROM site s WHERE s.key = ${key} AND s.key > ${noPlaceKeys.process})`;

const partsSql = `SELECT i.role, i.at, l.id AS lotId, l.code, l.kind, ${real('h.site_key')} AS "from", ${real('g.site_key')} AS "to"
  FROM edge_in i CROSS JOIN holding h ON h.id = i.holding_id CROSS JOIN lot l ON l.id = h.lot_id
    LEFT JOIN edge_out o ON o.event_id = i.event_id AND o.strand = i.strand AND o.role = i.role AND o.voided_by IS NULL
    LEFT JOIN holding g ON g.id = o.holding_id
  WHERE i.event_id = @eventId AND i.voided_by IS NULL AND i.role IN (${edgeRoles.shipped}, ${edgeRoles.received}) LIMIT 500`;

const arrivalSql = `SELECT o.at, ${real('h.site_key')} AS site FROM json_each(@ids) j CROSS JOIN holding h ON h.lot_id = j.value
    CROSS JOIN edge_out o ON o.holding_id = h.id AND o.voided_by IS NULL AND o.role = ${edgeRoles.received} AND o.at >= @at
  WHERE @to IS NULL OR h.site_key = (SELECT key FROM site WHERE id = @to) ORDER BY o.at LIMIT 1`;

const startSql = `SELECT i.at, ${real('h.site_key')} AS site FROM json_each(@ids) j CROSS JOIN holding h ON h.lot_id = j.value
    CROSS JOIN edge_in i ON i.holding_id = h.id AND i.voided_by IS NULL AND i.role = ${edgeRoles.shipped} AND i.at <= @at
  WHERE @from IS NULL OR h.site_key = (SELECT key FROM site WHERE id = @from) ORDER BY i.at DESC LIMIT 1`;
