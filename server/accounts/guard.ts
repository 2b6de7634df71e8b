// Finds out who is calling and asks the permission table whether they may, before any handler runs.
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { matchedRoutes } from 'hono/route';
import { unattendedHeader } from '../../views/parts/unattended.ts';
import type { Deps, Env } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { seeOther, wantsPage } from '../http/respond.tsx';
import { sha256Hex } from '../store/blobs.ts';
import { callerBySession, callerByToken } from './account-store.ts';
import type { Caller } from './caller.ts';
import { meetsDemand } from './factor/factor-store.ts';
import { demandsFactor } from './factor/second-factor.ts';
import { concernsCity, isPublic, mayCall } from './permission.ts';
import { lastSeen } from './session/last-seen.ts';

export const sessionCookie = 'bk_session';

/** Says which route a request reaches and who sent it; decides nothing. */
export function findCaller(deps: Pick<Deps, 'db' | 'clock' | 'config'>): MiddlewareHandler<Env> {
  return async function whoIsCalling(c, next) {
    c.set('route', routeOf(c));
    c.set('caller', callerOf(c, deps));
    await next();
  };
}

/** What somebody may do who still owes the second factor this server demands: set one up, or leave. */
const enrolRoutes: ReadonlySet<string> = new Set([
  'GET /account/second-factor',
  'POST /account/app',
  'POST /account/passkeys/options',
  'POST /account/passkeys',
  'POST /sign-out',
]);

/** Closed unless the table opens it: what reaches no route of ours, by address or by method, ends here. */
export function guard(): MiddlewareHandler<Env> {
  return async function checkPermission(c, next) {
    const route = c.get('route');
    if (route === undefined) throw new Problem('not_found');
    const owes = c.get('caller')?.owesFactor === true && !enrolRoutes.has(route);
    // On pages for everybody they are a visitor; nothing else opens.
    if (owes && isPublic(route)) forgetCaller(c);
    const allowed = mayCall(route, c.get('caller'));
    if (allowed === undefined) throw new Error(`The route ${route} has no line in the permission table.`);
    if (!allowed) throw refusal(c.get('caller'));
    if (concernsCity(route) && c.get('caller')?.district !== undefined) throw new Problem('whole_city_only');
    if (owes && c.get('caller') !== null) return demandFactor(c);
    return next();
  };
}

function forgetCaller(c: Context<Env>): void {
  c.set('caller', null);
  c.set('viewer', null);
}

function demandFactor(c: Context<Env>): Response {
  if (wantsPage(c)) return seeOther(c, '/account/second-factor');
  throw new Problem('second_factor_needed');
}

/** The caller, for handlers of routes that the table closes to the public. */
export function signedInCaller(c: Context<Env>): Caller {
  const caller = c.get('caller');
  if (caller === null) throw new Problem('not_signed_in');
  return caller;
}

function routeOf(c: Context<Env>): string | undefined {
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
  // hono answers with the first route that matches; middleware is registered for ALL.
  const found = matchedRoutes(c).find((route) => route.method === method);
  return found === undefined ? undefined : `${found.method} ${found.path}`;
}

function callerOf(c: Context<Env>, { db, clock, config }: Pick<Deps, 'db' | 'clock' | 'config'>): Caller | null {
  const bearer = /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) {
    const caller = callerByToken(db, bearer);
    // A wrong token is a mistake to tell, not a visitor to let in.
    if (caller === null)
      throw new Problem('not_signed_in', {
        detail: 'The bearer token is not known or was revoked.',
        headers: challenge,
      });
    return caller;
  }
  const cookie = getCookie(c, sessionCookie);
  if (cookie === undefined) return null;
  const caller = callerBySession(db, cookie, clock());
  if (caller === null || isIdle(c, cookie, { db, clock, config })) return null;
  return demandsFactor(config, caller.role) && !meetsDemand(db, caller.id) ? { ...caller, owesFactor: true } : caller;
}

/** Whether a session lay unused for too long; if not, this is a use of it, unless the page asked by itself. */
function isIdle(c: Context<Env>, cookie: string, { db, clock, config }: Pick<Deps, 'db' | 'clock' | 'config'>) {
  const hash = sha256Hex(cookie);
  const seen = lastSeen(db);
  if (seen.quietMs(hash, clock()) >= config.sessionIdleMs) return true;
  if (c.req.header(unattendedHeader) === undefined) seen.note(hash, clock());
  return false;
}

const challenge = { 'www-authenticate': 'Bearer realm="bright-kitchen"' };

function refusal(caller: Caller | null): Problem {
  return caller === null ? new Problem('not_signed_in', { headers: challenge }) : new Problem('forbidden');
}
