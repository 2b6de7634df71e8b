// POST /epcis/query: a query in the body, as an EPCISQueryDocument of XML or as the JSON of a definition.
import { type Context, Hono } from 'hono';
import type { Caller } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import {
  checkVersions,
  discovery,
  documentBody,
  epcisProblem,
  jsonBody,
  refuseLarge,
  sayVersions,
} from '../epcis/binding.ts';
import { xmlQueryDocument } from '../epcis/xml-output.ts';
import { isObject } from '../event/json-value.ts';
import { answerEvents, formOf, sayNext } from '../query/answer.ts';
import { type EventQuery, readQueryDefinition } from '../query/query.ts';
import {
  exceptionDocument,
  listResult,
  type QueryRequest,
  readQueryRequest,
  textResult,
} from '../query/query-document.ts';
import { listParameters, pageAsked, pageToken } from '../query/query-page.ts';
import { tooComplex } from '../query/query-scope-store.ts';
import { findEvents } from '../query/query-store.ts';
import { queryOfDefinition, standardQuery } from './named-query.ts';
import { namedQuery, queriesOf } from './named-query-store.ts';
import { subscriptionsOfQuery } from './subscription-store.ts';

/** A Poll has no pages: an answer that is larger is refused as a whole. */
const mostPolled = 1_000;
const mostNames = 1_000;
const xml = 'application/xml; charset=utf-8';

export function epcisQueryDocumentRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.options('/epcis/query', (c) => discovery(c, 'OPTIONS, POST'));
  app.post('/epcis/query', (c) => {
    checkVersions(c);
    return /json/i.test(c.req.header('content-type') ?? '') ? askByJson(c, deps) : askByXml(c, deps);
  });
  return app;
}

/** The body is the definition; pages are asked for as everywhere, with the same body. */
async function askByJson(c: Context<Env>, { db, clock }: Deps): Promise<Response> {
  const form = formOf(c, ['json', 'xml']);
  const now = clock();
  const body = await jsonBody(c);
  if (!isObject(body)) {
    const detail = 'The body is an object of parameters, such as {"EQ_bizStep": ["shipping"]}.';
    throw epcisProblem('invalid_input', { faults: [{ place: '', code: 'wrong_type', detail }] });
  }
  const parameters = listParameters(c.req.queries());
  const page = pageAsked(parameters, now);
  const { faults } = parameters;
  if (faults.length > 0) throw new Problem('invalid_input', { type: 'epcisException:QueryParameterException', faults });
  const { events, next } = findEvents(db, signedInCaller(c), { ...readQueryDefinition(body, ''), ...page });
  if (next !== undefined) sayNext(c, pageToken(next, now), page.perPage, now);
  return answerEvents(c, events, form, { creationDateMs: now, queryName: standardQuery });
}

async function askByXml(c: Context<Env>, deps: Deps): Promise<Response> {
  const { bytes } = await documentBody(c);
  const now = deps.clock();
  try {
    refuseLarge(bytes);
    const request = readQueryRequest(bytes.toString('utf8'));
    sayVersions(c);
    return c.body(answerOf(c, deps, request, now), 200, { 'content-type': xml });
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code === 'not_implemented') throw problem;
    sayVersions(c);
    return c.body(exceptionDocument(problem, now), problem.status as 400, { 'content-type': xml });
  }
}

function answerOf(c: Context<Env>, { db }: Deps, request: QueryRequest, now: number): string {
  const caller = signedInCaller(c);
  switch (request.ask) {
    case 'GetStandardVersion':
      return textResult('GetStandardVersionResult', '2.0', now);
    case 'GetVendorVersion':
      return textResult('GetVendorVersionResult', '1', now);
    case 'GetQueryNames':
      return listResult('GetQueryNamesResult', namesOf(db, caller), now);
    case 'GetSubscriptionIDs': {
      const query = namedQuery(db, caller, request.queryName);
      const found = query === undefined ? [] : subscriptionsOfQuery(db, query.id, mostNames);
      return listResult(
        'GetSubscriptionIDsResult',
        found.map(({ publicId }) => publicId),
        now,
      );
    }
    case 'Poll': {
      const { events, next } = findEvents(db, caller, { ...pollQuery(c, { db }, request), perPage: mostPolled });
      if (next !== undefined && events.length === mostPolled)
        throw tooComplex(`An answer of more than ${mostPolled} events`, 'epcisException:QueryTooLargeException');
      if (next !== undefined) throw tooComplex('An answer that takes so long to find');
      return xmlQueryDocument(events, { creationDateMs: now, queryName: request.queryName });
    }
  }
}

function namesOf(db: Deps['db'], caller: Caller): string[] {
  return [...new Set([standardQuery, ...queriesOf(db, caller, mostNames).map(({ name }) => name)])];
}

/** The standard's query by its parameters, or one of the caller's own, which has its parameters already. */
function pollQuery(
  c: Context<Env>,
  { db }: Pick<Deps, 'db'>,
  request: Extract<QueryRequest, { ask: 'Poll' }>,
): EventQuery {
  if (request.queryName === standardQuery) return readQueryDefinition(request.parameters, request.place);
  const own = namedQuery(db, signedInCaller(c), request.queryName);
  if (own === undefined) throw epcisProblem('not_found', { type: 'epcisException:NoSuchNameException' });
  if (Object.keys(request.parameters).length > 0) {
    const detail = 'A query under a name has its parameters already.';
    const faults = [{ place: request.place, code: 'unknown_parameter', detail }];
    throw new Problem('invalid_input', { type: 'epcisException:QueryParameterException', faults });
  }
  return queryOfDefinition(own.definition);
}
