// Every route of accounts, under one name for app.tsx.
import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';
import { districtRoutes } from './person/district-routes.tsx';
import { linkRoutes } from './person/link-routes.tsx';
import { ownAccountRoutes } from './person/own-account-routes.tsx';
import { peopleRoutes } from './person/people-routes.tsx';
import type { PlacesToChoose } from './person/person-form.ts';
import { signInRoutes } from './session/sign-in-routes.tsx';
import { openSignIn } from './sign-in.ts';

/** `places`: every place known to either half, for the administrator to choose from. */
export function accountRoutes(deps: Deps, places: PlacesToChoose): Hono<Env> {
  const app = new Hono<Env>();
  const signIn = openSignIn(deps);
  app.route('/', signInRoutes(deps, signIn));
  app.route('/', linkRoutes(deps));
  app.route('/', ownAccountRoutes(deps, signIn));
  app.route('/', peopleRoutes(deps, places));
  app.route('/', districtRoutes(deps, places));
  return app;
}
