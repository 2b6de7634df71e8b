// What the embedded queue keeps: one row a job, with its lease.
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const jobStates = ['waiting', 'leased', 'done', 'dead'] as const;

export const jobs = sqliteTable(
  'job',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    name: text('name').notNull(),
    /** At most one unfinished job has a given key. */
    key: text('key'),
    payload: text('payload').notNull(),
    state: text('state', { enum: jobStates }).notNull(),
    runAt: integer('run_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    maxAttempts: integer('max_attempts').notNull(),
    /** Raised at every claim: whoever holds an older one has lost the job. */
    fence: integer('fence').notNull().default(0),
    leaseUntil: integer('lease_until'),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
    error: text('error'),
  },
  (table) => [
    index('job_due').on(table.state, table.name, table.runAt),
    index('job_lease').on(table.state, table.leaseUntil),
    uniqueIndex('job_key').on(table.key),
  ],
);
