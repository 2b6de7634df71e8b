// What is kept of a restaurant.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

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
});
