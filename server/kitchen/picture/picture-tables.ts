// Whose a picture of a kitchen is, and until when it is kept.

import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

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
    goneAt: integer('gone_at'),
  },
  (table) => [primaryKey({ columns: [table.hash, table.siteId] }), index('picture_at').on(table.at)],
);
