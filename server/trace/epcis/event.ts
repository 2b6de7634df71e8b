// One event of JSON-LD form, checked field by field and normalised (EPCIS 2.0 §7.4; GS1's JSON schema).

import type { Fault } from '../../http/problem.ts';
import type { Action, Epc, EpcisEvent, ErrorDeclaration, EventContext, EventKind, JsonObject } from '../event/event.ts';
import { readZoneOffset } from '../event/event-time.ts';
import { checkWhole } from './event-whole.ts';
import { addFault, faultsOf, newFaultList, shown } from './fault.ts';
import {
  checkKeys,
  type FieldReader,
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
} from './field.ts';
import { warnOfLots } from './lot-warning.ts';
import { bizTransactionOf, destinationOf, epcListField, identifier, place, quantityOf, sourceOf } from './object.ts';
import { sensorElementOf } from './sensor.ts';

export type EventReading = {
  /** Undefined where there are faults. */
  readonly event: EpcisEvent | undefined;
  readonly faults: readonly Fault[];
  /** Taken nevertheless: a wrong check digit, a standard name that does not exist. */
  readonly warnings: readonly Fault[];
};

const common =
  '@context type eventTime recordTime eventTimeZoneOffset eventID certificationInfo errorDeclaration ' +
  'bizStep disposition persistentDisposition readPoint bizLocation bizTransactionList sourceList destinationList ' +
  'sensorElementList';

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
  if (event !== undefined) {
    checkWhole(reader, at, event);
    warnOfLots(reader, at, event);
  }
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
  const event: EpcisEvent = {
    kind,
    type: String(json['type']),
    action,
    eventID: one(reader, at, json, 'eventID', eventIdField),
    eventTimeMs: eventTimeMs ?? 0,
    eventTimeZoneOffset: offset?.text ?? '+00:00',
    eventTimeZoneOffsetMinutes: offset?.minutes ?? 0,
    recordTimeMs: one(reader, at, json, 'recordTime', timeField),
    bizStep: one(reader, at, json, 'bizStep', bizStepField),
    disposition: one(reader, at, json, 'disposition', dispositionField),
    persistentDisposition: one(reader, at, json, 'persistentDisposition', persistentDisposition),
    readPoint: one(reader, at, json, 'readPoint', place),
    bizLocation: one(reader, at, json, 'bizLocation', place),
    bizTransactions: many(reader, at, json, 'bizTransactionList', bizTransactionOf),
    sources: many(reader, at, json, 'sourceList', sourceOf),
    destinations: many(reader, at, json, 'destinationList', destinationOf),
    epcs: epcsOf(reader, at, json, 'epcList'),
    quantities: many(reader, at, json, 'quantityList', quantityOf),
    parent: one(reader, at, json, 'parentID', identifier),
    children: epcsOf(reader, at, json, 'childEPCs'),
    childQuantities: many(reader, at, json, 'childQuantityList', quantityOf),
    inputs: epcsOf(reader, at, json, 'inputEPCList'),
    inputQuantities: many(reader, at, json, 'inputQuantityList', quantityOf),
    outputs: epcsOf(reader, at, json, 'outputEPCList'),
    outputQuantities: many(reader, at, json, 'outputQuantityList', quantityOf),
    transformationID: one(reader, at, json, 'transformationID', uriField),
    ilmd: one(reader, at, json, 'ilmd', ilmdField),
    sensorElements: many(reader, at, json, 'sensorElementList', sensorElementOf),
    certificationInfo: one(reader, at, json, 'certificationInfo', certificationField) ?? nothing,
    errorDeclaration: one(reader, at, json, 'errorDeclaration', errorDeclaration),
    json,
    context: reader.context,
  };
  return eventTimeMs === undefined || offset === undefined ? undefined : event;
}

/** A field that may be missing; its place is spelled out only when it is there. */
function one<T>(reader: Reader, at: string, json: JsonObject, name: string, read: FieldReader<T>): T | undefined {
  const value = json[name];
  return value === undefined ? undefined : read(reader, `${at}/${name}`, value);
}

function many<T>(reader: Reader, at: string, json: JsonObject, name: string, item: FieldReader<T>): readonly T[] {
  const value = json[name];
  return value === undefined ? nothing : listField(reader, `${at}/${name}`, value, item);
}

function epcsOf(reader: Reader, at: string, json: JsonObject, name: string): readonly Epc[] {
  const value = json[name];
  return value === undefined ? nothing : epcListField(reader, `${at}/${name}`, value);
}

const nothing: readonly never[] = [];

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
  return new Set([...common.split(' '), ...own]);
}
