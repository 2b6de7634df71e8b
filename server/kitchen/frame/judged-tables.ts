// What the eye saw on frames that people are asked about: kept whole, so that a verdict can be learnt from later.
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Detection, PackName } from '../../../inference/types.ts';
import { cameras } from '../camera/camera-tables.ts';

/** One row a picture and camera; pixels that come twice are read the same twice. */
export const frameReadings = sqliteTable(
  'frame_reading',
  {
    hash: text('hash').notNull(),
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    at: integer('at').notNull(),
    detections: text('detections', { mode: 'json' }).$type<Detection[]>().notNull(),
    packs: text('packs', { mode: 'json' }).$type<PackName[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.hash, table.cameraId] })],
);
