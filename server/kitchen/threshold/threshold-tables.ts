// How cameras' rules came to be what they are: every change of zones and thresholds, every proposal taken or dismissed.

import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../../accounts/tables.ts';
import { cameras } from '../camera/camera-tables.ts';
import { cameraRuleChanges } from '../rule/rule-tables.ts';
import type { ProposalFigures } from './threshold-proposal.ts';

/** Append-only: what an administrator did with a proposed threshold. */
export const thresholdDecisions = sqliteTable(
  'threshold_decision',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    violation: text('violation').notNull(),
    decision: text('decision', { enum: ['taken', 'dismissed', 'undone'] }).notNull(),
    before: real('before').notNull(),
    proposed: real('proposed').notNull(),
    /** What was shown when it was decided. */
    figures: text('figures', { mode: 'json' }).$type<ProposalFigures>().notNull(),
    /** The change of rules that taking it made. */
    changeId: integer('change_id').references(() => cameraRuleChanges.id),
    by: integer('by')
      .notNull()
      .references(() => accounts.id),
    at: integer('at').notNull(),
  },
  (table) => [index('threshold_decision_camera').on(table.cameraId, table.violation, table.id)],
);
