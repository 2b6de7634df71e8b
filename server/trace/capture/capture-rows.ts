// The rows a capture writes and the ids it looks up, prepared once per database; all inside the caller's transaction.
import type { Db } from '../../store/db.ts';
import { type Change, type Content, contentsAfter } from '../chain/chain-contents.ts';
import { readOwnLotKey } from '../code/lot-code-own.ts';
import { edgeRoles } from '../event/chain-links.ts';
import { isClaim } from '../event/claim.ts';
import type { Epc } from '../event/event.ts';
import { noPlaceKeys, siteKeySpan } from '../event/no-place.ts';

/** What capture remembers of a row of `lot`; `unsourced`: it was received somewhere without saying from where. */
export type LotRef = { readonly id: number; isContainer: boolean; unsourced: boolean | undefined };

export type EdgeSide = 'in' | 'out';
export type EdgeRow = {
  readonly side: EdgeSide;
  readonly strand: number;
  readonly holdingId: number;
  readonly turn: number;
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly role: number;
};

// Caches only save look-ups: emptied when full, and after every rollback, which may have taken their rows away.
const cachedLots = 200_000;
const cachedHoldings = 400_000;
const cachedContexts = 1_000;

export type CaptureRows = ReturnType<typeof openRows>;
const opened = new WeakMap<Db, CaptureRows>();

export function captureRows(db: Db): CaptureRows {
  const found = opened.get(db) ?? openRows(db);
  opened.set(db, found);
  return found;
}

function openRows(db: Db) {
  const statements = prepare(db);
  const places = openPlaces(statements);
  const lots = openLots(statements, places.holdingId);
  const contexts = openContexts(statements);

  function contentsAt(containerId: number, at: number): Map<number, Content> {
    return contentsAfter(statements.changes.all(containerId, at, at) as Change[]);
  }

  function forget(): void {
    for (const cache of [places, lots, contexts]) cache.forget();
  }

  return { statements, ...places, ...lots, ...contexts, contentsAt, forget };
}

function openLots(statements: Statements, holdingId: (lotId: number, key: number) => number) {
  const lots = new Map<string, LotRef>();

  function lotRef(epc: Epc): LotRef {
    const known = lots.get(epc.uri);
    if (known !== undefined) return known;
    if (lots.size >= cachedLots) lots.clear();
    const ref = findLot(epc.uri) ?? { id: insertLot(statements, epc), isContainer: false, unsourced: false };
    lots.set(epc.uri, ref);
    return ref;
  }

  /** The node of a running transformation, which several events with one transformationID share. */
  function processRef(transformationId: string): LotRef {
    const code = `process:${transformationId}`;
    const found = lots.get(code) ?? findLot(code);
    const ref = found ?? { id: insertProcess(statements, code), isContainer: false, unsourced: false };
    lots.set(code, ref);
    return ref;
  }

  function lotById(id: number): { readonly ref: LotRef; readonly kind: string } {
    const [code, kind, isContainer] = statements.lotById.get(id) as [string, string, number];
    const ref = lots.get(code) ?? { id, isContainer: isContainer === 1, unsourced: undefined };
    lots.set(code, ref);
    return { ref, kind };
  }

  /** Whether the lot was ever received without a source. */
  function isUnsourced(lot: LotRef): boolean {
    lot.unsourced ??= statements.unsourced.get(lot.id) !== undefined;
    return lot.unsourced;
  }

  /**
   * A lot received without a source may have come out of any of its shipments, also those that name another
   * destination (a company's number instead of its shop's): from now on they all lead through the lot in transit.
   */
  function openTransit(lot: LotRef): void {
    if (isUnsourced(lot)) return;
    lot.unsourced = true;
    statements.linkShipments.run(holdingId(lot.id, noPlaceKeys.transit), lot.id);
  }

  function findLot(code: string): LotRef | undefined {
    const row = statements.lotByCode.get(code) as [number, number] | undefined;
    return row === undefined ? undefined : { id: row[0], isContainer: row[1] === 1, unsourced: undefined };
  }

  return { lotRef, processRef, lotById, isUnsourced, openTransit, forget: () => lots.clear() };
}

function openPlaces(statements: Statements) {
  const holdings = new Map<number, number>();
  const sites = new Map<string, number>();

  function siteKey(id: string): number {
    const known = sites.get(id);
    if (known !== undefined) return known;
    const found = statements.siteById.get(id) as number | undefined;
    const key = found ?? Number(statements.insertSite.run(id).lastInsertRowid);
    sites.set(id, key);
    return key;
  }

  function holdingId(lotId: number, key: number): number {
    const cacheKey = lotId * siteKeySpan + key;
    const known = key < siteKeySpan ? holdings.get(cacheKey) : undefined;
    if (known !== undefined) return known;
    const found = statements.holding.get(lotId, key) as number | undefined;
    const id = found ?? Number(statements.insertHolding.run(lotId, key).lastInsertRowid);
    if (holdings.size >= cachedHoldings) holdings.clear();
    if (key < siteKeySpan) holdings.set(cacheKey, id);
    return id;
  }

  function forget(): void {
    holdings.clear();
    sites.clear();
  }

  return { siteKey, holdingId, forget };
}

function openContexts(statements: Statements) {
  const contexts = new Map<string, number>();

  function contextId(json: string): number {
    const known = contexts.get(json);
    if (known !== undefined) return known;
    const found = statements.contextByJson.get(json) as number | undefined;
    const id = found ?? Number(statements.insertContext.run(json).lastInsertRowid);
    if (contexts.size >= cachedContexts) contexts.clear();
    contexts.set(json, id);
    return id;
  }

  function forget(): void {
    contexts.clear();
  }

  return { contextId, forget };
}

function insertProcess(statements: Statements, code: string): number {
  return Number(statements.insertLot.run(code, 'process', null, null, null, null, null, null).lastInsertRowid);
}

function insertLot(statements: Statements, epc: Epc): number {
  const kind = epc.kind === 'site' || epc.kind === 'party' ? 'other' : epc.kind;
  const product = epc.gtin === undefined ? undefined : (statements.productByGtin.get(epc.gtin) as number | undefined);
  const own = epc.gtin === undefined ? readOwnLotKey(epc.uri) : undefined;
  const { lastInsertRowid } = statements.insertLot.run(
    epc.uri,
    kind,
    epc.gtin ?? null,
    epc.lot ?? null,
    epc.serial ?? null,
    product ?? null,
    own?.origin || null,
    own?.batch ?? null,
  );
  return Number(lastInsertRowid);
}

type Prepare = ReturnType<typeof preparer>;
type Statements = ReturnType<typeof prepare>;

function preparer(db: Db) {
  return (text: string) => db.sqlite.prepare(text);
}

function prepare(db: Db) {
  const sql = preparer(db);
  return { ...prepareNodes(sql), ...prepareEvents(sql), ...prepareLinks(sql), ...prepareChanges(sql) };
}

/** Lots, places and holdings. */
function prepareNodes(sql: Prepare) {
  return {
    lotByCode: sql('SELECT id, is_container FROM lot WHERE code = ?').raw(),
    lotById: sql('SELECT code, kind, is_container FROM lot WHERE id = ?').raw(),
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
      VALUES (@id, @captureId, @sha256, @mediaType, @byteCount, @bytes, @encoding, @accountId, @organisationId,
        @authorRole, @receivedAt, @onError, @accepted,
        @refused, @duplicate, @warned, @faults)`),
    insertEvent: sql(`INSERT INTO event (hash, declared_at, uri, kind, action, biz_step, disposition, at, zone_minutes,
        recorded_at, read_point_key, biz_location_key, document_id, context_id, position, json)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (at, hash, declared_at) DO NOTHING`),
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
    changes: sql(`SELECT c.child_id AS childId, c.change, c.quantity, c.unit
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
      WHERE e.id <> @cause AND e.voided_by IS NULL AND NOT ${isClaim('e.id')}`).raw(),
  };
}

/** What a correction or a late event undoes. */
function prepareChanges(sql: Prepare) {
  return {
    holdersOf: sql('SELECT DISTINCT container_id FROM container_change WHERE child_id = ?').pluck(),
    changesOf: sql('SELECT container_id, at FROM container_change WHERE event_id = ?').raw(),
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
    reading: sql(`INSERT INTO sensor_reading VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`),
  };
}
