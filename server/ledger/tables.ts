// What the ledger keeps: entries, the Merkle tree's complete nodes, signed checkpoints.
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const ledgerEntries = sqliteTable(
  'ledger_entry',
  {
    /** Position in the tree, from 0 without gaps. */
    seq: integer('seq').primaryKey(),
    at: integer('at').notNull(),
    kind: text('kind').notNull(),
    subject: text('subject').notNull(),
    /** Canonical JSON; the leaf is the hash over seq, at, kind, subject and this. */
    body: text('body').notNull(),
    leafHash: blob('leaf_hash', { mode: 'buffer' }).notNull(),
  },
  (table) => [index('ledger_entry_subject').on(table.subject)],
);

export const ledgerNodes = sqliteTable(
  'ledger_node',
  {
    level: integer('level').notNull(),
    position: integer('position').notNull(),
    hash: blob('hash', { mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.level, table.position] })],
);

export const ledgerCheckpoints = sqliteTable('ledger_checkpoint', {
  size: integer('size').primaryKey(),
  at: integer('at').notNull(),
  root: blob('root', { mode: 'buffer' }).notNull(),
  /** The signed text as it is handed out. */
  note: text('note').notNull(),
});
