// EPCIS 2.0 queries over HTTP: events by parameters, page by page, and one event by its id; JSON-LD or XML.
import { type Context, Hono } from 'hono';
import { signedInCaller } from '../accounts/guard.ts';
import type { Deps, Env } from '../deps.ts';
import { checkVersions, discovery, epcisProblem, sayVersions } from './epcis-binding.ts';
import { jsonQueryDocument } from './epcis-json-output.ts';
import { pageToken, readEventQuery } from './epcis-query.ts';
import { eventsNamed, type FoundEvent, findEvents } from './epcis-query-store.ts';
import { xmlQueryDocument } from './epcis-xml-output.ts';

const queryName = 'SimpleEventQuery';

export function epcisQueryRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.options('/epcis/events', (c) => discovery(c, 'OPTIONS, GET, HEAD, POST'));
  app.options('/epcis/events/:id', (c) => discovery(c, 'OPTIONS, GET, HEAD'));
  app.get('/epcis/events', (c) => listEvents(c, deps));
  app.get('/epcis/events/:id', (c) => {
    checkVersions(c);
    const found = eventsNamed(deps.db, signedInCaller(c), c.req.param('id').slice(0, 2_048));
    if (found.length === 0) throw epcisProblem('not_found');
    return answer(c, deps, found);
  });
  return app;
}

function listEvents(c: Context<Env>, deps: Deps): Response {
  checkVersions(c);
  const query = readEventQuery(c.req.query());
  const found = findEvents(deps.db, signedInCaller(c), query);
  const shown = found.slice(0, query.perPage);
  const last = shown.at(-1);
  if (found.length > shown.length && last !== undefined) {
    const parameters = new URLSearchParams({
      ...c.req.query(),
      perPage: String(query.perPage),
      nextPageToken: pageToken(last.key, last.id),
    });
    c.header('Link', `</epcis/events?${parameters}>; rel="next"`);
  }
  return answer(c, deps, shown);
}

function answer(c: Context<Env>, { clock }: Deps, found: readonly FoundEvent[]): Response {
  const output = { creationDateMs: clock(), queryName };
  const events = found.map(({ json }) => json);
  sayVersions(c);
  c.header('vary', 'Accept', { append: true });
  if (wantsXml(c.req.header('accept') ?? ''))
    return c.body(xmlQueryDocument(events, output), 200, { 'content-type': 'application/xml; charset=utf-8' });
  return c.body(JSON.stringify(jsonQueryDocument(events, output)), 200, { 'content-type': 'application/ld+json' });
}

/** JSON unless XML is asked for and JSON is not; a browser asks for everything. */
function wantsXml(accept: string): boolean {
  return /(application|text)\/xml/.test(accept) && !/json|text\/html/.test(accept);
}
