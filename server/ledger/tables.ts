// What the ledger keeps: entries, the Merkle tree's complete nodes, signed checkpoints.
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** `refused`: it will not sign, because this ledger is no extension of what it signed before, or it does not know it. */
export const witnessStates = ['signed', 'silent', 'refused'] as const;
export type WitnessState = (typeof witnessStates)[number];

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

/** What an entry says of rows; its body holds the SHA-256 of this. */
export const ledgerRows = sqliteTable('ledger_row', {
  seq: integer('seq').primaryKey(),
  /** JSON list of changes (see proved-table.ts) as text, or deflated (RFC 1951) where it is long. */
  rows: blob('rows', { mode: 'buffer' }).notNull(),
});

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

/** What each witness signed last, and how it fared when it was last asked. */
export const ledgerWitnesses = sqliteTable('ledger_witness', {
  /** Its key as verifiers are given it. */
  witness: text('witness').primaryKey(),
  url: text('url').notNull(),
  /** The newest checkpoint it signed, with its signature and ours; null: none yet. */
  size: integer('size'),
  note: text('note'),
  /** The witness's own time of that. */
  signedAt: integer('signed_at'),
  askedAt: integer('asked_at').notNull(),
  state: text('state', { enum: witnessStates }).notNull(),
  /** Since when it has been in this state. */
  since: integer('since').notNull(),
  /** What it answered, when it did not sign. */
  detail: text('detail'),
});
