// A person's own account: password, second factors, sessions, and what was done with it.
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { AccountPage } from '../../../views/accounts/account-page.tsx';
import { EnrolPage } from '../../../views/accounts/enrol-page.tsx';
import { RecoveryPage } from '../../../views/accounts/recovery-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { check, jsonBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { sessionMs } from '../account.ts';
import { type AccountRow, accountById } from '../account-store.ts';
import { localAccountFaults } from '../account-text.ts';
import { factorsOf } from '../factor/factor-store.ts';
import { addPasskey, askForNewPasskey } from '../factor/keep-passkey.ts';
import { confirmTotp, offerTotp } from '../factor/keep-totp.ts';
import { relyingParty } from '../factor/passkey.ts';
import { qrImage } from '../factor/qr.ts';
import { type FactorName, removeFactor } from '../factor/remove-factor.ts';
import { renewRecoveryCodes } from '../factor/renew-recovery-codes.ts';
import { signedInCaller } from '../guard.ts';
import { endSession } from '../session/end-session.ts';
import { cookieOf, deviceOf, isFresh, takeCookie } from '../session/session-cookie.ts';
import { sessionsOf } from '../session/session-store.ts';
import type { SignIn } from '../sign-in.ts';
import { accountEventsOf } from './account-event-store.ts';
import { changePassword } from './change-password.ts';
import { signOutEverywhere } from './change-person.ts';
import { organisationName } from './person-store.ts';

const text = z.string().max(1000).default('');
const passwords = z.object({ current: text, password: text });
const oneCode = z.object({ code: z.string().max(100).default('') });
const done = z.enum(['password', 'session', 'app', 'passkey', 'removed']).nullable().catch(null);
/** What the browser made; the library reads the rest of it and trusts nothing. */
const newPasskey = z.object({
  name: z.string().trim().max(60).default(''),
  response: z.looseObject({ id: z.string().max(2000), rawId: z.string().max(2000), type: z.literal('public-key') }),
});

export function ownAccountRoutes(deps: Deps, signIn: SignIn): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/account', (c) => show(c, deps));
  app.post('/account/password', (c) =>
    orShow(c, deps, async () => {
      const { current, password } = passwords.parse(await c.req.parseBody());
      const account = await confirmed(c, deps, signIn, current);
      const at = deps.clock();
      await changePassword(deps.db, account, password, { keep: cookieOf(c), device: deviceOf(c), at });
      return seeOther(c, '/account?done=password');
    }),
  );
  sessionRoutes(app, deps);
  appRoutes(app, deps, signIn);
  passkeyRoutes(app, deps, signIn);
  app.post('/account/recovery-codes', (c) =>
    orShow(c, deps, async () => {
      const { current } = passwords.parse(await c.req.parseBody());
      const { id } = ownAccount(c, deps);
      // The first set comes with the first factor; to replace one takes the password.
      const isFirst = factorsOf(deps.db, id).recovery === 'never' && isFresh(c, deps);
      if (!isFirst) await confirmed(c, deps, signIn, current);
      return showCodes(c, renewRecoveryCodes(deps.db, id, deviceOf(c), deps.clock()));
    }),
  );
  return app;
}

function sessionRoutes(app: Hono<Env>, deps: Deps): void {
  const { db, clock } = deps;
  app.post('/account/sessions/ended', (c) => {
    const caller = signedInCaller(c);
    signOutEverywhere(db, caller.id, { by: caller, at: clock() });
    takeCookie(c);
    return seeOther(c, '/sign-in?done=everywhere');
  });
  app.post('/account/sessions/:hash/ended', (c) => {
    endSession(db, ownAccount(c, deps).id, c.req.param('hash'), deviceOf(c), clock());
    return seeOther(c, '/account?done=session');
  });
}

function appRoutes(app: Hono<Env>, deps: Deps, signIn: SignIn): void {
  app.get('/account/second-factor', (c) => (isFresh(c, deps) ? enrol(c, deps) : againFirst(c)));
  app.post('/account/app', async (c) => {
    const { code } = oneCode.parse(await c.req.parseBody());
    if (!isFresh(c, deps)) return againFirst(c);
    try {
      confirmTotp(deps, ownAccount(c, deps).id, code, deviceOf(c));
      return firstCodes(c, deps);
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return enrol(c, deps, error);
    }
  });
  app.post('/account/app/removed', (c) => orShow(c, deps, () => remove(c, deps, signIn, 'app')));
}

function passkeyRoutes(app: Hono<Env>, deps: Deps, signIn: SignIn): void {
  app.post('/account/passkeys/options', async (c) => c.json(await askForNewPasskey(deps, freshAccount(c, deps))));
  app.post('/account/passkeys', async (c) => {
    const { name, response } = check(newPasskey, await jsonBody(c));
    const given = name === '' ? c.get('words').account.passkeys : name;
    const made = { response: response as unknown as RegistrationResponseJSON, name: given };
    const { id } = freshAccount(c, deps);
    await addPasskey(deps, id, made, deviceOf(c));
    const { recovery } = factorsOf(deps.db, id);
    return c.json({ href: recovery === 'never' ? '/account/second-factor' : '/account?done=passkey' }, 201);
  });
  app.post('/account/passkeys/:id/removed', (c) =>
    orShow(c, deps, () => remove(c, deps, signIn, { passkey: c.req.param('id') })),
  );
}

async function remove(c: Context<Env>, deps: Deps, signIn: SignIn, name: FactorName): Promise<Response> {
  const { current } = passwords.parse(await c.req.parseBody());
  const account = await confirmed(c, deps, signIn, current);
  removeFactor(deps, account, name, { device: deviceOf(c), at: deps.clock() });
  return seeOther(c, '/account?done=removed');
}

/** The account, once its present password was typed again: a session left open is not enough to change who gets in. */
async function confirmed(c: Context<Env>, deps: Deps, signIn: SignIn, password: string): Promise<AccountRow> {
  const account = ownAccount(c, deps);
  await signIn.confirm(account, password, deviceOf(c));
  return account;
}

/** Throws Problem `forbidden` for a program: only who signed in changes how they sign in. */
function ownAccount(c: Context<Env>, { db }: Deps): AccountRow {
  const { id, via } = signedInCaller(c);
  if (via === 'token') throw new Problem('forbidden', { detail: 'A person signs in for this; a token does not do.' });
  const account = accountById(db, id);
  if (account === undefined) throw new Problem('not_found');
  return account;
}

function freshAccount(c: Context<Env>, deps: Deps): AccountRow {
  if (isFresh(c, deps)) return ownAccount(c, deps);
  throw new Problem('not_signed_in', { detail: 'Sign in again first, then add the passkey.' });
}

/** To the sign-in page and back. */
function againFirst(c: Context<Env>): Response {
  return seeOther(c, '/sign-in?done=again&next=/account/second-factor');
}

/** Codes on paper with the first factor, else back to the account. */
function firstCodes(c: Context<Env>, deps: Deps): Promise<Response> | Response {
  const { id } = signedInCaller(c);
  if (factorsOf(deps.db, id).recovery === 'made') return seeOther(c, '/account?done=app');
  return showCodes(c, renewRecoveryCodes(deps.db, id, deviceOf(c), deps.clock()));
}

function showCodes(c: Context<Env>, codes: readonly string[]): Promise<Response> {
  return page(c, <RecoveryPage words={c.get('words')} here="/account" viewer={c.get('viewer')} codes={codes} />);
}

async function orShow(c: Context<Env>, deps: Deps, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, error);
  }
}

function show(c: Context<Env>, deps: Deps, problem?: Problem): Promise<Response> {
  const { db, clock, config } = deps;
  const words = c.get('words');
  const caller = signedInCaller(c);
  const account = ownAccount(c, deps);
  return page(
    c,
    <AccountPage
      words={words}
      here="/account"
      viewer={c.get('viewer')}
      person={{
        login: account.login,
        name: account.name,
        nameEn: account.nameEn,
        role: account.role,
        sites: caller.sites,
        organisation: organisationName(db, account.organisationId),
        district: caller.district ?? null,
      }}
      factors={factorsOf(db, account.id)}
      sessions={sessionsOf(db, account.id, { now: clock(), idleMs: config.sessionIdleMs, cookie: cookieOf(c) })}
      sessionsEnd={{ idleMinutes: config.sessionIdleMs / 60_000, hours: sessionMs / 3_600_000 }}
      events={accountEventsOf(db, account.id)}
      done={done.parse(c.req.query('done') ?? null)}
      faults={localAccountFaults(words, problem)}
    />,
    problem === undefined ? 200 : (problem.status as 400),
  );
}

async function enrol(c: Context<Env>, deps: Deps, problem?: Problem): Promise<Response> {
  const words = c.get('words');
  const caller = signedInCaller(c);
  const account = ownAccount(c, deps);
  const { totpSince, passkeys, recovery } = factorsOf(deps.db, account.id);
  const held = totpSince !== null || passkeys.length > 0;
  const offer = offerTotp(deps, account);
  return page(
    c,
    <EnrolPage
      words={words}
      here="/account/second-factor"
      viewer={c.get('viewer')}
      demanded={caller.owesFactor === true ? 'demanded' : 'offered'}
      app={offer === undefined ? null : { secret: offer.secret, qr: await qrImage(offer.uri) }}
      passkeys={relyingParty(deps.config) === undefined ? 'none' : 'offered'}
      codes={held && recovery === 'never' ? 'missing' : 'kept'}
      faults={localAccountFaults(words, problem)}
    />,
    problem === undefined ? 200 : (problem.status as 400),
  );
}
