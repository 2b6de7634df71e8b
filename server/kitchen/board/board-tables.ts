// What a large house keeps of its boards from last night, so that a page does not read a year of rows.
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const keptBoards = ['kitchens', 'district'] as const;

/** One row a board and part of the city; each night's takes the place of the last. */
export const boardKept = sqliteTable(
  'board_kept',
  {
    board: text('board', { enum: keptBoards }).notNull(),
    /** `city` or `district/3`. */
    scope: text('scope').notNull(),
    at: integer('at').notNull(),
    figures: text('figures', { mode: 'json' }).$type<unknown>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.board, table.scope] })],
);
