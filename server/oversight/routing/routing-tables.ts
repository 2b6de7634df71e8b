// The versions of the rules by which complaints are routed; the newest holds, and each complaint names its own.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { RoutingRule } from './routing.ts';

export const routingVersions = sqliteTable('routing_version', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  rules: text('rules', { mode: 'json' }).$type<RoutingRule[]>().notNull(),
  reason: text('reason').notNull(),
  accountId: integer('account_id').notNull(),
  at: integer('at').notNull(),
});
