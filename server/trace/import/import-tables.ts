// What is kept of imports: what senders said of their headings, and the sheets that are being taken or were.
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What a heading means in the sheets of one sender; the latest word holds. */
export const headingChoices = sqliteTable(
  'heading_choice',
  {
    accountId: integer('account_id').notNull(),
    /** The heading without blanks and marks, as sheet/heading-name has it. */
    plain: text('plain').notNull(),
    /** A column of lots, or idle. */
    meaning: text('meaning').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.plain] })],
);

/** draft: looked at and not taken yet; waiting and taking: in the background; the others have ended. */
export const importStates = ['draft', 'waiting', 'taking', 'done', 'cancelled', 'failed'] as const;

export const sheetImports = sqliteTable(
  'sheet_import',
  {
    id: integer('id').primaryKey(),
    /** Unguessable; what its page is asked with. */
    publicId: text('public_id').notNull().unique(),
    accountId: integer('account_id').notNull(),
    name: text('name').notNull(),
    sha256: text('sha256').notNull(),
    /** Deflated (RFC 1951). */
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
    /** JSON: what was said of it (SheetChoices). */
    choices: text('choices').notNull(),
    state: text('state', { enum: importStates }).notNull(),
    /** Lots of the sheet, and how many of them are through. */
    total: integer('total').notNull().default(0),
    done: integer('done').notNull().default(0),
    /** Of those: new ones, and events of all. */
    made: integer('made').notNull().default(0),
    accepted: integer('accepted').notNull().default(0),
    duplicate: integer('duplicate').notNull().default(0),
    /** Of the accepted: those that wait for another place's word. */
    claims: integer('claims').notNull().default(0),
    /** Why it failed: the code of a Problem and its first fault, as JSON. */
    fault: text('fault'),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [index('sheet_import_account').on(table.accountId, table.createdAt)],
);
