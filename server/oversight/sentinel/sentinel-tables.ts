// Alerts of spikes, with the numbers they were raised on, and what a person said of them.
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const seriesKinds = ['flag', 'complaint', 'breach', 'test', 'blind'] as const;
export const seriesScopes = ['city', 'district', 'kitchen'] as const;

export const sentinelAlerts = sqliteTable(
  'sentinel_alert',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind', { enum: seriesKinds }).notNull(),
    scope: text('scope', { enum: seriesScopes }).notNull(),
    /** The district's id, or the kitchen's site id; empty for the city. */
    subject: text('subject').notNull(),
    /** A kind of violation, complaint, test or camera state; empty: all of them. */
    class: text('class').notNull(),
    /** The last of its days in Beijing. */
    day: text('day').notNull(),
    window: integer('window').notNull(),
    count: integer('count').notNull(),
    expected: real('expected').notNull(),
    limit: integer('limit_count').notNull(),
    chance: real('chance').notNull(),
    /** The days it was judged on, as a JSON list; the last is `day`. */
    counts: text('counts', { mode: 'json' }).$type<number[]>().notNull(),
    state: text('state', { enum: ['open', 'explained'] }).notNull(),
    reason: text('reason'),
    accountId: integer('account_id'),
    explainedAt: integer('explained_at'),
    at: integer('at').notNull(),
  },
  (table) => [
    index('sentinel_state').on(table.state, table.id),
    index('sentinel_series').on(table.kind, table.subject),
  ],
);
