// What the eye saw on frames that people are asked about: kept whole, so that a verdict can be learnt from later.
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Box, Detection, PackName } from '../../../inference/types.ts';
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

/** Frames just under a threshold, kept to learn from; a few a camera and day. */
export const nearMisses = sqliteTable(
  'near_miss',
  {
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    at: integer('at').notNull(),
    hash: text('hash').notNull(),
    violation: text('violation').notNull(),
    score: real('score').notNull(),
    threshold: real('threshold').notNull(),
    box: text('box', { mode: 'json' }).$type<Box>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.cameraId, table.at] }), index('near_miss_hash').on(table.hash)],
);
