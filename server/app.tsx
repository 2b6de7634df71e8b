// Puts the routes together behind the middleware every request passes; never listens.

import { Hono } from 'hono';
import { HomePage } from '../views/accounts/home-page.tsx';
import type { Arrival } from '../views/parts/arrivals.tsx';
import { accountRoutes } from './accounts/account-routes.tsx';
import { findCaller, guard } from './accounts/guard.ts';
import { systemRoutes } from './accounts/health-routes.tsx';
import { permissions } from './accounts/permission.ts';
import { viewerOf } from './accounts/viewer.ts';
import { openLedgerCheck } from './check-ledger.ts';
import type { Deps, Env } from './deps.ts';
import { clientAddresses } from './http/client-address.ts';
import { compressAnswers } from './http/compress.ts';
import { healthRoutes } from './http/health-routes.tsx';
import { language } from './http/language.ts';
import { bodyBounds, requestId, sameOrigin, securityHeaders, timeRequests } from './http/middleware.ts';
import { type DescribedRoute, openApiDocument } from './http/openapi.ts';
import { Problem } from './http/problem.ts';
import { fail, mayShowPage, page, refuse, wantsFragment } from './http/respond.tsx';
import { staticRoutes } from './http/static.ts';
import { countUnwatched } from './kitchen/camera/camera-store.ts';
import { kitchenRoutes } from './kitchen/routes.tsx';
import { ledgerRoutes } from './ledger/ledger-routes.tsx';
import { witnessesInShort } from './ledger/witness-store.ts';
import { operations } from './operations.ts';
import { boardPath, tileOrigin } from './oversight/board/tiles.ts';
import { waitingFor } from './oversight/board/waiting-store.ts';
import { placesToChoose } from './oversight/join/place-choice-store.ts';
import { kitchensOfRecall } from './oversight/join/recall-kitchen-store.ts';
import { recalledGoodsAt } from './oversight/join/recalled-goods-store.ts';
import { recalledLots } from './oversight/join/recalled-lot-store.ts';
import { kitchenRecords } from './oversight/record/kitchen-record-store.ts';
import { oversightRoutes } from './oversight/routes.tsx';
import { namedSubjects } from './oversight/search/named-subject-store.ts';
import { openScrape } from './scrape.ts';
import { fullDisk } from './store/room.ts';
import { isOnRecord } from './trace/place/place-store.ts';
import { purchasesOf } from './trace/receipt/purchase-store.ts';
import { type ChainJoin, chainRoutes } from './trace/routes.tsx';

export type Readiness = () => boolean;

/** The whole HTTP side over the given parts. `ready` answers /readyz. */
export function createApp(deps: Deps, ready: Readiness = () => true): Hono<Env> {
  const app = new Hono<Env>();
  useMiddleware(app, deps);
  app.route('/', staticRoutes());
  const unwatched = () => countUnwatched(deps.db, deps.clock());
  const witnesses = () => witnessesInShort(deps.db, deps.config.witnesses, deps.clock());
  app.route('/', healthRoutes(deps, { ready, scrape: openScrape(deps), unwatched, witnesses }));
  app.route(
    '/',
    accountRoutes(deps, () => placesToChoose(deps.db)),
  );
  app.route('/', systemRoutes(deps));
  app.route(
    '/',
    ledgerRoutes(deps, {
      check: openLedgerCheck(deps),
      named: (subjects, lang) => namedSubjects(deps.db, subjects, lang),
    }),
  );
  app.route(
    '/',
    kitchenRoutes(deps, {
      isOnRecord: (siteId) => isOnRecord(deps.db, siteId),
      recalledGoods: (siteId) => recalledGoodsAt(deps.db, siteId, deps.secrets.linkKey),
      arrivals: (siteId, since) => arrivalsOf(deps, siteId, since),
      heldFor: () => recalledLots(deps.db),
    }),
  );
  app.route('/', oversightRoutes(deps));
  app.route('/', chainRoutes(deps, joinOf(deps)));
  app.get('/', async (c) => {
    const caller = c.get('caller');
    if (caller !== null) return c.redirect('/today', 303);
    return page(c, <HomePage words={c.get('words')} here={c.req.path} origin={deps.config.publicUrl} />);
  });
  describeApi(app, deps);
  return app;
}

const arrivalsShown = 6;

function arrivalsOf({ db, clock, secrets }: Deps, siteId: string, fromAt: number): readonly Arrival[] {
  const span = { fromAt, untilAt: clock(), most: arrivalsShown };
  return purchasesOf(db, [siteId], span, secrets.linkKey, clock()).slice(0, arrivalsShown);
}

/** What the other half of the house and its oversight add to the pages of the chain. */
function joinOf(deps: Deps): ChainJoin {
  return {
    kitchens: (siteIds) => kitchenRecords(deps, siteIds),
    reportHref: (path, at) =>
      `/reports/new?${new URLSearchParams(at === undefined ? { code: path } : { code: path, at })}`,
    recalledGoods: (siteId) => recalledGoodsAt(deps.db, siteId, deps.secrets.linkKey),
    recallKitchens: (recallId, until) => kitchensOfRecall(deps.db, recallId, until),
  };
}

function useMiddleware(app: Hono<Env>, deps: Deps): void {
  const { log, config, metrics, room } = deps;
  app.onError((error, c) => {
    if (error instanceof Problem) return refuse(c, error);
    if (room.refused(error)) return refuse(c, fullDisk());
    log.error({ request: c.get('requestId'), route: c.get('route'), err: error }, 'a request failed');
    return fail(c);
  });
  app.notFound((c) => refuse(c, new Problem('not_found')));
  app.use(
    requestId(),
    compressAnswers(),
    clientAddresses(config.trustedProxies),
    timeRequests(metrics),
    securityHeaders((path) => (path === boardPath ? tileOrigin(config) : undefined)),
    language(),
    sameOrigin(config.publicUrl),
    bodyBounds(),
    findCaller(deps),
  );
  // Before the guard, so that a refused page still has the bar of whoever is signed in.
  app.use(async function setViewer(c, next) {
    const caller = c.get('caller');
    const reader = { words: c.get('words'), lang: c.get('lang') };
    // A fragment has no bar, so nothing is counted for it.
    const known = mayShowPage(c) ? caller : null;
    c.set('viewer', known && viewerOf(known, reader, wantsFragment(c) ? {} : waitingFor(deps, known)));
    await next();
  });
  app.use(guard());
}

function describeApi(app: Hono<Env>, { config }: Deps): void {
  let document: Record<string, unknown> | undefined;
  app.get('/api/openapi.json', (c) => {
    document ??= openApiDocument(apiRoutes(app), operations, config.publicUrl);
    return c.json(document);
  });
}

/** The routes that programs call, with who may. */
export function apiRoutes(app: Hono<Env>): DescribedRoute[] {
  const found = new Map<string, DescribedRoute>();
  for (const { method, path } of app.routes) {
    if (method === 'ALL' || !(path.startsWith('/api/') || path.startsWith('/epcis'))) continue;
    const policy = permissions[`${method} ${path}`];
    const roles = policy === undefined || policy.everyone ? 'everyone' : policy.roles;
    found.set(`${method} ${path}`, { method, path, roles });
  }
  return [...found.values()];
}
