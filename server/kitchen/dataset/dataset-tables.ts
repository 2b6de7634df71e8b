// Exports of judged frames as a data set: who asked, why, how far each is, and what came out.
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../../accounts/tables.ts';
import type { DatasetRequest, DatasetSums } from './dataset.ts';

export const datasetExports = sqliteTable(
  'dataset_export',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    askedBy: integer('asked_by')
      .notNull()
      .references(() => accounts.id),
    askedAt: integer('asked_at').notNull(),
    reason: text('reason').notNull(),
    request: text('request', { mode: 'json' }).$type<DatasetRequest>().notNull(),
    state: text('state', { enum: ['waiting', 'running', 'done', 'failed'] }).notNull(),
    /** Pictures written so far, and how many there will be. */
    done: integer('done').notNull().default(0),
    total: integer('total').notNull().default(0),
    /** Why it came to nothing; a code of dataset.ts. */
    fault: text('fault'),
    sums: text('sums', { mode: 'json' }).$type<DatasetSums>(),
    /** SHA-256 over the names and digests of all files: the same for the same data. */
    digest: text('digest'),
    bytes: integer('bytes'),
    endedAt: integer('ended_at'),
    /** When the file was removed again. */
    goneAt: integer('gone_at'),
  },
  (table) => [index('dataset_export_state').on(table.state, table.endedAt)],
);
