// What lookouts remember between two looks, and the frames of what has begun and is not said yet.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { cameras } from '../camera/camera-tables.ts';
import type { LookoutMemory } from './lookout-memory.ts';

/** One row a camera and lookout. It lies here and not in a worker: whoever looks next, the memory is the same. */
export const lookoutMemories = sqliteTable(
  'lookout_memory',
  {
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    lookout: text('lookout').notNull(),
    memory: text('memory', { mode: 'json' }).$type<LookoutMemory>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.cameraId, table.lookout] })],
);

/** From the beginning of a stretch on, so that a flag can show how it came to be. */
export const lookoutFrames = sqliteTable(
  'lookout_frame',
  {
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    lookout: text('lookout').notNull(),
    at: integer('at').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.cameraId, table.lookout, table.at] }),
    index('lookout_frame_hash').on(table.hash),
  ],
);
