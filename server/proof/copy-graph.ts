// Copies a stretch of the graph as it stands, where the ledger does not hold enough to build it again; what is copied is not proved.
import type { Db } from '../store/db.ts';

/** The highest ids of a stretch; everything above what the scratch database has, up to these, is copied. */
export type GraphEnd = {
  readonly event_document: number;
  readonly event_context: number;
  readonly event: number;
  readonly holding: number;
  readonly lot: number;
  readonly site: number;
};

const numbered = ['site', 'event_context', 'lot', 'holding', 'event_document', 'event'] as const;
const ofEvents = [
  'edge_in',
  'edge_out',
  'mention',
  'biz_transaction',
  'container_change',
  'sensor_reading',
  'event_claim',
] as const;

/** How many events were copied. */
export function copyGraph(live: Db, scratch: Db, end: GraphEnd): number {
  const after = lastEvent(scratch);
  for (const table of numbered) copyNumbered(live, scratch, table, end[table]);
  for (const table of ofEvents) copyRows(live, scratch, table, `event_id > ${after} AND event_id <= ${end.event}`);
  // What was voided later is voided again when that is replayed.
  for (const table of ['event', 'edge_in', 'edge_out'])
    scratch.sqlite.prepare(`UPDATE ${table} SET voided_by = NULL WHERE voided_by > ?`).run(end.event);
  return lastEvent(scratch) - after;
}

/** Claims that were decided later are open again, and without effect: that they were decided is replayed. */
export function reopenClaims({ sqlite }: Db, eventIds: readonly number[]): void {
  const ids = JSON.stringify(eventIds);
  const decided = 'decision = NULL, decided_by = NULL, decided_organisation = NULL, decided_at = NULL';
  sqlite.prepare(`UPDATE event_claim SET ${decided} WHERE event_id IN (SELECT value FROM json_each(?))`).run(ids);
  for (const table of ['edge_in', 'edge_out', 'container_change', 'sensor_reading'])
    sqlite.prepare(`DELETE FROM ${table} WHERE event_id IN (SELECT value FROM json_each(?))`).run(ids);
}

/** Where the stretch of one document ends, by what its rows point at. */
export function endOfDocument(live: Db, documentId: number): GraphEnd {
  const one = (sql: string) => Number(live.sqlite.prepare(sql).pluck().get({ documentId }) ?? 0);
  const events = 'SELECT id FROM event WHERE document_id = @documentId';
  const holdings = `SELECT holding_id FROM edge_in WHERE event_id IN (${events}) UNION SELECT holding_id FROM edge_out WHERE event_id IN (${events})`;
  return {
    event_document: documentId,
    event_context: one('SELECT max(context_id) FROM event WHERE document_id = @documentId'),
    event: one('SELECT max(id) FROM event WHERE document_id = @documentId'),
    holding: one(`SELECT max(holding_id) FROM (${holdings})`),
    lot: one(
      `SELECT max(lot_id) FROM (SELECT lot_id FROM mention WHERE event_id IN (${events})
         UNION SELECT lot_id FROM holding WHERE id IN (${holdings}) UNION SELECT child_id FROM container_change WHERE event_id IN (${events}))`,
    ),
    site: one(
      `SELECT max(site_key) FROM (SELECT site_key FROM holding WHERE id IN (${holdings})
         UNION SELECT read_point_key FROM event WHERE document_id = @documentId UNION SELECT biz_location_key FROM event WHERE document_id = @documentId)`,
    ),
  };
}

function lastEvent({ sqlite }: Db): number {
  return Number(sqlite.prepare('SELECT coalesce(max(id), 0) FROM event').pluck().get());
}

function copyNumbered(live: Db, scratch: Db, table: (typeof numbered)[number], end: number): void {
  const key = table === 'site' ? 'key' : 'id';
  const from = Number(scratch.sqlite.prepare(`SELECT coalesce(max("${key}"), 0) FROM ${table}`).pluck().get());
  copyRows(live, scratch, table, `"${key}" > ${from} AND "${key}" <= ${end}`);
}

function copyRows(live: Db, scratch: Db, table: string, where: string): void {
  const rows = live.sqlite.prepare(`SELECT * FROM ${table} WHERE ${where}`).raw();
  const columns = rows.columns().map(({ name }) => name);
  const insert = scratch.sqlite.prepare(
    `INSERT OR REPLACE INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  for (const row of rows.iterate()) insert.run(...(row as unknown[]));
}
