// Why somebody asked for a kitchen's frames to be looked at: said beside the flag while it is judged.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { flags } from './flag-tables.ts';

export const causeKinds = ['recall', 'hold', 'test'] as const;

/** Append-only. `subject`: what it is about, such as `lot/7`; this half of the house does not know what that is. */
export const flagCauses = sqliteTable(
  'flag_cause',
  {
    flagId: integer('flag_id')
      .notNull()
      .references(() => flags.id),
    kind: text('kind', { enum: causeKinds }).notNull(),
    subject: text('subject').notNull(),
    /** As it is called for people. */
    label: text('label').notNull(),
    labelEn: text('label_en'),
    /** The page that tells of it. */
    href: text('href').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.flagId, table.kind, table.subject] }),
    index('flag_cause_subject').on(table.subject, table.flagId),
  ],
);
