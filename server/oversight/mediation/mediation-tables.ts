// A complaint that is being settled, and every step on the way.
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { mediationActs, parties, stages } from './mediation.ts';

export const mediations = sqliteTable(
  'mediation',
  {
    complaintId: integer('complaint_id').primaryKey(),
    stage: text('stage', { enum: stages }).notNull(),
    /** When what is awaited has to have come; null: nothing is. */
    dueAt: integer('due_at'),
    offerBy: text('offer_by', { enum: parties }),
    shopSigned: integer('shop_signed').notNull(),
    complainantSigned: integer('complainant_signed').notNull(),
    joined: integer('joined').notNull(),
    openedAt: integer('opened_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [index('mediation_due').on(table.stage, table.dueAt)],
);

/** Append-only. */
export const mediationSteps = sqliteTable(
  'mediation_step',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    complaintId: integer('complaint_id').notNull(),
    party: text('party', { enum: parties }).notNull(),
    act: text('act', { enum: mediationActs }).notNull(),
    words: text('words'),
    /** Money, in fen. */
    amountFen: integer('amount_fen'),
    /** Null: the one who complained, or the clock. */
    accountId: integer('account_id'),
    at: integer('at').notNull(),
  },
  (table) => [index('mediation_step_of').on(table.complaintId, table.id)],
);
