// What is kept of a rectification order, its steps, an appeal, and the score.
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts } from '../../accounts/tables.ts';
import { flags, verdicts } from '../flag/flag-tables.ts';
import { restaurants } from '../restaurant/restaurant-tables.ts';
import { orderStates, stepKinds } from './rectification.ts';
import { scoreReasons } from './score.ts';

export const orders = sqliteTable(
  'rectification_order',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    flagId: integer('flag_id')
      .notNull()
      .references(() => flags.id),
    verdictId: integer('verdict_id')
      .notNull()
      .references(() => verdicts.id),
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    violation: text('violation').notNull(),
    state: text('state', { enum: orderStates }).notNull(),
    issuedAt: integer('issued_at').notNull(),
    dueAt: integer('due_at').notNull(),
    answeredAt: integer('answered_at'),
    /** When the deadline was found passed; it is counted once. */
    overdueAt: integer('overdue_at'),
    closedAt: integer('closed_at'),
  },
  (table) => [
    index('order_restaurant').on(table.restaurantId, table.state),
    index('order_state').on(table.state, table.dueAt),
    index('order_flag').on(table.flagId),
  ],
);

/** Append-only: everything that happened to an order. */
export const orderSteps = sqliteTable(
  'order_step',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    orderId: integer('order_id')
      .notNull()
      .references(() => orders.id),
    at: integer('at').notNull(),
    /** Null: the clock did it. */
    by: integer('by').references(() => accounts.id),
    kind: text('kind', { enum: stepKinds }).notNull(),
    text: text('text'),
    photoHash: text('photo_hash'),
    key: text('key'),
  },
  (table) => [
    index('order_step_order').on(table.orderId, table.id),
    uniqueIndex('order_step_key').on(table.by, table.key),
  ],
);

export const appeals = sqliteTable(
  'appeal',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    orderId: integer('order_id')
      .notNull()
      .unique()
      .references(() => orders.id),
    flagId: integer('flag_id')
      .notNull()
      .references(() => flags.id),
    by: integer('by')
      .notNull()
      .references(() => accounts.id),
    at: integer('at').notNull(),
    text: text('text').notNull(),
    state: text('state', { enum: ['open', 'upheld', 'overturned'] }).notNull(),
    decidedBy: integer('decided_by').references(() => accounts.id),
    decidedAt: integer('decided_at'),
    note: text('note'),
  },
  (table) => [index('appeal_state').on(table.state, table.at)],
);

/** Append-only: why a restaurant's score is what it is. */
export const scoreEvents = sqliteTable(
  'score_event',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    at: integer('at').notNull(),
    delta: integer('delta').notNull(),
    after: integer('after').notNull(),
    reason: text('reason', { enum: scoreReasons }).notNull(),
    violation: text('violation'),
    orderId: integer('order_id').references(() => orders.id),
  },
  (table) => [index('score_event_restaurant').on(table.restaurantId, table.at)],
);
