// Pieces of XML text: escaping, names, attributes, and extensions of any depth.

import { standardPrefixes } from '../event/cbv.ts';
import type { JsonObject, JsonValue } from '../event/event.ts';
import { isObject } from '../event/json-value.ts';

/** Prefixes an event declares, and those its XML came to use. */
export type XmlPrefixes = {
  readonly declared: Readonly<Record<string, string>>;
  readonly used: Map<string, string>;
};

export function escapeText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"\r]/g, (found) => escapes[found] ?? found);
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** An element with text; nothing where there is none. */
export function element(name: string, value: JsonValue | undefined): string {
  if (value === undefined || value === null || typeof value === 'object') return '';
  return `<${name}>${escapeText(String(value))}</${name}>`;
}

export function attributesText(attributes: Readonly<Record<string, JsonValue | undefined>>): string {
  return Object.entries(attributes)
    .map(([name, value]) =>
      value === undefined || value === null ? '' : ` ${name}="${escapeText(scalarText(value))}"`,
    )
    .join('');
}

/** `prefix:name` with its prefix counted as used; what XML does not allow in names stands as `_x0020_`. */
export function qualifiedName(key: string, prefixes: XmlPrefixes): string {
  const colon = key.indexOf(':');
  if (colon <= 0) return nameText(key);
  const prefix = nameText(key.slice(0, colon));
  const safe = /^xml/i.test(prefix) ? `_${prefix}` : prefix;
  const given = key.slice(0, colon);
  const namespace = ownValue(prefixes.declared, given) ?? ownValue(standardPrefixes, given);
  prefixes.used.set(safe, namespace === undefined || namespace === '' ? `urn:undeclared:${given}` : namespace);
  return `${safe}:${nameText(key.slice(colon + 1))}`;
}

/** Every key of an object that is not in `except` as an element: lists repeat it, objects nest. */
export function extensionElements(object: JsonObject, except: ReadonlySet<string>, prefixes: XmlPrefixes): string {
  return Object.entries(object)
    .filter(([key]) => !except.has(key) && !key.startsWith('@') && key !== '#text')
    .map(([key, value]) => extension(key, value, prefixes))
    .join('');
}

/** The same as attributes, for elements that may have no children. */
export function extensionAttributes(object: JsonObject, except: ReadonlySet<string>, prefixes: XmlPrefixes): string {
  const entries = Object.entries(object).filter(
    ([key]) => !except.has(key) && !key.startsWith('@') && key.includes(':'),
  );
  return attributesText(Object.fromEntries(entries.map(([key, value]) => [qualifiedName(key, prefixes), value])));
}

function extension(key: string, value: JsonValue, prefixes: XmlPrefixes): string {
  if (Array.isArray(value)) return value.map((one) => extension(key, one, prefixes)).join('');
  const name = qualifiedName(key, prefixes);
  if (!isObject(value)) return value === null ? `<${name}/>` : `<${name}>${escapeText(String(value))}</${name}>`;
  // Without prefix and plain: an attribute of the element it came from.
  const plain = Object.entries(value).filter(
    ([inner, one]) => !inner.includes(':') && !isStructure(one) && inner !== '#text',
  );
  const attributes = Object.fromEntries(plain.map(([inner, one]) => [nameText(inner), one]));
  const inside = extensionElements(value, new Set(plain.map(([inner]) => inner)), prefixes);
  const text = value['#text'];
  const own = inside === '' && text !== undefined && !isStructure(text) ? escapeText(String(text)) : '';
  return `<${name}${attributesText(attributes)}>${own}${inside}</${name}>`;
}

function isStructure(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null;
}

function nameText(name: string): string {
  const safe = name.replace(/[^\w.\-\u00b7-\ufffd]/g, hexName);
  return /^[A-Za-z_\u00c0-\ufffd]/.test(safe) ? safe : `_${safe}`;
}

function hexName(found: string): string {
  return `_x${found.charCodeAt(0).toString(16).padStart(4, '0')}_`;
}

function scalarText(value: JsonValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function ownValue(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
