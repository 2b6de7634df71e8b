// Every route of the chain, under one name for app.tsx; public addresses last, where their wildcards catch nothing else.
import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';
import { benchRoutes } from './bench/bench-routes.tsx';
import { recallDrawn } from './bench/bench-store.ts';
import { compareRoutes } from './bench/compare-routes.tsx';
import { lotRoutes } from './bench/lot-routes.tsx';
import { traceRoutes } from './bench/trace-routes.tsx';
import { epcisCaptureRoutes } from './capture/capture-routes.tsx';
import { claimRoutes } from './claim/claim-routes.tsx';
import { connectRoutes } from './connect/connect-routes.tsx';
import { compressedRoutes } from './diner/compressed-routes.ts';
import { consumerRoutes } from './diner/consumer-routes.tsx';
import type { DinerJoin } from './diner/public-lot.tsx';
import { evidenceRoutes } from './evidence/evidence-routes.tsx';
import { findingRoutes } from './finding/finding-routes.tsx';
import { importApiRoutes } from './import/import-api-routes.ts';
import { importRoutes } from './import/import-routes.tsx';
import { loggerRoutes } from './logger/logger-routes.tsx';
import { labTestRoutes } from './lot/lab-test-routes.tsx';
import { labelRoutes } from './lot/label-routes.tsx';
import { lotApiRoutes } from './lot/lot-api-routes.tsx';
import { mergeRoutes } from './merge/merge-routes.tsx';
import { publishRoutes } from './publish/publish-routes.tsx';
import { epcisQueryRoutes } from './query/query-routes.tsx';
import { myRecallRoutes } from './recall/my-recall-routes.tsx';
import { recallApiRoutes } from './recall/recall-api-routes.tsx';
import { recallRoutes } from './recall/recall-routes.tsx';
import { purchaseRoutes } from './receipt/purchase-routes.tsx';
import { receiptApiRoutes } from './receipt/receipt-api-routes.tsx';
import { receiveRoutes } from './receipt/receive-routes.tsx';
import { recallReportRoutes } from './report/recall-report-routes.tsx';
import type { RecallKitchens } from './report/recall-report-store.ts';
import { shipRoutes } from './shipment/ship-routes.tsx';
import { epcisNamedQueryRoutes } from './subscription/named-query-routes.tsx';
import { epcisQueryDocumentRoutes } from './subscription/query-document-routes.tsx';
import { subscriptionRoutes } from './subscription/subscription-page-routes.tsx';
import { epcisSubscriptionRoutes } from './subscription/subscription-routes.tsx';

/** What the kitchen half adds to the pages of the chain. */
export type ChainJoin = DinerJoin & { readonly recallKitchens: RecallKitchens };

export function chainRoutes(deps: Deps, join: ChainJoin): Hono<Env> {
  const app = new Hono<Env>();
  const rooms = [
    epcisCaptureRoutes,
    epcisQueryRoutes,
    epcisNamedQueryRoutes,
    epcisQueryDocumentRoutes,
    epcisSubscriptionRoutes,
    subscriptionRoutes,
    connectRoutes,
    lotApiRoutes,
    recallApiRoutes,
    traceRoutes,
    benchRoutes,
    compareRoutes,
    publishRoutes,
    myRecallRoutes,
    receiveRoutes,
    receiptApiRoutes,
    purchaseRoutes,
    shipRoutes,
    importApiRoutes,
    importRoutes,
    labelRoutes,
    labTestRoutes,
    mergeRoutes,
    loggerRoutes,
    evidenceRoutes,
    findingRoutes,
    claimRoutes,
    lotRoutes,
  ];
  for (const routes of rooms) app.route('/', routes(deps));
  app.route(
    '/',
    recallRoutes(deps, (recall) => recallDrawn(deps.db, recall, deps.clock())),
  );
  app.route('/', recallReportRoutes(deps, join.recallKitchens));
  app.route('/', consumerRoutes(deps, join));
  app.route('/', compressedRoutes());
  return app;
}
