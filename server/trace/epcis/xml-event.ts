// An event of an XML document in JSON-LD form, so that both forms are checked, kept and hashed by the same rules
// (EPCIS 2.0 §9.5 and §10).

import { bareName, type Vocabulary } from '../event/cbv.ts';
import type { JsonObject, JsonValue } from '../event/event.ts';
import type { XmlAttribute, XmlElement } from './xml.ts';
import { furtherNamespace, isEpcisElement, isXsiName, type XmlNames } from './xml-names.ts';

/** Which element each value came from: container → key or index → element. */
export type XmlOrigins = WeakMap<object, Map<string, XmlElement>>;

type Conversion = { readonly names: XmlNames; readonly origins: XmlOrigins };
type Convert = (element: XmlElement, conversion: Conversion) => JsonValue;

/** The event as JSON-LD. Nothing is judged: what belongs nowhere stands under its own name, for the reader to refuse. */
export function jsonOfEvent(element: XmlElement, names: XmlNames, origins: XmlOrigins): JsonObject {
  const conversion = { names, origins };
  const event: JsonObject = {};
  put(event, 'type', isEpcisElement(element) ? element.local : names.key(element), element, conversion);
  for (const attribute of element.attributes) putExtensionAttribute(event, attribute, element, conversion);
  for (const field of fieldsOf(element)) {
    const isFurther = field.namespace === furtherNamespace && field.local === 'certificationInfo';
    const convert = isEpcisElement(field) || isFurther ? eventFields[field.local] : undefined;
    if (convert === undefined) putExtension(event, field, conversion);
    else if (field.local === 'certificationInfo')
      append(event, field.local, convert(field, conversion), field, conversion);
    else put(event, field.local, convert(field, conversion), field, conversion);
  }
  return event;
}

/** The element a JSON pointer below an event leads to, or the nearest above it. */
export function elementAt(event: JsonObject, root: XmlElement, pointer: string, origins: XmlOrigins): XmlElement {
  let [value, element]: [JsonValue | undefined, XmlElement] = [event, root];
  for (const part of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) break;
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    element = origins.get(value)?.get(key) ?? element;
    value = Array.isArray(value) ? value[Number(key)] : value[key];
  }
  return element;
}

/** Child elements, with what EPCIS 1.x wrapped in `extension` and `baseExtension` lifted out. */
function fieldsOf(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) =>
    child.namespace === '' &&
    (child.local === 'extension' || child.local === 'baseExtension') &&
    child.children.length > 0
      ? fieldsOf(child)
      : [child],
  );
}

const text: Convert = (element) => element.text;

const eventFields: Readonly<Record<string, Convert | undefined>> = {
  eventTime: text,
  recordTime: text,
  eventTimeZoneOffset: text,
  eventID: text,
  certificationInfo: text,
  parentID: text,
  action: text,
  transformationID: text,
  bizStep: named('bizStep'),
  disposition: named('disposition'),
  epcList: list('epc', text),
  childEPCs: list('epc', text),
  inputEPCList: list('epc', text),
  outputEPCList: list('epc', text),
  quantityList: list('quantityElement', quantity),
  childQuantityList: list('quantityElement', quantity),
  inputQuantityList: list('quantityElement', quantity),
  outputQuantityList: list('quantityElement', quantity),
  readPoint: place,
  bizLocation: place,
  bizTransactionList: list('bizTransaction', typed('bizTransaction', 'bizTransaction')),
  sourceList: list('source', typed('source', 'sourceDestination')),
  destinationList: list('destination', typed('destination', 'sourceDestination')),
  persistentDisposition,
  sensorElementList: list('sensorElement', sensorElement),
  errorDeclaration,
  ilmd: (element, conversion) => extensionObject(element, conversion),
};

function named(vocabulary: Vocabulary): Convert {
  return (element) => bareName(vocabulary, element.text);
}

function list(name: string, item: Convert): Convert {
  return (element, conversion) => {
    const items: JsonValue[] = [];
    for (const child of fieldsOf(element)) {
      if (isEpcisElement(child) && child.local === name) push(items, item(child, conversion), child, conversion);
    }
    return items;
  };
}

function quantity(element: XmlElement, conversion: Conversion): JsonObject {
  const object = objectOf(element, conversion, (child) =>
    child.local === 'quantity' ? numberOr(child.text) : child.text,
  );
  // `<quantity xsi:nil="true"/>` and an empty unit say what leaving them out says.
  for (const name of ['quantity', 'uom']) if (object[name] === '') delete object[name];
  return object;
}

function place(element: XmlElement, conversion: Conversion): JsonObject {
  return objectOf(element, conversion, (child) => child.text);
}

function persistentDisposition(element: XmlElement, conversion: Conversion): JsonObject {
  const object: JsonObject = {};
  for (const child of fieldsOf(element)) {
    append(object, child.local, bareName('disposition', child.text), child, conversion);
  }
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, Array.isArray(value) ? value : [value]]),
  );
}

function errorDeclaration(element: XmlElement, conversion: Conversion): JsonObject {
  return objectOf(element, conversion, (child) => {
    if (child.local === 'reason') return bareName('errorReason', child.text);
    if (child.local === 'correctiveEventIDs') return list('correctiveEventID', text)(child, conversion);
    return child.text;
  });
}

function typed(name: string, vocabulary: Vocabulary): Convert {
  return (element, conversion) => {
    const object: JsonObject = {};
    for (const attribute of element.attributes) {
      if (attribute.name === 'type') put(object, 'type', bareName(vocabulary, attribute.value), element, conversion);
    }
    put(object, name, element.text, element, conversion);
    return object;
  };
}

function sensorElement(element: XmlElement, conversion: Conversion): JsonObject {
  const object: JsonObject = {};
  const reports: JsonValue[] = [];
  for (const child of fieldsOf(element)) {
    if (!isEpcisElement(child)) putExtension(object, child, conversion);
    else if (child.local === 'sensorReport') push(reports, ofAttributes(child, conversion), child, conversion);
    else if (child.local === 'sensorMetadata')
      put(object, child.local, ofAttributes(child, conversion), child, conversion);
    else put(object, child.local, child.text, child, conversion);
  }
  if (reports.length > 0) put(object, 'sensorReport', reports, element, conversion);
  return object;
}

const numericAttributes = new Set('value minValue maxValue meanValue sDev percRank percValue'.split(' '));
const attributeVocabularies: Readonly<Record<string, Vocabulary | undefined>> = {
  type: 'measurement',
  exception: 'alarm',
  component: 'component',
};

function ofAttributes(element: XmlElement, conversion: Conversion): JsonObject {
  const object: JsonObject = {};
  for (const attribute of element.attributes) {
    if (attribute.namespace !== '' || attribute.name.includes(':')) {
      putExtensionAttribute(object, attribute, element, conversion);
      continue;
    }
    const vocabulary = attributeVocabularies[attribute.name];
    const value =
      vocabulary !== undefined
        ? bareName(vocabulary, attribute.value.trim())
        : numericAttributes.has(attribute.name)
          ? numberOr(attribute.value)
          : attribute.name === 'booleanValue'
            ? booleanOr(attribute.value)
            : attribute.value.trim();
    put(object, attribute.name, value, element, conversion);
  }
  return object;
}

function objectOf(element: XmlElement, conversion: Conversion, read: (child: XmlElement) => JsonValue): JsonObject {
  const object: JsonObject = {};
  for (const child of fieldsOf(element)) {
    if (isEpcisElement(child)) put(object, child.local, read(child), child, conversion);
    else putExtension(object, child, conversion);
  }
  return object;
}

/** `<p:a>text</p:a>` is text; with children or attributes it is an object, its own text under `#text`. */
function extensionValue(element: XmlElement, conversion: Conversion): JsonValue {
  const plain = element.attributes.every(isXsiName);
  return plain && element.children.length === 0 ? element.text : extensionObject(element, conversion);
}

function extensionObject(element: XmlElement, conversion: Conversion): JsonObject {
  const object: JsonObject = {};
  for (const attribute of element.attributes) {
    if (!isXsiName(attribute)) put(object, conversion.names.key(attribute), attribute.value, element, conversion);
  }
  for (const child of fieldsOf(element)) putExtension(object, child, conversion);
  if (element.children.length === 0 && element.text !== '') put(object, '#text', element.text, element, conversion);
  return object;
}

function putExtension(object: JsonObject, element: XmlElement, conversion: Conversion): void {
  append(object, conversion.names.key(element), extensionValue(element, conversion), element, conversion);
}

function putExtensionAttribute(
  object: JsonObject,
  attribute: XmlAttribute,
  element: XmlElement,
  conversion: Conversion,
): void {
  if (attribute.namespace === '' || isXsiName(attribute)) return;
  put(object, conversion.names.key(attribute), attribute.value, element, conversion);
}

/** A key that stands several times becomes a list. */
function append(object: JsonObject, key: string, value: JsonValue, element: XmlElement, conversion: Conversion): void {
  const before = Object.hasOwn(object, key) ? object[key] : undefined;
  if (before === undefined) {
    put(object, key, value, element, conversion);
  } else if (Array.isArray(before)) {
    push(before, value, element, conversion);
  } else {
    const both: JsonValue[] = [];
    push(both, before, conversion.origins.get(object)?.get(key) ?? element, conversion);
    push(both, value, element, conversion);
    put(object, key, both, element, conversion);
  }
}

function put(object: JsonObject, key: string, value: JsonValue, element: XmlElement, conversion: Conversion): void {
  // Assigning this one name would change the object's prototype instead of its content.
  if (key === '__proto__') return;
  object[key] = value;
  remember(object, key, element, conversion);
}

function push(items: JsonValue[], value: JsonValue, element: XmlElement, conversion: Conversion): void {
  remember(items, String(items.length), element, conversion);
  items.push(value);
}

function remember(container: object, key: string, element: XmlElement, { origins }: Conversion): void {
  const known = origins.get(container);
  if (known === undefined) origins.set(container, new Map([[key, element]]));
  else known.set(key, element);
}

function numberOr(text: string): JsonValue {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(trimmed) && Number.isFinite(number) ? number : trimmed;
}

function booleanOr(text: string): JsonValue {
  const trimmed = text.trim();
  if (trimmed === 'true' || trimmed === '1') return true;
  return trimmed === 'false' || trimmed === '0' ? false : trimmed;
}
