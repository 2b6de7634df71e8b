// The things and places an event names: identifiers, quantities, places, transactions, sources and destinations
// (EPCIS 2.0 §7.3.3 to §7.3.6).

import type { BizTransaction, Epc, JsonValue, Place, Quantity, SourceOrDestination } from '../event/event.ts';
import { batchAsGiven, epcOf, placeOf, untraceable } from '../event/gs1-epc.ts';
import { addFault, shown } from './fault.ts';
import {
  checkKeys,
  faulty,
  identifierField,
  listField,
  numberField,
  objectField,
  type Reader,
  required,
  textField,
  uriField,
  vocabularyField,
} from './field.ts';

export function identifier(reader: Reader, at: string, value: JsonValue | undefined): Epc | undefined {
  const text = identifierField(reader, at, value);
  if (text === undefined) return undefined;
  const epc = epcOf(text);
  if (hasWrongCheckDigit(epc))
    addFault(reader.warnings, at, 'check_digit', `the check digit of ${shown(text)} is wrong`);
  const broken = epc.kind === 'other' ? untraceable(text) : undefined;
  if (broken !== undefined) return faulty(reader, at, 'bad_batch', `${shown(text)} names a batch, but ${broken}`);
  if (epc.kind === 'lot' && epc.uri !== text && epc.uri.startsWith('urn:brightkitchen:'))
    addFault(reader.warnings, at, 'own_code', `GS1 has no such batch as ${shown(epc.lot)}: it is kept as ${epc.uri}`);
  else if (epc.kind === 'lot' && batchAsGiven(epc) !== undefined)
    addFault(reader.warnings, at, 'plain_batch', `the batch of ${shown(text)} is kept as ${shown(epc.lot)}`);
  return epc;
}

export function epcListField(reader: Reader, at: string, value: JsonValue | undefined): readonly Epc[] {
  const epcs = listField(reader, at, value, identifier);
  // GS1's JSON schema wants each identifier once; its XML schema does not mind.
  if (reader.context.form === 'json' && epcs.length > 1 && new Set(epcs.map((epc) => epc.given)).size < epcs.length) {
    addFault(reader.faults, at, 'repeated', 'an identifier stands here twice');
  }
  return epcs;
}

export function place(reader: Reader, at: string, value: JsonValue | undefined): Place | undefined {
  const object = objectField(reader, at, value);
  if (object === undefined) return undefined;
  checkKeys(reader, at, object, placeKeys);
  const id = required(reader, `${at}/id`, object['id'], identifierField(reader, `${at}/id`, object['id']));
  return id === undefined ? undefined : placeAt(reader, `${at}/id`, id);
}

export function bizTransactionOf(reader: Reader, at: string, value: JsonValue | undefined): BizTransaction | undefined {
  const object = objectField(reader, at, value);
  if (object === undefined) return undefined;
  checkKeys(reader, at, object, transactionKeys);
  const given = object['bizTransaction'];
  const id = required(reader, `${at}/bizTransaction`, given, uriField(reader, `${at}/bizTransaction`, given));
  const type = transactionTypeField(reader, `${at}/type`, object['type']);
  return id === undefined ? undefined : { type, id };
}

export function sourceOf(reader: Reader, at: string, value: JsonValue | undefined): SourceOrDestination | undefined {
  return endOf(reader, at, value, 'source');
}

export function destinationOf(
  reader: Reader,
  at: string,
  value: JsonValue | undefined,
): SourceOrDestination | undefined {
  return endOf(reader, at, value, 'destination');
}

const transactionTypeField = vocabularyField('bizTransaction');
const endTypeField = vocabularyField('sourceDestination');
const placeKeys = new Set(['id']);
const transactionKeys = new Set(['type', 'bizTransaction']);
const quantityKeys = new Set(['epcClass', 'quantity', 'uom']);

export function quantityOf(reader: Reader, at: string, value: JsonValue | undefined): Quantity | undefined {
  const object = objectField(reader, at, value);
  if (object === undefined) return undefined;
  checkKeys(reader, at, object, quantityKeys);
  const epcClass = required(
    reader,
    `${at}/epcClass`,
    object['epcClass'],
    identifier(reader, `${at}/epcClass`, object['epcClass']),
  );
  const quantity = numberField(reader, `${at}/quantity`, object['quantity']);
  if (quantity !== undefined && quantity < 0) faulty(reader, `${at}/quantity`, 'negative', `${quantity} is below zero`);
  const uom = textField(reader, `${at}/uom`, object['uom']);
  if (uom !== undefined && !/^[A-Z0-9]{2,3}$/.test(uom)) {
    faulty(reader, `${at}/uom`, 'unit', `${shown(uom)} is not a unit of UN/CEFACT Recommendation 20 such as KGM`);
  }
  return epcClass === undefined ? undefined : { epcClass, quantity, uom };
}

function endOf(
  reader: Reader,
  at: string,
  value: JsonValue | undefined,
  name: 'source' | 'destination',
): SourceOrDestination | undefined {
  const object = objectField(reader, at, value);
  if (object === undefined) return undefined;
  checkKeys(reader, at, object, endKeys[name]);
  const type = required(reader, `${at}/type`, object['type'], endTypeField(reader, `${at}/type`, object['type']));
  const id = required(reader, `${at}/${name}`, object[name], identifierField(reader, `${at}/${name}`, object[name]));
  return type === undefined || id === undefined ? undefined : { type, place: placeAt(reader, `${at}/${name}`, id) };
}

const endKeys = { source: new Set(['type', 'source']), destination: new Set(['type', 'destination']) } as const;

function placeAt(reader: Reader, at: string, id: string): Place {
  const found = placeOf(id);
  if (found.gln === undefined && /^https:\/\/id\.gs1\.org\/41[47]\//.test(found.uri)) {
    addFault(reader.warnings, at, 'check_digit', `the check digit of ${shown(id)} is wrong`);
  }
  return found;
}

function hasWrongCheckDigit(epc: Epc): boolean {
  if (epc.kind === 'container') return epc.sscc === undefined;
  const trade = epc.kind === 'lot' || epc.kind === 'product' || epc.kind === 'instance';
  return trade && epc.gtin === undefined && /^https:\/\/id\.gs1\.org\/(01|8006)\//.test(epc.uri);
}
