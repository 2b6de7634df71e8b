// One name for one thing: every spelling of a GS1 key as its canonical Digital Link, at its finest level
// (CBV 2.0 §8.9.2 rules 17 and 18). Check digits are not judged here: what a partner sent keeps its name.

import { encodeValue, oldNames } from './digital-link.ts';
import { keyOfUrn } from './epc-urn.ts';
import type { Element } from './gs1-element-string.ts';

/** The key and, where there is one, its finest qualifier. */
export type Gs1Key = { readonly key: Element; readonly qualifier: Element | undefined };

/** What a value of each key looks like, and its qualifiers from the finest to the coarsest. */
const keys: Readonly<Record<string, { readonly value: RegExp; readonly qualifiers: readonly string[] }>> = {
  '00': { value: /^\d{18}$/, qualifiers: [] },
  '01': { value: /^(\d{8}|\d{12,14})$/, qualifiers: ['21', '235', '10'] },
  '253': { value: /^\d{13}.{0,17}$/, qualifiers: [] },
  '255': { value: /^\d{13}\d{0,12}$/, qualifiers: [] },
  '401': { value: /^\d{4}.{1,26}$/, qualifiers: [] },
  '402': { value: /^\d{17}$/, qualifiers: [] },
  '414': { value: /^\d{13}$/, qualifiers: ['254'] },
  '417': { value: /^\d{13}$/, qualifiers: [] },
  '8003': { value: /^\d{14}.{0,16}$/, qualifiers: [] },
  '8004': { value: /^\d{4}.{1,26}$/, qualifiers: [] },
  '8006': { value: /^\d{18}$/, qualifiers: ['21', '10'] },
  '8010': { value: /^\d{4}[#\-/0-9A-Z]{1,26}$/, qualifiers: ['8011'] },
  '8017': { value: /^\d{18}$/, qualifiers: [] },
  '8018': { value: /^\d{18}$/, qualifiers: [] },
};

/** Any qualifier a link may carry in its path; those not in `keys` are dropped. */
const qualifierNames = new Set(['22', '10', '21', '235', '254', '8011', '8019', '7040']);

/** The key that a URN or Digital Link of any host names, or undefined for every other text. */
export function gs1Key(text: string): Gs1Key | undefined {
  return remembered(text).key;
}

/** The canonical URI of whatever key the text names, or undefined. */
export function canonicalUri(text: string): string | undefined {
  return remembered(text).uri;
}

type Reading = { readonly key: Gs1Key | undefined; readonly uri: string | undefined };

/**
 * Texts read lately. The places and parties of a sender stand in every one of his events, and each text is asked for
 * twice: when the event is read and when it is hashed. Two generations of this size are kept.
 */
const generation = 4_096;
let [recent, older]: [Map<string, Reading>, Map<string, Reading>] = [new Map(), new Map()];

function remembered(text: string): Reading {
  const known = recent.get(text) ?? older.get(text);
  if (known !== undefined) return known;
  const key = readKey(text);
  const reading = { key, uri: key === undefined ? undefined : keyUri(key) };
  if (recent.size >= generation) [recent, older] = [new Map(), recent];
  if (text.length <= longestRemembered) recent.set(text, reading);
  return reading;
}

const longestRemembered = 256;

function readKey(text: string): Gs1Key | undefined {
  if (text.startsWith('urn:epc:')) {
    const found = keyOfUrn(text);
    return found === undefined ? undefined : { key: found[0], qualifier: found[1] };
  }
  return text.startsWith('http') ? keyOfLink(text) : undefined;
}

/** The canonical URI of a key: `https://id.gs1.org/01/…/21/…`. */
export function keyUri({ key, qualifier }: Gs1Key): string {
  const base = `https://id.gs1.org/${key.ai}/${encodeValue(key.value)}`;
  return qualifier === undefined ? base : `${base}/${qualifier.ai}/${encodeValue(qualifier.value)}`;
}

function keyOfLink(uri: string): Gs1Key | undefined {
  const pathStart = uri.indexOf('/', uri.startsWith('https://') ? 8 : 7);
  if (pathStart < 0 || !/^https?:\/\//.test(uri)) return undefined;
  const segments = pathOf(uri, pathStart).split('/');
  for (let at = segments.length - 2; at >= 1; at -= 2) {
    const ai = nameOf(segments[at]);
    if (Object.hasOwn(keys, ai)) return keyFrom(segments, at, ai);
    if (!qualifierNames.has(ai)) return undefined;
  }
  return undefined;
}

function pathOf(uri: string, start: number): string {
  const query = uri.indexOf('?', start);
  const fragment = uri.indexOf('#', start);
  const end = Math.min(query < 0 ? uri.length : query, fragment < 0 ? uri.length : fragment);
  return uri.charAt(end - 1) === '/' ? uri.slice(start, end - 1) : uri.slice(start, end);
}

function keyFrom(segments: readonly string[], at: number, ai: string): Gs1Key | undefined {
  const rule = keys[ai];
  const raw = decoded(segments[at + 1] ?? '');
  if (rule === undefined || raw === undefined || !rule.value.test(raw)) return undefined;
  const key = { ai, value: ai === '01' ? raw.padStart(14, '0') : raw };
  for (const name of rule.qualifiers) {
    for (let i = at + 2; i < segments.length; i += 2) {
      if (nameOf(segments[i]) !== name) continue;
      const value = decoded(segments[i + 1] ?? '');
      return value === undefined || value === '' ? undefined : { key, qualifier: { ai: name, value } };
    }
  }
  return { key, qualifier: undefined };
}

function nameOf(segment: string | undefined): string {
  const name = segment ?? '';
  return Object.hasOwn(oldNames, name) ? (oldNames[name] ?? name) : name;
}

function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  return /%(?![2-7][0-9A-Fa-f])/.test(text) ? undefined : decodeURIComponent(text);
}
