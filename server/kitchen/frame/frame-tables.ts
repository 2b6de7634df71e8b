// What is kept of a frame that a camera gave.
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { cameras } from '../camera/camera-tables.ts';

/** The last few frames of each camera, so that a flag can show what came before it. */
export const frames = sqliteTable(
  'frame',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    at: integer('at').notNull(),
    hash: text('hash').notNull(),
    /** Violations it showed, as a JSON list of ids. */
    shown: text('shown', { mode: 'json' }).$type<string[]>().notNull(),
  },
  (table) => [uniqueIndex('frame_camera_at').on(table.cameraId, table.at), index('frame_hash').on(table.hash)],
);

/** The first frame of each hour, kept longer than the others: what a kitchen looked like while a lot was there. */
export const hourFrames = sqliteTable(
  'hour_frame',
  {
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    /** Hours since 1970. */
    hour: integer('hour').notNull(),
    at: integer('at').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.cameraId, table.hour] }),
    index('hour_frame_hash').on(table.hash),
    index('hour_frame_hour').on(table.hour),
  ],
);
