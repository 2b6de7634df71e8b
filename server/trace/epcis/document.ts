// EPCIS documents: XML of 1.2 and 2.0, JSON-LD, capture and query documents and single events, read into events
// with every fault at its place.

import type { Fault } from '../../http/problem.ts';
import type { EpcisEvent } from '../event/event.ts';
import { eventHash } from '../event/event-hash.ts';
import { documentText } from './document-text.ts';
import { type EventReading, readEvent } from './event.ts';
import { addFault, faultsOf, keepFault, newFaultList } from './fault.ts';
import type { DocumentHeader, FoundDocument } from './header.ts';
import { readJsonDocument } from './json.ts';
import { readXmlDocument } from './xml-document.ts';

export type DocumentLimits = { readonly mostBytes: number; readonly mostEvents: number };

export const documentLimits: DocumentLimits = { mostBytes: 64 * 1024 * 1024, mostEvents: 100_000 };

/** One event of a document, in document order. `place` is its JSON pointer or XML path. */
type EventEntry = EventReading & { readonly place: string };

export type DocumentReading = {
  /** Undefined where the text could not be read as a document at all. */
  readonly header: DocumentHeader | undefined;
  /** All events, faulty ones too: a capture that proceeds takes those that have an `event`. */
  readonly entries: readonly EventEntry[];
  /** Faults of the document itself; the events' own are in their entries. */
  readonly faults: readonly Fault[];
};

/**
 * Reads and checks a document. The media type decides between JSON and XML; without one, the first character does.
 * Never throws on any text. Nothing may be taken where `faults` is not empty.
 */
export function readEpcisDocument(
  input: string | Uint8Array,
  mediaType: string | undefined,
  limits: DocumentLimits = documentLimits,
): DocumentReading {
  const faults = newFaultList();
  const text = textOf(input, mediaType, limits, faults);
  const document = text === undefined ? undefined : readForm(text, mediaType, faults);
  if (document === undefined) return { header: undefined, entries: [], faults: faultsOf(faults) };
  if (document.events.length > limits.mostEvents) {
    addFault(faults, '', 'too_many_events', `${document.events.length} events; at most ${limits.mostEvents} at once`);
    return { header: document.header, entries: [], faults: faultsOf(faults) };
  }
  const entries = document.events.map(({ json, place, pointer, context, explain }) => ({
    place,
    ...explain(readEvent(json, pointer, context)),
  }));
  return { header: document.header, entries, faults: faultsOf(faults) };
}

const mostFaultsTold = 1_000;

/** The document's own faults and all events' together, the first thousand: empty when everything may be taken. */
export function allFaults(reading: DocumentReading): readonly Fault[] {
  const all = newFaultList(mostFaultsTold);
  for (const faults of [reading.faults, ...reading.entries.map((entry) => entry.faults)]) {
    for (const fault of faults) keepFault(all, fault);
  }
  return faultsOf(all);
}

/** The events of a faultless document. */
export function eventsOf(reading: DocumentReading): readonly EpcisEvent[] {
  return reading.entries.flatMap(({ event }) => (event === undefined ? [] : [event]));
}

export type DocumentHashes = { readonly hashes: readonly string[]; readonly faults: readonly Fault[] };

/** The event hash id of each event in document order; events need not be valid, only the text must be readable. */
export function hashDocument(input: string | Uint8Array, mediaType: string | undefined): DocumentHashes {
  const faults = newFaultList();
  const text = textOf(input, mediaType, documentLimits, faults);
  const document = text === undefined ? undefined : readForm(text, mediaType, faults);
  if (document === undefined) return { hashes: [], faults: faultsOf(faults) };
  return { hashes: document.events.map(({ json, context }) => eventHash({ json, context })), faults: [] };
}

type FaultSink = ReturnType<typeof newFaultList>;

function textOf(
  input: string | Uint8Array,
  mediaType: string | undefined,
  limits: DocumentLimits,
  faults: FaultSink,
): string | undefined {
  if (input.length > limits.mostBytes) {
    addFault(faults, '', 'too_large', `${input.length} bytes; at most ${limits.mostBytes} at once`);
    return undefined;
  }
  if (typeof input === 'string') return input.replace(/^\uFEFF/, '');
  const { text, encoding } = documentText(input, mediaType);
  if (text === undefined) addFault(faults, '', 'not_text', `the document is not ${encoding.toUpperCase()} text`);
  return text;
}

function readForm(text: string, mediaType: string | undefined, faults: FaultSink): FoundDocument | undefined {
  const form = formOf(text, mediaType);
  if (form === undefined) {
    addFault(faults, '', 'media_type', `${mediaType} is neither JSON nor XML`);
    return undefined;
  }
  return form === 'xml' ? readXmlDocument(text, faults) : readJsonDocument(text, faults);
}

function formOf(text: string, mediaType: string | undefined): 'json' | 'xml' | undefined {
  const type = mediaType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^(application|text)\/(.+\+)?json$/.test(type)) return 'json';
  if (/^(application|text)\/(.+\+)?xml$/.test(type)) return 'xml';
  if (type !== '' && type !== 'application/octet-stream' && type !== 'text/plain') return undefined;
  return /^\s*</.test(text) ? 'xml' : 'json';
}
