// What is kept about a lot beside its chain: temperatures, breaches, certificates.
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { lots } from '../chain/chain-tables.ts';
import { certificateKinds } from '../event/certificate-kind.ts';

export const sensorReadings = sqliteTable(
  'sensor_reading',
  {
    lotId: integer('lot_id').notNull(),
    /** Temperature, RelativeHumidity … */
    type: text('type').notNull(),
    at: integer('at').notNull(),
    eventId: integer('event_id').notNull(),
    /** °C for temperatures, else as given with `unit`. */
    value: real('value').notNull(),
    minValue: real('min_value').notNull(),
    maxValue: real('max_value').notNull(),
    unit: text('unit'),
    device: text('device'),
  },
  (table) => [
    primaryKey({ columns: [table.lotId, table.type, table.at, table.eventId] }),
    index('sensor_reading_event').on(table.eventId),
  ],
);

/** A stretch outside the product's range (断链); worked out again whenever readings of the lot arrive. */
export const excursions = sqliteTable(
  'excursion',
  {
    id: integer('id').primaryKey(),
    lotId: integer('lot_id')
      .notNull()
      .references(() => lots.id),
    fromAt: integer('from_at').notNull(),
    untilAt: integer('until_at').notNull(),
    /** The value furthest outside, °C. */
    worstC: real('worst_c').notNull(),
    siteKey: integer('site_key'),
  },
  (table) => [uniqueIndex('excursion_lot').on(table.lotId, table.fromAt, table.siteKey)],
);

export const certificates = sqliteTable(
  'certificate',
  {
    id: integer('id').primaryKey(),
    kind: text('kind', { enum: certificateKinds }).notNull(),
    number: text('number').notNull(),
    issuer: text('issuer'),
    issuedAt: integer('issued_at'),
    expiresAt: integer('expires_at'),
    /** Where the issuer shows it. */
    uri: text('uri'),
    /** SHA-256 of a photo or PDF of it in the blob store. */
    fileHash: text('file_hash'),
  },
  (table) => [uniqueIndex('certificate_number').on(table.kind, table.number)],
);

export const lotCertificates = sqliteTable(
  'lot_certificate',
  {
    lotId: integer('lot_id')
      .notNull()
      .references(() => lots.id),
    certificateId: integer('certificate_id')
      .notNull()
      .references(() => certificates.id),
  },
  (table) => [primaryKey({ columns: [table.lotId, table.certificateId] })],
);
