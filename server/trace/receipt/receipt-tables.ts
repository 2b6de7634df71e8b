// Deliveries that phones sent with a key of their own: the same key again gets the same answer, and nothing is taken twice.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const sentReceipts = sqliteTable(
  'sent_receipt',
  {
    accountId: integer('account_id').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of the delivery: another one under the same key is a mistake to tell. */
    bodyHash: text('body_hash').notNull(),
    /** JSON of what was answered. */
    answer: text('answer').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.key] }), index('sent_receipt_at').on(table.at)],
);
