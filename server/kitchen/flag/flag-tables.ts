// What is kept of a flag: the violation seen, its frames, and what people said of it.

import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts } from '../../accounts/tables.ts';
import { cameras } from '../camera/camera-tables.ts';
import { restaurants } from '../restaurant/restaurant-tables.ts';
import type { AskedKind } from '../violation/audit-sample.ts';
import type { ViolationWindow } from '../violation/window.ts';
import { decisions, flagStatuses, verdictStages } from './decision.ts';

/** The N of M memory of one violation at one camera. */
export const violationWindows = sqliteTable(
  'violation_window',
  {
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    violation: text('violation').notNull(),
    window: text('window', { mode: 'json' }).$type<ViolationWindow>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.cameraId, table.violation] })],
);

export const flags = sqliteTable(
  'flag',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    violation: text('violation').notNull(),
    score: real('score').notNull(),
    threshold: real('threshold').notNull(),
    box: text('box', { mode: 'json' }).$type<[number, number, number, number]>().notNull(),
    zone: text('zone'),
    at: integer('at').notNull(),
    pictureHash: text('picture_hash').notNull(),
    pictureWidth: integer('picture_width').notNull(),
    pictureHeight: integer('picture_height').notNull(),
    packName: text('pack_name').notNull(),
    packSha256: text('pack_sha256').notNull(),
    status: text('status', { enum: flagStatuses }).notNull(),
    /** 0: raised by the models; 1: drawn at random, whatever they said of it; 2: reported by a person. */
    audit: integer('audit').notNull(),
    /** A second reviewer also judges it, without knowing the first verdict. */
    second: text('second', { enum: ['none', 'wanted', 'done'] }).notNull(),
    leasedTo: integer('leased_to').references(() => accounts.id),
    leaseUntil: integer('lease_until'),
    leasedAt: integer('leased_at'),
    decidedAt: integer('decided_at'),
  },
  (table) => [
    index('flag_queue').on(table.status, table.at),
    index('flag_queue_kind').on(table.status, table.violation, table.at),
    index('flag_queue_camera').on(table.status, table.cameraId, table.at),
    // The kind comes last, so that a district's flags are counted from the index alone.
    index('flag_queue_kitchen').on(table.status, table.restaurantId, table.at, table.violation),
    index('flag_queue_doubt').on(table.status, sql`abs(score - threshold)`),
    index('flag_second').on(table.second, table.at),
    index('flag_blind')
      .on(table.at, table.restaurantId, table.violation)
      .where(sql`second = 'wanted' AND status IN ('confirmed', 'cleared')`),
    index('flag_restaurant').on(table.restaurantId, table.at),
    index('flag_camera').on(table.cameraId, table.violation, table.at),
    index('flag_picture').on(table.pictureHash),
    index('flag_lease').on(table.leasedTo).where(sql`leased_to IS NOT NULL`),
  ],
);

/** The frames before and after a flag's own. */
export const flagFrames = sqliteTable(
  'flag_frame',
  {
    flagId: integer('flag_id')
      .notNull()
      .references(() => flags.id),
    at: integer('at').notNull(),
    hash: text('hash').notNull(),
    /** 1: the violation was seen in this one too. */
    shown: integer('shown').notNull(),
  },
  (table) => [primaryKey({ columns: [table.flagId, table.at] }), index('flag_frame_hash').on(table.hash)],
);

/** Append-only: since when a person had a flag's own frame sharp before them; their verdict says so. */
export const flagSights = sqliteTable(
  'flag_sight',
  {
    flagId: integer('flag_id')
      .notNull()
      .references(() => flags.id),
    by: integer('by')
      .notNull()
      .references(() => accounts.id),
    /** Of the picture as it is stored. */
    hash: text('hash').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.flagId, table.by] })],
);

/** Append-only: with which chance an audited frame was drawn, and what people are asked about. */
export const auditDraws = sqliteTable(
  'audit_draw',
  {
    flagId: integer('flag_id')
      .primaryKey()
      .references(() => flags.id),
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    at: integer('at').notNull(),
    /** Hour of the day in Beijing; with the camera it is the stratum. */
    hour: integer('hour').notNull(),
    chance: real('chance').notNull(),
    asked: text('asked', { mode: 'json' }).$type<AskedKind[]>().notNull(),
  },
  (table) => [index('audit_draw_at').on(table.at)],
);

/** From when to when what a flag was raised about went on at its camera, as the models saw it. */
export const happenings = sqliteTable(
  'flag_happening',
  {
    flagId: integer('flag_id')
      .primaryKey()
      .references(() => flags.id),
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    violation: text('violation').notNull(),
    fromAt: integer('from_at').notNull(),
    untilAt: integer('until_at').notNull(),
  },
  (table) => [
    index('flag_happening_camera').on(table.cameraId, table.violation, table.fromAt),
    index('flag_happening_until').on(table.untilAt),
  ],
);

/** Append-only: a changed mind is another row. */
export const verdicts = sqliteTable(
  'verdict',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    flagId: integer('flag_id')
      .notNull()
      .references(() => flags.id),
    by: integer('by')
      .notNull()
      .references(() => accounts.id),
    at: integer('at').notNull(),
    decision: text('decision', { enum: decisions }).notNull(),
    /** The class as the reviewer sees it. */
    violation: text('violation').notNull(),
    stage: text('stage', { enum: verdictStages }).notNull(),
    /** The flag's status before, so that an undo knows where to go back to. */
    statusBefore: text('status_before', { enum: flagStatuses }).notNull(),
    /** From the picture being visible to the key, milliseconds; null for a verdict through the API without it. */
    visibleMs: integer('visible_ms'),
    /** 1: over 30 s, left out of every pace. */
    idle: integer('idle').notNull(),
    /** 0: cleared as one of a group, not looked at one by one. */
    seen: integer('seen').notNull(),
    /** The verdict this row takes back. */
    undoes: integer('undoes'),
    /** Presented again with a repeated request. */
    key: text('key'),
    /** Of an audited frame: every kind that was found, as a JSON list. Null for a flag of one kind. */
    kinds: text('kinds', { mode: 'json' }).$type<string[]>(),
  },
  (table) => [
    index('verdict_flag').on(table.flagId, table.id),
    index('verdict_by').on(table.by, table.id),
    index('verdict_at').on(table.at),
    uniqueIndex('verdict_undoes').on(table.undoes),
    uniqueIndex('verdict_key').on(table.by, table.key),
  ],
);
