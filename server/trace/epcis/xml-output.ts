// Events as XML of EPCIS 2.0, in the order its schema wants (EPCIS 2.0 §9.5).

import { isBareName, urnName, type Vocabulary } from '../event/cbv.ts';
import type { JsonObject, JsonValue } from '../event/event.ts';
import { isObject } from '../event/json-value.ts';
import { type OutputHeader, prefixesDeclared, type QueryOutput } from './json-output.ts';
import { furtherNamespace } from './xml-names.ts';
import { elementOrders } from './xml-shape.ts';
import {
  attributesText,
  element,
  escapeText,
  extensionAttributes,
  extensionElements,
  qualifiedName,
  type XmlPrefixes,
} from './xml-text.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A capture document of self-contained events. */
export function xmlDocument(events: readonly JsonObject[], header: OutputHeader): string {
  const open = `<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2"${headerAttributes(header)}>`;
  return `${declaration}${open}<EPCISBody>${eventList(events)}</EPCISBody></epcis:EPCISDocument>\n`;
}

/** A query document of self-contained events. */
export function xmlQueryDocument(events: readonly JsonObject[], output: QueryOutput): string {
  const open = `<epcisq:EPCISQueryDocument xmlns:epcisq="urn:epcglobal:epcis-query:xsd:2"${headerAttributes(output)}>`;
  const names = element('queryName', output.queryName) + element('subscriptionID', output.subscriptionID);
  const results = `<epcisq:QueryResults>${names}<resultsBody>${eventList(events)}</resultsBody></epcisq:QueryResults>`;
  return `${declaration}${open}<EPCISBody>${results}</EPCISBody></epcisq:EPCISQueryDocument>\n`;
}

/** One self-contained event as an element that declares the prefixes it uses. */
function xmlEvent(event: JsonObject): string {
  const prefixes: XmlPrefixes = { declared: prefixesDeclared(event), used: new Map() };
  const type = String(event['type'] ?? '');
  const isStandard = Object.hasOwn(elementOrders, type);
  const name = isStandard ? type : ownTypeName(type, prefixes);
  const order = [...(isStandard ? (elementOrders[type] ?? []) : Object.keys(writers)), 'certificationInfo', 'ilmd'];
  const known = new Set(['type', ...order]);
  let inside = '';
  for (const field of order) {
    const value = event[field];
    if (value !== undefined) inside += writers[field]?.(field, value, prefixes) ?? '';
  }
  inside += extensionElements(event, known, prefixes) + furtherCertificates(event, prefixes);
  const spaces = Object.fromEntries([...prefixes.used].map(([prefix, namespace]) => [`xmlns:${prefix}`, namespace]));
  const whole = `<${name}${attributesText(spaces)}>${inside}</${name}>`;
  return isStandard ? whole : `<extension>${whole}</extension>`;
}

function eventList(events: readonly JsonObject[]): string {
  return `<EventList>${events.map(xmlEvent).join('')}</EventList>`;
}

function headerAttributes(header: OutputHeader): string {
  return attributesText({ schemaVersion: '2.0', creationDate: new Date(header.creationDateMs).toISOString() });
}

/** A type of the sender's own: `p:Name`, or a whole URI parted before its last name. */
function ownTypeName(type: string, prefixes: XmlPrefixes): string {
  const [, namespace, local] = /^([a-z]+:\/\/.*[/#]|urn:.*:)([^/#:]+)$/i.exec(type) ?? [];
  if (namespace === undefined || local === undefined) return qualifiedName(type, prefixes);
  prefixes.used.set('own', namespace);
  return `own:${local.replace(/[^\w.-]/g, '_').replace(/^(?![A-Za-z_])/, '_')}`;
}

/** EPCIS 2.0's schema for XML admits one certificate of an event; further ones stand in an element of our own, last, as extensions do. */
function furtherCertificates(event: JsonObject, prefixes: XmlPrefixes): string {
  const further = listOf(event['certificationInfo'] ?? []).slice(1);
  if (further.length === 0) return '';
  prefixes.used.set('bk', furtherNamespace);
  return further.map((one) => element('bk:certificationInfo', one)).join('');
}

type Write = (name: string, value: JsonValue, prefixes: XmlPrefixes) => string;

const plain: Write = (name, value) => element(name, value);
const plainEach: Write = (name, value) =>
  listOf(value)
    .map((one) => element(name, one))
    .join('');

const writers: Readonly<Record<string, Write | undefined>> = {
  eventTime: plain,
  recordTime: plain,
  eventTimeZoneOffset: plain,
  eventID: plain,
  errorDeclaration,
  certificationInfo: (name, value) => element(name, listOf(value)[0]),
  parentID: plain,
  epcList: list(plainAs('epc')),
  childEPCs: list(plainAs('epc')),
  inputEPCList: list(plainAs('epc')),
  outputEPCList: list(plainAs('epc')),
  action: plain,
  transformationID: plain,
  bizStep: named('bizStep'),
  disposition: named('disposition'),
  readPoint: place,
  bizLocation: place,
  bizTransactionList: list(typed('bizTransaction', 'bizTransaction')),
  sourceList: list(typed('source', 'sourceDestination')),
  destinationList: list(typed('destination', 'sourceDestination')),
  quantityList: list(quantity),
  childQuantityList: list(quantity),
  inputQuantityList: list(quantity),
  outputQuantityList: list(quantity),
  persistentDisposition,
  sensorElementList: list(sensorElement),
  ilmd: (name, value, prefixes) =>
    isObject(value) ? `<${name}>${extensionElements(value, nothing, prefixes)}</${name}>` : '',
};

const nothing: ReadonlySet<string> = new Set();

type WriteItem = (value: JsonValue, prefixes: XmlPrefixes) => string;

/** An empty list stays only where the schema lets it: epcList and its like. */
function list(item: WriteItem): Write {
  return (name, value, prefixes) => {
    const inside = listOf(value)
      .map((one) => item(one, prefixes))
      .join('');
    return inside === '' && !/EPC(s|List)$|^epcList$/.test(name) ? '' : `<${name}>${inside}</${name}>`;
  };
}

function plainAs(name: string): WriteItem {
  return (value) => element(name, value);
}

function named(vocabulary: Vocabulary): Write {
  return (name, value) => element(name, typeof value === 'string' ? urnName(vocabulary, value) : value);
}

function typed(name: string, vocabulary: Vocabulary): WriteItem {
  return (value) => {
    if (!isObject(value)) return '';
    const type = value['type'];
    const attributes = attributesText({ type: typeof type === 'string' ? urnName(vocabulary, type) : undefined });
    return `<${name}${attributes}>${escapeText(String(value[name] ?? ''))}</${name}>`;
  };
}

function quantity(value: JsonValue): string {
  if (!isObject(value)) return '';
  const inside = element('epcClass', value['epcClass']) + element('quantity', value['quantity']);
  // The schema admits a unit only after a quantity.
  const unit = value['quantity'] === undefined ? '' : element('uom', value['uom']);
  return `<quantityElement>${inside}${unit}</quantityElement>`;
}

function place(name: string, value: JsonValue, prefixes: XmlPrefixes): string {
  if (!isObject(value)) return '';
  return `<${name}>${element('id', value['id'])}${extensionElements(value, placeNames, prefixes)}</${name}>`;
}

const placeNames = new Set(['id']);

function persistentDisposition(name: string, value: JsonValue): string {
  if (!isObject(value)) return '';
  const each = (part: string) =>
    listOf(value[part] ?? []).map((one) => element(part, typeof one === 'string' ? urnName('disposition', one) : one));
  return `<${name}>${[...each('unset'), ...each('set')].join('')}</${name}>`;
}

function errorDeclaration(name: string, value: JsonValue, prefixes: XmlPrefixes): string {
  if (!isObject(value)) return '';
  const reason = value['reason'];
  const ids = plainEach('correctiveEventID', value['correctiveEventIDs'] ?? [], prefixes);
  const inside =
    element('declarationTime', value['declarationTime']) +
    element('reason', typeof reason === 'string' ? urnName('errorReason', reason) : undefined) +
    (ids === '' ? '' : `<correctiveEventIDs>${ids}</correctiveEventIDs>`);
  return `<${name}>${inside}${extensionElements(value, declarationNames, prefixes)}</${name}>`;
}

const declarationNames = new Set(['declarationTime', 'reason', 'correctiveEventIDs']);

function sensorElement(value: JsonValue, prefixes: XmlPrefixes): string {
  if (!isObject(value)) return '';
  const metadata = value['sensorMetadata'];
  const reports = listOf(value['sensorReport'] ?? []).map((one) => ofAttributes('sensorReport', one, prefixes));
  const inside = (isObject(metadata) ? ofAttributes('sensorMetadata', metadata, prefixes) : '') + reports.join('');
  return `<sensorElement>${inside}${extensionElements(value, sensorNames, prefixes)}</sensorElement>`;
}

const sensorNames = new Set(['sensorMetadata', 'sensorReport']);

/** Vocabularies of sensor reports have no URN; XML names them by compact URI. */
const compactNames: Readonly<Record<string, readonly [Vocabulary, string] | undefined>> = {
  type: ['measurement', 'gs1:'],
  exception: ['alarm', 'gs1:'],
  component: ['component', 'cbv:Comp-'],
};

function ofAttributes(name: string, value: JsonValue, prefixes: XmlPrefixes): string {
  if (!isObject(value)) return '';
  const own = Object.entries(value).filter(([key]) => !key.includes(':') && !key.startsWith('@'));
  const attributes = own.map(([key, one]): [string, JsonValue] => {
    const [vocabulary, compact] = compactNames[key] ?? [];
    if (vocabulary === undefined || compact === undefined || typeof one !== 'string') return [key, one];
    return [key, isBareName(vocabulary, one) ? compact + one : one];
  });
  return `<${name}${attributesText(Object.fromEntries(attributes))}${extensionAttributes(value, nothing, prefixes)}/>`;
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : [value];
}
