// What is kept of a restaurant, of the names it had before, and of its closing.
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts } from '../../accounts/tables.ts';

export const restaurants = sqliteTable('restaurant', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  /** GLN, or `local:<slug>`: the word both halves of the product share. */
  siteId: text('site_id').notNull().unique(),
  name: text('name').notNull(),
  nameEn: text('name_en'),
  licence: text('licence').notNull(),
  licenceUntil: text('licence_until'),
  address: text('address').notNull(),
  addressEn: text('address_en'),
  /** Minutes after midnight, Beijing time; closing before opening means past midnight. */
  opensAtMinute: integer('opens_at_minute').notNull(),
  closesAtMinute: integer('closes_at_minute').notNull(),
  /** As the newest score event says; kept here so that a list need not add up. */
  score: integer('score').notNull(),
  createdAt: integer('created_at').notNull(),
  /** The first day, in Beijing, on which it cooks no more; null while it is in business. */
  closedOn: text('closed_on'),
});

/** Names it had before, each with when and why it gave way. Rows are added, never changed. */
export const restaurantNames = sqliteTable(
  'restaurant_name',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    name: text('name').notNull(),
    nameEn: text('name_en'),
    reason: text('reason').notNull(),
    by: integer('by')
      .notNull()
      .references(() => accounts.id),
    at: integer('at').notNull(),
  },
  (table) => [index('restaurant_name_of').on(table.restaurantId, table.at)],
);

/** Closings, the undone ones too. */
export const restaurantClosings = sqliteTable(
  'restaurant_closing',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    day: text('day').notNull(),
    reason: text('reason').notNull(),
    by: integer('by')
      .notNull()
      .references(() => accounts.id),
    at: integer('at').notNull(),
    reopenedAt: integer('reopened_at'),
    reopenedBy: integer('reopened_by').references(() => accounts.id),
  },
  (table) => [
    uniqueIndex('restaurant_closing_open').on(table.restaurantId).where(sql`reopened_at IS NULL`),
    index('restaurant_closing_of').on(table.restaurantId, table.at),
  ],
);
