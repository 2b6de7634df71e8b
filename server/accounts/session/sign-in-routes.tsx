// Signing in by password and second factor or by a passkey, and signing out.
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { FirstStepsPage } from '../../../views/accounts/first-steps-page.tsx';
import { SecondStepPage } from '../../../views/accounts/second-step-page.tsx';
import { SignInPage } from '../../../views/accounts/sign-in-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { check, jsonBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { localAccountFaults } from '../account-text.ts';
import { demoLogins, demoPassword } from '../demo.ts';
import { accountOfPasskey, askForPasskey } from '../factor/keep-passkey.ts';
import { relyingParty } from '../factor/passkey.ts';
import { signedInCaller } from '../guard.ts';
import type { SignedIn, SignIn } from '../sign-in.ts';
import { homeOf } from '../viewer.ts';
import { signOut } from './end-session.ts';
import { closeSession } from './open-session.ts';
import { cookieOf, deviceOf, giveCookie, takeCookie } from './session-cookie.ts';
import { accountOfHalfSession } from './session-store.ts';
import { firstStepsPath, landingOf, noteFirstSteps } from './show-first-steps.ts';

const next = z.string().max(2000).catch('').default('');
const credentials = z.object({
  login: z.string().max(100).default(''),
  password: z.string().max(1000).default(''),
  next,
});
const secondStep = z.object({ code: z.string().max(100).default(''), next });
const done = z.enum(['invited', 'reset', 'everywhere', 'again']).nullable().catch(null);

/** What the browser signed; the library reads the rest of it and trusts nothing. */
const signature = z.object({
  response: z.looseObject({ id: z.string().max(2000), rawId: z.string().max(2000), type: z.literal('public-key') }),
  next,
});

export function signInRoutes(deps: Deps, signIn: SignIn): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/sign-in', (c) => signInView(c, deps, next.parse(c.req.query('next'))));
  app.post('/sign-in', async (c) => {
    const input = credentials.parse(await c.req.parseBody());
    try {
      return entered(c, deps, await signIn.byPassword(input.login, input.password, deviceOf(c)), input.next);
    } catch (error) {
      if (error instanceof Problem) return signInView(c, deps, input.next, error);
      throw error;
    }
  });
  app.post('/sign-out', (c) => {
    const cookie = cookieOf(c);
    if (cookie !== undefined) signOut(deps.db, cookie, deviceOf(c), deps.clock());
    takeCookie(c);
    return seeOther(c, '/');
  });
  app.get(firstStepsPath, (c) => firstSteps(c, deps));
  secondStepRoutes(app, deps, signIn);
  passkeyRoutes(app, deps, signIn);
  return app;
}

function firstSteps(c: Context<Env>, { db, clock }: Deps): Response | Promise<Response> {
  const { id, role, sites } = signedInCaller(c);
  if (role === 'worker') return seeOther(c, homeOf(role));
  noteFirstSteps(db, id, clock());
  const view = { words: c.get('words'), here: firstStepsPath, viewer: c.get('viewer'), role, home: homeOf(role) };
  return page(c, <FirstStepsPage {...view} has={sites.length === 0 ? 'nothing' : 'places'} />);
}

function secondStepRoutes(app: Hono<Env>, deps: Deps, signIn: SignIn): void {
  app.get('/sign-in/second', (c) => {
    const cookie = cookieOf(c);
    const half = cookie === undefined ? undefined : accountOfHalfSession(deps.db, cookie, deps.clock());
    if (half === undefined) return seeOther(c, '/sign-in');
    return secondStepView(c, deps, next.parse(c.req.query('next')));
  });
  app.post('/sign-in/second', async (c) => {
    const input = secondStep.parse(await c.req.parseBody());
    try {
      return entered(c, deps, await signIn.byCode(cookieOf(c) ?? '', input.code, deviceOf(c)), input.next);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'not_signed_in') return seeOther(c, '/sign-in');
      return secondStepView(c, deps, input.next, error);
    }
  });
}

function passkeyRoutes(app: Hono<Env>, deps: Deps, signIn: SignIn): void {
  app.post('/sign-in/passkey/options', async (c) => c.json(await askForPasskey(deps)));
  app.post('/sign-in/passkey', async (c) => {
    const input = check(signature, await jsonBody(c));
    const accountId = await accountOfPasskey(deps, input.response as unknown as AuthenticationResponseJSON);
    const signed = await signIn.byPasskey(accountId, deviceOf(c));
    giveCookie(c, deps.config, signed.session, 'full');
    return c.json({ href: ownPath(input.next) ?? landingOf(deps.db, signed.account) });
  });
}

function entered(c: Context<Env>, { db, config }: Deps, signed: SignedIn, asked: string): Response {
  const before = cookieOf(c);
  if (before !== undefined) closeSession(db, before);
  giveCookie(c, config, signed.session, signed.stage);
  const path = ownPath(asked);
  if (signed.stage === 'full') return seeOther(c, path ?? landingOf(db, signed.account));
  return seeOther(c, path === undefined ? '/sign-in/second' : `/sign-in/second?next=${encodeURIComponent(path)}`);
}

function signInView(c: Context<Env>, { db, config }: Deps, asked: string, problem?: Problem): Promise<Response> {
  return page(
    c,
    <SignInPage
      words={c.get('words')}
      here={c.req.path}
      next={asked}
      demo={demoLogins(db)}
      demoPassword={demoPassword}
      passkeys={relyingParty(config) === undefined ? 'none' : 'offered'}
      done={done.parse(c.req.query('done') ?? null)}
      problem={problem?.code}
    />,
    problem === undefined ? 200 : (problem.status as 401),
  );
}

function secondStepView(c: Context<Env>, { config }: Deps, asked: string, problem?: Problem): Promise<Response> {
  const words = c.get('words');
  return page(
    c,
    <SecondStepPage
      words={words}
      here={c.req.path}
      next={asked}
      passkeys={relyingParty(config) === undefined ? 'none' : 'offered'}
      throttled={problem?.code === 'too_many_requests' ? 'wait' : 'go'}
      faults={localAccountFaults(words, problem)}
    />,
    problem === undefined ? 200 : (problem.status as 400),
  );
}

/** Only a path of this site is followed after sign-in. */
function ownPath(asked: string): string | undefined {
  return /^\/(?![/\\])/.test(asked) ? asked : undefined;
}
