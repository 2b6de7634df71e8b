// Every route of the chain, under one name for app.tsx; public addresses last, where their wildcards catch nothing else.
import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';
import { benchRoutes } from './bench-routes.tsx';
import { consumerRoutes, type DinerJoin } from './consumer-routes.tsx';
import { epcisCaptureRoutes } from './epcis-capture-routes.tsx';
import { epcisNamedQueryRoutes } from './epcis-named-query-routes.tsx';
import { epcisQueryDocumentRoutes } from './epcis-query-document-routes.tsx';
import { epcisQueryRoutes } from './epcis-query-routes.tsx';
import { epcisSubscriptionRoutes } from './epcis-subscription-routes.tsx';
import { evidenceRoutes } from './evidence-routes.tsx';
import { findingRoutes } from './finding-routes.tsx';
import { importRoutes } from './import-routes.tsx';
import { labelRoutes } from './label-routes.tsx';
import { lotApiRoutes } from './lot-api-routes.tsx';
import { lotRoutes } from './lot-routes.tsx';
import { myRecallRoutes } from './my-recall-routes.tsx';
import { purchaseRoutes } from './purchase-routes.tsx';
import { recallApiRoutes } from './recall-api-routes.tsx';
import { recallReportRoutes } from './recall-report-routes.tsx';
import type { RecallKitchens } from './recall-report-store.ts';
import { recallRoutes } from './recall-routes.tsx';
import { receiveRoutes } from './receive-routes.tsx';
import { subscriptionRoutes } from './subscription-routes.tsx';
import { traceRoutes } from './trace-routes.tsx';

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
    lotApiRoutes,
    recallApiRoutes,
    traceRoutes,
    benchRoutes,
    recallRoutes,
    myRecallRoutes,
    receiveRoutes,
    purchaseRoutes,
    importRoutes,
    labelRoutes,
    evidenceRoutes,
    findingRoutes,
    lotRoutes,
  ];
  for (const routes of rooms) app.route('/', routes(deps));
  app.route('/', recallReportRoutes(deps, join.recallKitchens));
  app.route('/', consumerRoutes(deps, join));
  return app;
}
