// What diners report about a lot, and what inspectors did with it.
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { urgencies } from '../routing/routing.ts';
import { channels, complaintKinds, complaintStates, stepKinds } from './complaint.ts';

export const complaints = sqliteTable(
  'complaint',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Unguessable: the diner's own address for what became of it. */
    publicId: text('public_id').notNull(),
    /** Of the form it came in: sent twice, it is one. */
    ticket: text('ticket').notNull(),
    /** 0: no lot is known. */
    lotId: integer('lot_id').notNull(),
    /** The place it is about, when the code said it or an inspector has found it. */
    siteId: text('site_id'),
    kind: text('kind', { enum: complaintKinds }).notNull(),
    words: text('words').notNull(),
    /** Where it was bought or eaten, as the diner wrote it. */
    place: text('place'),
    happenedAt: integer('happened_at').notNull(),
    /** Sealed; for inspectors alone. */
    contact: text('contact'),
    photoHash: text('photo_hash'),
    state: text('state', { enum: complaintStates }).notNull(),
    /** When the place concerned was let see it; null: not. */
    publishedAt: integer('published_at'),
    at: integer('at').notNull(),
    channel: text('channel', { enum: channels }).notNull().default('code'),
    /** The desk that the rules gave it to, how soon, by which version of them and which word. */
    desk: text('desk').notNull().default(''),
    deskEn: text('desk_en').notNull().default(''),
    urgency: text('urgency', { enum: urgencies }).notNull().default('day'),
    routing: integer('routing').notNull().default(0),
    matched: text('matched'),
    /** 1: the shop may be asked first, and see what was written. */
    settle: integer('settle').notNull().default(0),
    followCode: text('follow_code'),
    /** Where the hour was said; null: some time of the day. */
    happenedUntil: integer('happened_until'),
  },
  (table) => [
    uniqueIndex('complaint_follow').on(table.followCode),
    uniqueIndex('complaint_public').on(table.publicId),
    uniqueIndex('complaint_ticket').on(table.ticket),
    index('complaint_state').on(table.state, table.id),
    index('complaint_lot').on(table.lotId, table.at),
    index('complaint_site').on(table.siteId, table.publishedAt),
  ],
);

/** What was done about it; rows are added, never changed. */
export const complaintSteps = sqliteTable(
  'complaint_step',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    complaintId: integer('complaint_id')
      .notNull()
      .references(() => complaints.id),
    kind: text('kind', { enum: stepKinds }).notNull(),
    /** For the diner with `answered` and `closed`, else for inspectors. */
    words: text('words'),
    accountId: integer('account_id').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [index('complaint_step_of').on(table.complaintId, table.id)],
);
