// What the kitchen half keeps: restaurants, cameras, frames, flags, verdicts, orders, appeals, scores.
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { cameraKinds } from '../../inference/types.ts';
import { accounts } from '../accounts/tables.ts';
import type { CameraRules } from './camera/camera.ts';
import { cameraStates } from './camera/camera-state.ts';
import { decisions, flagStatuses, verdictStages } from './flag/decision.ts';
import { orderStates, stepKinds } from './order/rectification.ts';
import { scoreReasons } from './order/score.ts';
import type { ViolationWindow } from './violation/window.ts';

export const restaurants = sqliteTable('restaurant', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  /** GLN, or `local:<slug>`: the word both halves of the product share. */
  siteId: text('site_id').notNull().unique(),
  name: text('name').notNull(),
  nameEn: text('name_en'),
  licence: text('licence').notNull(),
  licenceUntil: text('licence_until'),
  address: text('address').notNull(),
  addressEn: text('address_en'),
  /** Minutes after midnight, Beijing time; closing before opening means past midnight. */
  opensAtMinute: integer('opens_at_minute').notNull(),
  closesAtMinute: integer('closes_at_minute').notNull(),
  /** As the newest score event says; kept here so that a list need not add up. */
  score: integer('score').notNull(),
  createdAt: integer('created_at').notNull(),
});

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
    url: text('url'),
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
    lastTriedAt: integer('last_tried_at'),
    lastFrameAt: integer('last_frame_at'),
    lastFrameHash: text('last_frame_hash'),
    /** What the eye remembers of the frame before: opaque JSON. */
    signature: text('signature'),
    nextDueAt: integer('next_due_at').notNull(),
    createdAt: integer('created_at').notNull(),
    removedAt: integer('removed_at'),
  },
  (table) => [index('camera_restaurant').on(table.restaurantId), index('camera_due').on(table.nextDueAt)],
);

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

/** Whose a stored picture is: read at every byte that is given out. */
export const pictures = sqliteTable(
  'picture',
  {
    hash: text('hash').notNull(),
    siteId: text('site_id').notNull(),
    kind: text('kind', { enum: ['frame', 'answer'] }).notNull(),
    at: integer('at').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    /** Where heads are, as fractions: blurred for everyone who does not review. */
    heads: text('heads', { mode: 'json' }).$type<[number, number, number, number][]>().notNull(),
    goneAt: integer('gone_at'),
  },
  (table) => [primaryKey({ columns: [table.hash, table.siteId] }), index('picture_at').on(table.at)],
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
    /** 1: an unflagged frame drawn at random. Never told to the reviewer. */
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
    index('flag_second').on(table.second, table.at),
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
  },
  (table) => [
    index('verdict_flag').on(table.flagId, table.id),
    index('verdict_by').on(table.by, table.id),
    uniqueIndex('verdict_undoes').on(table.undoes),
    uniqueIndex('verdict_key').on(table.by, table.key),
  ],
);

export const orders = sqliteTable(
  'rectification_order',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    flagId: integer('flag_id')
      .notNull()
      .references(() => flags.id),
    verdictId: integer('verdict_id')
      .notNull()
      .references(() => verdicts.id),
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    violation: text('violation').notNull(),
    state: text('state', { enum: orderStates }).notNull(),
    issuedAt: integer('issued_at').notNull(),
    dueAt: integer('due_at').notNull(),
    answeredAt: integer('answered_at'),
    /** When the deadline was found passed; it is counted once. */
    overdueAt: integer('overdue_at'),
    closedAt: integer('closed_at'),
  },
  (table) => [
    index('order_restaurant').on(table.restaurantId, table.state),
    index('order_state').on(table.state, table.dueAt),
    index('order_flag').on(table.flagId),
  ],
);

/** Append-only: everything that happened to an order. */
export const orderSteps = sqliteTable(
  'order_step',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    orderId: integer('order_id')
      .notNull()
      .references(() => orders.id),
    at: integer('at').notNull(),
    /** Null: the clock did it. */
    by: integer('by').references(() => accounts.id),
    kind: text('kind', { enum: stepKinds }).notNull(),
    text: text('text'),
    photoHash: text('photo_hash'),
    key: text('key'),
  },
  (table) => [
    index('order_step_order').on(table.orderId, table.id),
    uniqueIndex('order_step_key').on(table.by, table.key),
  ],
);

export const appeals = sqliteTable(
  'appeal',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    orderId: integer('order_id')
      .notNull()
      .unique()
      .references(() => orders.id),
    flagId: integer('flag_id')
      .notNull()
      .references(() => flags.id),
    by: integer('by')
      .notNull()
      .references(() => accounts.id),
    at: integer('at').notNull(),
    text: text('text').notNull(),
    state: text('state', { enum: ['open', 'upheld', 'overturned'] }).notNull(),
    decidedBy: integer('decided_by').references(() => accounts.id),
    decidedAt: integer('decided_at'),
    note: text('note'),
  },
  (table) => [index('appeal_state').on(table.state, table.at)],
);

/** Append-only: why a restaurant's score is what it is. */
export const scoreEvents = sqliteTable(
  'score_event',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    at: integer('at').notNull(),
    delta: integer('delta').notNull(),
    after: integer('after').notNull(),
    reason: text('reason', { enum: scoreReasons }).notNull(),
    violation: text('violation'),
    orderId: integer('order_id').references(() => orders.id),
  },
  (table) => [index('score_event_restaurant').on(table.restaurantId, table.at)],
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

/** Append-only: who opened an unblurred picture, and why. */
export const pictureOpenings = sqliteTable('picture_opening', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  hash: text('hash').notNull(),
  by: integer('by')
    .notNull()
    .references(() => accounts.id),
  at: integer('at').notNull(),
  reason: text('reason').notNull(),
});

/** House-wide settings of this half, one JSON value each. */
export const kitchenSettings = sqliteTable('kitchen_setting', {
  name: text('name').primaryKey(),
  value: text('value', { mode: 'json' }).notNull(),
  changedAt: integer('changed_at').notNull(),
  changedBy: integer('changed_by').references(() => accounts.id),
});
