// When the kitchens of a lot were looked at, and because of what.
import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { causeKinds } from '../../kitchen/flag/cause-tables.ts';

/** One row for a recall, a hold or a failed test; a recall that is widened is looked at again. */
export const lotLooks = sqliteTable(
  'lot_look',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind', { enum: causeKinds }).notNull(),
    /** The id of the recall, the hold or the test. */
    causeId: integer('cause_id').notNull(),
    lotId: integer('lot_id').notNull(),
    /** Kitchens that had it or what was made of it, and flags raised there; both grow when a recall is widened. */
    kitchens: integer('kitchens').notNull(),
    flags: integer('flags').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [uniqueIndex('lot_look_cause').on(table.kind, table.causeId)],
);
