// Every route of oversight, under one name for app.tsx.
import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';
import { complaintRoutes } from './complaint/complaint-routes.tsx';

export function oversightRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.route('/', complaintRoutes(deps));
  return app;
}
