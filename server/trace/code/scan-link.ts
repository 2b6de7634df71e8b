// The link in whatever was pasted or scanned, and its elements in any order: what the strict reader refuses but people print.
import { oldNames } from './digital-link.ts';
import { applicationIdentifier, primaryKeys } from './gs1-ai.ts';
import type { Element } from './gs1-element-string.ts';

const keyNames = [...primaryKeys.keys(), ...Object.keys(oldNames)].join('|');
const keyPath = `/(?:[^\\s/?#]+/)*(?:${keyNames})/\\d[^\\s]*`;
const host = '(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,24}(?::\\d{1,5})?';

const wholeLink = /^https?:\/\/\S+$/iu;
const keyLinkInText = new RegExp(`https?://[^\\s/?#]+${keyPath}`, 'iu');
const linkInText = /https?:\/\/[!-~]+/iu;
const hostedLink = new RegExp(`(?<![\\w.@/-])${host}${keyPath}`, 'iu');
const barePath = new RegExp(`^(?://${host})?${keyPath}$`, 'iu');

/** The link a text is, or holds: with its scheme and host in lower case; undefined where there is none. */
export function linkIn(text: string): string | undefined {
  const inner = keyLinkInText.test(text) ? undefined : packedLink(text);
  if (inner !== undefined) return linkIn(inner);
  if (wholeLink.test(text)) return tidied(text);
  const found = keyLinkInText.exec(text)?.[0] ?? linkInText.exec(text)?.[0];
  if (found !== undefined) return tidied(found === text ? found : upToSentence(found));
  const hosted = hostedLink.exec(text)?.[0];
  if (hosted !== undefined) return tidied(`https://${hosted === text ? hosted : upToSentence(hosted)}`);
  if (!barePath.test(text)) return undefined;
  return tidied(text.startsWith('//') ? `https:${text}` : `https://id.gs1.org${text}`);
}

/** The link that another one leads on to, as messengers and short-link services pack it into a query. */
function packedLink(text: string): string | undefined {
  const packed = /https?%3A%2F%2F[^&#\s"'<>]+/iu.exec(text)?.[0];
  const link = packed === undefined ? undefined : decoded(packed);
  return link !== undefined && keyLinkInText.test(link) ? link : undefined;
}

/** A message goes on after the link: with its own punctuation, quotes and brackets, or in another script. */
function upToSentence(link: string): string {
  return (/^[!-~]+/u.exec(link)?.[0] ?? link).replace(/["'<>`]+.*$/u, '').replace(/[.,;:!?)\]}]+$/u, '');
}

function tidied(link: string): string {
  return link
    .replace(/[，。；！？、）】》」』”’]+$/u, '')
    .replace(/^(https?):\/\/([^/?#]*)/iu, (_, scheme: string, place: string) => `${scheme}://${place}`.toLowerCase());
}

/**
 * The identifiers of path and query in whatever order, `lot` before `serial` or after it; undefined where none of them is a
 * key. Values are decoded as UTF-8 and not judged.
 */
export function elementsOfLink(link: string): Element[] | undefined {
  const [, path = '', query = ''] = /^https?:\/\/[^/?#]*([^?#]*)\??([^#]*)/u.exec(link) ?? [];
  const segments = path.replace(/\/+$/u, '').split('/');
  const start = segments.findIndex((segment, at) => isKey(segment) && /^\d/u.test(segments[at + 1] ?? ''));
  if (start < 0) return undefined;
  const pairs: [string, string][] = [];
  for (let at = start; at + 1 < segments.length; at += 2) pairs.push([segments[at] ?? '', segments[at + 1] ?? '']);
  for (const part of query.split(/[&;]/u)) {
    const equals = part.indexOf('=');
    if (equals > 0) pairs.push([part.slice(0, equals), part.slice(equals + 1).replaceAll('+', ' ')]);
  }
  return pairs.flatMap(([name, encoded]): Element[] => {
    const ai = aiOf(name);
    const value = decoded(encoded);
    if (applicationIdentifier(ai) === undefined || value === undefined || value === '') return [];
    return [{ ai, value: ai === '01' && /^(?:\d{8}|\d{12,13})$/u.test(value) ? value.padStart(14, '0') : value }];
  });
}

function isKey(segment: string): boolean {
  return primaryKeys.has(aiOf(segment));
}

function aiOf(name: string): string {
  const old = Object.keys(oldNames).find((known) => known.toLowerCase() === name.toLowerCase());
  return old === undefined ? name : (oldNames[old] ?? name);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
