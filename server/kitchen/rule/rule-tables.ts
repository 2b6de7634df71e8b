// What is kept of changes to the rules of a camera.
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts } from '../../accounts/tables.ts';
import type { CameraRules } from '../camera/camera.ts';
import { cameras } from '../camera/camera-tables.ts';

/** Append-only: a change taken back is another row. */
export const cameraRuleChanges = sqliteTable(
  'camera_rule_change',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    by: integer('by')
      .notNull()
      .references(() => accounts.id),
    at: integer('at').notNull(),
    before: text('before', { mode: 'json' }).$type<CameraRules>().notNull(),
    after: text('after', { mode: 'json' }).$type<CameraRules>().notNull(),
    /** The change this row takes back. */
    undoes: integer('undoes'),
  },
  (table) => [
    index('camera_rule_change_camera').on(table.cameraId, table.id),
    uniqueIndex('camera_rule_change_undoes').on(table.undoes),
  ],
);
