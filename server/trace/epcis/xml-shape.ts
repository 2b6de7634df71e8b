// What an XML event's elements may be and in which order they come (EPCIS 2.0 XML schema; 1.2 where it differs).

import { addFault, type FaultList, shown } from './fault.ts';
import { placeOfElement, type XmlElement } from './xml.ts';
import { isEpcisElement } from './xml-names.ts';
import type { XmlSource } from './xml-source.ts';

const head = ['eventTime', 'recordTime', 'eventTimeZoneOffset', 'eventID', 'errorDeclaration'];
const where = ['bizStep', 'disposition', 'readPoint', 'bizLocation'];
const ends = ['sourceList', 'destinationList', 'sensorElementList', 'persistentDisposition'];

/** Elements in order. certificationInfo, ilmd and the wrappers of 1.x may stand anywhere: 1.2 and 2.0 differ. */
export const elementOrders: Readonly<Record<string, readonly string[]>> = {
  ObjectEvent: [...head, 'epcList', 'action', ...where, 'bizTransactionList', 'quantityList', ...ends],
  AggregationEvent: [
    ...head,
    'parentID',
    'childEPCs',
    'action',
    ...where,
    'bizTransactionList',
    'childQuantityList',
    ...ends,
  ],
  TransactionEvent: [...head, 'bizTransactionList', 'parentID', 'epcList', 'action', ...where, 'quantityList', ...ends],
  TransformationEvent: [
    ...head,
    ...['inputEPCList', 'inputQuantityList', 'outputEPCList', 'outputQuantityList', 'transformationID'],
    ...where,
    ...['bizTransactionList', ...ends],
  ],
  AssociationEvent: [
    ...head,
    'parentID',
    'childEPCs',
    'childQuantityList',
    'action',
    ...where,
    'bizTransactionList',
    ...ends,
  ],
  quantityElement: ['epcClass', 'quantity', 'uom'],
  persistentDisposition: ['unset', 'set'],
  sensorElement: ['sensorMetadata', 'sensorReport'],
  epcList: ['epc'],
  childEPCs: ['epc'],
  inputEPCList: ['epc'],
  outputEPCList: ['epc'],
  quantityList: ['quantityElement'],
  childQuantityList: ['quantityElement'],
  inputQuantityList: ['quantityElement'],
  outputQuantityList: ['quantityElement'],
  bizTransactionList: ['bizTransaction'],
  sourceList: ['source'],
  destinationList: ['destination'],
  sensorElementList: ['sensorElement'],
  readPoint: ['id'],
  bizLocation: ['id'],
  correctiveEventIDs: ['correctiveEventID'],
};

/** Any number of these may follow one another; every other element stands once. */
const repeatable = new Set(
  'epc quantityElement bizTransaction source destination sensorElement sensorReport set unset correctiveEventID'.split(
    ' ',
  ),
);

const anywhere = new Set(['certificationInfo', 'ilmd', 'extension', 'baseExtension']);

/** Adds a fault for each unknown, misplaced or repeated element of the standard's own namespace. */
export function checkShape(element: XmlElement, source: XmlSource, faults: FaultList): void {
  const order = elementOrders[element.local];
  if (order === undefined || !isEpcisElement(element)) return;
  if (element.stray !== '') tellStray(element, source, faults);
  let [last, lastName] = [-1, ''];
  const seen = new Set<string>();
  for (const child of element.children) {
    if (!isEpcisElement(child)) continue;
    checkShape(child, source, faults);
    if (child.local === 'ilmd' && seen.has('ilmd'))
      addFault(faults, placeOfElement(child, source), 'repeated', 'ilmd stands twice');
    if (anywhere.has(child.local)) {
      seen.add(child.local);
      if (child.local.endsWith('xtension')) checkWrapper(child, order, source, faults);
      continue;
    }
    const position = order.indexOf(child.local);
    const at = () => placeOfElement(child, source);
    checkAttributes(child, source, faults);
    if (position < 0) addFault(faults, at(), 'unknown_field', `${child.name} is no element of ${element.name}`);
    else if (position < last)
      addFault(faults, at(), 'wrong_order', `${child.name} stands after ${lastName}, it comes before`);
    else if (seen.has(child.local) && !repeatable.has(child.local))
      addFault(faults, at(), 'repeated', `${child.name} stands twice`);
    if (position >= last) [last, lastName] = [position, child.name];
    seen.add(child.local);
  }
}

function tellStray(element: XmlElement, source: XmlSource, faults: FaultList): void {
  const detail = `${element.name} holds the text ${shown(element.stray)} beside its elements: put it into an element, or take it out`;
  addFault(faults, placeOfElement(element, source), 'stray_text', detail);
}

/** Elements with attributes in the standard; sensor elements are nothing but attributes. */
const attributed: Readonly<Record<string, readonly string[] | undefined>> = {
  bizTransaction: ['type'],
  source: ['type'],
  destination: ['type'],
};

/** `<quantity uom="KGM">10</quantity>`: what an attribute says where the standard has none would be lost. */
function checkAttributes(element: XmlElement, source: XmlSource, faults: FaultList): void {
  for (const { name, namespace } of element.attributes) {
    if (namespace !== '' || name.includes(':') || attributed[element.local]?.includes(name) === true) continue;
    if (element.local === 'sensorReport' || element.local === 'sensorMetadata') continue;
    addFault(faults, placeOfElement(element, source), 'unknown_field', `${name} is no attribute of ${element.name}`);
  }
}

/** EPCIS 1.x: known elements of the event in a wrapper, in an order of their own. */
function checkWrapper(wrapper: XmlElement, order: readonly string[], source: XmlSource, faults: FaultList): void {
  for (const child of wrapper.children) {
    if (!isEpcisElement(child)) continue;
    checkShape(child, source, faults);
    if (child.local === 'extension') checkWrapper(child, order, source, faults);
    else if (!order.includes(child.local) && !anywhere.has(child.local)) {
      addFault(faults, placeOfElement(child, source), 'unknown_field', `${child.name} is no element of the event`);
    }
  }
}
