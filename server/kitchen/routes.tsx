// Every route of the kitchen half, under one name for app.tsx.
import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';
import { kitchenApiRoutes } from './api/kitchen-api-routes.tsx';
import { boardRoutes } from './board/board-routes.tsx';
import { datasetRoutes } from './dataset/dataset-routes.tsx';
import { reviewRoutes } from './desk/review-routes.tsx';
import { verdictEvidenceRoutes } from './evidence/verdict-evidence-routes.ts';
import { learningApiRoutes } from './learning/learning-api-routes.ts';
import { learningRoutes } from './learning/learning-routes.tsx';
import { escalationRoutes } from './order/escalation-routes.tsx';
import { orderRoutes } from './order/order-routes.tsx';
import type { HeldFor } from './picture/old-picture-store.ts';
import { pictureRoutes } from './picture/picture-routes.tsx';
import { qualityRoutes } from './quality/quality-routes.tsx';
import { lookoutRoutes } from './rule/lookout-routes.tsx';
import { zoneRoutes } from './rule/zone-routes.tsx';
import { openCameraTests } from './sample/test-camera.ts';
import { packApiRoutes } from './shadow/pack-api-routes.ts';
import { packRoutes } from './shadow/pack-routes.tsx';
import { cameraRoutes } from './shop/camera-routes.tsx';
import { findRoutes } from './shop/find-routes.tsx';
import { type ArrivalsOf, myRoutes } from './shop/my-routes.tsx';
import type { OnRecord } from './shop/register-restaurant.ts';
import { type RecalledGoodsOf, restaurantRoutes } from './shop/restaurant-routes.tsx';
import { thresholdRoutes } from './threshold/threshold-routes.tsx';

/** What is known above this half of a place: whether the chain knows it, which recalled goods it holds; and for what pictures are held. */
export type KitchenJoin = {
  readonly isOnRecord: OnRecord;
  readonly recalledGoods: RecalledGoodsOf;
  readonly heldFor: () => HeldFor;
  readonly arrivals: ArrivalsOf;
};

export function kitchenRoutes(deps: Deps, { isOnRecord, recalledGoods, heldFor, arrivals }: KitchenJoin): Hono<Env> {
  const testCamera = openCameraTests(deps);
  const app = new Hono<Env>();
  app.route('/', pictureRoutes(deps));
  app.route('/', kitchenApiRoutes(deps, testCamera, isOnRecord));
  app.route('/', reviewRoutes(deps));
  app.route('/', qualityRoutes(deps));
  app.route('/', boardRoutes(deps));
  app.route('/', verdictEvidenceRoutes(deps));
  app.route('/', escalationRoutes(deps));
  app.route('/', orderRoutes(deps));
  app.route('/', myRoutes(deps, { isOnRecord, arrivals }));
  // Before the pages of single cameras: `find` is no number.
  app.route('/', findRoutes(deps));
  app.route('/', cameraRoutes(deps, testCamera));
  app.route('/', restaurantRoutes(deps, recalledGoods, heldFor));
  app.route('/', datasetRoutes(deps));
  app.route('/', thresholdRoutes(deps));
  app.route('/', zoneRoutes(deps));
  app.route('/', lookoutRoutes(deps));
  // Before the pages of single sets: `learning` is no number.
  app.route('/', learningRoutes(deps));
  app.route('/', learningApiRoutes(deps));
  app.route('/', packRoutes(deps));
  app.route('/', packApiRoutes(deps));
  return app;
}
