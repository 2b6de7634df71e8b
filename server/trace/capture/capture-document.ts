// What capture takes: the bytes as they came and every event read from them, sound with its hash or with its faults.
import { deflateRawSync } from 'node:zlib';
import { type Fault, Problem } from '../../http/problem.ts';
import { unpackWhole } from '../../ledger/changed-rows.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { type DocumentReading, documentLimits, readEpcisDocument } from '../epcis/document.ts';
import { readEvent } from '../epcis/event.ts';
import type { EpcisEvent, EventContext, JsonObject } from '../event/event.ts';
import { draftOf, type EventDraft } from '../event/event-draft.ts';
import { eventHash } from '../event/event-hash.ts';

/** `hash`: `ni:///sha-256;…?ver=CBV2.0`. */
export type SoundEvent = {
  readonly place: string;
  readonly draft: EventDraft;
  readonly hash: string;
  readonly warnings: readonly Fault[];
};
export type FaultyEvent = { readonly place: string; readonly faults: readonly Fault[] };

/** A document as it is kept: nothing of what came is lost. */
export type KeptDocument = {
  readonly mediaType: string;
  /** Of the bytes as they came. */
  readonly sha256: string;
  readonly byteCount: number;
  /** null: `bytes` are as they came. */
  readonly encoding: 'deflate' | null;
  readonly bytes: Uint8Array;
};

export type ReadDocument = {
  readonly kept: KeptDocument;
  /** In document order. */
  readonly events: readonly (SoundEvent | FaultyEvent)[];
  /** What the ledger holds of its events when all of them are new (see eventsDigest). */
  readonly eventsDigest: string;
};

/** Reads a posted document. Throws Problem `invalid_input` with all faults when it is no document at all. */
export function readForCapture(bytes: Buffer, mediaType: string): ReadDocument {
  const reading = readEpcisDocument(bytes, mediaType);
  if (reading.faults.length > 0) throw new Problem('invalid_input', { faults: reading.faults });
  const events = reading.entries.map(soundOrFaulty);
  return { kept: keptDocument(bytes, mediaType), events, eventsDigest: digestOf(events) };
}

type StoredEvent = { readonly hash: string; readonly draft: Pick<EventDraft, 'declaredAt' | 'json'> };

/** One line of the text whose SHA-256 stands in the ledger for the events a capture stored, in their order. */
export function eventLine(hash: string, declaredAt: number, json: string): string {
  return `${hash} ${declaredAt} ${json}\n`;
}

/** What the ledger holds of the events a capture stored. `hash` as in SoundEvent. */
export function eventsDigest(events: readonly StoredEvent[]): string {
  return sha256Hex(events.map(({ hash, draft }) => eventLine(hash, draft.declaredAt, draft.json)).join(''));
}

/** What came, of what was kept. Throws when the kept bytes are damaged, or something stands behind their end. */
export function bytesAsTheyCame(bytes: Buffer, encoding: string | null): Buffer {
  const came = encoding === null ? bytes : unpackWhole(bytes, documentLimits.mostBytes);
  if (came === undefined) throw new Error('The kept bytes of the document are damaged.');
  return came;
}

/** A stored event as it was read when it came. Throws on anything capture did not write. */
export function rereadEvent(json: string, context: string): EpcisEvent {
  const { event } = readEvent(JSON.parse(json) as JsonObject, '', contextOf(context));
  if (event === undefined) throw new Error('A stored event cannot be read again.');
  return event;
}

/** The inverse of the context text of a draft, which event_context keeps. */
export function contextOf(json: string): EventContext {
  const { ignoredFields, ...context } = JSON.parse(json) as Omit<EventContext, 'ignoredFields'> & {
    ignoredFields: string[];
  };
  return { ...context, ignoredFields: new Set(ignoredFields) };
}

function soundOrFaulty({
  place,
  event,
  faults,
  warnings,
}: DocumentReading['entries'][number]): SoundEvent | FaultyEvent {
  return event === undefined ? { place, faults } : { place, draft: draftOf(event), hash: eventHash(event), warnings };
}

// Below this a document is a scan or two, and packing it saves nothing.
const largestPlain = 4_096;
// Higher levels take four times as long for a quarter less.
const deflateLevel = 3;

function keptDocument(bytes: Buffer, mediaType: string): KeptDocument {
  const common = { mediaType, sha256: sha256Hex(bytes), byteCount: bytes.length };
  if (bytes.length <= largestPlain) return { ...common, encoding: null, bytes };
  return { ...common, encoding: 'deflate', bytes: deflateRawSync(bytes, { level: deflateLevel }) };
}

function digestOf(events: ReadDocument['events']): string {
  return eventsDigest(events.flatMap((read) => ('draft' in read ? read : [])));
}
