// What capture takes: the bytes as they came and every event read from them, sound with its hash or with its faults.
import { type Fault, Problem } from '../http/problem.ts';
import { type DocumentReading, readEpcisDocument } from './epcis-document.ts';
import { readEvent } from './epcis-event.ts';
import type { EpcisEvent, EventContext, JsonObject } from './event.ts';
import { draftOf, type EventDraft } from './event-draft.ts';
import { eventHash } from './event-hash.ts';

/** `hash`: `ni:///sha-256;…?ver=CBV2.0`. */
export type SoundEvent = {
  readonly place: string;
  readonly draft: EventDraft;
  readonly hash: string;
  readonly warnings: readonly Fault[];
};
export type FaultyEvent = { readonly place: string; readonly faults: readonly Fault[] };

export type ReadDocument = {
  readonly bytes: Buffer;
  readonly mediaType: string;
  /** In document order. */
  readonly events: readonly (SoundEvent | FaultyEvent)[];
};

/** Reads a posted document. Throws Problem `invalid_input` with all faults when it is no document at all. */
export function readForCapture(bytes: Buffer, mediaType: string): ReadDocument {
  const reading = readEpcisDocument(bytes, mediaType);
  if (reading.faults.length > 0) throw new Problem('invalid_input', { faults: reading.faults });
  return { bytes, mediaType, events: reading.entries.map(soundOrFaulty) };
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
