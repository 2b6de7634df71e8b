// Which model packs there are, which set of them looks at frames, and what a candidate saw beside it.
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { StageTimes } from '../../../inference/types.ts';
import { accounts } from '../../accounts/tables.ts';
import { cameras } from '../camera/camera-tables.ts';
import { restaurants } from '../restaurant/restaurant-tables.ts';
import type { Sighting } from '../violation/sighting.ts';
import { setSources, setStates, setStepKinds } from './pack-set.ts';

/** One version of one pack: its manifest and its model lie among the blobs. */
export const packVersions = sqliteTable('pack_version', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  version: text('version').notNull(),
  task: text('task').notNull(),
  /** Of the model's bytes, as flags keep it. */
  sha256: text('sha256').notNull(),
  /** Of the manifest's bytes: the same model with other thresholds is another version. */
  manifestSha256: text('manifest_sha256').notNull().unique(),
  /** Name of the model's file in the manifest. */
  file: text('file').notNull(),
  bytes: integer('bytes').notNull(),
  addedAt: integer('added_at').notNull(),
});

/** Packs that look together; one set is active, at most one is in shadow. */
export const packSets = sqliteTable(
  'pack_set',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** SHA-256 over its manifests' hashes: the same packs are the same set. */
    digest: text('digest').notNull().unique(),
    source: text('source', { enum: setSources }).notNull(),
    state: text('state', { enum: setStates }).notNull(),
    note: text('note').notNull(),
    addedAt: integer('added_at').notNull(),
    /** Null: it came with the program. */
    addedBy: integer('added_by').references(() => accounts.id),
    /** Share of live frames it also looks at while in shadow. */
    shadowShare: real('shadow_share').notNull().default(0),
    shadowSince: integer('shadow_since'),
    /** Why it could not be opened the last time. */
    fault: text('fault'),
    /** Live frames in shadow: looked at, left out because something else was more urgent, and failed. */
    looked: integer('looked').notNull().default(0),
    leftOut: integer('left_out').notNull().default(0),
    failed: integer('failed').notNull().default(0),
  },
  (table) => [index('pack_set_state').on(table.state)],
);

export const packSetMembers = sqliteTable(
  'pack_set_member',
  {
    setId: integer('set_id')
      .notNull()
      .references(() => packSets.id),
    versionId: integer('version_id')
      .notNull()
      .references(() => packVersions.id),
  },
  (table) => [primaryKey({ columns: [table.setId, table.versionId] })],
);

/** Append-only: what happened to each set, by whom and why. */
export const packSetSteps = sqliteTable(
  'pack_set_step',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    setId: integer('set_id')
      .notNull()
      .references(() => packSets.id),
    at: integer('at').notNull(),
    /** Null: the program did it. */
    by: integer('by').references(() => accounts.id),
    kind: text('kind', { enum: setStepKinds }).notNull(),
    reason: text('reason'),
    /** The set that was active before. */
    insteadOf: integer('instead_of').references(() => packSets.id),
  },
  (table) => [index('pack_set_step_set').on(table.setId, table.id)],
);

/** What a set says of a judged picture; looked at apart, old and new alike. */
export const packLooks = sqliteTable(
  'pack_look',
  {
    setId: integer('set_id')
      .notNull()
      .references(() => packSets.id),
    hash: text('hash').notNull(),
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    lookedAt: integer('looked_at').notNull(),
    /** Digest of the camera's rules then: other rules ask for another look. */
    rules: text('rules').notNull(),
    sightings: text('sightings', { mode: 'json' }).$type<Sighting[]>().notNull(),
    ms: text('ms', { mode: 'json' }).$type<StageTimes>(),
    /** Why there is no answer. */
    fault: text('fault'),
  },
  (table) => [primaryKey({ columns: [table.setId, table.hash, table.cameraId] })],
);

/** A live frame that the candidate saw beside the active set. Judged against nobody, shown to no reviewer. */
export const shadowFrames = sqliteTable(
  'shadow_frame',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    setId: integer('set_id')
      .notNull()
      .references(() => packSets.id),
    againstId: integer('against_id')
      .notNull()
      .references(() => packSets.id),
    cameraId: integer('camera_id')
      .notNull()
      .references(() => cameras.id),
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    at: integer('at').notNull(),
    /** The picture is kept only where the two disagree. */
    hash: text('hash'),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    old: text('old', { mode: 'json' }).$type<Sighting[]>().notNull(),
    new: text('new', { mode: 'json' }).$type<Sighting[]>().notNull(),
    ms: text('ms', { mode: 'json' }).$type<StageTimes>().notNull(),
  },
  (table) => [
    uniqueIndex('shadow_frame_once').on(table.setId, table.cameraId, table.at),
    index('shadow_frame_hash').on(table.hash),
  ],
);
