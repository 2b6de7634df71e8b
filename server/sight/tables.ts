// Every picture that is stored, what is known of the heads on it, and who opened it unblurred.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PackName } from '../../inference/types.ts';
import { accounts } from '../accounts/tables.ts';

export const storedPictures = sqliteTable('stored_picture', {
  /** SHA-256 of the stored bytes, which the reading was made for. */
  hash: text('hash').primaryKey(),
  /** Null: nobody has looked for heads, and it is shown to nobody but as colours. */
  look: text('look', { enum: ['frame', 'close'] }),
  /** As fractions of the picture. */
  heads: text('heads', { mode: 'json' }).$type<[number, number, number, number][]>().notNull(),
  /** The packs that looked. */
  packs: text('packs', { mode: 'json' }).$type<PackName[]>().notNull(),
  at: integer('at').notNull(),
});

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
