// Each time the packs were to learn from a kitchen's verdicts: who asked, how far it is, and what came out.
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../../accounts/tables.ts';
import { packSets } from '../pack/pack-tables.ts';
import { type LearningResult, learningFaults, learningStages, learningStates } from './learning.ts';

export const packLearnings = sqliteTable(
  'pack_learning',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    siteId: text('site_id').notNull(),
    askedBy: integer('asked_by')
      .notNull()
      .references(() => accounts.id),
    askedAt: integer('asked_at').notNull(),
    state: text('state', { enum: learningStates }).notNull(),
    stage: text('stage', { enum: learningStages }),
    /** Of this stage: pictures, or fits. */
    done: integer('done').notNull().default(0),
    total: integer('total').notNull().default(0),
    /** Times it was begun: a restart of the server begins it again. */
    tries: integer('tries').notNull().default(0),
    fault: text('fault', { enum: learningFaults }),
    result: text('result', { mode: 'json' }).$type<LearningResult>(),
    /** The candidate that came of it. */
    setId: integer('set_id').references(() => packSets.id),
    endedAt: integer('ended_at'),
  },
  (table) => [index('pack_learning_state').on(table.state)],
);
