// Query parameters that name a field of a sender's own: of the event, of its master data, declaration, places or sensors
// (EPCIS 2.0 §8.2.7.1: EQ_fieldname, EQ_ILMD_fieldname, EQ_INNER_fieldname, EXISTS_fieldname and their like).

import type { EpcisEvent, JsonObject, JsonValue } from '../event/event.ts';
import { isObject, objectsIn } from '../event/json-value.ts';
import { comparisons } from './comparison.ts';
import type { EventTest } from './event-test.ts';
import { type Parameters, readAddressTime, readNumber } from './query-value.ts';

/** `needle`: text that stands in the JSON of every event that can answer; it spares reading the others. */
export type FieldTest = { readonly test: EventTest; readonly needle: string };

export type Prefixes = Readonly<Record<string, string>>;

const longestName = 500;

const grammar =
  /^(EQ|GT|GE|LT|LE|EXISTS)_(INNER_)?(ILMD_|ERROR_DECLARATION_|SENSORELEMENT_|SENSORMETADATA_|SENSORREPORT_|readPoint_|bizLocation_)?(.+)$/s;

type Scope = (event: EpcisEvent) => readonly JsonObject[];
const sensors: Scope = ({ json }) => objectsIn(json['sensorElementList']);

const scopes: Readonly<Record<string, Scope>> = {
  '': ({ json }) => [json],
  ILMD_: ({ json }) => objectsIn(json['ilmd']),
  ERROR_DECLARATION_: ({ json }) => objectsIn(json['errorDeclaration']),
  SENSORELEMENT_: sensors,
  SENSORMETADATA_: (event) => sensors(event).flatMap((one) => objectsIn(one['sensorMetadata'])),
  SENSORREPORT_: (event) => sensors(event).flatMap((one) => objectsIn(one['sensorReport'])),
  readPoint_: ({ json }) => objectsIn(json['readPoint']),
  bizLocation_: ({ json }) => objectsIn(json['bizLocation']),
};

/** The test of such a parameter; undefined when its name is none of them. Adds the faults of its value. */
export function fieldTest(parameters: Parameters, name: string, prefixes: Prefixes): FieldTest | undefined {
  const [, operation = '', inner, scopeName = '', field = ''] = grammar.exec(name) ?? [];
  const scope = scopes[scopeName];
  if (scope === undefined || !/[:#]/.test(field) || name.length > longestName) return undefined;
  if (operation === 'EXISTS' && !parameters.isAsked(name)) return { test: () => true, needle: '' };
  const wanted = wantedField(field, prefixes);
  const find = inner === undefined ? valuesAt : valuesBelow;
  const fits = valueTest(parameters, name, operation);
  return {
    test: (event) =>
      scope(event).some((object) => find(object, (key) => isField(key, wanted, event.context.namespaces)).some(fits)),
    needle: wanted.needle,
  };
}

type WantedField = { readonly full: string | undefined; readonly key: string; readonly needle: string };

/**
 * `prefix:name` by the prefixes the asker declared, or a whole name `namespace#name`. An undeclared prefix stands for what
 * the event's sender wrote.
 */
function wantedField(field: string, prefixes: Prefixes): WantedField {
  const colon = field.indexOf(':');
  const [prefix, local] = [field.slice(0, Math.max(colon, 0)), field.slice(colon + 1)];
  const namespace = Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined;
  if (namespace !== undefined) return { full: joined(namespace, local), key: field, needle: needleOf(local) };
  const [, before, name] = /^(.+[#/:])([^#/:]+)$/s.exec(field) ?? [];
  const isWhole = field.includes('#') || field.includes('//') || field.startsWith('urn:');
  if (!isWhole || before === undefined || name === undefined)
    return { full: undefined, key: field, needle: needleOf(local) };
  return { full: joined(before, name), key: field, needle: needleOf(name) };
}

function isField(key: string, { full, key: asWritten }: WantedField, namespaces: Prefixes): boolean {
  if (full === undefined) return key === asWritten;
  const colon = key.indexOf(':');
  const prefix = key.slice(0, Math.max(colon, 0));
  const namespace = Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : undefined;
  if (namespace !== undefined) return joined(namespace, key.slice(colon + 1)) === full;
  const [, before, name] = /^(.+[#/:])([^#/:]+)$/s.exec(key) ?? [];
  return before !== undefined && name !== undefined && joined(before, name) === full;
}

/** Namespaces are written with and without what parts them from the name. */
function joined(namespace: string, local: string): string {
  return `${namespace.replace(/[#/:]+$/, '')}#${local}`;
}

/** The end of a key as it stands in JSON text. */
function needleOf(local: string): string {
  return JSON.stringify(local).slice(1);
}

type IsField = (key: string) => boolean;

function valuesAt(object: JsonObject, isWanted: IsField): JsonValue[] {
  return Object.entries(object).flatMap(([key, value]) => (key.includes(':') && isWanted(key) ? [value] : []));
}

/** Fields inside extension fields, at any depth; those of the object itself are not meant (`INNER`). */
function valuesBelow(object: JsonObject, isWanted: IsField): JsonValue[] {
  return Object.entries(object).flatMap(([key, value]) => (key.includes(':') ? insideOf(value, isWanted) : []));
}

function insideOf(value: JsonValue, isWanted: IsField): JsonValue[] {
  if (Array.isArray(value)) return value.flatMap((one) => insideOf(one, isWanted));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => [...(isWanted(key) ? [one] : []), ...insideOf(one, isWanted)]);
}

type ValueTest = (value: JsonValue) => boolean;

function valueTest(parameters: Parameters, name: string, operation: string): ValueTest {
  if (operation === 'EXISTS') return (value) => value !== null && value !== '';
  const test = operation === 'EQ' ? equalTest(parameters.list(name)) : orderTest(parameters, name, operation);
  return (value) => scalars(value).some(test);
}

/** A field may repeat; one with attributes has its text under `#text` or `@value`. */
function scalars(value: JsonValue): (string | number | boolean)[] {
  if (Array.isArray(value)) return value.flatMap(scalars);
  if (isObject(value)) return scalars(value['#text'] ?? value['@value'] ?? value['@id'] ?? null);
  return value === null ? [] : [value];
}

type ScalarTest = (value: string | number | boolean) => boolean;

/** As text, as number (`5` is `5.0`) or as a moment, whatever zone it is written in. */
function equalTest(values: readonly string[]): ScalarTest {
  const texts = new Set(values);
  const numbers = new Set(values.flatMap((value) => readNumber(value) ?? []));
  const times = new Set(values.flatMap((value) => readAddressTime(value) ?? []));
  return (value) => {
    const text = String(value);
    if (texts.has(text)) return true;
    const number = numbers.size === 0 ? undefined : readNumber(text);
    if (number !== undefined && numbers.has(number)) return true;
    const time = times.size === 0 ? undefined : readAddressTime(text);
    return time !== undefined && times.has(time);
  };
}

function orderTest(parameters: Parameters, name: string, operation: string): ScalarTest {
  const text = parameters.text(name) ?? '';
  const compare = comparisons[operation];
  for (const read of [readNumber, readAddressTime]) {
    const limit = read(text);
    if (limit === undefined) continue;
    return (value) => {
      const found = read(String(value));
      return found !== undefined && compare?.(found, limit) === true;
    };
  }
  parameters.fault(name, 'not_a_number', `${name.slice(0, 60)} is a number or a time with a zone.`);
  return () => false;
}
