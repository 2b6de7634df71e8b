// Subscriptions to queries over HTTP (EPCIS 2.0 §12): made, listed, looked at, removed.
import { type Context, Hono } from 'hono';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { checkVersions, discovery, epcisProblem, jsonBody, sayVersions } from '../epcis/binding.ts';
import { epcFormats } from '../epcis/spelling.ts';
import { formOf, headerOf, sayNext } from '../query/answer.ts';
import { listParameters, listPosition, listToken, mostPerPage, usualPerPage } from '../query/query-page.ts';
import { removeSubscription } from './change-subscription.ts';
import { keepStandardQuery } from './keep-named-query.ts';
import { standardQuery } from './named-query.ts';
import { queryAsked } from './named-query-routes.tsx';
import { askedSubscription, subscribeQuery } from './subscribe-query.ts';
import { type OwnedSubscription, subscriptionOf, subscriptionsOfQuery } from './subscription-store.ts';

export function epcisSubscriptionRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  const top = '/epcis/queries/:name/subscriptions';
  app.options(top, (c) => discovery(c, 'OPTIONS, GET, HEAD, POST'));
  app.get(top, (c) => listSubscriptions(c, deps));
  app.post(top, (c) => subscribe(c, deps));
  app.options(`${top}/:id`, (c) => discovery(c, 'OPTIONS, GET, HEAD, DELETE'));
  app.get(`${top}/:id`, (c) => {
    formOf(c, ['json']);
    sayVersions(c);
    return c.json(subscriptionJson(subscriptionAsked(c, deps)));
  });
  app.on('DELETE', `${top}/:id`, (c) => {
    removeSubscription(deps, signedInCaller(c), subscriptionAsked(c, deps));
    sayVersions(c);
    return c.body(null, 204);
  });
  return app;
}

async function subscribe(c: Context<Env>, deps: Deps): Promise<Response> {
  checkVersions(c);
  const isStandard = c.req.param('name') === standardQuery;
  const query = isStandard ? keepStandardQuery(deps, signedInCaller(c)) : queryAsked(c, deps);
  const epcFormat = headerOf(c, 'GS1-EPC-Format', epcFormats);
  const asked = await askedSubscription(deps, await jsonBody(c));
  const { subscription, token } = subscribeQuery(deps, signedInCaller(c), query, asked, epcFormat);
  sayVersions(c);
  c.header('cache-control', 'no-store');
  c.header('Location', `/epcis/queries/${encodeURIComponent(query.name)}/subscriptions/${subscription.publicId}`);
  return c.json({ ...subscriptionJson(subscription), ...(token === undefined ? {} : { signatureToken: token }) }, 201);
}

function subscriptionAsked(c: Context<Env>, deps: Deps): OwnedSubscription {
  const found = subscriptionOf(deps.db, queryAsked(c, deps).id, c.req.param('id') ?? '');
  if (found === undefined) throw epcisProblem('not_found', { type: 'epcisException:NoSuchSubscriptionException' });
  return found;
}

function listSubscriptions(c: Context<Env>, deps: Deps): Response {
  formOf(c, ['json']);
  const now = deps.clock();
  const query = queryAsked(c, deps);
  const parameters = listParameters(c.req.queries());
  const perPage = parameters.whole('perPage', 1, mostPerPage) ?? usualPerPage;
  const after = Number(listPosition(parameters, now, /^\d{1,15}$/));
  const { faults } = parameters;
  if (faults.length > 0) throw new Problem('invalid_input', { type: 'epcisException:QueryParameterException', faults });
  const found = subscriptionsOfQuery(deps.db, query.id, perPage + 1, after);
  const shown = found.slice(0, perPage);
  const last = shown.at(-1);
  if (found.length > perPage && last !== undefined) sayNext(c, listToken(String(last.id), now), perPage, now);
  sayVersions(c);
  return c.json(shown.map(subscriptionJson));
}

/** The standard's members, and what became of the deliveries. The token is never told again. */
export function subscriptionJson(subscription: OwnedSubscription) {
  const { publicId, queryName, dest, schedule, reportIfEmpty, initialAt, createdAt, deliveredAt } = subscription;
  const { epcFormat, state, fault, faultDetail, faultAt } = subscription;
  return {
    subscriptionID: publicId,
    queryName,
    dest,
    createdAt: timeText(createdAt),
    initialRecordTime: timeText(initialAt === 0 ? createdAt : initialAt),
    ...(deliveredAt === null ? {} : { lastNotifiedAt: timeText(deliveredAt) }),
    ...(schedule === null ? { stream: true } : { schedule: JSON.parse(schedule) as unknown }),
    reportIfEmpty: reportIfEmpty === 1,
    epcFormat,
    state,
    ...(fault === null ? {} : { lastFault: { code: fault, detail: faultDetail, at: timeText(faultAt ?? 0) } }),
  };
}

function timeText(at: number): string {
  return new Date(at).toISOString();
}
