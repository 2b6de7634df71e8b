// What is kept of the settings an administrator changed.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../../accounts/tables.ts';

/** House-wide settings of this half, one JSON value each. */
export const kitchenSettings = sqliteTable('kitchen_setting', {
  name: text('name').primaryKey(),
  value: text('value', { mode: 'json' }).notNull(),
  changedAt: integer('changed_at').notNull(),
  changedBy: integer('changed_by').references(() => accounts.id),
});
