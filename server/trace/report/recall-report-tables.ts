// What is kept of a recall's closing report: the papers written when it ended, by language.
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const recallReports = sqliteTable(
  'recall_report',
  {
    recallId: integer('recall_id').notNull(),
    lang: text('lang', { enum: ['zh-CN', 'en'] }).notNull(),
    /** SHA-256 of the PDF in the blob store; the ledger holds it too. */
    hash: text('hash').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.recallId, table.lang] })],
);
