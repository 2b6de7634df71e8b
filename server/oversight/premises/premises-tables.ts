// What is kept of premises: where they stand, and whether guests can sit down there.
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const premises = sqliteTable(
  'premises',
  {
    siteId: text('site_id').primaryKey(),
    /** Degrees, WGS 84. */
    latitude: real('latitude'),
    longitude: real('longitude'),
    /** 0: nobody can sit down there (无堂食). */
    dineIn: integer('dine_in').notNull(),
    accountId: integer('account_id').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [index('premises_latitude').on(table.latitude, table.longitude)],
);
