// The spelling rules of the event hash: times, numbers, URIs, extension names, and the order of texts
// (CBV 2.0 §8.9.2 rules 5 to 20).

import { canonicalUri } from '../code/gs1-key.ts';
import { webOfUrn } from './cbv.ts';
import type { EventContext, JsonObject, JsonValue } from './event.ts';
import { readTime } from './event-time.ts';

/** Extensions nested deeper than this are left out: no reader admits them. */
const deepestExtension = 64;

/** In UTC with milliseconds; what is no time stays as it is, trimmed. */
export function canonicalTime(text: string): string {
  const trimmed = text.trim();
  const timeMs = readTime(trimmed);
  return timeMs === undefined ? trimmed : new Date(timeMs).toISOString();
}

/** Any other value: trimmed, CBV URNs and compact URIs as web URIs, GS1 keys canonical, numbers plain. */
export function canonicalText(text: string, context: EventContext): string {
  const trimmed = text.trim();
  if (trimmed.startsWith('urn:')) return canonicalUrn(trimmed);
  if (trimmed.startsWith('http')) return canonicalUri(trimmed) ?? trimmed;
  if (startsLikeNumber(trimmed)) return canonicalNumber(trimmed);
  const colon = trimmed.indexOf(':');
  if (colon <= 0) return trimmed;
  const namespace = ownValue(context.valuePrefixes, trimmed.slice(0, colon));
  return namespace === undefined ? trimmed : namespace + trimmed.slice(colon + 1);
}

/**
 * Every extension of an object (keys with a namespace, not in `except`) as `{namespace}name=value` with what lies below
 * it, unsorted. Comments and the repository's own fields are passed over.
 */
export function extensionTexts(object: JsonObject, except: ReadonlySet<string>, context: EventContext): string[] {
  return textsOf(object, except, context, 'with a namespace', 0);
}

/** The same for keys without a namespace. */
export function strangerTexts(object: JsonObject, except: ReadonlySet<string>, context: EventContext): string[] {
  return textsOf(object, except, context, 'without a namespace', 0);
}

/** The same for all keys: inside extensions and ILMD both stand together. */
export function allTexts(object: JsonObject, context: EventContext, depth = 0): string[] {
  return textsOf(object, nothing, context, 'all', depth);
}

function textsOf(
  object: JsonObject,
  except: ReadonlySet<string>,
  context: EventContext,
  which: 'all' | 'with a namespace' | 'without a namespace',
  depth: number,
): string[] {
  const texts: string[] = [];
  for (const key in object) {
    if (except.has(key) || isComment(key) || key.startsWith('@xmlns') || !Object.hasOwn(object, key)) continue;
    const name = expandedName(key, context);
    if (which !== 'all' && (which === 'with a namespace') !== name.startsWith('{')) continue;
    const value = object[key];
    if (value === undefined || context.ignoredFields.has(name)) continue;
    if (Array.isArray(value)) for (const one of value) texts.push(extensionText(name, one, context, depth));
    else texts.push(extensionText(name, value, context, depth));
  }
  return texts;
}

/** Sorted by code point and joined without anything between. */
export function inOrder(texts: string[]): string {
  if (texts.length < 2) return texts[0] ?? '';
  texts.sort();
  const joined = texts.join('');
  // The usual order compares UTF-16 units and so puts astral characters before U+E000…U+FFFF.
  return /[\ud800-\udfff]/.test(joined) ? texts.sort(byCodePoint).join('') : joined;
}

function isComment(key: string): boolean {
  return key === 'rdfs:comment' || key === 'comment' || key === '#text';
}

function extensionText(name: string, value: JsonValue, context: EventContext, depth: number): string {
  if (value === null) return name;
  if (typeof value !== 'object') {
    const text = canonicalText(String(value), context);
    return text === '' ? name : `${name}=${text}`;
  }
  if (depth >= deepestExtension) return name;
  const inside = Array.isArray(value)
    ? value.map((one) => extensionText('', one, context, depth + 1))
    : allTexts(value, context, depth + 1);
  const own = Array.isArray(value) ? undefined : value['#text'];
  const text = typeof own === 'string' ? canonicalText(own, context) : '';
  return (text === '' ? name : `${name}=${text}`) + inOrder(inside);
}

const nothing: ReadonlySet<string> = new Set();

/** Names already expanded, for each context: events of a document repeat their few extension names. */
const expandedNames = new WeakMap<EventContext, Map<string, string>>();
const mostNames = 1_000;

function expandedName(key: string, context: EventContext): string {
  const colon = key.indexOf(':');
  if (colon <= 0) return key;
  let names = expandedNames.get(context);
  if (names === undefined) {
    names = new Map();
    expandedNames.set(context, names);
  }
  const known = names.get(key);
  if (known !== undefined) return known;
  const namespace = ownValue(context.namespaces, key.slice(0, colon));
  const name = namespace === undefined ? key : `{${namespace}}${key.slice(colon + 1)}`;
  if (names.size < mostNames) names.set(key, name);
  return name;
}

function canonicalUrn(text: string): string {
  if (text.startsWith('urn:epc:')) return canonicalUri(text) ?? text;
  const found = webOfUrn.find(([urn]) => text.startsWith(urn));
  return found === undefined ? text : found[1] + text.slice(found[0].length);
}

function startsLikeNumber(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
}

/**
 * Without leading and trailing zeros. Digits beyond a double's are lost, and what is very small stands with an exponent
 * (5e-05), as the golden hashes have it.
 */
function canonicalNumber(text: string): string {
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) return text;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  if (Number.isInteger(number)) return Math.abs(number) < 1e15 ? String(number + 0) : BigInt(number).toString();
  if (Math.abs(number) >= 1e-4) return String(number);
  return number.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function ownValue(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
