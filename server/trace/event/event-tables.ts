// What is kept of a captured document and of each event in it.

import { sql } from 'drizzle-orm';
import { blob, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { runOfEvent } from './event-run.ts';

/** A captured document, as it came. */
export const eventDocuments = sqliteTable(
  'event_document',
  {
    id: integer('id').primaryKey(),
    /** Unguessable; what `GET /epcis/capture/{id}` is asked with. */
    captureId: text('capture_id').notNull().unique(),
    sha256: text('sha256').notNull(),
    mediaType: text('media_type').notNull(),
    byteCount: integer('byte_count').notNull(),
    /** null: a file of the blob store under `sha256`, as earlier versions kept large documents. */
    bytes: blob('bytes', { mode: 'buffer' }),
    /** deflate: `bytes` are packed (RFC 1951); null: as they came. */
    encoding: text('encoding'),
    /** Its author; null: the program itself. */
    accountId: integer('account_id'),
    /** The author's organisation and role when it came. */
    organisationId: integer('organisation_id'),
    authorRole: text('author_role'),
    receivedAt: integer('received_at').notNull(),
    onError: text('on_error', { enum: ['rollback', 'proceed'] }).notNull(),
    accepted: integer('accepted').notNull(),
    refused: integer('refused').notNull(),
    duplicate: integer('duplicate').notNull(),
    warned: integer('warned').notNull(),
    /** JSON list of faults, capped. */
    faults: text('faults').notNull(),
  },
  (table) => [index('event_document_account').on(table.accountId, table.receivedAt)],
);

/** Prefixes and namespaces events stood in; few documents differ in them. */
export const eventContexts = sqliteTable('event_context', {
  id: integer('id').primaryKey(),
  json: text('json').notNull().unique(),
});

// No foreign keys here: every parent is written by the same action, and each check would cost a look-up per event.
export const events = sqliteTable(
  'event',
  {
    id: integer('id').primaryKey(),
    /** The 32 bytes of its CBV 2.0 hash. */
    hash: blob('hash', { mode: 'buffer' }).notNull(),
    /** 0 for an event; an error declaration has the hash of the event it voids, and its declaration time here. */
    declaredAt: integer('declared_at').notNull().default(0),
    /** The sender's eventID. Not unique: an error declaration shares it. */
    uri: text('uri'),
    kind: text('kind').notNull(),
    action: text('action'),
    bizStep: text('biz_step'),
    disposition: text('disposition'),
    /** When it happened, unix ms, and the zone it was said in. */
    at: integer('at').notNull(),
    zoneMinutes: integer('zone_minutes').notNull(),
    /** When it was captured, unix ms. */
    recordedAt: integer('recorded_at').notNull(),
    readPointKey: integer('read_point_key'),
    bizLocationKey: integer('biz_location_key'),
    documentId: integer('document_id').notNull(),
    contextId: integer('context_id').notNull(),
    /** Its number in the document's list, from 0. */
    position: integer('position').notNull(),
    /** The error declaration (an event) that voided it. */
    voidedBy: integer('voided_by'),
    /** JSON-LD of the event as it came (converted when it came as XML). */
    json: text('json').notNull(),
  },
  (table) => [
    // The same hash is the same time: neighbours in time are neighbours here, and a capture rewrites few pages.
    uniqueIndex('event_at').on(table.at, table.hash, table.declaredAt),
    index('event_hash').on(runOfEvent, table.hash),
    index('event_uri').on(table.uri).where(sql`uri IS NOT NULL`),
    index('event_declaration').on(table.uri, table.hash).where(sql`declared_at > 0`),
    index('event_voided').on(table.voidedBy).where(sql`voided_by IS NOT NULL`),
    index('event_biz_location').on(table.bizLocationKey, table.at).where(sql`biz_location_key IS NOT NULL`),
    index('event_document_position').on(table.documentId, table.position),
  ],
);

export const claimDecisions = ['confirmed', 'accepted', 'denied'] as const;

/** An event told of a place by somebody who does not speak for it: kept, and without effect until it is decided. */
export const eventClaims = sqliteTable(
  'event_claim',
  {
    eventId: integer('event_id').primaryKey(),
    /** Whose word is missing. */
    siteKey: integer('site_key').notNull(),
    /** `confirmed` by the place's own author, `accepted` by an inspector, `denied` by either; null: open. */
    decision: text('decision', { enum: claimDecisions }),
    /** The account, and its organisation, that answers for the event from then on. */
    decidedBy: integer('decided_by'),
    decidedOrganisation: integer('decided_organisation'),
    decidedAt: integer('decided_at'),
  },
  (table) => [index('event_claim_open').on(table.siteKey).where(sql`decision IS NULL`)],
);
