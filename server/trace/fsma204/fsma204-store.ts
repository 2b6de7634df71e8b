// Reads the Critical Tracking Events of lots, or of a span of time.
import type { Db } from '../../store/db.ts';
import { rereadEvent } from '../capture/capture-document.ts';
import { edgeRoles, linksOf } from '../event/chain-links.ts';
import { masterData } from '../event/event-master-data.ts';
import { noPlaceKeys } from '../event/no-place.ts';
import { type EventLine, type FsmaRow, fsmaRowsOf, type TimeSpan } from './fsma204.ts';

export type FsmaRows = { readonly rows: readonly FsmaRow[]; readonly truncated: boolean };

const mostFsmaRows = 100_000;
const mostFsmaLots = 50_000;
const always: TimeSpan = { fromAt: Number.MIN_SAFE_INTEGER, untilAt: Number.MAX_SAFE_INTEGER };

/** By lot, then by time. */
export function fsmaRows(db: Db, lotIds: readonly number[], span: TimeSpan = always): FsmaRows {
  const found = linesStatement(db).all({
    lots: JSON.stringify(lotIds.slice(0, mostFsmaLots)),
    from: span.fromAt,
    until: span.untilAt,
    limit: mostFsmaRows + 1,
  }) as LineRow[];
  const byLot = linesByLot(found.slice(0, mostFsmaRows).map(lineOf));
  const raw = rawLines(db, [...byLot.values()].flat());
  const rows = [...byLot.values()].flatMap((lines) =>
    fsmaRowsOf(
      lines,
      span,
      lines.flatMap(({ packedFrom }) => packedFrom).flatMap((id) => raw.get(id) ?? []),
    ),
  );
  return { rows, truncated: found.length > mostFsmaRows || lotIds.length > mostFsmaLots };
}

/** What is told of the raw lots that others were packed from, by lot, whether these were asked for or not. */
function rawLines(db: Db, lines: readonly EventLine[]): Map<number, EventLine[]> {
  const lots = JSON.stringify([...new Set(lines.flatMap(({ packedFrom }) => packedFrom))].slice(0, mostFsmaLots));
  const bounds = { lots, from: always.fromAt, until: always.untilAt, limit: mostFsmaRows };
  const found = lots === '[]' ? [] : (linesStatement(db).all(bounds) as LineRow[]);
  return linesByLot(found.map(lineOf));
}

function linesByLot(lines: readonly EventLine[]): Map<number, EventLine[]> {
  const byLot = new Map<number, EventLine[]>();
  for (const line of lines) {
    const same = byLot.get(line.lotId);
    if (same === undefined) byLot.set(line.lotId, [line]);
    else same.push(line);
  }
  return byLot;
}

/** Everything in the scope of a recall. */
export function fsmaRowsOfRecall(db: Db, recallId: number): FsmaRows {
  const lotIds = db.sqlite
    .prepare(`SELECT DISTINCT lot_id FROM recall_scope WHERE recall_id = ? LIMIT ${mostFsmaLots + 1}`)
    .pluck()
    .all(recallId) as number[];
  return fsmaRows(db, lotIds);
}

/** All lots with an event in a span of time: what an inspector asks for when no lot is known. */
export function fsmaRowsOfSpan(db: Db, fromAt: number, untilAt: number): FsmaRows {
  const named = (table: string) =>
    `SELECT h.lot_id FROM event e CROSS JOIN ${table} o ON o.event_id = e.id CROSS JOIN holding h ON h.id = o.holding_id
     WHERE e.at >= @fromAt AND e.at <= @untilAt`;
  const lotIds = db.sqlite
    .prepare(`${named('edge_out')} UNION ${named('edge_in')} LIMIT ${mostFsmaLots + 1}`)
    .pluck()
    .all({ fromAt, untilAt }) as number[];
  return fsmaRows(db, lotIds, { fromAt, untilAt });
}

type LineRow = Omit<EventLine, 'mixes' | 'harvested' | 'area' | 'packedFrom'> & {
  readonly packedFrom: string | null;
  readonly mixes: number;
  readonly field: string | null;
  /** The event itself, where it may say more than its edges do. */
  readonly json: string | null;
  readonly context: string | null;
};

function lineOf({ mixes, field, json, context, packedFrom, ...row }: LineRow): EventLine {
  const raw = packedFrom === null ? [] : (JSON.parse(packedFrom) as number[]);
  const line = { ...row, mixes: mixes === 1, area: field, harvested: null, packedFrom: raw };
  if (json === null || context === null) return line;
  const event = rereadEvent(json, context);
  const said = masterData(event);
  const dayIn = (name: string) => said.get(name)?.text.slice(0, 10);
  const range = [dayIn('harvestStartDate'), dayIn('harvestEndDate')].filter((day) => day !== undefined);
  // A sighting counts nothing in the books; the sheet says the amount that was seen.
  const seen = linksOf(event).passage?.lines.find(({ epc }) => epc.uri === line.lotCode);
  return {
    ...line,
    quantity: line.quantity ?? seen?.quantity ?? null,
    unit: line.quantity === null ? (seen?.unit ?? null) : line.unit,
    area: said.get('catchArea')?.text ?? partOf(event.readPoint?.uri) ?? field,
    harvested: dayIn('harvestDate') ?? (range.length === 0 ? null : [...new Set(range)].join(' – ')),
  };
}

/** The part of a place that its address names, by GS1's extension of a GLN (254): a field, a pond, a shed. */
function partOf(place: string | undefined): string | null {
  const part = /\/254\/([^/?#]+)/.exec(place ?? '')?.[1];
  return part === undefined ? null : decodeURIComponent(part);
}

function linesStatement(db: Db) {
  const place = (key: string) =>
    `(SELECT coalesce(s.name_en, s.name, s.id) || ' (' || s.id || ')' || coalesce(', ' || coalesce(s.address_en, s.address), '')
        || coalesce(', tel. ' || coalesce(s.phone, (SELECT q.phone FROM party q WHERE q.id = s.party_id)), '')
      FROM site s WHERE s.key = ${key} AND s.key > ${noPlaceKeys.process})`;
  const kind = (key: string) => `(SELECT s.kind FROM site s WHERE s.key = ${key})`;
  const otherSide = (table: string) =>
    `(SELECT g.site_key FROM ${table} y CROSS JOIN holding g ON g.id = y.holding_id WHERE y.event_id = x.event_id AND y.strand = x.strand AND y.role = x.role AND y.voided_by IS NULL LIMIT 1)`;
  const business = `(SELECT coalesce(q.name_en, q.name, s.name_en, s.name, s.id) || coalesce(', tel. ' || coalesce(q.phone, s.phone), '')
      FROM site s LEFT JOIN party q ON q.id = s.party_id WHERE s.key = h.site_key AND s.key > ${noPlaceKeys.process})`;
  const packedFrom = `CASE WHEN x.role = ${edgeRoles.made} AND x.strand = 0 AND lower(e.biz_step) LIKE '%initial%pack%' THEN (
      SELECT json_group_array(lot_id) FROM (SELECT DISTINCT g.lot_id FROM edge_in y CROSS JOIN holding g ON g.id = y.holding_id
        WHERE y.event_id = x.event_id AND y.role = ${edgeRoles.used} AND y.voided_by IS NULL LIMIT 100)) END`;
  const mayHarvest = `x.role = ${edgeRoles.seen} OR (x.role = ${edgeRoles.made} AND (e.json LIKE '%harvest%' OR e.json LIKE '%catchArea%' OR e.json LIKE '%/254/%'))`;
  // Shipping is told by the line that leaves, receiving by the line that arrives: each goods once.
  const side = (table: string, other: string, roles: readonly number[]) =>
    `SELECT l.id AS lotId, x.role, x.strand = 0 AS mixes, e.biz_step AS bizStep, x.at, e.zone_minutes AS zoneMinutes, l.code AS lotCode,
       coalesce(p.name_en, p.name) AS product, p.variety, x.quantity, x.unit, ${place('h.site_key')} AS here,
       ${kind('h.site_key')} AS hereKind, ${place(otherSide(other))} AS other, ${kind(otherSide(other))} AS otherKind,
       ${business} AS business, ${packedFrom} AS packedFrom,
       (SELECT ${place('m.site_key')} FROM holding m CROSS JOIN edge_out z ON z.holding_id = m.id AND z.voided_by IS NULL
         WHERE m.lot_id = l.id AND z.role = ${edgeRoles.made} ORDER BY z.at LIMIT 1) AS source,
       (SELECT group_concat(CASE WHEN b.type = '' THEN b.transaction_id ELSE b.type || ' ' || b.transaction_id END, '; ')
         FROM biz_transaction b WHERE b.event_id = x.event_id) AS documents,
       (SELECT coalesce(s.name_en, s.name, s.id) FROM site s WHERE s.key = e.read_point_key AND s.key <> h.site_key
          AND x.role IN (${edgeRoles.made}, ${edgeRoles.seen})) AS field,
       CASE WHEN ${mayHarvest} THEN e.json END AS json, CASE WHEN ${mayHarvest} THEN n.json END AS context
     FROM json_each(@lots) j CROSS JOIN lot l ON l.id = j.value AND l.kind <> 'process' CROSS JOIN holding h ON h.lot_id = l.id
       CROSS JOIN ${table} x ON x.holding_id = h.id AND x.voided_by IS NULL
         AND (x.at BETWEEN @from AND @until OR x.role IN (${edgeRoles.made}, ${edgeRoles.seen}, ${edgeRoles.shipped}, ${edgeRoles.received}))
       CROSS JOIN event e ON e.id = x.event_id CROSS JOIN event_context n ON n.id = e.context_id
       LEFT JOIN product p ON p.id = l.product_id
     WHERE x.role IN (${roles.join(', ')}) AND (x.role <> ${edgeRoles.seen} OR ${rawStep()})`;
  return db.sqlite.prepare(
    `${side('edge_in', 'edge_out', [edgeRoles.used, edgeRoles.shipped])}
     UNION ALL ${side('edge_out', 'edge_in', [edgeRoles.made, edgeRoles.received, edgeRoles.seen])}
     ORDER BY 7, 5 LIMIT @limit`,
  );
}

/** Of sightings only what may be a Critical Tracking Event by its step (see fsma204.ts). */
function rawStep(): string {
  return ['harvest', 'farming', 'fishing', 'cooling', 'chilling', 'land', 'initial']
    .map((word) => `e.biz_step LIKE '%${word}%'`)
    .join(' OR ');
}
