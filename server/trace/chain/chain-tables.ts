// What is kept of the chain: products, lots, who held them, and the edges between.

import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { products, sites } from '../place/place-tables.ts';

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
    /** What one pack holds, its grade or size (规格), as entered. */
    spec: text('spec'),
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

/** Two codes found to be one lot: what is told of the one counts for the other, until that is undone. */
export const lotMerges = sqliteTable(
  'lot_merge',
  {
    id: integer('id').primaryKey(),
    /** The code that was given up, and the lot it now stands for. */
    fromId: integer('from_id')
      .notNull()
      .references(() => lots.id),
    intoId: integer('into_id')
      .notNull()
      .references(() => lots.id),
    reason: text('reason').notNull(),
    accountId: integer('account_id'),
    at: integer('at').notNull(),
    /** JSON: what the lot was given by it, to be given back. */
    given: text('given').notNull(),
    undoneAt: integer('undone_at'),
    undoneReason: text('undone_reason'),
    undoneBy: integer('undone_by'),
  },
  (table) => [
    uniqueIndex('lot_merge_from').on(table.fromId).where(sql`undone_at IS NULL`),
    index('lot_merge_into').on(table.intoId),
  ],
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
    index('container_change_event').on(table.eventId),
  ],
);
