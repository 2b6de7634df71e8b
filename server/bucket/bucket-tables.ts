// Which pictures have left the folder for the store, each after its bytes were read back from there.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const movedPictures = sqliteTable('moved_picture', {
  /** SHA-256 of the bytes, as everywhere. */
  hash: text('hash').primaryKey(),
  bytes: integer('bytes').notNull(),
  at: integer('at').notNull(),
});
