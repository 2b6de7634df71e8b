// XML documents of EPCIS 1.2 and 2.0: where their events stand, and what the document says about itself
// (EPCIS 2.0 §9.3 to §9.5).

import type { Fault } from '../../http/problem.ts';
import type { EventContext, JsonObject } from '../event/event.ts';
import { readTime } from '../event/event-time.ts';
import type { EventReading } from './event.ts';
import { addFault, type FaultList, faultsOf, newFaultList, shown } from './fault.ts';
import {
  bareEventHeader,
  type DocumentHeader,
  type FoundDocument,
  type FoundEvent,
  type MasterDataElement,
  mostMasterData,
} from './header.ts';
import { pathOfElement, placeOfElement, readXml, type XmlElement } from './xml.ts';
import { elementAt, jsonOfEvent, type XmlOrigins } from './xml-event.ts';
import { isEpcisElement, newXmlNames, type XmlNames } from './xml-names.ts';
import { checkShape } from './xml-shape.ts';
import type { XmlSource } from './xml-source.ts';

const eventNames = new Set([
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
]);

/** What the published hashes of XML documents expand in values (event hash rule 15). */
const valuePrefixes = { gs1: 'https://gs1.org/voc/', cbv: 'https://ref.gs1.org/cbv/' };

/** Finds the events of a document, query document or bare event; undefined after the fault was added. */
export function readXmlDocument(text: string, faults: FaultList): FoundDocument | undefined {
  const source: XmlSource = { text, lineStarts: undefined };
  const root = readXml(source, faults);
  if (root === undefined) return undefined;
  const finding = { source, names: newXmlNames(), ignoredFields: ignoredIn(root) };
  if (isEpcisElement(root) && eventNames.has(root.local)) {
    return { header: bareEventHeader('xml'), events: [foundEvent(root, finding)] };
  }
  if (isEpcisElement(root) && root.local === 'EPCISMasterDataDocument') {
    return { header: { ...headerOf(root, source, faults), kind: 'masterData' }, events: [] };
  }
  if (!isEpcisElement(root) || (root.local !== 'EPCISDocument' && root.local !== 'EPCISQueryDocument')) {
    addFault(faults, placeOfElement(root, source), 'not_a_document', `${root.name} is no EPCIS document or event`);
    return undefined;
  }
  const list = eventListOf(root);
  if (list === undefined) {
    addFault(faults, placeOfElement(root, source), 'missing', 'the document has no EventList');
    return undefined;
  }
  const header = headerOf(root, source, faults);
  const elements = eventElements(list, source, faults);
  return { header, events: elements.map((element) => foundEvent(element, finding)) };
}

type Finding = { readonly source: XmlSource; readonly names: XmlNames; readonly ignoredFields: ReadonlySet<string> };

function foundEvent(element: XmlElement, { source, names, ignoredFields }: Finding): FoundEvent {
  const origins: XmlOrigins = new WeakMap();
  const json = jsonOfEvent(element, names, origins);
  const context: EventContext = { form: 'xml', namespaces: names.namespaces, valuePrefixes, ignoredFields };
  return {
    json,
    place: pathOfElement(element),
    // Pointers begin at the event; `explain` makes XML paths of them.
    pointer: '',
    context,
    explain: (reading) => explained(reading, { element, json, source, origins }),
  };
}

type Explanation = {
  readonly element: XmlElement;
  readonly json: JsonObject;
  readonly source: XmlSource;
  readonly origins: XmlOrigins;
};

function explained(reading: EventReading, { element, json, source, origins }: Explanation): EventReading {
  const shape = newFaultList();
  checkShape(element, source, shape);
  const moved = (fault: Fault) => ({ ...fault, place: movedPlace(fault.place, { element, json, source, origins }) });
  // An unknown element is found by shape and by the reader of its JSON form; once is enough.
  const known = new Set(faultsOf(shape).map((fault) => fault.place));
  const faults = [
    ...faultsOf(shape),
    ...reading.faults.map(moved).filter((fault) => fault.code !== 'unknown_field' || !known.has(fault.place)),
  ];
  return { event: faults.length === 0 ? reading.event : undefined, faults, warnings: reading.warnings.map(moved) };
}

/** The element's path; a missing child or attribute is named after it. */
function movedPlace(pointer: string, { element, json, source, origins }: Explanation): string {
  const found = elementAt(json, element, pointer, origins);
  const place = placeOfElement(found, source);
  const last = pointer.slice(pointer.lastIndexOf('/') + 1);
  return found.local === last || /^\d*$/.test(last) ? place : place.replace(' (', `/${last} (`);
}

/** EventList stands in EPCISBody, or there in QueryResults/resultsBody. */
function eventListOf(root: XmlElement): XmlElement | undefined {
  const body = childOf(root, 'EPCISBody');
  const results = childOf(childOf(body, 'QueryResults'), 'resultsBody');
  return childOf(body, 'EventList') ?? childOf(results, 'EventList');
}

/** The events of a list, those that EPCIS 1.x wraps in `extension` too. */
function eventElements(list: XmlElement, source: XmlSource, faults: FaultList): XmlElement[] {
  return list.children.flatMap((child) => {
    if (isEpcisElement(child) && child.local === 'extension') return eventElements(child, source, faults);
    if (isEpcisElement(child) && !eventNames.has(child.local)) {
      addFault(faults, placeOfElement(child, source), 'event_type', `${child.name} is no event of the standard`);
      return [];
    }
    return [child];
  });
}

function headerOf(root: XmlElement, source: XmlSource, faults: FaultList): DocumentHeader {
  const attribute = (name: string) => root.attributes.find((one) => one.name === name)?.value;
  const [schemaVersion, creationDate] = [attribute('schemaVersion'), attribute('creationDate')];
  const isCapture = root.local === 'EPCISDocument';
  const at = placeOfElement(root, source);
  for (const [name, value] of [
    ['schemaVersion', schemaVersion],
    ['creationDate', creationDate],
  ] as const) {
    if (isCapture && value === undefined) addFault(faults, at, 'missing', `the attribute ${name} is missing`);
  }
  const creationDateMs = creationDate === undefined ? undefined : readTime(creationDate);
  if (isCapture && creationDate !== undefined && creationDateMs === undefined) {
    addFault(faults, at, 'not_a_time', `creationDate ${shown(creationDate)} is not a time with zone`);
  }
  const head = childOf(root, 'EPCISHeader');
  const sbdh = head?.children.find((child) => child.local === 'StandardBusinessDocumentHeader');
  const results = childOf(childOf(root, 'EPCISBody'), 'QueryResults');
  return {
    kind: isCapture ? 'capture' : 'query',
    form: 'xml',
    id: undefined,
    schemaVersion,
    creationDateMs,
    sender: below(sbdh, 'Sender', 'Identifier'),
    receiver: below(sbdh, 'Receiver', 'Identifier'),
    instanceIdentifier: below(sbdh, 'DocumentIdentification', 'InstanceIdentifier'),
    queryName: childOf(results, 'queryName')?.text,
    subscriptionID: childOf(results, 'subscriptionID')?.text,
    masterData: masterDataOf(root).slice(0, mostMasterData),
  };
}

function masterDataOf(element: XmlElement): MasterDataElement[] {
  return element.children.flatMap((child) => {
    if (child.local === 'EventList') return [];
    if (child.local !== 'Vocabulary') return masterDataOf(child);
    const type = child.attributes.find((attribute) => attribute.name === 'type')?.value ?? '';
    const elements = childOf(child, 'VocabularyElementList')?.children ?? [];
    return elements.filter((one) => one.local === 'VocabularyElement').map((one) => masterDataElement(type, one));
  });
}

function masterDataElement(type: string, element: XmlElement): MasterDataElement {
  const idOf = (one: XmlElement) => one.attributes.find((attribute) => attribute.name === 'id')?.value ?? '';
  return {
    type,
    id: idOf(element),
    attributes: element.children
      .filter((child) => child.local === 'attribute')
      .map((child) => ({ id: idOf(child), value: child.text })),
    children: childOf(element, 'children')?.children.map((child) => child.text) ?? [],
  };
}

/** Extension fields the repository added (`ignoreFields` anywhere around the events), as `{namespace}name`. */
function ignoredIn(element: XmlElement): ReadonlySet<string> {
  const names = new Set<string>();
  for (const child of element.children) {
    if (child.local === 'ignoreFields' && child.namespace !== '') {
      for (const field of child.children) names.add(`{${field.namespace}}${field.local}`);
    } else if (child.local !== 'EventList') {
      for (const name of ignoredIn(child)) names.add(name);
    }
  }
  return names;
}

function childOf(element: XmlElement | undefined, local: string): XmlElement | undefined {
  return element?.children.find((child) => child.local === local && isEpcisElement(child));
}

/** Text of an element two levels down, whatever its namespace: the business document header has one of its own. */
function below(element: XmlElement | undefined, first: string, second: string): string | undefined {
  const outer = element?.children.find((child) => child.local === first);
  return outer?.children.find((child) => child.local === second)?.text;
}
