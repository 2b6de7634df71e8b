// Reads the Critical Tracking Events of lots, or of a span of time.
import type { Db } from '../../store/db.ts';
import { edgeRoles } from '../event/chain-links.ts';
import { noPlaceKeys } from '../event/no-place.ts';
import { type EventLine, type FsmaRow, fsmaRow } from './fsma204.ts';

export type FsmaQuestion = {
  readonly lotIds: readonly number[];
  /** Unix ms, both included. */
  readonly fromAt?: number;
  readonly untilAt?: number;
};

export type FsmaRows = { readonly rows: readonly FsmaRow[]; readonly truncated: boolean };

export const mostFsmaRows = 100_000;

/** By lot, then by time. */
export function fsmaRows(db: Db, { lotIds, fromAt, untilAt }: FsmaQuestion): FsmaRows {
  const lines = linesStatement(db).all({
    lots: JSON.stringify(lotIds),
    from: fromAt ?? Number.MIN_SAFE_INTEGER,
    until: untilAt ?? Number.MAX_SAFE_INTEGER,
    limit: mostFsmaRows + 1,
  }) as (Omit<EventLine, 'mixes'> & { mixes: number })[];
  const rows = lines.slice(0, mostFsmaRows).flatMap((line) => fsmaRow({ ...line, mixes: line.mixes === 1 }) ?? []);
  return { rows, truncated: lines.length > mostFsmaRows };
}

/** Everything in the scope of a recall. */
export function fsmaRowsOfRecall(db: Db, recallId: number): FsmaRows {
  const lotIds = db.sqlite
    .prepare('SELECT DISTINCT lot_id FROM recall_scope WHERE recall_id = ? LIMIT 50000')
    .pluck()
    .all(recallId) as number[];
  return fsmaRows(db, { lotIds });
}

/** All lots with an event in a span of time: what an inspector asks for when no lot is known. */
export function fsmaRowsOfSpan(db: Db, fromAt: number, untilAt: number): FsmaRows {
  const lotIds = db.sqlite
    .prepare(
      `SELECT DISTINCT h.lot_id FROM event e CROSS JOIN edge_out o ON o.event_id = e.id CROSS JOIN holding h ON h.id = o.holding_id
       WHERE e.at >= ? AND e.at <= ? LIMIT 50000`,
    )
    .pluck()
    .all(fromAt, untilAt) as number[];
  return fsmaRows(db, { lotIds, fromAt, untilAt });
}

function linesStatement(db: Db) {
  const place = (key: string) =>
    `(SELECT coalesce(s.name_en, s.name, s.id) || ' (' || s.id || ')' || coalesce(', ' || coalesce(s.address_en, s.address), '') FROM site s WHERE s.key = ${key} AND s.key > ${noPlaceKeys.process})`;
  const otherSide = (table: string) =>
    `(SELECT g.site_key FROM ${table} y CROSS JOIN holding g ON g.id = y.holding_id WHERE y.event_id = x.event_id AND y.strand = x.strand AND y.role = x.role AND y.voided_by IS NULL LIMIT 1)`;
  // Shipping is told by the line that leaves, receiving by the line that arrives: each goods once.
  const side = (table: string, other: string, roles: readonly number[]) =>
    `SELECT x.role, x.strand = 0 AS mixes, e.biz_step AS bizStep, x.at, e.zone_minutes AS zoneMinutes, l.code AS lotCode,
       coalesce(p.name_en, p.name) AS product, p.variety, x.quantity, x.unit, ${place('h.site_key')} AS here,
       ${place(otherSide(other))} AS other,
       (SELECT ${place('m.site_key')} FROM holding m CROSS JOIN edge_out z ON z.holding_id = m.id AND z.voided_by IS NULL
         WHERE m.lot_id = l.id AND z.role = ${edgeRoles.made} ORDER BY z.at LIMIT 1) AS source,
       (SELECT group_concat(CASE WHEN b.type = '' THEN b.transaction_id ELSE b.type || ' ' || b.transaction_id END, '; ')
         FROM biz_transaction b WHERE b.event_id = x.event_id) AS documents
     FROM json_each(@lots) j CROSS JOIN lot l ON l.id = j.value AND l.kind <> 'process' CROSS JOIN holding h ON h.lot_id = l.id
       CROSS JOIN ${table} x ON x.holding_id = h.id AND x.voided_by IS NULL AND x.at >= @from AND x.at <= @until
       CROSS JOIN event e ON e.id = x.event_id LEFT JOIN product p ON p.id = l.product_id
     WHERE x.role IN (${roles.join(', ')})`;
  return db.sqlite.prepare(
    `${side('edge_in', 'edge_out', [edgeRoles.used, edgeRoles.shipped])}
     UNION ALL ${side('edge_out', 'edge_in', [edgeRoles.made, edgeRoles.received])}
     ORDER BY 6, 4 LIMIT @limit`,
  );
}
