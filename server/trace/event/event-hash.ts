// Event hash ids: one text for every spelling of an event, and its SHA-256 (CBV 2.0 §8.9.2).
// Where the text of the standard and its published golden hashes part, the golden hashes are followed; each such place
// says so.

import { hash } from 'node:crypto';
import { type Vocabulary, webName } from './cbv.ts';
import type { EpcisEvent, EventContext, JsonObject, JsonValue } from './event.ts';
import { allTexts, canonicalText, canonicalTime, extensionTexts, inOrder, strangerTexts } from './event-text.ts';
import { isObject } from './json-value.ts';

/** `ni:///sha-256;…?ver=CBV2.0`. Needs no valid event: what is missing is left out. */
export function eventHash(event: Pick<EpcisEvent, 'json' | 'context'>): string {
  return hashOfText(preHash(event.json, event.context));
}

/** The canonical text that is hashed, for tests and for explaining a difference. */
export function preHash(event: JsonObject, context: EventContext): string {
  let text = `eventType=${scalarOf(event['type'])}`;
  for (const field of orderedFields) {
    const value = event[field.name];
    if (value !== undefined) text += field.write(field.name, value, context);
  }
  return text + remainder(event, context);
}

function hashOfText(text: string): string {
  return `ni:///sha-256;${hash('sha256', text, 'hex')}?ver=CBV2.0`;
}

type Writer = (name: string, value: JsonValue, context: EventContext) => string;

/** The canonical property order; certificationInfo and the place of parentID as in the golden hashes. */
const orderedFields: readonly { readonly name: string; readonly write: Writer }[] = [
  { name: 'eventTime', write: time },
  { name: 'eventTimeZoneOffset', write: plain },
  { name: 'certificationInfo', write: plainEach },
  { name: 'parentID', write: plain },
  { name: 'epcList', write: identifiers },
  { name: 'inputEPCList', write: identifiers },
  { name: 'childEPCs', write: identifiers },
  { name: 'quantityList', write: quantities },
  { name: 'childQuantityList', write: quantities },
  { name: 'inputQuantityList', write: quantities },
  { name: 'outputEPCList', write: identifiers },
  { name: 'outputQuantityList', write: quantities },
  { name: 'action', write: plain },
  { name: 'transformationID', write: plain },
  { name: 'bizStep', write: named('bizStep') },
  { name: 'disposition', write: named('disposition') },
  { name: 'persistentDisposition', write: persistentDisposition },
  { name: 'readPoint', write: place },
  { name: 'bizLocation', write: place },
  { name: 'sensorElementList', write: sensorElements },
];

/** Written elsewhere or never (§8.9.2: neither the id nor what was recorded or declared about the event counts). */
const notInRemainder = new Set([
  ...orderedFields.map((field) => field.name),
  ...['type', 'recordTime', 'eventID', 'errorDeclaration', '@context', 'ilmd'],
  ...['bizTransactionList', 'sourceList', 'destinationList'],
]);

/** The golden hashes sort these three lists among ILMD and extensions, after the sensors. */
function remainder(event: JsonObject, context: EventContext): string {
  const lists = [
    pairs('bizTransactionList', 'bizTransaction', 'bizTransaction', event, context),
    pairs('destinationList', 'destination', 'sourceDestination', event, context),
    pairs('sourceList', 'source', 'sourceDestination', event, context),
  ].filter((text) => text !== '');
  const ilmd = event['ilmd'];
  if (isObject(ilmd)) lists.push(`ilmd${inOrder(allTexts(ilmd, context))}`);
  return inOrder([
    ...lists,
    ...extensionTexts(event, notInRemainder, context),
    ...strangerTexts(event, notInRemainder, context),
    ...structured.flatMap(([name, list]) => strangersWithin(name, event[name], list, context)),
  ]);
}

/**
 * Fields without namespace that the standard does not know (sensorReport's bizRules is one) go to the end too, below
 * the names they stood under: so the golden hashes have it.
 */
function strangersWithin(
  name: string,
  value: JsonValue | undefined,
  list: FieldList,
  context: EventContext,
): readonly string[] {
  const inner = listNames[name];
  if (inner !== undefined) {
    const texts = listOf(value).flatMap((one) => strangersWithin(inner, one, list, context));
    return texts.length === 0 ? [] : [name + inOrder(texts)];
  }
  if (!isObject(value)) return [];
  const texts = strangerTexts(value, list.names, context);
  for (const [field, below] of list.inner) {
    for (const one of listOf(value[field])) {
      for (const text of strangersWithin(field, one, below, context)) texts.push(text);
    }
  }
  return texts.length === 0 ? [] : [name + inOrder(texts)];
}

/** Type before value, as in the golden hashes. */
function pairs(list: string, name: string, vocabulary: Vocabulary, event: JsonObject, context: EventContext): string {
  const texts = listOf(event[list]).map((pair) => {
    if (!isObject(pair)) return keyed(name, canonicalText(scalarOf(pair), context));
    const type = keyed('type', vocabularyText(vocabulary, pair['type'], context));
    return type + keyed(name, canonicalText(scalarOf(pair[name]), context));
  });
  return within(list, texts);
}

function time(name: string, value: JsonValue): string {
  return keyed(name, canonicalTime(scalarOf(value)));
}

function plain(name: string, value: JsonValue, context: EventContext): string {
  return keyed(name, canonicalText(scalarOf(value), context));
}

function plainEach(name: string, value: JsonValue, context: EventContext): string {
  return inOrder(listOf(value).map((one) => plain(name, one, context)));
}

function named(vocabulary: Vocabulary): Writer {
  return (name, value, context) => keyed(name, vocabularyText(vocabulary, value, context));
}

function identifiers(name: string, value: JsonValue, context: EventContext): string {
  return within(
    name,
    listOf(value).map((epc) => plain('epc', epc, context)),
  );
}

function quantities(name: string, value: JsonValue, context: EventContext): string {
  return within(
    name,
    listOf(value).map((element) => object('quantityElement', element, quantityFields, context)),
  );
}

const quantityFields: FieldList = fields({ epcClass: plain, quantity: plain, uom: plain });

function place(name: string, value: JsonValue, context: EventContext): string {
  return isObject(value) ? object(name, value, placeFields, context) : within(name, [plain('id', value, context)]);
}

const placeFields: FieldList = fields({ id: plain });

function persistentDisposition(name: string, value: JsonValue, context: EventContext): string {
  return object(name, value, persistentFields, context);
}

const persistentFields: FieldList = fields({ set: namedEach, unset: namedEach });

function namedEach(name: string, value: JsonValue, context: EventContext): string {
  return inOrder(listOf(value).map((one) => keyed(name, vocabularyText('disposition', one, context))));
}

function sensorElements(name: string, value: JsonValue, context: EventContext): string {
  return within(
    name,
    listOf(value).map((element) => object('sensorElement', element, sensorFields, context)),
  );
}

const metadataFields: FieldList = fields({
  time,
  startTime: time,
  endTime: time,
  deviceID: plain,
  deviceMetadata: plain,
  rawData: plain,
  dataProcessingMethod: plain,
  bizRules: plain,
});

const reportFields: FieldList = fields({
  type: named('measurement'),
  exception: named('alarm'),
  deviceID: plain,
  deviceMetadata: plain,
  rawData: plain,
  dataProcessingMethod: plain,
  time,
  microorganism: plain,
  chemicalSubstance: plain,
  value: plain,
  component: named('component'),
  stringValue: plain,
  booleanValue: plain,
  hexBinaryValue: plain,
  uriValue: plain,
  minValue: plain,
  maxValue: plain,
  meanValue: plain,
  sDev: plain,
  percRank: plain,
  percValue: plain,
  uom: plain,
  coordinateReferenceSystem: plain,
});

const sensorFields: FieldList = fields(
  {
    sensorMetadata: (name, value, context) => object(name, value, metadataFields, context),
    sensorReport: (name, value, context) =>
      inOrder(listOf(value).map((report) => object(name, report, reportFields, context))),
  },
  { sensorMetadata: metadataFields, sensorReport: reportFields },
);

/** The list fields whose elements have a name in the text. */
const listNames: Readonly<Record<string, string | undefined>> = {
  quantityList: 'quantityElement',
  childQuantityList: 'quantityElement',
  inputQuantityList: 'quantityElement',
  outputQuantityList: 'quantityElement',
  sensorElementList: 'sensorElement',
};

const structured: readonly (readonly [string, FieldList])[] = [
  ['readPoint', placeFields],
  ['bizLocation', placeFields],
  ['quantityList', quantityFields],
  ['childQuantityList', quantityFields],
  ['inputQuantityList', quantityFields],
  ['outputQuantityList', quantityFields],
  ['persistentDisposition', persistentFields],
  ['sensorElementList', sensorFields],
];

type FieldList = {
  readonly names: ReadonlySet<string>;
  readonly writers: readonly (readonly [string, Writer])[];
  /** Fields that are objects of the standard themselves. */
  readonly inner: readonly (readonly [string, FieldList])[];
};

function fields(writers: Readonly<Record<string, Writer>>, inner: Readonly<Record<string, FieldList>> = {}): FieldList {
  return { names: new Set(Object.keys(writers)), writers: Object.entries(writers), inner: Object.entries(inner) };
}

/** A standard object: its fields in order, then its extensions (§8.9.2 rule 21). */
function object(name: string, value: JsonValue, list: FieldList, context: EventContext): string {
  if (!isObject(value)) return keyed(name, canonicalText(scalarOf(value), context));
  let text = '';
  for (const [field, write] of list.writers) {
    const found = value[field];
    if (found !== undefined) text += write(field, found, context);
  }
  const whole = text + inOrder(extensionTexts(value, list.names, context));
  return whole === '' ? '' : name + whole;
}

function within(name: string, texts: string[]): string {
  const inside = inOrder(texts);
  return inside === '' ? '' : name + inside;
}

function keyed(name: string, text: string): string {
  return text === '' ? '' : `${name}=${text}`;
}

function vocabularyText(vocabulary: Vocabulary, value: JsonValue | undefined, context: EventContext): string {
  const text = scalarOf(value).trim();
  const web = webName(vocabulary, text);
  return web === text ? canonicalText(text, context) : web;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function scalarOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return '';
}
