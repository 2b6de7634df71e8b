// Every route of the kitchen half, under one name for app.tsx.
import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';
import { cameraRoutes } from './camera-routes.tsx';
import { datasetRoutes } from './dataset-routes.tsx';
import { kitchenApiRoutes } from './kitchen-api-routes.tsx';
import { myRoutes } from './my-routes.tsx';
import { orderRoutes } from './order-routes.tsx';
import { packApiRoutes } from './pack-api-routes.ts';
import { packRoutes } from './pack-routes.tsx';
import { pictureRoutes } from './picture-routes.tsx';
import { restaurantRoutes } from './restaurant-routes.tsx';
import { reviewRoutes } from './review-routes.tsx';
import { openCameraTests } from './test-camera.ts';
import { thresholdRoutes } from './threshold-routes.tsx';
import { zoneRoutes } from './zone-routes.tsx';

export function kitchenRoutes(deps: Deps): Hono<Env> {
  const testCamera = openCameraTests(deps);
  const app = new Hono<Env>();
  app.route('/', pictureRoutes(deps));
  app.route('/', kitchenApiRoutes(deps, testCamera));
  app.route('/', reviewRoutes(deps));
  app.route('/', orderRoutes(deps));
  app.route('/', myRoutes(deps));
  app.route('/', cameraRoutes(deps, testCamera));
  app.route('/', restaurantRoutes(deps));
  app.route('/', datasetRoutes(deps));
  app.route('/', thresholdRoutes(deps));
  app.route('/', zoneRoutes(deps));
  app.route('/', packRoutes(deps));
  app.route('/', packApiRoutes(deps));
  return app;
}
