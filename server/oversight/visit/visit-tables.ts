// What is kept of visits: why, by whom, what was found, the order that followed, and the check lists by version.
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts } from '../../accounts/tables.ts';
import { answers, orderStates, visitReasonKinds, visitResults, visitStates } from './visit.ts';

export const visits = sqliteTable(
  'visit',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    siteId: text('site_id').notNull(),
    state: text('state', { enum: visitStates }).notNull(),
    dueAt: integer('due_at').notNull(),
    /** The site's risk when the visit was asked for; the riskiest are shown first. */
    weight: integer('weight').notNull(),
    /** The order whose mending it looks at. */
    rechecksOrder: integer('rechecks_order'),
    /** The version of the check list it was closed by. */
    checkList: integer('check_list'),
    result: text('result', { enum: visitResults }),
    note: text('note'),
    /** Who signed for the shop. */
    signedName: text('signed_name'),
    signatureHash: text('signature_hash'),
    closedAt: integer('closed_at'),
    closedBy: integer('closed_by').references(() => accounts.id),
    /** Under which it was sent: the same again is not a second closing. */
    closeKey: text('close_key'),
    publishedAt: integer('published_at'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    // One visit a place: what else asks for one becomes a further reason of it.
    uniqueIndex('visit_open').on(table.siteId).where(sql`state = 'open'`),
    index('visit_state').on(table.state, table.dueAt),
    index('visit_site').on(table.siteId, table.closedAt),
  ],
);

/** Rows are added, never changed. */
export const visitReasons = sqliteTable(
  'visit_reason',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    visitId: integer('visit_id')
      .notNull()
      .references(() => visits.id),
    kind: text('kind', { enum: visitReasonKinds }).notNull(),
    /** What asked for it, such as `draw/3`. */
    ref: text('ref').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [
    uniqueIndex('visit_reason_once').on(table.visitId, table.kind, table.ref),
    index('visit_reason_ref').on(table.kind, table.ref),
  ],
);

export const visitInspectors = sqliteTable(
  'visit_inspector',
  {
    visitId: integer('visit_id')
      .notNull()
      .references(() => visits.id),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
  },
  (table) => [
    primaryKey({ columns: [table.visitId, table.accountId] }),
    index('visit_inspector_account').on(table.accountId),
  ],
);

export const visitAnswers = sqliteTable(
  'visit_answer',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    visitId: integer('visit_id')
      .notNull()
      .references(() => visits.id),
    item: text('item').notNull(),
    answer: text('answer', { enum: answers }).notNull(),
    note: text('note'),
    photoHash: text('photo_hash'),
  },
  (table) => [uniqueIndex('visit_answer_once').on(table.visitId, table.item)],
);

/** A list is never changed: the next version is a row of its own. Version 1 is the product's own. */
export const checkLists = sqliteTable('check_list', {
  version: integer('version').primaryKey(),
  /** JSON. */
  items: text('items').notNull(),
  at: integer('at').notNull(),
  by: integer('by').references(() => accounts.id),
});

export const visitOrders = sqliteTable(
  'visit_order',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    visitId: integer('visit_id')
      .notNull()
      .references(() => visits.id),
    siteId: text('site_id').notNull(),
    /** JSON: the ids of the points that were bad. */
    items: text('items').notNull(),
    state: text('state', { enum: orderStates }).notNull(),
    issuedAt: integer('issued_at').notNull(),
    dueAt: integer('due_at').notNull(),
    answer: text('answer'),
    photoHash: text('photo_hash'),
    answeredAt: integer('answered_at'),
    answeredBy: integer('answered_by').references(() => accounts.id),
    acceptedAt: integer('accepted_at'),
  },
  (table) => [index('visit_order_site').on(table.siteId, table.state), index('visit_order_visit').on(table.visitId)],
);
