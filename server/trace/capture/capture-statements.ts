// What a capture asks and writes, prepared once per database.
import type { Db } from '../../store/db.ts';
import { edgeRoles } from '../event/chain-links.ts';
import { isClaim } from '../event/claim.ts';
import { noPlaceKeys } from '../event/no-place.ts';

type Prepare = ReturnType<typeof preparer>;

function preparer(db: Db) {
  return (text: string) => db.sqlite.prepare(text);
}

export type CaptureStatements = ReturnType<typeof captureStatements>;

export function captureStatements(db: Db) {
  const sql = preparer(db);
  return { ...prepareNodes(sql), ...prepareEvents(sql), ...prepareLinks(sql), ...prepareChanges(sql) };
}

/** A code that was merged into another lot stands for that lot. */
function standsFor(lot: string): string {
  return `coalesce((SELECT m.into_id FROM lot_merge m WHERE m.from_id = ${lot} AND m.undone_at IS NULL), ${lot})`;
}

/** Lots, places and holdings. */
function prepareNodes(sql: Prepare) {
  return {
    lotByCode: sql(`SELECT ${standsFor('l.id')}, l.is_container FROM lot l WHERE l.code = ?`).raw(),
    ownLotByCode: sql('SELECT id FROM lot WHERE code = ?').pluck(),
    lotById: sql(`SELECT l.code, l.kind, l.is_container, ${standsFor('l.id')} FROM lot l WHERE l.id = ?`).raw(),
    unsourced: sql(`SELECT 1 FROM holding h CROSS JOIN edge_in i ON i.holding_id = h.id AND i.voided_by IS NULL
      WHERE h.lot_id = ? AND h.site_key = ${noPlaceKeys.transit} LIMIT 1`),
    linkShipments:
      sql(`INSERT INTO edge_out SELECT i.event_id, i.strand, ?, 0, i.at, NULL, i.unit, ${edgeRoles.moved}, NULL
      FROM holding h CROSS JOIN edge_in i ON i.holding_id = h.id AND i.voided_by IS NULL
      WHERE h.lot_id = ? AND i.role = ${edgeRoles.shipped} ON CONFLICT DO NOTHING`),
    insertLot: sql(
      'INSERT INTO lot (code, kind, gtin, batch, serial, product_id, origin, origin_batch) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    productByGtin: sql('SELECT id FROM product WHERE gtin = ?').pluck(),
    siteById: sql('SELECT key FROM site WHERE id = ?').pluck(),
    insertSite: sql('INSERT INTO site (id) VALUES (?)'),
    holding: sql('SELECT id FROM holding WHERE lot_id = ? AND site_key = ?').pluck(),
    insertHolding: sql('INSERT INTO holding (lot_id, site_key) VALUES (?, ?)'),
  };
}

/** Documents, events and their contexts. */
function prepareEvents(sql: Prepare) {
  return {
    nextDocument: sql('SELECT coalesce(max(id), 0) + 1 FROM event_document').pluck(),
    insertDocument:
      sql(`INSERT INTO event_document (id, capture_id, sha256, media_type, byte_count, bytes, encoding, account_id,
        organisation_id, author_role, received_at, on_error, accepted, refused, duplicate, warned, faults)
      VALUES (@id, @capture_id, @sha256, @media_type, @byte_count, @bytes, @encoding, @account_id, @organisation_id,
        @author_role, @received_at, @on_error, @accepted, @refused, @duplicate, @warned, @faults)`),
    insertEvent: sql(`INSERT INTO event (hash, declared_at, uri, kind, action, biz_step, disposition, at, zone_minutes,
        recorded_at, read_point_key, biz_location_key, document_id, context_id, position, json)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (at, hash, declared_at) DO NOTHING`),
    sameEvent: sql('SELECT 1 FROM event INDEXED BY event_at WHERE at = ? AND hash = ? AND declared_at = ?'),
    contextByJson: sql('SELECT id FROM event_context WHERE json = ?').pluck(),
    insertContext: sql('INSERT INTO event_context (json) VALUES (?)'),
  };
}

/** What an event adds to the graph. */
function prepareLinks(sql: Prepare) {
  return {
    anyDeclaration: sql('SELECT 1 FROM event INDEXED BY event_declaration WHERE declared_at > 0 LIMIT 1'),
    edge_in: sql('INSERT INTO edge_in VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)'),
    edge_out: sql('INSERT INTO edge_out VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)'),
    mention: sql('INSERT INTO mention VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'),
    bizTransaction: sql('INSERT INTO biz_transaction VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    change: sql('INSERT INTO container_change VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING'),
    markContainer: sql('UPDATE lot SET is_container = 1 WHERE id = ?'),
    // What goes out at the very time of a movement goes out after it.
    changes: sql(`SELECT ${standsFor('c.child_id')} AS childId, c.change, c.quantity, c.unit
      FROM container_change c CROSS JOIN event e ON e.id = c.event_id
      WHERE c.container_id = ? AND (c.at < ? OR (c.at = ? AND c.change <> 'DELETE')) AND e.voided_by IS NULL
      ORDER BY c.at, c.change, c.event_id`),
    // Live events from a time on that moved a thing: named without edges, or by the edges of its holdings.
    movesOf: sql(`SELECT e.id, e.json, c.json FROM (
        SELECT event_id FROM mention WHERE lot_id = @lot AND at >= @at
        UNION SELECT i.event_id FROM holding h CROSS JOIN edge_in i
          ON i.holding_id = h.id AND i.at >= @at AND i.voided_by IS NULL WHERE h.lot_id = @lot
        UNION SELECT o.event_id FROM holding h CROSS JOIN edge_out o
          ON o.holding_id = h.id AND o.at >= @at AND o.voided_by IS NULL WHERE h.lot_id = @lot
      ) m CROSS JOIN event e ON e.id = m.event_id CROSS JOIN event_context c ON c.id = e.context_id
      WHERE e.id <> @cause AND e.voided_by IS NULL AND NOT ${isClaim('e.id')} ORDER BY e.id`).raw(),
  };
}

/** What a correction or a late event undoes. */
function prepareChanges(sql: Prepare) {
  return {
    holdersOf: sql(
      'SELECT DISTINCT container_id FROM container_change WHERE child_id = ? ORDER BY container_id',
    ).pluck(),
    changesOf: sql('SELECT container_id, at FROM container_change WHERE event_id = ? ORDER BY container_id, at').raw(),
    edgesIn: sql(
      'SELECT strand, holding_id AS holdingId, turn, quantity, unit, role, voided_by AS voidedBy FROM edge_in WHERE event_id = ?',
    ),
    edgesOut: sql(
      'SELECT strand, holding_id AS holdingId, turn, quantity, unit, role, voided_by AS voidedBy FROM edge_out WHERE event_id = ?',
    ),
    voidEdgeIn: sql(
      'UPDATE edge_in SET voided_by = ? WHERE event_id = ? AND strand = ? AND holding_id = ? AND turn = ?',
    ),
    voidEdgeOut: sql(
      'UPDATE edge_out SET voided_by = ? WHERE event_id = ? AND strand = ? AND holding_id = ? AND turn = ?',
    ),
    voidEdgesIn: sql('UPDATE edge_in SET voided_by = ? WHERE event_id = ? AND voided_by IS NULL'),
    voidEdgesOut: sql('UPDATE edge_out SET voided_by = ? WHERE event_id = ? AND voided_by IS NULL'),
    voidEvent: sql('UPDATE event SET voided_by = ? WHERE id = ?'),
    dropReadings: sql(
      'DELETE FROM sensor_reading WHERE event_id = ? AND lot_id NOT IN (SELECT value FROM json_each(?))',
    ),
    reading: sql(`INSERT INTO sensor_reading VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`),
  };
}
