// Signing in and out, the set-up link, and the people page.

import type { Context } from 'hono';
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { PeoplePage } from '../../views/accounts/people-page.tsx';
import { SetUpPage } from '../../views/accounts/set-up-page.tsx';
import { SignInPage } from '../../views/accounts/sign-in-page.tsx';
import type { Deps, Env } from '../deps.ts';
import { idParam } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import { page, seeOther } from '../http/respond.tsx';
import { sessionMs } from './account.ts';
import { everybody, setUpLinkOpen } from './account-store.ts';
import { roles } from './caller.ts';
import { createAccount } from './create-account.ts';
import { demoLogins, demoPassword } from './demo.ts';
import { disableAccount } from './disable-account.ts';
import { sessionCookie, signedInCaller } from './guard.ts';
import { closeSession } from './open-session.ts';
import { useSetUpLink } from './set-up.ts';
import { openSignIn } from './sign-in.ts';
import { homeOf } from './viewer.ts';

const credentials = z.object({
  login: z.string().max(100).default(''),
  password: z.string().max(1000).default(''),
  next: z.string().max(2000).default(''),
});
const newPerson = z.object({
  login: z.string().max(100).default(''),
  name: z.string().max(200).default(''),
  password: z.string().max(1000).default(''),
  role: z.enum(roles).default('owner'),
  sites: z.string().max(2000).default(''),
});

export function accountRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  signInRoutes(app, deps);
  setUpRoutes(app, deps);
  peopleRoutes(app, deps);
  return app;
}

function signInRoutes(app: Hono<Env>, deps: Deps): void {
  const { db, clock, config } = deps;
  const signIn = openSignIn(db, clock);
  const view = (c: Context<Env>, next: string, problem?: Problem) =>
    page(
      c,
      <SignInPage
        words={c.get('words')}
        here={c.req.path}
        next={next}
        demo={demoLogins(db)}
        demoPassword={demoPassword}
        problem={problem?.code}
      />,
      problem === undefined ? 200 : (problem.status as 401),
    );

  app.get('/sign-in', (c) => view(c, c.req.query('next') ?? ''));
  app.post('/sign-in', async (c) => {
    const input = credentials.parse(await c.req.parseBody());
    try {
      const { session, account } = await signIn(input.login, input.password, c.get('clientAddress'));
      setCookie(c, sessionCookie, session, {
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure: config.publicUrl.startsWith('https:'),
        maxAge: sessionMs / 1000,
      });
      return seeOther(c, ownPath(input.next) ?? homeOf(account.role));
    } catch (error) {
      if (error instanceof Problem) return view(c, input.next, error);
      throw error;
    }
  });
  app.post('/sign-out', (c) => {
    const cookie = getCookie(c, sessionCookie);
    if (cookie !== undefined) closeSession(db, cookie);
    deleteCookie(c, sessionCookie, { path: '/' });
    return seeOther(c, '/');
  });
}

function setUpRoutes(app: Hono<Env>, { db, clock }: Deps): void {
  app.get('/set-up/:key', (c) => {
    if (!setUpLinkOpen(db, c.req.param('key')))
      throw new Problem('not_found', { detail: c.get('words').accounts.setUpGone });
    return page(c, <SetUpPage words={c.get('words')} here={c.req.path} values={{}} faults={[]} />);
  });
  app.post('/set-up/:key', async (c) => {
    const input = newPerson.parse(await c.req.parseBody());
    try {
      await useSetUpLink(db, c.req.param('key'), input, clock());
      return seeOther(c, '/sign-in');
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return page(c, <SetUpPage words={c.get('words')} here={c.req.path} values={input} faults={error.faults} />, 400);
    }
  });
}

function peopleRoutes(app: Hono<Env>, { db, clock }: Deps): void {
  const view = (c: Context<Env>, values: Partial<z.infer<typeof newPerson>>, problem?: Problem) =>
    page(
      c,
      <PeoplePage
        words={c.get('words')}
        here={c.req.path}
        viewer={c.get('viewer')}
        people={everybody(db)}
        values={values}
        faults={problem?.faults ?? []}
      />,
      problem === undefined ? 200 : (problem.status as 400),
    );

  app.get('/people', (c) => view(c, {}));
  app.post('/people', async (c) => {
    const input = newPerson.parse(await c.req.parseBody());
    const sites = input.sites.split(/[\s,，、]+/).filter((site) => site !== '');
    try {
      await createAccount(db, { ...input, sites }, signedInCaller(c).name, clock());
      return seeOther(c, '/people');
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return view(c, input, error);
    }
  });
  app.post('/people/:id/disabled', (c) => {
    disableAccount(db, idParam(c, 'id'), signedInCaller(c), clock());
    return seeOther(c, '/people');
  });
}

/** Only a path of this site is followed after sign-in. */
function ownPath(next: string): string | undefined {
  return /^\/(?![/\\])/.test(next) ? next : undefined;
}
