// What is kept of faults and recalls: laboratory tests, holds, findings, recalls with their frozen scope and answers.
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { lots } from '../chain/chain-tables.ts';
import { sites } from '../place/place-tables.ts';

export const labTests = sqliteTable(
  'lab_test',
  {
    id: integer('id').primaryKey(),
    lotId: integer('lot_id')
      .notNull()
      .references(() => lots.id),
    /** What was looked for. */
    subject: text('subject').notNull(),
    result: text('result', { enum: ['passed', 'failed'] }).notNull(),
    detail: text('detail'),
    laboratory: text('laboratory'),
    testedAt: integer('tested_at').notNull(),
    fileHash: text('file_hash'),
    accountId: integer('account_id'),
    at: integer('at').notNull(),
  },
  (table) => [index('lab_test_lot').on(table.lotId)],
);

/** Holding (封存) and releasing, one row each; the newest says what is. */
export const lotHolds = sqliteTable(
  'lot_hold',
  {
    id: integer('id').primaryKey(),
    lotId: integer('lot_id')
      .notNull()
      .references(() => lots.id),
    state: text('state', { enum: ['held', 'released'] }).notNull(),
    reason: text('reason').notNull(),
    /** Set when a failed laboratory test held it: a recall is then proposed. */
    labTestId: integer('lab_test_id'),
    accountId: integer('account_id'),
    at: integer('at').notNull(),
  },
  (table) => [index('lot_hold_lot').on(table.lotId, table.id)],
);

/** What does not add up, with its place. Closed when it no longer holds. */
export const findings = sqliteTable(
  'finding',
  {
    id: integer('id').primaryKey(),
    /** negative, differ, gain, loss, unit, unscanned, uncoded, excursion, expired … */
    kind: text('kind').notNull(),
    /** The same fault is one row: kind, lot, site and event folded. */
    subject: text('subject').notNull().unique(),
    lotId: integer('lot_id'),
    siteKey: integer('site_key'),
    eventId: integer('event_id'),
    /** JSON: the numbers of it. */
    detail: text('detail').notNull(),
    at: integer('at').notNull(),
    closedAt: integer('closed_at'),
  },
  (table) => [
    index('finding_site').on(table.siteKey, table.at),
    index('finding_lot').on(table.lotId),
    index('finding_open').on(table.kind, table.at).where(sql`closed_at IS NULL`),
  ],
);

export const recalls = sqliteTable(
  'recall',
  {
    id: integer('id').primaryKey(),
    /** Unguessable, for the address of the page. */
    publicId: text('public_id').notNull().unique(),
    lotId: integer('lot_id')
      .notNull()
      .references(() => lots.id),
    reason: text('reason').notNull(),
    reasonEn: text('reason_en'),
    /** What diners are told to do. */
    advice: text('advice'),
    adviceEn: text('advice_en'),
    /** How grave it is (食品召回管理办法): 1 may kill or maim, 2 may harm, 3 is wrongly labelled; null: not said. */
    grade: integer('grade'),
    state: text('state', { enum: ['open', 'closed'] }).notNull(),
    accountId: integer('account_id'),
    startedAt: integer('started_at').notNull(),
    dueAt: integer('due_at').notNull(),
    closedAt: integer('closed_at'),
    closingNote: text('closing_note'),
    /** How often its scope was issued: 1, and one more for each widening. */
    issues: integer('issues').notNull(),
    truncated: integer('truncated').notNull(),
  },
  (table) => [index('recall_lot').on(table.lotId), index('recall_state').on(table.state, table.startedAt)],
);

/** A recall that was published and waits for its minutes to be over; nobody is told before. */
export const recallPlans = sqliteTable(
  'recall_plan',
  {
    id: integer('id').primaryKey(),
    /** The recall's own, once it is out. */
    publicId: text('public_id').notNull().unique(),
    lotId: integer('lot_id')
      .notNull()
      .references(() => lots.id),
    reason: text('reason').notNull(),
    reasonEn: text('reason_en'),
    advice: text('advice'),
    adviceEn: text('advice_en'),
    grade: integer('grade'),
    answerWithinMs: integer('answer_within_ms').notNull(),
    state: text('state', { enum: ['waiting', 'taken_back', 'issued'] }).notNull(),
    accountId: integer('account_id'),
    plannedAt: integer('planned_at').notNull(),
    tellsAt: integer('tells_at').notNull(),
    endedAt: integer('ended_at'),
    /** The hold it put on the lot, released when it is taken back. */
    holdId: integer('hold_id'),
  },
  (table) => [uniqueIndex('recall_plan_waiting').on(table.lotId).where(sql`state = 'waiting'`)],
);

/** The scope as issued: never updated; a widening adds rows with the next issue number. */
export const recallScopes = sqliteTable(
  'recall_scope',
  {
    recallId: integer('recall_id').notNull(),
    holdingId: integer('holding_id').notNull(),
    issue: integer('issue').notNull(),
    lotId: integer('lot_id').notNull(),
    siteKey: integer('site_key').notNull(),
    scope: text('scope', { enum: ['definite', 'proportional', 'potential'] }).notNull(),
    depth: integer('depth').notNull(),
    /** When the recalled goods first reached it, unix ms. */
    reachedAt: integer('reached_at').notNull(),
    /** All that came in since then, what is there now, and how much of that is recalled goods by mass balance. */
    received: real('received'),
    onHand: real('on_hand'),
    share: real('share'),
    unit: text('unit'),
  },
  (table) => [
    primaryKey({ columns: [table.recallId, table.holdingId, table.issue] }),
    index('recall_scope_lot').on(table.lotId),
    index('recall_scope_site').on(table.siteKey, table.recallId),
  ],
);

export const recallNotices = sqliteTable(
  'recall_notice',
  {
    id: integer('id').primaryKey(),
    recallId: integer('recall_id')
      .notNull()
      .references(() => recalls.id),
    siteKey: integer('site_key')
      .notNull()
      .references(() => sites.key),
    state: text('state', { enum: ['sent', 'seen', 'answered'] }).notNull(),
    issue: integer('issue').notNull(),
    sentAt: integer('sent_at').notNull(),
    seenAt: integer('seen_at'),
    answeredAt: integer('answered_at'),
    remindedAt: integer('reminded_at'),
    reminders: integer('reminders').notNull().default(0),
  },
  (table) => [
    uniqueIndex('recall_notice_site').on(table.recallId, table.siteKey),
    index('recall_notice_of_site').on(table.siteKey, table.state),
  ],
);

export const answerActions = ['found', 'quarantined', 'returned', 'destroyed', 'off_shelf', 'served', 'none'] as const;

/** What a holder did; rows are added, never changed. */
export const recallAnswers = sqliteTable(
  'recall_answer',
  {
    id: integer('id').primaryKey(),
    noticeId: integer('notice_id')
      .notNull()
      .references(() => recallNotices.id),
    lotId: integer('lot_id')
      .notNull()
      .references(() => lots.id),
    action: text('action', { enum: answerActions }).notNull(),
    quantity: real('quantity'),
    unit: text('unit'),
    photoHash: text('photo_hash'),
    note: text('note'),
    accountId: integer('account_id'),
    at: integer('at').notNull(),
  },
  (table) => [index('recall_answer_notice').on(table.noticeId)],
);

/** An answer that whoever gave it took back; the answer stays as it was given, and counts no more. */
export const recallAnswersTakenBack = sqliteTable('recall_answer_taken_back', {
  answerId: integer('answer_id')
    .primaryKey()
    .references(() => recallAnswers.id),
  accountId: integer('account_id'),
  at: integer('at').notNull(),
});

/** How far a background check has come, by its name. */
export const traceMarks = sqliteTable('trace_mark', {
  name: text('name').primaryKey(),
  value: integer('value').notNull(),
});
