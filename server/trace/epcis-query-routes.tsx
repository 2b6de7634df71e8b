// EPCIS 2.0 queries over HTTP: events by parameters, page by page, one event by its id, and what events name.
import { type Context, Hono } from 'hono';
import { signedInCaller } from '../accounts/guard.ts';
import type { Deps, Env } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { type AnswerFormat, formatAsked } from './epcis-accept.ts';
import { checkVersions, discovery, epcisProblem } from './epcis-binding.ts';
import { jsonQueryDocument } from './epcis-json-output.ts';
import { mostPerPage, pageToken, readEventQuery } from './epcis-query.ts';
import { eventsNamed, findEvents } from './epcis-query-store.ts';
import { Parameters } from './epcis-query-value.ts';
import { epcsNamed, type ValueKind, type ValuePage, valueKinds, valuesNamed } from './epcis-query-values-store.ts';
import { xmlQueryDocument } from './epcis-xml-output.ts';
import type { JsonObject } from './event.ts';

const queryName = 'SimpleEventQuery';
const standardContext = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const longestName = 2_048;
const usualPerPage = 30;

/** Which parameter a value in the path of each resource stands for. */
const parameterOf: Readonly<Record<ValueKind | 'epcs', string>> = {
  eventTypes: 'eventType',
  bizSteps: 'EQ_bizStep',
  dispositions: 'EQ_disposition',
  bizLocations: 'EQ_bizLocation',
  readPoints: 'EQ_readPoint',
  epcs: 'MATCH_any',
};

export function epcisQueryRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.options('/epcis/events', (c) => discover(c, 'OPTIONS, GET, HEAD, POST'));
  app.options('/epcis/events/:id', (c) => discover(c));
  app.get('/epcis/events', (c) => listEvents(c, deps));
  app.get('/epcis/events/:id', (c) => oneEvent(c, deps));
  for (const kind of [...valueKinds, 'epcs'] as const) mountResource(app, deps, kind);
  for (const path of ['/epcis/queries', '/epcis/queries/:name', '/epcis/queries/:name/events']) {
    app.on(['GET', 'POST', 'DELETE'], path, notOffered);
  }
  return app;
}

function mountResource(app: Hono<Env>, deps: Deps, kind: ValueKind | 'epcs'): void {
  const top = `/epcis/${kind}`;
  for (const path of [top, `${top}/:value`, `${top}/:value/events`]) app.options(path, (c) => discover(c));
  app.get(top, (c) => listValues(c, deps, kind));
  app.get(`${top}/:value`, (c) => {
    asked(c, ['json']);
    const query = readEventQuery({ perPage: ['1'] }, fixedBy(c, kind));
    const { events, next } = findEvents(deps.db, signedInCaller(c), query);
    if (events.length === 0 && next === undefined) throw epcisProblem('not_found');
    return collection(c, { values: ['events'], next: undefined, truncated: false });
  });
  app.get(`${top}/:value/events`, (c) => listEvents(c, deps, fixedBy(c, kind)));
}

function fixedBy(c: Context<Env>, kind: ValueKind | 'epcs'): Record<string, string> {
  const value = c.req.param('value') ?? '';
  if (value.length > longestName) throw epcisProblem('not_found');
  return { [parameterOf[kind]]: value };
}

function listEvents(c: Context<Env>, deps: Deps, fixed: Record<string, string> = {}): Response {
  const format = asked(c, ['json', 'xml']);
  const query = readEventQuery(c.req.queries(), fixed);
  const { events, next } = findEvents(deps.db, signedInCaller(c), query);
  if (next !== undefined) sayNext(c, pageToken(next), query.perPage);
  return answer(c, deps, events, format);
}

function oneEvent(c: Context<Env>, deps: Deps): Response {
  const format = asked(c, ['json', 'xml']);
  const found = eventsNamed(deps.db, signedInCaller(c), (c.req.param('id') ?? '').slice(0, longestName));
  if (found.length === 0) throw epcisProblem('not_found');
  return answer(c, deps, found, format);
}

function listValues(c: Context<Env>, { db }: Deps, kind: ValueKind | 'epcs'): Response {
  asked(c, ['json']);
  const parameters = new Parameters(c.req.queries());
  for (const name of parameters.names()) {
    if (!['perPage', 'nextPageToken', 'lang'].includes(name))
      parameters.fault(name, 'unknown_parameter', `${name.slice(0, 60)} is no parameter of this list.`);
  }
  const perPage = parameters.whole('perPage', 1, mostPerPage) ?? usualPerPage;
  const token = Buffer.from(parameters.text('nextPageToken') ?? '', 'base64url').toString('utf8');
  if (kind === 'epcs' && !/^\d{0,15}$/.test(token))
    parameters.fault('nextPageToken', 'bad_value', 'This is no token of an earlier answer.');
  if (parameters.faults.length > 0)
    throw new Problem('invalid_input', { type: 'epcisException:QueryParameterException', faults: parameters.faults });
  const caller = signedInCaller(c);
  const page =
    kind === 'epcs' ? epcsNamed(db, caller, Number(token), perPage) : valuesNamed(db, caller, kind, token, perPage);
  if (page.next !== undefined) sayNext(c, Buffer.from(page.next).toString('base64url'), perPage);
  return collection(c, page);
}

function collection(c: Context<Env>, { values, truncated }: ValuePage): Response {
  sayVersions(c);
  const body = { '@context': standardContext, type: 'Collection', member: values, ...(truncated ? { truncated } : {}) };
  return c.body(JSON.stringify(body), 200, { 'content-type': 'application/ld+json' });
}

function sayNext(c: Context<Env>, token: string, perPage: number): void {
  const parameters = new URLSearchParams({ ...c.req.query(), perPage: String(perPage), nextPageToken: token });
  c.header('Link', `<${new URL(c.req.url).pathname}?${parameters}>; rel="next"`);
}

function answer(c: Context<Env>, { clock }: Deps, events: readonly JsonObject[], format: AnswerFormat): Response {
  const output = { creationDateMs: clock(), queryName };
  sayVersions(c);
  if (format === 'xml')
    return c.body(xmlQueryDocument(events, output), 200, { 'content-type': 'application/xml; charset=utf-8' });
  return c.body(JSON.stringify(jsonQueryDocument(events, output)), 200, { 'content-type': 'application/ld+json' });
}

/** The format of the answer. Refuses versions, formats and spellings of identifiers that are not offered. */
function asked(c: Context<Env>, offered: readonly AnswerFormat[]): AnswerFormat {
  checkVersions(c);
  c.header('vary', 'Accept', { append: true });
  const spelling = c.req.header('GS1-EPC-Format') ?? 'No_Preference';
  if (!['No_Preference', 'Never_Translates'].includes(spelling)) {
    const detail = 'Identifiers are given as they came: GS1-EPC-Format is No_Preference or Never_Translates.';
    throw epcisProblem('not_acceptable', { detail });
  }
  const format = formatAsked(c.req.header('accept'), offered);
  if (format !== undefined) return format;
  const detail = `Ask for application/ld+json or application/json${offered.includes('xml') ? ', application/xml or text/xml' : ''}.`;
  throw epcisProblem('not_acceptable', { detail });
}

function discover(c: Context<Env>, allow = 'OPTIONS, GET, HEAD'): Response {
  sayVersions(c);
  return discovery(c, allow);
}

function sayVersions(c: Context<Env>): void {
  c.header('GS1-EPCIS-Version', '2.0.0');
  c.header('GS1-CBV-Version', '2.0.0');
}

function notOffered(): never {
  const detail = 'Queries are not kept under names; ask /epcis/events with the same parameters.';
  throw epcisProblem('not_implemented', { detail });
}
