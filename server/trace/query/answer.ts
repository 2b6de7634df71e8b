// Answers of the EPCIS query side: events as JSON-LD or XML, lists, the link to the next page, the standard's headers.
import type { Context } from 'hono';
import type { Env } from '../../deps.ts';
import { type AnswerFormat, formatAsked } from '../epcis/accept.ts';
import { checkAnswerVersions, checkVersions, epcisProblem, sayVersions } from '../epcis/binding.ts';
import { jsonQueryDocument, type QueryOutput } from '../epcis/json-output.ts';
import {
  type CbvFormat,
  cbvFormats,
  type EpcFormat,
  epcFormats,
  withDigitalLinks,
  withWebNames,
} from '../epcis/spelling.ts';
import { xmlQueryDocument } from '../epcis/xml-output.ts';
import type { JsonObject } from '../event/event.ts';
import type { Prefixes } from './query-field.ts';
import { tokenLifeMs } from './query-page.ts';

export const standardContext = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** The form of an answer, as its asker wants it. */
export type AnswerForm = { readonly format: AnswerFormat; readonly epcs: EpcFormat; readonly names: CbvFormat };

/** Refuses versions, formats and spellings that are not offered. */
export function formOf(c: Context<Env>, offered: readonly AnswerFormat[]): AnswerForm {
  checkVersions(c);
  checkAnswerVersions(c);
  c.header('vary', 'Accept, GS1-EPC-Format, GS1-CBV-XML-Format', { append: true });
  const epcs = headerOf(c, 'GS1-EPC-Format', epcFormats);
  const names = headerOf(c, 'GS1-CBV-XML-Format', cbvFormats);
  const format = formatAsked(c.req.header('accept'), offered);
  if (format !== undefined) return { format, epcs, names };
  const detail = `Ask for application/ld+json or application/json${offered.includes('xml') ? ', application/xml or text/xml' : ''}.`;
  throw epcisProblem('not_acceptable', { detail });
}

export function headerOf<T extends string>(c: Context<Env>, name: string, words: readonly T[]): T {
  const asked = c.req.header(name)?.trim() ?? 'No_Preference';
  const found = words.find((word) => word === asked);
  if (found !== undefined) return found;
  throw epcisProblem('not_acceptable', { detail: `${name} is one of ${words.join(', ')} here.` });
}

/** Prefixes of the asker's own, as GS1-Extensions declares them: `ex=http://ns.example.com/epcis/, …`. */
export function prefixesAsked(c: Context<Env>): Prefixes {
  const pairs = (c.req.header('GS1-Extensions') ?? '').slice(0, 4_096).split(',');
  return Object.fromEntries(
    pairs.flatMap((pair) => {
      const [, prefix, namespace] = /^\s*([A-Za-z][\w.-]*)\s*=\s*(\S+)\s*$/.exec(pair) ?? [];
      return prefix === undefined || namespace === undefined ? [] : [[prefix, namespace]];
    }),
  );
}

export function answerEvents(
  c: Context<Env>,
  events: readonly JsonObject[],
  form: AnswerForm,
  output: QueryOutput,
): Response {
  sayVersions(c);
  const { body, type } = writtenEvents(events, form, output);
  return c.body(body, 200, { 'content-type': type });
}

/** A query document as text, with its media type. */
export function writtenEvents(
  events: readonly JsonObject[],
  { format, epcs, names }: AnswerForm,
  output: QueryOutput,
): { body: string; type: string } {
  const spelled = epcs === 'Always_GS1_Digital_Link' ? events.map(withDigitalLinks) : events;
  if (format === 'json')
    return { body: JSON.stringify(jsonQueryDocument(spelled, output)), type: 'application/ld+json' };
  const named = names === 'Always_Web_URI' ? spelled.map(withWebNames) : spelled;
  return { body: xmlQueryDocument(named, output), type: 'application/xml; charset=utf-8' };
}

/** `truncated`: not everything was looked at. */
export function answerCollection(
  c: Context<Env>,
  member: readonly string[],
  extent: 'whole' | 'truncated' = 'whole',
): Response {
  sayVersions(c);
  const body = {
    '@context': standardContext,
    type: 'Collection',
    member,
    ...(extent === 'truncated' ? { truncated: true } : {}),
  };
  return c.body(JSON.stringify(body), 200, { 'content-type': 'application/ld+json' });
}

export function sayNext(c: Context<Env>, token: string, perPage: number, now: number): void {
  const parameters = new URLSearchParams({ ...c.req.query(), perPage: String(perPage), nextPageToken: token });
  c.header('Link', `<${new URL(c.req.url).pathname}?${parameters}>; rel="next"`);
  c.header('GS1-Next-Page-Token-Expires', new Date(now + tokenLifeMs).toISOString());
}
