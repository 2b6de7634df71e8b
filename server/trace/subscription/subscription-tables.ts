// What standing queries keep: queries under names, who is told of their answers, what was sent, and where it may be sent.
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const namedQueries = sqliteTable(
  'named_query',
  {
    id: integer('id').primaryKey(),
    /** Whose it is; nobody else sees it under its name. */
    accountId: integer('account_id').notNull(),
    name: text('name').notNull(),
    /** JSON of the parameters as they came. */
    definition: text('definition').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [uniqueIndex('named_query_name').on(table.accountId, table.name)],
);

/** `paused` by its owner or an administrator, `given_up` after too many failed deliveries. */
export const subscriptionStates = ['active', 'paused', 'given_up'] as const;

export const subscriptions = sqliteTable(
  'subscription',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Unguessable; the standard's subscriptionID. */
    publicId: text('public_id').notNull().unique(),
    queryId: integer('query_id')
      .notNull()
      .references(() => namedQueries.id),
    /** Where deliveries go. */
    dest: text('dest').notNull(),
    /** What they are signed with, sealed. */
    sealedToken: text('sealed_token').notNull(),
    /** JSON of the standard's QuerySchedule; null: told of each event at once. */
    schedule: text('schedule'),
    reportIfEmpty: integer('report_if_empty').notNull().default(0),
    /** Events captured before this are not told; 0: it began with the next one. */
    initialAt: integer('initial_at').notNull(),
    epcFormat: text('epc_format').notNull(),
    state: text('state', { enum: subscriptionStates }).notNull(),
    createdAt: integer('created_at').notNull(),
    /** Every event up to this id was looked at, and told if it answers. */
    cursor: integer('cursor').notNull(),
    /** A scheduled run that is under way goes up to this id; null: none is. */
    runUntil: integer('run_until'),
    /** Deliveries of the run so far. */
    runSent: integer('run_sent').notNull().default(0),
    nextRunAt: integer('next_run_at'),
    /** Events in one delivery; less after the receiver found one too large. */
    batchSize: integer('batch_size').notNull(),
    deliveredAt: integer('delivered_at'),
    /** The newest fault, until a delivery succeeds. */
    fault: text('fault'),
    faultDetail: text('fault_detail'),
    faultAt: integer('fault_at'),
  },
  (table) => [index('subscription_query').on(table.queryId), index('subscription_state').on(table.state)],
);

/** `open`: made and not yet taken by the receiver; at most one a subscription, the events after it wait in the event table. */
export const deliveryStates = ['open', 'delivered', 'test'] as const;

export const deliveries = sqliteTable(
  'webhook_delivery',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** The same however often it is tried. */
    deliveryId: text('delivery_id').notNull().unique(),
    subscriptionId: integer('subscription_id')
      .notNull()
      .references(() => subscriptions.id),
    state: text('state', { enum: deliveryStates }).notNull(),
    /** JSON list of event ids, in the order of capture. */
    events: text('events').notNull(),
    eventCount: integer('event_count').notNull(),
    createdAt: integer('created_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextTryAt: integer('next_try_at').notNull(),
    endedAt: integer('ended_at'),
    /** Status of the last answer. */
    status: integer('status'),
    fault: text('fault'),
  },
  (table) => [
    uniqueIndex('webhook_delivery_open').on(table.subscriptionId).where(sql`state = 'open'`),
    index('webhook_delivery_newest').on(table.subscriptionId, table.id),
  ],
);

/** Private networks, and the ports on them, that an administrator opened to deliveries. */
export const webhookNetworks = sqliteTable('webhook_network', {
  id: integer('id').primaryKey(),
  network: text('network').notNull(),
  port: integer('port').notNull(),
  accountId: integer('account_id').notNull(),
  at: integer('at').notNull(),
});
