// One event of JSON-LD form, checked field by field and normalised (EPCIS 2.0 §7.4; GS1's JSON schema).

import type { Fault } from '../http/problem.ts';
import { addFault, faultsOf, newFaultList, shown } from './epcis-fault.ts';
import {
  checkKeys,
  faulty,
  isUri,
  listField,
  objectField,
  type Reader,
  required,
  textField,
  timeField,
  uriField,
  vocabularyField,
} from './epcis-field.ts';
import {
  bizTransactionOf,
  destinationOf,
  epcListField,
  identifier,
  place,
  quantityListField,
  sourceOf,
} from './epcis-object.ts';
import { sensorElementOf } from './epcis-sensor.ts';
import type { Action, EpcisEvent, ErrorDeclaration, EventContext, EventKind, JsonObject } from './event.ts';
import { readZoneOffset } from './event-time.ts';

export type EventReading = {
  /** Undefined where there are faults. */
  readonly event: EpcisEvent | undefined;
  readonly faults: readonly Fault[];
  /** Taken nevertheless: a wrong check digit, a standard name that does not exist. */
  readonly warnings: readonly Fault[];
};

const common = [
  '@context',
  'type',
  'eventTime',
  'recordTime',
  'eventTimeZoneOffset',
  'eventID',
  'certificationInfo',
  'errorDeclaration',
];
const shared = [
  'bizStep',
  'disposition',
  'persistentDisposition',
  'readPoint',
  'bizLocation',
  'bizTransactionList',
  'sourceList',
  'destinationList',
  'sensorElementList',
];

const fieldsOfKind: Readonly<Record<EventKind, ReadonlySet<string>>> = {
  ObjectEvent: fieldSet('action', 'epcList', 'quantityList', 'ilmd'),
  AggregationEvent: fieldSet('action', 'parentID', 'childEPCs', 'childQuantityList'),
  AssociationEvent: fieldSet('action', 'parentID', 'childEPCs', 'childQuantityList'),
  TransactionEvent: fieldSet('action', 'parentID', 'epcList', 'quantityList'),
  TransformationEvent: fieldSet(
    'inputEPCList',
    'inputQuantityList',
    'outputEPCList',
    'outputQuantityList',
    'transformationID',
    'ilmd',
  ),
  OtherEvent: fieldSet('action', 'epcList', 'quantityList', 'parentID', 'childEPCs', 'childQuantityList', 'ilmd'),
};

/** Reads and checks an event; every fault has its JSON pointer below `at`. Throws on no value. */
export function readEvent(json: JsonObject, at: string, context: EventContext): EventReading {
  const reader: Reader = { context, faults: newFaultList(), warnings: newFaultList() };
  const kind = kindOf(reader, at, json);
  const event = kind === undefined ? undefined : eventOf(reader, at, json, kind);
  if (event !== undefined) checkWhole(reader, at, json, event);
  const faults = faultsOf(reader.faults);
  return { event: faults.length === 0 ? event : undefined, faults, warnings: faultsOf(reader.warnings) };
}

function kindOf(reader: Reader, at: string, json: JsonObject): EventKind | undefined {
  const type = required(reader, `${at}/type`, json['type'], textField(reader, `${at}/type`, json['type']));
  if (type === undefined) return undefined;
  if (type !== 'OtherEvent' && Object.hasOwn(fieldsOfKind, type)) return type as EventKind;
  if (isUri(type)) return 'OtherEvent';
  return faulty(reader, `${at}/type`, 'event_type', `${shown(type)} is no event of the standard and no URI`);
}

function eventOf(reader: Reader, at: string, json: JsonObject, kind: EventKind): EpcisEvent | undefined {
  if (kind !== 'OtherEvent') checkKeys(reader, at, json, fieldsOfKind[kind]);
  const eventTimeMs = required(
    reader,
    `${at}/eventTime`,
    json['eventTime'],
    timeField(reader, `${at}/eventTime`, json['eventTime']),
  );
  const offset = zoneOffset(reader, `${at}/eventTimeZoneOffset`, json);
  const action = actionOf(reader, `${at}/action`, json, kind);
  const optional = <T>(name: string, read: (reader: Reader, at: string, value: JsonObject[string] | undefined) => T) =>
    read(reader, `${at}/${name}`, json[name]);
  const event: EpcisEvent = {
    kind,
    type: String(json['type']),
    action,
    eventID: optional('eventID', eventIdField),
    eventTimeMs: eventTimeMs ?? 0,
    eventTimeZoneOffset: offset?.text ?? '+00:00',
    eventTimeZoneOffsetMinutes: offset?.minutes ?? 0,
    recordTimeMs: optional('recordTime', timeField),
    bizStep: optional('bizStep', bizStepField),
    disposition: optional('disposition', dispositionField),
    persistentDisposition: optional('persistentDisposition', persistentDisposition),
    readPoint: optional('readPoint', place),
    bizLocation: optional('bizLocation', place),
    bizTransactions: listField(reader, `${at}/bizTransactionList`, json['bizTransactionList'], bizTransactionOf),
    sources: listField(reader, `${at}/sourceList`, json['sourceList'], sourceOf),
    destinations: listField(reader, `${at}/destinationList`, json['destinationList'], destinationOf),
    epcs: optional('epcList', epcListField),
    quantities: optional('quantityList', quantityListField),
    parent: optional('parentID', identifier),
    children: optional('childEPCs', epcListField),
    childQuantities: optional('childQuantityList', quantityListField),
    inputs: optional('inputEPCList', epcListField),
    inputQuantities: optional('inputQuantityList', quantityListField),
    outputs: optional('outputEPCList', epcListField),
    outputQuantities: optional('outputQuantityList', quantityListField),
    transformationID: optional('transformationID', uriField),
    ilmd: optional('ilmd', ilmdField),
    sensorElements: listField(reader, `${at}/sensorElementList`, json['sensorElementList'], sensorElementOf),
    certificationInfo: optional('certificationInfo', certificationField),
    errorDeclaration: optional('errorDeclaration', errorDeclaration),
    json,
    context: reader.context,
  };
  return eventTimeMs === undefined || offset === undefined ? undefined : event;
}

/** What the kinds demand of their fields together. */
function checkWhole(reader: Reader, at: string, json: JsonObject, event: EpcisEvent): void {
  const given = (name: string) => json[name] !== undefined;
  const filled = (name: string) => Array.isArray(json[name]) && json[name].length > 0;
  const noObjects = (detail: string) => addFault(reader.faults, at, 'no_objects', detail);
  if (event.ilmd !== undefined && event.action !== 'ADD' && event.kind === 'ObjectEvent') {
    // XML's schema allows it, and published 1.2 documents have it.
    const list = reader.context.form === 'json' ? reader.faults : reader.warnings;
    addFault(list, `${at}/ilmd`, 'ilmd_without_add', 'ilmd may stand only beside action ADD');
  }
  if (event.kind === 'ObjectEvent') {
    const sensed = filled('sensorElementList') && given('readPoint');
    if (!given('epcList') && !filled('quantityList') && !sensed)
      noObjects('an ObjectEvent has epcList, quantityList, or sensorElementList and readPoint');
  } else if (event.kind === 'AggregationEvent' || event.kind === 'AssociationEvent') {
    if (event.kind === 'AssociationEvent') required(reader, `${at}/parentID`, json['parentID'], undefined);
    if (!filled('childEPCs') && !filled('childQuantityList') && event.action !== 'DELETE')
      noObjects('childEPCs or childQuantityList has an entry, unless action is DELETE');
  } else if (event.kind === 'TransactionEvent') {
    if (!filled('bizTransactionList'))
      addFault(
        reader.faults,
        `${at}/bizTransactionList`,
        'missing',
        'a TransactionEvent has a bizTransactionList with an entry',
      );
    if (!given('epcList') && !filled('quantityList') && event.action !== 'DELETE')
      noObjects('a TransactionEvent has epcList or quantityList, unless action is DELETE');
  } else if (event.kind === 'TransformationEvent') {
    const [inputs, outputs] = [
      filled('inputEPCList') || filled('inputQuantityList'),
      filled('outputEPCList') || filled('outputQuantityList'),
    ];
    const enough = event.transformationID === undefined ? inputs && outputs : inputs || outputs;
    if (!enough) noObjects('a TransformationEvent has inputs and outputs, or one of them and a transformationID');
  }
}

/** A URI, or a blank node's name, which holds within its document only. */
function eventIdField(reader: Reader, at: string, value: JsonObject[string] | undefined): string | undefined {
  return typeof value === 'string' && /^_:[\w.-]+$/.test(value) ? value : uriField(reader, at, value);
}

const bizStepField = vocabularyField('bizStep');
const dispositionField = vocabularyField('disposition');
const errorReasonField = vocabularyField('errorReason');

function zoneOffset(
  reader: Reader,
  at: string,
  json: JsonObject,
): { readonly text: string; readonly minutes: number } | undefined {
  const given = json['eventTimeZoneOffset'];
  const text = required(reader, at, given, textField(reader, at, given));
  if (text === undefined) return undefined;
  const minutes = readZoneOffset(text);
  if (minutes === undefined)
    return faulty(reader, at, 'not_an_offset', `${shown(text)} is not an offset such as +08:00`);
  return { text, minutes };
}

function actionOf(reader: Reader, at: string, json: JsonObject, kind: EventKind): Action | undefined {
  const given = json['action'];
  if (kind === 'TransformationEvent' || (kind === 'OtherEvent' && given === undefined)) return undefined;
  const text = required(reader, at, given, textField(reader, at, given));
  if (text === undefined || text === 'ADD' || text === 'OBSERVE' || text === 'DELETE') return text;
  return faulty(reader, at, 'action', `${shown(text)} is none of ADD, OBSERVE, DELETE`);
}

function persistentDisposition(
  reader: Reader,
  at: string,
  value: JsonObject[string] | undefined,
): EpcisEvent['persistentDisposition'] {
  const object = objectField(reader, at, value);
  if (object === undefined) return undefined;
  checkKeys(reader, at, object, persistentKeys);
  const set = listField(reader, `${at}/set`, object['set'], dispositionField);
  const unset = listField(reader, `${at}/unset`, object['unset'], dispositionField);
  for (const [name, names] of [
    ['set', set],
    ['unset', unset],
  ] as const) {
    if (object[name] !== undefined && names.length === 0)
      addFault(reader.faults, `${at}/${name}`, 'missing', `${name} is empty`);
  }
  if (object['set'] === undefined && object['unset'] === undefined)
    addFault(reader.faults, at, 'missing', 'persistentDisposition has set or unset');
  return { set, unset };
}

const persistentKeys = new Set(['set', 'unset']);

function ilmdField(reader: Reader, at: string, value: JsonObject[string] | undefined): JsonObject | undefined {
  const ilmd = objectField(reader, at, value);
  if (ilmd !== undefined) checkKeys(reader, at, ilmd, noKeys);
  return ilmd;
}

const noKeys: ReadonlySet<string> = new Set();

function certificationField(reader: Reader, at: string, value: JsonObject[string] | undefined): readonly string[] {
  if (Array.isArray(value)) return listField(reader, at, value, uriField);
  const one = uriField(reader, at, value);
  return one === undefined ? [] : [one];
}

function errorDeclaration(
  reader: Reader,
  at: string,
  value: JsonObject[string] | undefined,
): ErrorDeclaration | undefined {
  const object = objectField(reader, at, value);
  if (object === undefined) return undefined;
  checkKeys(reader, at, object, declarationKeys);
  const given = object['declarationTime'];
  const declarationTimeMs = required(
    reader,
    `${at}/declarationTime`,
    given,
    timeField(reader, `${at}/declarationTime`, given),
  );
  return {
    declarationTimeMs: declarationTimeMs ?? 0,
    reason: errorReasonField(reader, `${at}/reason`, object['reason']),
    correctiveEventIDs: listField(reader, `${at}/correctiveEventIDs`, object['correctiveEventIDs'], uriField),
  };
}

const declarationKeys = new Set(['declarationTime', 'reason', 'correctiveEventIDs']);

function fieldSet(...own: string[]): ReadonlySet<string> {
  return new Set([...common, ...shared, ...own]);
}
