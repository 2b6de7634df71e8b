// What is kept of risk: the score of each place as last worked out, its grades over time, and the rules as they were changed.
import { sql } from 'drizzle-orm';
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { grades, type PartShare, type RiskRule, tiers } from './risk.ts';

const firstByTier = sql`CASE tier WHEN 'at_once' THEN 0 WHEN 'by_date' THEN 1 ELSE 2 END`;

/** Worked out again every night from facts that are vouched for; the grades that came of it are in `risk_grade`. */
export const riskScores = sqliteTable(
  'risk_score',
  {
    siteId: text('site_id').primaryKey(),
    kind: text('kind', { enum: ['kitchen', 'supplier'] }).notNull(),
    score: real('score').notNull(),
    grade: text('grade', { enum: grades }).notNull(),
    gradeSince: integer('grade_since').notNull(),
    tier: text('tier', { enum: tiers }).notNull(),
    visitBy: integer('visit_by').notNull(),
    lastFactAt: integer('last_fact_at'),
    parts: text('parts', { mode: 'json' }).$type<PartShare[]>().notNull(),
    scoredAt: integer('scored_at').notNull(),
  },
  (table) => [
    // Who is gone to first, with all that a list is chosen and counted by: the row with its parts is read for one page alone.
    index('risk_score_first').on(firstByTier, sql`score DESC`, table.siteId, table.kind, table.tier, table.grade),
  ],
);

/** Append-only: each time the grade of a place changed. */
export const riskGrades = sqliteTable(
  'risk_grade',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    siteId: text('site_id').notNull(),
    grade: text('grade', { enum: grades }).notNull(),
    score: real('score').notNull(),
    ruleId: integer('rule_id').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [index('risk_grade_site').on(table.siteId, table.id)],
);

/** Append-only: the newest is in force; none: the first rule of the house, number 0. */
export const riskRules = sqliteTable('risk_rule', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  rule: text('rule', { mode: 'json' }).$type<RiskRule>().notNull(),
  reason: text('reason').notNull(),
  accountId: integer('account_id').notNull(),
  at: integer('at').notNull(),
});

/** How far the re-scoring has come: the last ledger entry it looked at, the day of the last full run, the back-test of that day. */
export const riskMarks = sqliteTable('risk_mark', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});
