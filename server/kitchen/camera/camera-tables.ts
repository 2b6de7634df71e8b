// What is kept of a camera: itself, what happened to it, and how often it was looked at each day.
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { cameraKinds, type StreamFacts } from '../../../inference/types.ts';
import { restaurants } from '../restaurant/restaurant-tables.ts';
import type { CameraRules } from './camera.ts';
import { cameraStates } from './camera-state.ts';

export const cameras = sqliteTable(
  'camera',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    place: text('place').notNull(),
    placeEn: text('place_en'),
    kind: text('kind', { enum: cameraKinds }).notNull(),
    /** As it may be shown: secrets in it stand in `sealedUrl`. */
    url: text('url'),
    /** The whole address, AES-256-GCM as the password; only where it has a secret in it. */
    sealedUrl: text('sealed_url'),
    /** SHA-256 of a certificate of the camera's own that an administrator accepted. */
    certificate: text('certificate'),
    user: text('user'),
    /** AES-256-GCM, bound to this table, row and column. */
    sealedPassword: text('sealed_password'),
    /** For clip and picture: `blob:<hash>`, or a path below the program's folder. */
    path: text('path'),
    sampleEveryMs: integer('sample_every_ms').notNull(),
    /** Zones, thresholds and N of M where they differ from the house's. */
    rules: text('rules', { mode: 'json' }).$type<CameraRules>().notNull(),
    state: text('state', { enum: cameraStates }).notNull(),
    stateSince: integer('state_since').notNull(),
    /** What the last samples said while it is not yet believed. */
    pendingState: text('pending_state', { enum: cameraStates }),
    pendingCount: integer('pending_count').notNull().default(0),
    pendingSince: integer('pending_since'),
    /** Why the last try gave no picture; a code of the eye. */
    lastFault: text('last_fault'),
    missesInRow: integer('misses_in_row').notNull().default(0),
    /** Logins refused since the last one that was not; enough of them stop the looking until something is changed. */
    loginRefusals: integer('login_refusals').notNull().default(0),
    /** Looked at by then, or not watched. */
    watchBy: integer('watch_by'),
    lastTriedAt: integer('last_tried_at'),
    lastFrameAt: integer('last_frame_at'),
    lastFrameHash: text('last_frame_hash'),
    /** What the eye remembers of the frame before: opaque JSON. */
    signature: text('signature'),
    /** What its stream last told of itself: codec, key frames, how far its clock is off. */
    stream: text('stream', { mode: 'json' }).$type<StreamFacts>(),
    /** How often it is looked at beside others when not all can be: given from above, 1 is usual. */
    weight: real('weight').notNull().default(1),
    /** Something moved or was seen: it is looked at sooner until then. */
    soonerUntil: integer('sooner_until').notNull().default(0),
    /** The interval it was last given: its own, or what the day and the budget made of it. */
    lookEveryMs: integer('look_every_ms'),
    nextDueAt: integer('next_due_at').notNull(),
    createdAt: integer('created_at').notNull(),
    removedAt: integer('removed_at'),
  },
  (table) => [
    index('camera_restaurant').on(table.restaurantId),
    index('camera_due').on(table.nextDueAt),
    index('camera_watch').on(table.watchBy),
    index('camera_last_frame').on(table.lastFrameHash),
    // Rows hold a copy of a picture: what all cameras ask for is read without them.
    index('camera_tried').on(table.lastTriedAt, table.removedAt),
    index('camera_clock').on(sql`abs(stream ->> '$.clockOffsetMs')`, table.removedAt),
    index('camera_demand').on(table.weight, table.sampleEveryMs, table.removedAt),
  ],
);

/** Append-only: when a camera went and came back. */
export const cameraEvents = sqliteTable(
  'camera_event',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    at: integer('at').notNull(),
    before: text('before', { enum: cameraStates }).notNull(),
    after: text('after', { enum: cameraStates }).notNull(),
    /** A code of the eye, when there was one. */
    fault: text('fault'),
  },
  (table) => [index('camera_event_camera').on(table.cameraId, table.at)],
);

/** What each camera gave on each day (Beijing), for shares and miss rates. */
export const sampleDays = sqliteTable(
  'sample_day',
  {
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    day: text('day').notNull(),
    sampled: integer('sampled').notNull(),
    looked: integer('looked').notNull(),
    missed: integer('missed').notNull(),
    flagged: integer('flagged').notNull(),
    audited: integer('audited').notNull(),
  },
  (table) => [primaryKey({ columns: [table.cameraId, table.day] })],
);
