// What is kept of a shop's day: who answers for it, its staff's certificates, each day's lines, signed reports, a school's meals.
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { dayAnswers, dayItemNames, offices, reportKinds } from './day.ts';
import { morningStates } from './morning.ts';

/** Who holds an office at a shop; the newest row of an office counts. Rows are added, never changed. */
export const dayOffices = sqliteTable(
  'day_office',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    siteId: text('site_id').notNull(),
    office: text('office', { enum: offices }).notNull(),
    accountId: integer('account_id').notNull(),
    by: integer('by').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [index('day_office_site').on(table.siteId, table.office, table.id)],
);

/** Who handles food, with the health certificate (健康证). */
export const dayStaff = sqliteTable(
  'day_staff',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    siteId: text('site_id').notNull(),
    name: text('name').notNull(),
    certificate: text('certificate').notNull(),
    expiresOn: text('expires_on').notNull(),
    by: integer('by').notNull(),
    at: integer('at').notNull(),
    leftAt: integer('left_at'),
  },
  (table) => [index('day_staff_site').on(table.siteId).where(sql`left_at IS NULL`)],
);

/** A day that was done, or on which the shop was closed. */
export const dayChecks = sqliteTable(
  'day_check',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    siteId: text('site_id').notNull(),
    day: text('day').notNull(),
    state: text('state', { enum: ['done', 'closed'] }).notNull(),
    accountId: integer('account_id').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [uniqueIndex('day_check_day').on(table.siteId, table.day), index('day_check_of_day').on(table.day)],
);

export const dayLines = sqliteTable(
  'day_line',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    checkId: integer('check_id')
      .notNull()
      .references(() => dayChecks.id),
    item: text('item', { enum: dayItemNames }).notNull(),
    answer: text('answer', { enum: dayAnswers }).notNull(),
    words: text('words'),
    /** JSON: the numbers the data said at that moment. */
    said: text('said').notNull(),
    accountId: integer('account_id').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [index('day_line_check').on(table.checkId)],
);

/** How each person who handles food was that morning (晨检). */
export const dayMornings = sqliteTable(
  'day_morning',
  {
    checkId: integer('check_id')
      .notNull()
      .references(() => dayChecks.id),
    staffId: integer('staff_id')
      .notNull()
      .references(() => dayStaff.id),
    state: text('state', { enum: morningStates }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.checkId, table.staffId] })],
);

/** A weekly report or monthly note as it was signed. */
export const dayReports = sqliteTable(
  'day_report',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    siteId: text('site_id').notNull(),
    kind: text('kind', { enum: reportKinds }).notNull(),
    fromDay: text('from_day').notNull(),
    untilDay: text('until_day').notNull(),
    /** JSON; its SHA-256 is `hash`. */
    body: text('body').notNull(),
    hash: text('hash').notNull(),
    office: text('office', { enum: offices }).notNull(),
    accountId: integer('account_id').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [uniqueIndex('day_report_period').on(table.siteId, table.kind, table.fromDay)],
);

/** A shop that cooks for a school; parents open its page with the code. */
export const daySchools = sqliteTable(
  'day_school',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    siteId: text('site_id').notNull(),
    code: text('code').notNull().unique(),
    by: integer('by').notNull(),
    at: integer('at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [uniqueIndex('day_school_site').on(table.siteId).where(sql`ended_at IS NULL`)],
);

export const dayMeals = sqliteTable(
  'day_meal',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    siteId: text('site_id').notNull(),
    day: text('day').notNull(),
    meal: text('meal', { enum: ['breakfast', 'lunch', 'snack', 'dinner'] }).notNull(),
    dish: text('dish').notNull(),
    /** Of the sample that was kept; null: none was. */
    grams: integer('grams'),
    keptAt: integer('kept_at'),
    discardedAt: integer('discarded_at'),
    by: integer('by').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [index('day_meal_site').on(table.siteId, table.day)],
);

export const dayMealLots = sqliteTable(
  'day_meal_lot',
  {
    mealId: integer('meal_id')
      .notNull()
      .references(() => dayMeals.id),
    lotId: integer('lot_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.mealId, table.lotId] }), index('day_meal_lot_lot').on(table.lotId)],
);
