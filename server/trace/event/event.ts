// The five EPCIS events as the rest of the house sees them: one normalised shape, whatever document they came in.

import type { Gln, Gtin, Sscc } from '../code/gs1.ts';

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** The standard's five, and `OtherEvent` for a type of the sender's own (a URI): kept and given back, never an edge. */
export type EventKind =
  | 'ObjectEvent'
  | 'AggregationEvent'
  | 'TransactionEvent'
  | 'TransformationEvent'
  | 'AssociationEvent'
  | 'OtherEvent';

export type Action = 'ADD' | 'OBSERVE' | 'DELETE';

/** What the document around an event says about its texts. One object is shared by all events that stand in the same place. */
export type EventContext = {
  /** How the event came. */
  readonly form: 'json' | 'xml';
  /** Prefix → namespace, for the keys of extensions: those of the standard and those declared. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** Prefix → namespace, for compact URIs in values, as the event hash expands them. */
  readonly valuePrefixes: Readonly<Record<string, string>>;
  /** Extension fields, as `{namespace}name`, that a repository added and the event hash passes over. */
  readonly ignoredFields: ReadonlySet<string>;
};

/**
 * What an identifier names:
 * - `instance`: one piece (SGTIN, GRAI with serial, GIAI, …)
 * - `lot`: all of one batch (LGTIN, `/01/…/10/…`, our own lot codes)
 * - `product`: all of one GTIN or other class, no lot known (`idpat`, `/01/…`)
 * - `container`: a logistic unit (SSCC)
 * - `site`: a place (SGLN, `/414/…`), `party`: a legal entity (PGLN, `/417/…`)
 * - `other`: any other URI, taken as it is
 */
export type EpcKind = 'instance' | 'lot' | 'product' | 'container' | 'site' | 'party' | 'other';

/** An identifier of an event. Every key is always present, so that hot code meets one shape only. */
export type Epc = {
  readonly kind: EpcKind;
  /** As the document has it. */
  readonly given: string;
  /**
   * Canonical: `https://id.gs1.org/…` for every GS1 key (URN or Digital Link of any domain), our own lot code, else as
   * given. Two spellings of one thing have one `uri`: compare, index and join on this.
   */
  readonly uri: string;
  /** Set for lot, product and instance when they have a GTIN. */
  readonly gtin: Gtin | undefined;
  /** The batch: with `gtin`, or of our own code (origin and batch are in `uri`, see lot-code.ts). */
  readonly lot: string | undefined;
  readonly serial: string | undefined;
  /** Set for containers. */
  readonly sscc: Sscc | undefined;
};

/** `quantity` undefined: the event does not say how much. `uom` undefined: pieces (EPCIS 2.0 §7.3.3.3). */
export type Quantity = {
  readonly epcClass: Epc;
  readonly quantity: number | undefined;
  /** UN/CEFACT Recommendation 20 code: KGM, GRM, LTR, … */
  readonly uom: string | undefined;
};

/** A readPoint, bizLocation, source or destination. */
export type Place = {
  readonly given: string;
  /** Canonical, GLN extension kept: `https://id.gs1.org/414/{gln}/254/{extension}`. */
  readonly uri: string;
  /** The site id both halves of the house use: the GLN, `local:{slug}` for `urn:brightkitchen:site:{slug}`, else `uri`. */
  readonly siteId: string;
  readonly gln: Gln | undefined;
};

/** `type` is the bare CBV name (owning_party, possessing_party, location) or a URI of the sender's own. */
export type SourceOrDestination = { readonly type: string; readonly place: Place };

/** `type` is the bare CBV name (po, desadv, inv, …), a URI, or undefined. */
export type BizTransaction = { readonly type: string | undefined; readonly id: string };

/** Numbers are plain, times are unix milliseconds; whatever else a report says is in `extensions`. */
export type SensorReport = {
  /** Bare GS1 web vocabulary name (Temperature, RelativeHumidity, …) or a URI. */
  readonly type: string | undefined;
  /** ALARM_CONDITION or ERROR_CONDITION, bare, or a URI. */
  readonly exception: string | undefined;
  readonly timeMs: number | undefined;
  readonly deviceID: string | undefined;
  readonly value: number | undefined;
  readonly minValue: number | undefined;
  readonly maxValue: number | undefined;
  readonly meanValue: number | undefined;
  readonly sDev: number | undefined;
  readonly percRank: number | undefined;
  readonly percValue: number | undefined;
  /** UN/CEFACT code: CEL for °C, FAH for °F, KEL for K. */
  readonly uom: string | undefined;
  readonly component: string | undefined;
  readonly booleanValue: boolean | undefined;
  readonly stringValue: string | undefined;
  readonly uriValue: string | undefined;
};

export type SensorElement = {
  /** One moment, or from start to end; undefined when only the reports carry times, or none does (take the event's). */
  readonly timeMs: number | undefined;
  readonly startTimeMs: number | undefined;
  readonly endTimeMs: number | undefined;
  readonly deviceID: string | undefined;
  readonly reports: readonly SensorReport[];
};

/** EPCIS 2.0 §7.4.1.3: this event says that the earlier one with the same eventID was wrong. */
export type ErrorDeclaration = {
  readonly declarationTimeMs: number;
  /** Bare CBV name (incorrect_data, did_not_occur) or a URI. */
  readonly reason: string | undefined;
  readonly correctiveEventIDs: readonly string[];
};

/**
 * One event. Lists are empty when absent. What belongs to another kind is empty too, so that a reader of edges can take
 * `inputs`/`outputs`/`children`/`epcs` of any event without asking its kind first.
 */
export type EpcisEvent = {
  readonly kind: EventKind;
  /** As given: the kind's name, or the sender's own URI. */
  readonly type: string;
  /** Never set for TransformationEvent. */
  readonly action: Action | undefined;
  /** The sender's URI, not unique: an error declaration shares it with the event it voids. */
  readonly eventID: string | undefined;
  readonly eventTimeMs: number;
  /** As given, `+08:00`. */
  readonly eventTimeZoneOffset: string;
  readonly eventTimeZoneOffsetMinutes: number;
  readonly recordTimeMs: number | undefined;
  /** Bare CBV name (`shipping`, `receiving`, …), or the sender's own URI. */
  readonly bizStep: string | undefined;
  readonly disposition: string | undefined;
  readonly persistentDisposition: { readonly set: readonly string[]; readonly unset: readonly string[] } | undefined;
  readonly readPoint: Place | undefined;
  readonly bizLocation: Place | undefined;
  readonly bizTransactions: readonly BizTransaction[];
  readonly sources: readonly SourceOrDestination[];
  readonly destinations: readonly SourceOrDestination[];

  /** ObjectEvent and TransactionEvent: epcList and quantityList. */
  readonly epcs: readonly Epc[];
  readonly quantities: readonly Quantity[];
  /** AggregationEvent, AssociationEvent, TransactionEvent. */
  readonly parent: Epc | undefined;
  /** AggregationEvent and AssociationEvent: childEPCs and childQuantityList. Empty with DELETE means all of them. */
  readonly children: readonly Epc[];
  readonly childQuantities: readonly Quantity[];
  /** TransformationEvent. */
  readonly inputs: readonly Epc[];
  readonly inputQuantities: readonly Quantity[];
  readonly outputs: readonly Epc[];
  readonly outputQuantities: readonly Quantity[];
  /** Events with one transformationID are one transformation, spread in time. */
  readonly transformationID: string | undefined;

  /** Instance/lot master data (ADD of ObjectEvent, TransformationEvent), JSON-LD spelling: `cbvmda:itemExpirationDate`. */
  readonly ilmd: JsonObject | undefined;
  readonly sensorElements: readonly SensorElement[];
  /** URIs; several are allowed. */
  readonly certificationInfo: readonly string[];
  readonly errorDeclaration: ErrorDeclaration | undefined;

  /** The event in JSON-LD form: as it came from a JSON document, converted when it came as XML. Never normalised. */
  readonly json: JsonObject;
  readonly context: EventContext;
};
