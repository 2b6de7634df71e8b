// What a document says about itself, the master data it may carry, and the events found in it
// (EPCIS 2.0 §9.3, §9.4, §10.3).

import type { EventContext, JsonObject, JsonValue } from '../event/event.ts';
import type { EventReading } from './event.ts';

export type DocumentHeader = {
  /** `event`: a single event sent bare. `masterData`: a document of vocabularies, without events. */
  readonly kind: 'capture' | 'query' | 'event' | 'masterData';
  readonly form: 'json' | 'xml';
  readonly id: string | undefined;
  /** As given: `2.0`, `1.2`. */
  readonly schemaVersion: string | undefined;
  readonly creationDateMs: number | undefined;
  readonly sender: string | undefined;
  readonly receiver: string | undefined;
  readonly instanceIdentifier: string | undefined;
  /** Of query documents. */
  readonly queryName: string | undefined;
  readonly subscriptionID: string | undefined;
  /** At most `mostMasterData` elements. */
  readonly masterData: readonly MasterDataElement[];
};

/** One element of a vocabulary: a location, a product class, … with its attributes as the sender gave them. */
export type MasterDataElement = {
  /** URI of the vocabulary: urn:epcglobal:epcis:vtype:BusinessLocation, … */
  readonly type: string;
  readonly id: string;
  readonly attributes: readonly { readonly id: string; readonly value: JsonValue }[];
  readonly children: readonly string[];
};

export const mostMasterData = 20_000;

/** An event found in a document, not yet read. */
export type FoundEvent = {
  readonly json: JsonObject;
  /** Where it stands, for people: JSON pointer or XML path. */
  readonly place: string;
  /** Where its fields' JSON pointers begin. */
  readonly pointer: string;
  readonly context: EventContext;
  /** Adds what only the form knows of: XML's order of elements, places as XML paths. */
  readonly explain: (reading: EventReading) => EventReading;
};

export type FoundDocument = { readonly header: DocumentHeader; readonly events: readonly FoundEvent[] };

export function bareEventHeader(form: DocumentHeader['form']): DocumentHeader {
  return {
    kind: 'event',
    form,
    id: undefined,
    schemaVersion: undefined,
    creationDateMs: undefined,
    sender: undefined,
    receiver: undefined,
    instanceIdentifier: undefined,
    queryName: undefined,
    subscriptionID: undefined,
    masterData: [],
  };
}
