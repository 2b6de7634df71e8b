// What is kept of orders between a shop and its supplier: lines, what was sent for them, money, and a farm's own promise.
import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { moneyKinds, orderStates, promiseGrounds } from './purchase.ts';

export const purchaseOrders = sqliteTable(
  'purchase_order',
  {
    id: integer('id').primaryKey(),
    /** `urn:uuid:…`, as events name it. */
    uri: text('uri').notNull().unique(),
    /** What the form was sent under: pressed twice, it is one order. */
    key: text('key').notNull(),
    buyer: text('buyer').notNull(),
    supplier: text('supplier').notNull(),
    state: text('state', { enum: orderStates }).notNull(),
    /** The day it is wanted on, 2026-11-30. */
    dueDay: text('due_day').notNull(),
    placedAt: integer('placed_at').notNull(),
    placedBy: integer('placed_by').notNull(),
    sentAt: integer('sent_at'),
    sentBy: integer('sent_by'),
    receivedAt: integer('received_at'),
    receivedBy: integer('received_by'),
    endedAt: integer('ended_at'),
    endedBy: integer('ended_by'),
    /** Why it was taken back or declined. */
    reason: text('reason'),
  },
  (table) => [
    uniqueIndex('purchase_order_key').on(table.placedBy, table.key),
    index('purchase_order_buyer').on(table.buyer, table.id),
    index('purchase_order_supplier').on(table.supplier, table.state, table.dueDay),
  ],
);

export const purchaseLines = sqliteTable(
  'purchase_line',
  {
    id: integer('id').primaryKey(),
    orderId: integer('order_id')
      .notNull()
      .references(() => purchaseOrders.id),
    /** As the shop calls it. */
    product: text('product').notNull(),
    quantity: real('quantity').notNull(),
    /** UN/CEFACT; null: pieces. */
    unit: text('unit'),
    /** Of one unit, in fen; null: not said. */
    priceFen: integer('price_fen'),
  },
  (table) => [index('purchase_line_order').on(table.orderId)],
);

/** What went out of one lot for one line, in the unit of the line. */
export const purchaseParcels = sqliteTable(
  'purchase_parcel',
  {
    id: integer('id').primaryKey(),
    lineId: integer('line_id')
      .notNull()
      .references(() => purchaseLines.id),
    lotId: integer('lot_id').notNull(),
    sent: real('sent').notNull(),
    /** null: not received yet. */
    received: real('received'),
  },
  (table) => [index('purchase_parcel_line').on(table.lineId), index('purchase_parcel_lot').on(table.lotId)],
);

export const purchaseMoney = sqliteTable(
  'purchase_money',
  {
    id: integer('id').primaryKey(),
    orderId: integer('order_id')
      .notNull()
      .references(() => purchaseOrders.id),
    kind: text('kind', { enum: moneyKinds }).notNull(),
    /** The invoice's or the payment's own number. */
    reference: text('reference').notNull(),
    amountFen: integer('amount_fen').notNull(),
    accountId: integer('account_id').notNull(),
    at: integer('at').notNull(),
    takenBackAt: integer('taken_back_at'),
  },
  (table) => [index('purchase_money_order').on(table.orderId)],
);

/** 承诺达标合格证: what a grower promises of a lot. */
export const farmPromises = sqliteTable(
  'farm_promise',
  {
    id: integer('id').primaryKey(),
    lotId: integer('lot_id').notNull(),
    siteId: text('site_id').notNull(),
    /** The maker's own number, as entered; null: none. */
    number: text('number'),
    grower: text('grower').notNull(),
    contact: text('contact').notNull(),
    quantity: real('quantity').notNull(),
    unit: text('unit'),
    ground: text('ground', { enum: promiseGrounds }).notNull(),
    accountId: integer('account_id').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [index('farm_promise_lot').on(table.lotId)],
);
