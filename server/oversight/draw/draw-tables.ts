// What is kept of a random draw, and of the places an inspector has said are too near to them.
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts } from '../../accounts/tables.ts';

export const drawStates = ['committed', 'drawn'] as const;

export const draws = sqliteTable('draw', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  title: text('title').notNull(),
  state: text('state', { enum: drawStates }).notNull(),
  /** The canonical JSON whose hash was committed. */
  rule: text('rule').notNull(),
  pool: text('pool').notNull(),
  /** Sealed; the record of a draw that has taken place says it. */
  seed: text('seed').notNull(),
  ruleHash: text('rule_hash').notNull(),
  poolHash: text('pool_hash').notNull(),
  seedHash: text('seed_hash').notNull(),
  targets: integer('targets').notNull(),
  inspectors: integer('inspectors').notNull(),
  /** When the named round of the beacon is published. */
  roundAt: integer('round_at').notNull(),
  committedAt: integer('committed_at').notNull(),
  committedBy: integer('committed_by')
    .notNull()
    .references(() => accounts.id),
  /** The ledger entry of the commitment. */
  entry: integer('entry').notNull(),
  /** JSON: the round as it was read. */
  beacon: text('beacon'),
  /** JSON: the lots, as in the record. */
  drawn: text('drawn'),
  drawnAt: integer('drawn_at'),
  drawnBy: integer('drawn_by').references(() => accounts.id),
  /** How many of the drawn were due a visit for another reason already. */
  merged: integer('merged'),
  publishedAt: integer('published_at'),
});

/** Ended, never deleted. */
export const inspectorConflicts = sqliteTable(
  'inspector_conflict',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    siteId: text('site_id').notNull(),
    reason: text('reason').notNull(),
    at: integer('at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    uniqueIndex('inspector_conflict_open').on(table.accountId, table.siteId).where(sql`ended_at IS NULL`),
    index('inspector_conflict_site').on(table.siteId),
  ],
);
