// Every route of oversight, under one name for app.tsx.
import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';
import { districtBoardRoutes } from './board/board-routes.tsx';
import { complaintRoutes } from './complaint/complaint-routes.tsx';
import { dayRoutes } from './day/day-routes.tsx';
import { drawRoutes } from './draw/draw-routes.tsx';
import { riskByScore } from './draw/score-risk-store.ts';
import { federationRoutes } from './federation/federation-routes.tsx';
import { frontRoutes } from './front/front-routes.tsx';
import { joinRoutes } from './join/join-routes.tsx';
import { noticeRoutes } from './notice/notice-routes.tsx';
import { orderApiRoutes } from './purchase/order-api-routes.ts';
import { orderRoutes } from './purchase/order-routes.tsx';
import { paperRoutes } from './purchase/paper-routes.tsx';
import { salesRoutes } from './purchase/sales-routes.tsx';
import { recordRoutes } from './record/record-routes.tsx';
import { riskRoutes } from './risk/risk-routes.tsx';
import { sitesOfGrade } from './risk/risk-store.ts';
import { searchRoutes } from './search/search-routes.tsx';
import { sentinelRoutes } from './sentinel/sentinel-routes.tsx';
import { standingRoutes } from './standing/standing-routes.tsx';
import { shopRoutes } from './sweep/shop-routes.tsx';
import { sweepRoutes } from './sweep/sweep-routes.tsx';
import { supplierRoutes } from './trade/supplier-routes.tsx';
import { visitApiRoutes } from './visit/visit-api-routes.ts';
import { visitListRoutes } from './visit/visit-list-routes.tsx';
import { visitOrderRoutes } from './visit/visit-order-routes.tsx';
import { visitRoutes } from './visit/visit-routes.tsx';

export function oversightRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.route('/', complaintRoutes(deps));
  app.route('/', dayRoutes(deps));
  app.route('/', noticeRoutes(deps, sitesOfGrade));
  app.route('/', supplierRoutes(deps));
  app.route('/', orderRoutes(deps));
  app.route('/', paperRoutes(deps));
  app.route('/', salesRoutes(deps));
  app.route('/', orderApiRoutes(deps));
  app.route(
    '/',
    drawRoutes(deps, () => riskByScore(deps.db)),
  );
  app.route('/', joinRoutes(deps));
  app.route('/', federationRoutes(deps));
  app.route('/', visitListRoutes(deps));
  app.route('/', visitApiRoutes(deps));
  app.route('/', visitOrderRoutes(deps));
  app.route('/', visitRoutes(deps));
  app.route('/', searchRoutes(deps));
  app.route('/', frontRoutes(deps));
  app.route('/', sentinelRoutes(deps));
  app.route('/', standingRoutes(deps));
  app.route('/', shopRoutes(deps));
  app.route('/', sweepRoutes(deps));
  app.route('/', riskRoutes(deps));
  app.route('/', recordRoutes(deps));
  app.route('/', districtBoardRoutes(deps));
  return app;
}
