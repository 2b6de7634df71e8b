// Reading one field of an event: the value as its type, or a fault at its place.

import { bareName, isBareName, isUnknownStandardName, type Vocabulary } from '../event/cbv.ts';
import type { EventContext, JsonObject, JsonValue } from '../event/event.ts';
import { readTime } from '../event/event-time.ts';
import { isObject } from '../event/json-value.ts';
import { addFault, type FaultList, shown } from './fault.ts';

export type Reader = { readonly context: EventContext; readonly faults: FaultList; readonly warnings: FaultList };

/** A field that may be missing; `at` is its place. */
export type FieldReader<T> = (reader: Reader, at: string, value: JsonValue | undefined) => T | undefined;

const longestText = 8_192;

export function textField(reader: Reader, at: string, value: JsonValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') return faulty(reader, at, 'wrong_type', `${shown(value)} is not text`);
  if (value.length > longestText)
    return faulty(reader, at, 'too_large', `text is longer than ${longestText} characters`);
  return value;
}

/**
 * A URI. XML's type for it admits any text, and 1.2 documents hold such; but what names a thing or a place must have a
 * scheme in either form (EPCIS 2.0 §6.4), and that is what `identifierField` asks.
 */
export function uriField(reader: Reader, at: string, value: JsonValue | undefined): string | undefined {
  return reader.context.form === 'json' ? identifierField(reader, at, value) : nonEmpty(reader, at, value);
}

export function identifierField(reader: Reader, at: string, value: JsonValue | undefined): string | undefined {
  const text = nonEmpty(reader, at, value);
  if (text === undefined || isUri(text)) return text;
  return faulty(reader, at, 'not_a_uri', `${shown(text)} is not a URI: a scheme, a colon, no spaces`);
}

export function timeField(reader: Reader, at: string, value: JsonValue | undefined): number | undefined {
  const text = textField(reader, at, value);
  if (text === undefined) return undefined;
  const timeMs = readTime(text);
  if (timeMs !== undefined) return timeMs;
  return faulty(reader, at, 'not_a_time', `${shown(text)} is not a time with zone such as 2026-11-22T13:00:00+08:00`);
}

export function numberField(reader: Reader, at: string, value: JsonValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return faulty(reader, at, 'not_a_number', `${shown(value)} is not a number`);
}

export function booleanField(reader: Reader, at: string, value: JsonValue | undefined): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  return faulty(reader, at, 'wrong_type', `${shown(value)} is not true or false`);
}

/** A standard name in any spelling as the bare one, or a URI of the sender's own. */
export function vocabularyField(vocabulary: Vocabulary): FieldReader<string> {
  return (reader, at, value) => {
    const text = nonEmpty(reader, at, value);
    if (text === undefined) return undefined;
    const name = bareName(vocabulary, text);
    if (isBareName(vocabulary, name)) return name;
    // Measurement names change from release to release, and an unknown one harms nothing: taken, and told.
    if (!isUri(name) && vocabulary !== 'measurement') {
      return faulty(reader, at, 'not_in_vocabulary', `${shown(text)} is no standard name and no URI`);
    }
    if (!isUri(name) || isUnknownStandardName(vocabulary, name)) {
      addFault(reader.warnings, at, 'not_in_vocabulary', `${shown(text)} is not in the vocabulary it claims to be of`);
    }
    return name;
  };
}

/** Every item that can be read; an absent list is empty. */
export function listField<T>(
  reader: Reader,
  at: string,
  value: JsonValue | undefined,
  item: FieldReader<T>,
): readonly T[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    faulty(reader, at, 'wrong_type', `${shown(value)} is not a list`);
    return [];
  }
  const items: T[] = [];
  for (let i = 0; i < value.length; i += 1) {
    const read = item(reader, `${at}/${i}`, value[i]);
    if (read !== undefined) items.push(read);
  }
  return items;
}

export function objectField(reader: Reader, at: string, value: JsonValue | undefined): JsonObject | undefined {
  if (value === undefined) return undefined;
  if (isObject(value)) return value;
  return faulty(reader, at, 'wrong_type', `${shown(value)} is not an object`);
}

/** Adds `missing` where the value is. */
export function required<T>(
  reader: Reader,
  at: string,
  given: JsonValue | undefined,
  read: T | undefined,
): T | undefined {
  if (given === undefined) addFault(reader.faults, at, 'missing', `${at.slice(at.lastIndexOf('/') + 1)} is missing`);
  return read;
}

/** Faults for every key that is neither known nor an extension (a key with a colon), and for extensions nested too deep. */
export function checkKeys(reader: Reader, at: string, object: JsonObject, known: ReadonlySet<string>): void {
  for (const key in object) {
    if (known.has(key) || !Object.hasOwn(object, key)) continue;
    if (!key.includes(':') && !key.startsWith('@') && key !== 'comment') {
      addFault(
        reader.faults,
        `${at}/${pointerPart(key)}`,
        'unknown_field',
        `${shown(key)} is no field of the standard here`,
      );
    } else if (isTooDeep(object[key], deepestExtension)) {
      addFault(reader.faults, `${at}/${pointerPart(key)}`, 'too_deep', `nested deeper than ${deepestExtension}`);
    }
  }
}

const deepestExtension = 32;

function isTooDeep(value: JsonValue | undefined, allowed: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (allowed === 0) return true;
  const inside = Array.isArray(value) ? value : Object.values(value);
  return inside.some((one) => isTooDeep(one, allowed - 1));
}

/** RFC 3986: a scheme, then no space, quote, angle bracket or control character. */
export function isUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s"<>\\^`{|}]+$/.test(text);
}

/** A key as part of a JSON pointer (RFC 6901). */
export function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function nonEmpty(reader: Reader, at: string, value: JsonValue | undefined): string | undefined {
  const text = textField(reader, at, value);
  if (text === undefined || text.trim() !== '') return text;
  return faulty(reader, at, 'missing', 'the value is empty');
}

export function faulty(reader: Reader, at: string, code: Parameters<typeof addFault>[2], detail: string): undefined {
  addFault(reader.faults, at, code, detail);
  return undefined;
}
