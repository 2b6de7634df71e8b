// What is kept of a picture: which bytes are whose, until when, and who opened the original.

import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../../accounts/tables.ts';

/** Whose a stored picture is: read at every byte that is given out. */
export const pictures = sqliteTable(
  'picture',
  {
    hash: text('hash').notNull(),
    siteId: text('site_id').notNull(),
    kind: text('kind', { enum: ['frame', 'answer'] }).notNull(),
    at: integer('at').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    /** Where heads are, as fractions: blurred for everyone who does not review. */
    heads: text('heads', { mode: 'json' }).$type<[number, number, number, number][]>().notNull(),
    goneAt: integer('gone_at'),
  },
  (table) => [primaryKey({ columns: [table.hash, table.siteId] }), index('picture_at').on(table.at)],
);

/** Append-only: who opened an unblurred picture, and why. */
export const pictureOpenings = sqliteTable('picture_opening', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  hash: text('hash').notNull(),
  by: integer('by')
    .notNull()
    .references(() => accounts.id),
  at: integer('at').notNull(),
  reason: text('reason').notNull(),
});
