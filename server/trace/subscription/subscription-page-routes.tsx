// The pages of subscriptions: the list with its form, one with its deliveries, and what can be done about it.
import { type Context, Hono } from 'hono';
import type { Texts } from '../../../views/text/texts.ts';
import { faultText } from '../../../views/trace/parts.tsx';
import { SubscriptionPage } from '../../../views/trace/subscription/subscription-page.tsx';
import type { SubscriptionView } from '../../../views/trace/subscription/subscription-view.ts';
import { SubscriptionsPage } from '../../../views/trace/subscription/subscriptions-page.tsx';
import type { SubscriptionsView } from '../../../views/trace/subscription/subscriptions-view.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { closeWebhookNetwork, openWebhookNetwork } from './allow-webhook-network.ts';
import { pauseSubscription, removeSubscription, resumeSubscription } from './change-subscription.ts';
import { queriesOf } from './named-query-store.ts';
import { subscribeByForm } from './subscribe-by-form.ts';
import { deliveryLine, offeredSteps, subscriptionLine, subscriptionLines } from './subscription-data.ts';
import {
  changeableSubscription,
  newestDeliveries,
  type OwnedSubscription,
  openNetworks,
} from './subscription-store.ts';
import { testSubscription } from './test-subscription.ts';

const mostQueries = 100;
const shownDeliveries = 50;

export function subscriptionRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/subscriptions', (c) => {
    const changed = c.req.query('changed') === 'removed' ? ('removed' as const) : null;
    return showList(c, deps, { changed });
  });
  app.post('/subscriptions', (c) => subscribe(c, deps));
  app.post('/subscriptions/networks', (c) => openNetwork(c, deps));
  app.post('/subscriptions/networks/:id/removed', (c) => {
    closeWebhookNetwork(deps, signedInCaller(c), idParam(c, 'id'));
    return seeOther(c, '/subscriptions');
  });
  app.get('/subscriptions/:id', (c) => {
    const asked = c.req.query('changed');
    return showOne(c, deps, { changed: asked === 'paused' || asked === 'resumed' ? asked : null });
  });
  app.post('/subscriptions/:id/paused', (c) => {
    pauseSubscription(deps, signedInCaller(c), askedOne(c, deps));
    return seeOther(c, `/subscriptions/${c.req.param('id')}?changed=paused`);
  });
  app.post('/subscriptions/:id/resumed', (c) => {
    resumeSubscription(deps, signedInCaller(c), askedOne(c, deps));
    return seeOther(c, `/subscriptions/${c.req.param('id')}?changed=resumed`);
  });
  app.post('/subscriptions/:id/removed', (c) => {
    removeSubscription(deps, signedInCaller(c), askedOne(c, deps));
    return seeOther(c, '/subscriptions?changed=removed');
  });
  app.post('/subscriptions/:id/tests', async (c) => {
    const posted = await testSubscription(deps, askedOne(c, deps));
    const tested = { status: posted.status ?? null, fault: posted.ok ? null : posted.fault };
    return showOne(c, deps, { tested });
  });
  return app;
}

/** Of the caller, or anybody's for an administrator. Throws Problem not_found for another's. */
function askedOne(c: Context<Env>, { db }: Deps): OwnedSubscription {
  const found = changeableSubscription(db, signedInCaller(c), c.req.param('id') ?? '');
  if (found === undefined) throw new Problem('not_found');
  return found;
}

type ListExtras = Partial<Pick<SubscriptionsView, 'made' | 'changed' | 'values'>> & { readonly problem?: Problem };

function showList(c: Context<Env>, { db }: Deps, { made = null, changed = null, values = {}, problem }: ListExtras) {
  const caller = signedInCaller(c);
  const words = c.get('words');
  const isAdmin = caller.role === 'admin';
  const view: SubscriptionsView = {
    words,
    here: '/subscriptions',
    viewer: c.get('viewer'),
    lines: subscriptionLines(db, caller),
    whose: isAdmin ? 'everybodys' : 'own',
    queries: queriesOf(db, caller, mostQueries).map(({ name }) => name),
    steps: offeredSteps,
    values,
    faults: (problem?.faults ?? []).map((fault) => ({ ...fault, detail: faultDetail(words, fault) })),
    made,
    changed,
    networks: isAdmin ? openNetworks(db) : [],
  };
  return page(c, <SubscriptionsPage {...view} />, problem === undefined ? 200 : (problem.status as 400));
}

/** Faults of an address are named like those of a delivery. */
function faultDetail(words: Texts, fault: { readonly code: string; readonly detail: string }): string {
  return words.trace.subscriptions.faults[fault.code] ?? faultText(words, fault);
}

function showOne(c: Context<Env>, deps: Deps, extras: Partial<Pick<SubscriptionView, 'changed' | 'tested'>>) {
  const found = askedOne(c, deps);
  const view: SubscriptionView = {
    words: c.get('words'),
    here: `/subscriptions/${found.publicId}`,
    viewer: c.get('viewer'),
    line: subscriptionLine(deps.db, signedInCaller(c), found),
    deliveries: newestDeliveries(deps.db, found.id, shownDeliveries).map(deliveryLine),
    changed: null,
    tested: null,
    ...extras,
  };
  return page(c, <SubscriptionPage {...view} />);
}

async function subscribe(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await typedText(c);
  try {
    const { subscription, token } = await subscribeByForm(deps, signedInCaller(c), values);
    return showList(c, deps, { made: { id: subscription.publicId, token: token ?? null } });
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.faults.length === 0) throw problem;
    return showList(c, deps, { values, problem });
  }
}

async function openNetwork(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await typedText(c);
  try {
    openWebhookNetwork(deps, signedInCaller(c), { network: values['network'] ?? '', port: values['port'] ?? '' });
    return seeOther(c, '/subscriptions');
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.faults.length === 0) throw problem;
    return showList(c, deps, { values, problem });
  }
}

async function typedText(c: Context<Env>): Promise<Record<string, string>> {
  const body = await c.req.parseBody().catch(() => ({}));
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
