// GS1 Digital Link URIs, read strictly: scheme, host, primary key, qualifiers in order, attributes (URI Syntax 1.3).

import { decompressSegment } from './digital-link-compressed.ts';
import {
  type ApplicationIdentifier,
  applicationIdentifier,
  mayBeAttribute,
  primaryKeys,
  valueFault,
} from './gs1-ai.ts';
import { type Element, elementString } from './gs1-element-string.ts';

type DigitalLinkFault =
  | 'too_long'
  | 'not_a_uri'
  | 'scheme'
  | 'host'
  | 'no_primary_key'
  | 'qualifier'
  | 'qualifier_order'
  | 'unknown_ai'
  | 'not_an_attribute'
  | 'repeated_ai'
  | 'percent_encoding'
  | 'empty_value'
  | 'bad_value';

export type DigitalLink = {
  readonly ok: true;
  /** Element string with `^` for FNC1. */
  readonly elements: string;
  readonly key: Element;
  readonly qualifiers: readonly Element[];
  readonly attributes: readonly Element[];
  /** Scheme, host and whatever path stands before the key. */
  readonly stem: string;
};

export type DigitalLinkReading =
  | DigitalLink
  | { readonly ok: false; readonly fault: DigitalLinkFault; readonly detail: string };

const longestUri = 8_192;

/** The names that stood for identifiers before release 1.2; still printed on packs. */
// biome-ignore format: pairs read better in rows
export const oldNames: Readonly<Record<string, string>> = {
  gtin: '01', itip: '8006', gmn: '8013', cpid: '8010', gln: '414', payTo: '415', party: '417', gsrnp: '8017', gsrn: '8018',
  gcn: '255', sscc: '00', gdti: '253', ginc: '401', gsin: '402', grai: '8003', giai: '8004', cpv: '22', lot: '10', ser: '21',
  tpx: '235', cpsn: '8011', glnx: '254', refno: '8020', srin: '8019',
};

export function parseDigitalLink(uri: string): DigitalLinkReading {
  const parts = splitUri(uri);
  if ('fault' in parts) return parts;
  const segments = parts.path.split('/');
  const at = keyPosition(segments);
  if (at === undefined) return readCompressed(parts, segments) ?? refused('no_primary_key', parts.path);
  const named = segments.slice(at);
  const read: Element[] = [];
  for (let i = 0; i < named.length; i += 2) {
    const element = readElement(aiOf(named[i] ?? ''), named[i + 1] ?? '', 'path');
    if ('fault' in element) return element;
    read.push(element);
  }
  const [key, ...qualifiers] = read;
  if (key === undefined) return refused('no_primary_key', parts.path);
  const sequence = qualifierFault(key.ai, qualifiers);
  if (sequence !== undefined) return sequence;
  const attributes = readAttributes(parts.query, key, qualifiers);
  if ('fault' in attributes) return attributes;
  const elements = [key, ...qualifiers, ...attributes.elements];
  const repeated = elements.find(({ ai }, position) => elements.findIndex((other) => other.ai === ai) !== position);
  if (repeated !== undefined) return refused('repeated_ai', repeated.ai);
  const stem = `${parts.origin}${segments.slice(0, at).join('/')}`;
  return { ok: true, elements: elementString(elements), key, qualifiers, attributes: attributes.elements, stem };
}

/** The last segment as a compressed string, after a key that stands plain where one does; undefined where it is none. */
function readCompressed(parts: UriParts, segments: readonly string[]): DigitalLinkReading | undefined {
  const held = decompressSegment(segments.at(-1) ?? '');
  if (held === undefined) return undefined;
  const [keyName = '', keyValue = ''] = segments.slice(-3, -1);
  const plain = primaryKeys.has(aiOf(keyName)) ? readElement(aiOf(keyName), keyValue, 'path') : undefined;
  if (plain !== undefined && 'fault' in plain) return plain;
  const key = plain ?? held.elements.find(({ ai }) => primaryKeys.has(ai));
  if (key === undefined) return undefined;
  const stem = segments.slice(0, plain === undefined ? -1 : -3).join('/');
  const link = digitalLinkPath([
    key,
    ...inPathOrder(
      key.ai,
      held.elements.filter((element) => element !== key),
    ),
  ]);
  const query = parts.query === '' ? '' : `${link.includes('?') ? '&' : '?'}${parts.query}`;
  return parseDigitalLink(`${parts.origin}${stem}${link}${query}`);
}

/** Compressed elements stand in any order; in a path the qualifiers have one. */
function inPathOrder(key: string, elements: readonly Element[]): Element[] {
  const order = primaryKeys.get(key)?.flat() ?? [];
  const place = ({ ai }: Element) => (order.includes(ai) ? order.indexOf(ai) : order.length);
  return [...elements].sort((a, b) => place(a) - place(b));
}

/** The path and query of a Digital Link, without host: `/01/09521…/10/AB?17=261122`. The caller gives checked elements. */
export function digitalLinkPath(elements: readonly Element[]): string {
  const [key, ...others] = elements;
  if (key === undefined) return '';
  const mayQualify = new Set(primaryKeys.get(key.ai)?.flat());
  const able = others.filter(({ ai }) => mayQualify.has(ai));
  // Beside a qualifier it may not stand with, a lot is an attribute.
  const qualifiers = fitsTogether(key.ai, able) ? able : able.filter(({ ai }) => !mayBeAttribute(ai));
  const attributes = others.filter((element) => !qualifiers.includes(element));
  const path = [key, ...qualifiers].map(({ ai, value }) => `/${ai}/${encodeValue(value)}`).join('');
  const query = attributes.map(({ ai, value }) => `${ai}=${encodeValue(value)}`).join('&');
  return query === '' ? path : `${path}?${query}`;
}

/**
 * A value as it stands in a canonical URI. Everything but letters, digits and `-._~'=;` is encoded: the same set that
 * converting EPC URNs leaves bare, so that a URN and a link of one thing become one text.
 */
export function encodeValue(value: string): string {
  if (/^[\w.\-~'=;]*$/.test(value)) return value;
  return encodeURIComponent(value).replace(/[!()*]|%3D|%3B/g, (found) => bareOrEncoded[found] ?? found);
}

const bareOrEncoded: Readonly<Record<string, string>> = {
  '!': '%21',
  '(': '%28',
  ')': '%29',
  '*': '%2A',
  '%3D': '=',
  '%3B': ';',
};

type UriParts = { readonly origin: string; readonly path: string; readonly query: string };
type Refusal = { readonly ok: false; readonly fault: DigitalLinkFault; readonly detail: string };

function splitUri(uri: string): UriParts | Refusal {
  if (uri.length > longestUri) return refused('too_long', String(uri.length));
  if (!/^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/.test(uri))
    return refused('not_a_uri', uri.replace(/[\w\-.~:/?#[\]@!$&'()*+,;=%]/g, '').slice(0, 8));
  const [, scheme, rest = ''] = /^(https?|HTTPS?):\/\/(.*)$/.exec(uri) ?? [];
  if (scheme === undefined) return refused('scheme', uri.slice(0, 8));
  const [, host = '', path = '', query = ''] = /^([^/?#]*)([^?#]*)\??([^#]*)/.exec(rest) ?? [];
  if (!/^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?$/.test(host)) return refused('host', host);
  return { origin: `${scheme}://${host}`, path, query };
}

/** Where the rightmost primary key stands, counting identifier and value in pairs from the end. */
function keyPosition(segments: readonly string[]): number | undefined {
  for (let i = segments.length - 2; i >= 1; i -= 2) {
    const ai = aiOf(segments[i] ?? '');
    if (primaryKeys.has(ai)) return i;
    if (applicationIdentifier(ai) === undefined) return undefined;
  }
  return undefined;
}

function aiOf(segment: string): string {
  return Object.hasOwn(oldNames, segment) ? (oldNames[segment] ?? segment) : segment;
}

function readElement(ai: string, encoded: string, where: 'path' | 'query'): Element | Refusal {
  const identifier = applicationIdentifier(ai);
  if (identifier === undefined) return refused('unknown_ai', ai);
  if (encoded === '') return refused('empty_value', ai);
  const decoded = decodeValue(encoded, where);
  if (decoded === undefined) return refused('percent_encoding', `${ai} ${encoded}`);
  const value = where === 'path' ? padded(identifier, decoded) : decoded;
  const rule = valueFault(identifier, value);
  return rule === undefined ? { ai, value } : refused('bad_value', `${ai} ${value} ${rule}`);
}

/** A GTIN-8, -12 or -13 in the key's place stands for itself filled up to 14 digits (§4.10). */
function padded(identifier: ApplicationIdentifier, value: string): string {
  return identifier.ai === '01' && /^(\d{8}|\d{12,13})$/.test(value) ? value.padStart(14, '0') : value;
}

function decodeValue(encoded: string, where: 'path' | 'query'): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(encoded)) return undefined;
  const spaced = where === 'query' ? encoded.replaceAll('+', ' ') : encoded;
  // Byte by byte: values are ASCII, and a byte above is refused by the character rules rather than thrown on.
  return spaced.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function qualifierFault(key: string, qualifiers: readonly Element[]): Refusal | undefined {
  const sequences = primaryKeys.get(key) ?? [];
  const stranger = qualifiers.find(({ ai }) => !sequences.some((sequence) => sequence.includes(ai)));
  if (stranger !== undefined) return refused('qualifier', stranger.ai);
  const fits = sequences.some((sequence) => {
    const places = qualifiers.map(({ ai }) => sequence.indexOf(ai));
    return places.every((place, index) => place > (places[index - 1] ?? -1));
  });
  return fits ? undefined : refused('qualifier_order', qualifiers.map(({ ai }) => ai).join(' '));
}

/** Whether one sequence of the key has all of them, in whatever order they come. */
function fitsTogether(key: string, qualifiers: readonly Element[]): boolean {
  const sequences = primaryKeys.get(key) ?? [];
  return sequences.some((sequence) => qualifiers.every(({ ai }) => sequence.includes(ai)));
}

/** Keys that are not all digits belong to the resolver, not to the standard (§4.9): passed over. */
function readAttributes(
  query: string,
  key: Element,
  path: readonly Element[],
): { readonly elements: readonly Element[] } | Refusal {
  const elements: Element[] = [];
  for (const pair of query.split(/[&;]/)) {
    const equals = pair.indexOf('=');
    const ai = pair.slice(0, Math.max(equals, 0));
    if (equals < 0 || !/^\d+$/.test(ai)) continue;
    const element = readElement(ai, pair.slice(equals + 1), 'query');
    if ('fault' in element) return element;
    // What could stand in the path has to; a lot beside /235/ could not, and is an attribute there (as GS1's own engine reads it).
    const qualifies = fitsTogether(key.ai, [...path, element]);
    if (!mayBeAttribute(ai) || qualifies) return refused('not_an_attribute', ai);
    elements.push(element);
  }
  return { elements };
}

function refused(fault: DigitalLinkFault, detail: string): Refusal {
  return { ok: false, fault, detail };
}
