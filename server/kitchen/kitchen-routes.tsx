// Every route of the kitchen half, under one name for app.tsx.
import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';
import { kitchenApiRoutes } from './kitchen-api-routes.tsx';
import { pictureRoutes } from './picture-routes.tsx';
import { openCameraTests } from './test-camera.ts';

export function kitchenRoutes(deps: Deps): Hono<Env> {
  const testCamera = openCameraTests(deps);
  const app = new Hono<Env>();
  app.route('/', pictureRoutes(deps));
  app.route('/', kitchenApiRoutes(deps, testCamera));
  return app;
}
