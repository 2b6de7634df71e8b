// What each kind of event demands of its fields together (EPCIS 2.0 §7.4.2 to §7.4.6; GS1's JSON schema).

import type { EpcisEvent, EventKind, JsonObject } from '../event/event.ts';
import { addFault } from './fault.ts';
import type { Reader } from './field.ts';

type Rule = (reader: Reader, at: string, event: EpcisEvent) => void;

/** Adds the faults of an event whose fields are each right. */
export function checkWhole(reader: Reader, at: string, event: EpcisEvent): void {
  rules[event.kind](reader, at, event);
}

const rules: Readonly<Record<EventKind, Rule>> = {
  ObjectEvent: checkObject,
  AggregationEvent: checkChildren,
  AssociationEvent(reader, at, event) {
    if (event.json['parentID'] === undefined)
      addFault(reader.faults, `${at}/parentID`, 'missing', 'parentID is missing');
    checkChildren(reader, at, event);
  },
  TransactionEvent: checkTransaction,
  TransformationEvent: checkTransformation,
  OtherEvent() {},
};

function checkObject(reader: Reader, at: string, event: EpcisEvent): void {
  const { json, action } = event;
  if (event.ilmd !== undefined && action !== 'ADD') {
    // XML's schema allows it, and published 1.2 documents have it.
    const list = reader.context.form === 'json' ? reader.faults : reader.warnings;
    addFault(list, `${at}/ilmd`, 'ilmd_without_add', 'ilmd may stand only beside action ADD');
  }
  const sensed = isFilled(json, 'sensorElementList') && event.readPoint !== undefined;
  if (json['epcList'] === undefined && !isFilled(json, 'quantityList') && !sensed) {
    const detail = 'an ObjectEvent has epcList, quantityList, or sensorElementList and readPoint';
    addFault(reader.faults, at, 'no_objects', detail);
  }
}

function checkChildren(reader: Reader, at: string, { json, action }: EpcisEvent): void {
  if (action === 'DELETE' || isFilled(json, 'childEPCs') || isFilled(json, 'childQuantityList')) return;
  addFault(reader.faults, at, 'no_objects', 'childEPCs or childQuantityList has an entry, unless action is DELETE');
}

function checkTransaction(reader: Reader, at: string, { json, action }: EpcisEvent): void {
  if (!isFilled(json, 'bizTransactionList')) {
    const detail = 'a TransactionEvent has a bizTransactionList with an entry';
    addFault(reader.faults, `${at}/bizTransactionList`, 'missing', detail);
  }
  if (action === 'DELETE' || json['epcList'] !== undefined || isFilled(json, 'quantityList')) return;
  addFault(reader.faults, at, 'no_objects', 'a TransactionEvent has epcList or quantityList, unless action is DELETE');
}

function checkTransformation(reader: Reader, at: string, { json, transformationID }: EpcisEvent): void {
  const inputs = isFilled(json, 'inputEPCList') || isFilled(json, 'inputQuantityList');
  const outputs = isFilled(json, 'outputEPCList') || isFilled(json, 'outputQuantityList');
  if (transformationID === undefined ? inputs && outputs : inputs || outputs) return;
  const detail = 'a TransformationEvent has inputs and outputs, or one of them and a transformationID';
  addFault(reader.faults, at, 'no_objects', detail);
}

function isFilled(json: JsonObject, name: string): boolean {
  const value = json[name];
  return Array.isArray(value) && value.length > 0;
}
