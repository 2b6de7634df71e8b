// What the chain keeps: places, lots, holdings, events with their edges, containers, cold chain, certificates.
import { sql } from 'drizzle-orm';
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { runOfEvent } from './event-run.ts';

export const parties = sqliteTable(
  'party',
  {
    id: integer('id').primaryKey(),
    gln: text('gln'),
    name: text('name').notNull(),
    nameEn: text('name_en'),
    /** Food business licence (食品经营许可证) or the like. */
    licence: text('licence'),
    phone: text('phone'),
  },
  (table) => [uniqueIndex('party_gln').on(table.gln), uniqueIndex('party_licence').on(table.licence)],
);

export const sites = sqliteTable(
  'site',
  {
    /** Small integer that holdings and events join on. */
    key: integer('key').primaryKey(),
    /** The site id of both halves of the house: GLN, or `local:<slug>`. */
    id: text('id').notNull().unique(),
    partyId: integer('party_id').references(() => parties.id),
    name: text('name'),
    nameEn: text('name_en'),
    /** farm, slaughterhouse, importer, wholesaler, market, restaurant … as entered. */
    kind: text('kind'),
    address: text('address'),
    addressEn: text('address_en'),
    phone: text('phone'),
  },
  (table) => [index('site_party').on(table.partyId), index('site_name').on(table.name)],
);

export const products = sqliteTable(
  'product',
  {
    id: integer('id').primaryKey(),
    gtin: text('gtin'),
    /** What a product without a GTIN is called by, such as `local:pork-belly`. */
    ownCode: text('own_code'),
    name: text('name').notNull(),
    nameEn: text('name_en'),
    variety: text('variety'),
    /** UN/CEFACT code balances are kept in; null: pieces. */
    unit: text('unit'),
    /** JSON: unit code → how many of `unit` one of it is, such as {"CS": 12.5}. */
    factors: text('factors').notNull().default('{}'),
    coldMinC: real('cold_min_c'),
    coldMaxC: real('cold_max_c'),
    shelfLifeMs: integer('shelf_life_ms'),
  },
  (table) => [uniqueIndex('product_gtin').on(table.gtin), uniqueIndex('product_own_code').on(table.ownCode)],
);

export const lotKinds = ['lot', 'instance', 'product', 'container', 'process', 'other'] as const;
export const lotStatuses = ['ok', 'held', 'recalled'] as const;

/** Everything an event can name that is not a place: lots first, also single pieces, containers, whole products. */
export const lots = sqliteTable(
  'lot',
  {
    id: integer('id').primaryKey(),
    /** Canonical: `https://id.gs1.org/01/{gtin14}/10/{lot}`, or our own lot code. */
    code: text('code').notNull().unique(),
    kind: text('kind', { enum: lotKinds }).notNull(),
    gtin: text('gtin'),
    batch: text('batch'),
    serial: text('serial'),
    productId: integer('product_id').references(() => products.id),
    /** Origin and batch as people entered them. */
    origin: text('origin'),
    originBatch: text('origin_batch'),
    producedAt: integer('produced_at'),
    expiresAt: integer('expires_at'),
    status: text('status', { enum: lotStatuses }).notNull().default('ok'),
    /** 1 once something was put into it. */
    isContainer: integer('is_container').notNull().default(0),
  },
  (table) => [
    index('lot_batch').on(table.batch),
    index('lot_gtin').on(table.gtin),
    index('lot_product').on(table.productId).where(sql`product_id IS NOT NULL`),
    index('lot_expiry').on(table.expiresAt).where(sql`expires_at IS NOT NULL`),
    index('lot_status').on(table.status).where(sql`status <> 'ok'`),
  ],
);

export const lotAliases = sqliteTable(
  'lot_alias',
  {
    alias: text('alias').primaryKey(),
    lotId: integer('lot_id')
      .notNull()
      .references(() => lots.id),
  },
  (table) => [index('lot_alias_lot').on(table.lotId)],
);

/** A node of the graph: one lot at one site. */
export const holdings = sqliteTable(
  'holding',
  {
    id: integer('id').primaryKey(),
    lotId: integer('lot_id')
      .notNull()
      .references(() => lots.id),
    siteKey: integer('site_key')
      .notNull()
      .references(() => sites.key),
  },
  (table) => [uniqueIndex('holding_lot_site').on(table.lotId, table.siteKey), index('holding_site').on(table.siteKey)],
);

/** A captured document, as it came. */
export const eventDocuments = sqliteTable(
  'event_document',
  {
    id: integer('id').primaryKey(),
    /** Unguessable; what `GET /epcis/capture/{id}` is asked with. */
    captureId: text('capture_id').notNull().unique(),
    sha256: text('sha256').notNull(),
    mediaType: text('media_type').notNull(),
    byteCount: integer('byte_count').notNull(),
    /** null: a file of the blob store under `sha256`, as earlier versions kept large documents. */
    bytes: blob('bytes', { mode: 'buffer' }),
    /** deflate: `bytes` are packed (RFC 1951); null: as they came. */
    encoding: text('encoding'),
    accountId: integer('account_id'),
    receivedAt: integer('received_at').notNull(),
    onError: text('on_error', { enum: ['rollback', 'proceed'] }).notNull(),
    accepted: integer('accepted').notNull(),
    refused: integer('refused').notNull(),
    duplicate: integer('duplicate').notNull(),
    warned: integer('warned').notNull(),
    /** JSON list of faults, capped. */
    faults: text('faults').notNull(),
  },
  (table) => [index('event_document_account').on(table.accountId, table.receivedAt)],
);

/** Prefixes and namespaces events stood in; few documents differ in them. */
export const eventContexts = sqliteTable('event_context', {
  id: integer('id').primaryKey(),
  json: text('json').notNull().unique(),
});

// No foreign keys here: every parent is written by the same action, and each check would cost a look-up per event.
export const events = sqliteTable(
  'event',
  {
    id: integer('id').primaryKey(),
    /** The 32 bytes of its CBV 2.0 hash. */
    hash: blob('hash', { mode: 'buffer' }).notNull(),
    /** 0 for an event; an error declaration has the hash of the event it voids, and its declaration time here. */
    declaredAt: integer('declared_at').notNull().default(0),
    /** The sender's eventID. Not unique: an error declaration shares it. */
    uri: text('uri'),
    kind: text('kind').notNull(),
    action: text('action'),
    bizStep: text('biz_step'),
    disposition: text('disposition'),
    /** When it happened, unix ms, and the zone it was said in. */
    at: integer('at').notNull(),
    zoneMinutes: integer('zone_minutes').notNull(),
    /** When it was captured, unix ms. */
    recordedAt: integer('recorded_at').notNull(),
    readPointKey: integer('read_point_key'),
    bizLocationKey: integer('biz_location_key'),
    documentId: integer('document_id').notNull(),
    contextId: integer('context_id').notNull(),
    /** Its number in the document's list, from 0. */
    position: integer('position').notNull(),
    /** The error declaration (an event) that voided it. */
    voidedBy: integer('voided_by'),
    /** JSON-LD of the event as it came (converted when it came as XML). */
    json: text('json').notNull(),
  },
  (table) => [
    // The same hash is the same time: neighbours in time are neighbours here, and a capture rewrites few pages.
    uniqueIndex('event_at').on(table.at, table.hash, table.declaredAt),
    index('event_hash').on(runOfEvent, table.hash),
    index('event_uri').on(table.uri).where(sql`uri IS NOT NULL`),
    index('event_declaration').on(table.uri, table.hash).where(sql`declared_at > 0`),
    index('event_voided').on(table.voidedBy).where(sql`voided_by IS NOT NULL`),
    index('event_biz_location').on(table.bizLocationKey, table.at).where(sql`biz_location_key IS NOT NULL`),
    index('event_document_position').on(table.documentId, table.position),
  ],
);

// Both edge tables are WITHOUT ROWID (see the migration), clustered by event; the partial index serves the walk, and holds all
// that a walk reads, or each of its rows would be looked up once more.
const edgeColumns = {
  eventId: integer('event_id').notNull(),
  /** 0: everything of the event is mixed; else one lot line that passes through unmixed. */
  strand: integer('strand').notNull(),
  holdingId: integer('holding_id').notNull(),
  /** Rises when a line is linked anew after its first linking was voided. */
  turn: integer('turn').notNull(),
  /** Event time, unix ms. */
  at: integer('at').notNull(),
  /** As given; null: not said. */
  quantity: real('quantity'),
  /** UN/CEFACT code as given; null: pieces. */
  unit: text('unit'),
  /** See edgeRoles in chain-links.ts. */
  role: integer('role').notNull(),
  /** The event that made this edge void: an error declaration, or a late one that changed what a container held. */
  voidedBy: integer('voided_by'),
};

export const edgesIn = sqliteTable('edge_in', { ...edgeColumns }, (table) => [
  primaryKey({ columns: [table.eventId, table.strand, table.holdingId, table.turn] }),
  index('edge_in_holding')
    .on(table.holdingId, table.at, table.eventId, table.strand, table.quantity, table.unit, table.role, table.voidedBy)
    .where(sql`voided_by IS NULL`),
]);

export const edgesOut = sqliteTable('edge_out', { ...edgeColumns }, (table) => [
  primaryKey({ columns: [table.eventId, table.strand, table.holdingId, table.turn] }),
  index('edge_out_holding')
    .on(table.holdingId, table.at, table.eventId, table.strand, table.quantity, table.unit, table.role, table.voidedBy)
    .where(sql`voided_by IS NULL`),
]);

/** Where an event names a lot, container or product without moving it: what MATCH_epc and a lot's history need. */
export const mentions = sqliteTable(
  'mention',
  {
    lotId: integer('lot_id').notNull(),
    at: integer('at').notNull(),
    eventId: integer('event_id').notNull(),
    /** epc, parent, child, input, output. */
    role: text('role').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.lotId, table.at, table.eventId, table.role] }),
    index('mention_event').on(table.eventId),
  ],
);

export const bizTransactions = sqliteTable(
  'biz_transaction',
  {
    transactionId: text('transaction_id').notNull(),
    eventId: integer('event_id').notNull(),
    /** po, desadv, inv … or a URI; empty when not said. */
    type: text('type').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.transactionId, table.eventId, table.type] }),
    index('biz_transaction_event').on(table.eventId),
  ],
);

/** What was put into or taken out of a container, and when: replayed up to a time, it says what was inside. */
export const containerChanges = sqliteTable(
  'container_change',
  {
    containerId: integer('container_id').notNull(),
    at: integer('at').notNull(),
    eventId: integer('event_id').notNull(),
    /** 0: all of it (a DELETE without a child list). */
    childId: integer('child_id').notNull(),
    change: text('change', { enum: ['ADD', 'DELETE', 'SEEN'] }).notNull(),
    quantity: real('quantity'),
    unit: text('unit'),
  },
  (table) => [
    primaryKey({ columns: [table.containerId, table.at, table.eventId, table.childId] }),
    index('container_change_child').on(table.childId, table.at),
  ],
);

export const sensorReadings = sqliteTable(
  'sensor_reading',
  {
    lotId: integer('lot_id').notNull(),
    /** Temperature, RelativeHumidity … */
    type: text('type').notNull(),
    at: integer('at').notNull(),
    eventId: integer('event_id').notNull(),
    /** °C for temperatures, else as given with `unit`. */
    value: real('value').notNull(),
    minValue: real('min_value').notNull(),
    maxValue: real('max_value').notNull(),
    unit: text('unit'),
    device: text('device'),
  },
  (table) => [
    primaryKey({ columns: [table.lotId, table.type, table.at, table.eventId] }),
    index('sensor_reading_event').on(table.eventId),
  ],
);

/** A stretch outside the product's range (断链); worked out again whenever readings of the lot arrive. */
export const excursions = sqliteTable(
  'excursion',
  {
    id: integer('id').primaryKey(),
    lotId: integer('lot_id')
      .notNull()
      .references(() => lots.id),
    fromAt: integer('from_at').notNull(),
    untilAt: integer('until_at').notNull(),
    /** The value furthest outside, °C. */
    worstC: real('worst_c').notNull(),
    siteKey: integer('site_key'),
  },
  (table) => [uniqueIndex('excursion_lot').on(table.lotId, table.fromAt)],
);

export const certificateKinds = ['quarantine', 'quality', 'laboratory', 'customs', 'other'] as const;

export const certificates = sqliteTable(
  'certificate',
  {
    id: integer('id').primaryKey(),
    kind: text('kind', { enum: certificateKinds }).notNull(),
    number: text('number').notNull(),
    issuer: text('issuer'),
    issuedAt: integer('issued_at'),
    expiresAt: integer('expires_at'),
    /** Where the issuer shows it. */
    uri: text('uri'),
    /** SHA-256 of a photo or PDF of it in the blob store. */
    fileHash: text('file_hash'),
  },
  (table) => [uniqueIndex('certificate_number').on(table.kind, table.number)],
);

export const lotCertificates = sqliteTable(
  'lot_certificate',
  {
    lotId: integer('lot_id')
      .notNull()
      .references(() => lots.id),
    certificateId: integer('certificate_id')
      .notNull()
      .references(() => certificates.id),
  },
  (table) => [primaryKey({ columns: [table.lotId, table.certificateId] })],
);
