// Queries under names over HTTP (EPCIS 2.0 §12): kept, listed, asked page by page, removed.
import { type Context, Hono } from 'hono';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { checkVersions, discovery, epcisProblem, jsonBody, sayVersions } from '../epcis/binding.ts';
import { answerEvents, formOf, sayNext } from '../query/answer.ts';
import {
  listParameters,
  listPosition,
  listToken,
  mostPerPage,
  pageAsked,
  pageToken,
  usualPerPage,
} from '../query/query-page.ts';
import { findEvents } from '../query/query-store.ts';
import type { Parameters } from '../query/query-value.ts';
import { keepNamedQuery, removeNamedQuery } from './keep-named-query.ts';
import { queryOfDefinition, readNamedQuery, standardQuery } from './named-query.ts';
import { type NamedQuery, namedQuery, queriesOf } from './named-query-store.ts';

export function epcisNamedQueryRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.options('/epcis/queries', (c) => discovery(c, 'OPTIONS, GET, HEAD, POST'));
  app.get('/epcis/queries', (c) => listQueries(c, deps));
  app.post('/epcis/queries', (c) => keepQuery(c, deps));
  app.options('/epcis/queries/:name', (c) => discovery(c, 'OPTIONS, GET, HEAD, DELETE'));
  app.get('/epcis/queries/:name', (c) => {
    formOf(c, ['json']);
    sayVersions(c);
    return c.json(queryJson(queryAsked(c, deps)));
  });
  app.on('DELETE', '/epcis/queries/:name', (c) => {
    removeNamedQuery(deps, signedInCaller(c), queryAsked(c, deps));
    sayVersions(c);
    return c.body(null, 204);
  });
  app.options('/epcis/queries/:name/events', (c) => discovery(c, 'OPTIONS, GET, HEAD'));
  app.get('/epcis/queries/:name/events', (c) => listEvents(c, deps));
  return app;
}

/** The query the path names. Throws Problem not_found for an unknown one and for another's. */
export function queryAsked(c: Context<Env>, { db }: Pick<Deps, 'db'>): NamedQuery {
  const found = namedQuery(db, signedInCaller(c), c.req.param('name') ?? '');
  if (found === undefined) throw epcisProblem('not_found', { type: 'epcisException:NoSuchNameException' });
  return found;
}

async function keepQuery(c: Context<Env>, deps: Deps): Promise<Response> {
  checkVersions(c);
  const named = readNamedQuery(await jsonBody(c));
  keepNamedQuery(deps, signedInCaller(c), named);
  sayVersions(c);
  c.header('Location', `/epcis/queries/${encodeURIComponent(named.name)}`);
  return c.json({ name: named.name, query: named.definition }, 201);
}

function listQueries(c: Context<Env>, { db, clock }: Deps): Response {
  formOf(c, ['json']);
  const now = clock();
  const parameters = listParameters(c.req.queries());
  const perPage = parameters.whole('perPage', 1, mostPerPage) ?? usualPerPage;
  const after = listPosition(parameters, now);
  refuseFaults(parameters);
  const found = queriesOf(db, signedInCaller(c), perPage + 1, after);
  const shown = found.slice(0, perPage);
  const last = shown.at(-1);
  if (found.length > perPage && last !== undefined) sayNext(c, listToken(last.name, now), perPage, now);
  sayVersions(c);
  return c.json(shown.map(queryJson));
}

function listEvents(c: Context<Env>, { db, clock }: Deps): Response {
  refuseWebSocket(c);
  const form = formOf(c, ['json', 'xml']);
  const now = clock();
  const parameters = listParameters(c.req.queries());
  const page = pageAsked(parameters, now);
  refuseFaults(parameters);
  const isStandard = c.req.param('name') === standardQuery;
  const { name, definition } = isStandard ? { name: standardQuery, definition: '{}' } : queryAsked(c, { db });
  const query = queryOfDefinition(definition);
  const { events, next } = findEvents(db, signedInCaller(c), { ...query, ...page });
  if (next !== undefined) sayNext(c, pageToken(next, now), page.perPage, now);
  return answerEvents(c, events, form, { creationDateMs: now, queryName: name });
}

const socketParameters = [
  'stream',
  'second',
  'minute',
  'hour',
  'dayOfMonth',
  'month',
  'dayOfWeek',
  'reportIfEmpty',
  'initialRecordTime',
];

/** EPCIS 2.0 lets a server offer WebSockets here beside webhooks; this one has webhooks. */
function refuseWebSocket(c: Context<Env>): void {
  const wants = /websocket/i.test(c.req.header('upgrade') ?? '');
  if (!wants && !socketParameters.some((name) => c.req.query(name) !== undefined)) return;
  const detail = `No WebSocket is opened here. Subscribe by webhook: POST ${new URL(c.req.url).pathname.replace(/events$/, 'subscriptions')}.`;
  throw epcisProblem('not_implemented', { detail });
}

function refuseFaults({ faults }: Parameters): void {
  if (faults.length > 0) throw new Problem('invalid_input', { type: 'epcisException:QueryParameterException', faults });
}

function queryJson({ name, definition }: NamedQuery) {
  return { name, query: JSON.parse(definition) as unknown };
}
