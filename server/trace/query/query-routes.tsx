// EPCIS 2.0 queries over HTTP: events by parameters, page by page, one event by its id, and what events name.
import { type Context, Hono } from 'hono';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { discovery, epcisProblem } from '../epcis/binding.ts';
import { answerCollection, answerEvents, formOf, prefixesAsked, sayNext } from './answer.ts';
import { readEventQuery } from './query.ts';
import { listParameters, listPosition, listToken, mostPerPage, pageToken, usualPerPage } from './query-page.ts';
import { eventsNamed, findEvents } from './query-store.ts';
import { epcsNamed, type ValueKind, valueKinds, valuesNamed } from './query-values-store.ts';

const queryName = 'SimpleEventQuery';
const longestName = 2_048;

/** Which parameter a value in the path of each resource stands for. */
const parameterOf: Readonly<Record<ValueKind | 'epcs', string>> = {
  eventTypes: 'eventType',
  bizSteps: 'EQ_bizStep',
  dispositions: 'EQ_disposition',
  bizLocations: 'EQ_bizLocation',
  readPoints: 'EQ_readPoint',
  epcs: 'MATCH_any',
};

const resources = [...valueKinds, 'epcs'] as const;

export function epcisQueryRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.options('/epcis', (c) => discovery(c, 'OPTIONS, GET, HEAD'));
  app.get('/epcis', (c) => {
    formOf(c, ['json']);
    return answerCollection(c, ['events', ...resources, 'capture', 'queries']);
  });
  app.options('/epcis/events', (c) => discovery(c, 'OPTIONS, GET, HEAD, POST'));
  app.options('/epcis/events/:id', (c) => discovery(c, 'OPTIONS, GET, HEAD'));
  app.get('/epcis/events', (c) => listEvents(c, deps));
  app.get('/epcis/events/:id', (c) => oneEvent(c, deps));
  for (const kind of resources) mountResource(app, deps, kind);
  app.on('DELETE', '/epcis/nextPageToken/:token', () => {
    const detail = 'A token holds nothing here; it ends by itself at the time GS1-Next-Page-Token-Expires says.';
    throw epcisProblem('not_implemented', { detail });
  });
  return app;
}

function mountResource(app: Hono<Env>, deps: Deps, kind: ValueKind | 'epcs'): void {
  const top = `/epcis/${kind}`;
  for (const path of [top, `${top}/:value`, `${top}/:value/events`])
    app.options(path, (c) => discovery(c, 'OPTIONS, GET, HEAD'));
  app.get(top, (c) => listValues(c, deps, kind));
  app.get(`${top}/:value`, (c) => {
    formOf(c, ['json']);
    const query = readEventQuery({ perPage: ['1'] }, { now: deps.clock(), fixed: fixedBy(c, kind) });
    const { events, next } = findEvents(deps.db, signedInCaller(c), query);
    if (events.length === 0 && next === undefined) throw epcisProblem('not_found');
    return answerCollection(c, ['events']);
  });
  app.get(`${top}/:value/events`, (c) => listEvents(c, deps, fixedBy(c, kind)));
}

function fixedBy(c: Context<Env>, kind: ValueKind | 'epcs'): Record<string, string> {
  const value = c.req.param('value') ?? '';
  if (value.length > longestName) throw epcisProblem('not_found');
  return { [parameterOf[kind]]: value };
}

function listEvents(c: Context<Env>, { db, clock }: Deps, fixed: Record<string, string> = {}): Response {
  const form = formOf(c, ['json', 'xml']);
  const now = clock();
  const query = readEventQuery(c.req.queries(), { now, fixed, prefixes: prefixesAsked(c) });
  const { events, next } = findEvents(db, signedInCaller(c), query);
  if (next !== undefined) sayNext(c, pageToken(next, now), query.perPage, now);
  return answerEvents(c, events, form, { creationDateMs: now, queryName });
}

function oneEvent(c: Context<Env>, { db, clock }: Deps): Response {
  const form = formOf(c, ['json', 'xml']);
  const found = eventsNamed(db, signedInCaller(c), (c.req.param('id') ?? '').slice(0, longestName));
  if (found.length === 0) throw epcisProblem('not_found');
  return answerEvents(c, found, form, { creationDateMs: clock(), queryName });
}

function listValues(c: Context<Env>, { db, clock }: Deps, kind: ValueKind | 'epcs'): Response {
  formOf(c, ['json']);
  const now = clock();
  const parameters = listParameters(c.req.queries());
  const perPage = parameters.whole('perPage', 1, mostPerPage) ?? usualPerPage;
  const after = listPosition(parameters, now, kind === 'epcs' ? /^\d{1,15}$/ : /^/);
  if (parameters.faults.length > 0)
    throw new Problem('invalid_input', { type: 'epcisException:QueryParameterException', faults: parameters.faults });
  const caller = signedInCaller(c);
  const page =
    kind === 'epcs' ? epcsNamed(db, caller, Number(after), perPage) : valuesNamed(db, caller, kind, after, perPage);
  if (page.next !== undefined) sayNext(c, listToken(page.next, now), perPage, now);
  return answerCollection(c, page.values, page.truncated ? 'truncated' : 'whole');
}
