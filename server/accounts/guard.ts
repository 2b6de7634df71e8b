// Finds out who is calling and asks the permission table whether they may, before any handler runs.
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { matchedRoutes } from 'hono/route';
import type { Clock } from '../clock.ts';
import type { Env } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../store/db.ts';
import { callerBySession, callerByToken } from './account-store.ts';
import type { Caller } from './caller.ts';
import { mayCall } from './permission.ts';

export const sessionCookie = 'bk_session';

/** Says which route a request reaches and who sent it; decides nothing. */
export function findCaller(db: Db, clock: Clock): MiddlewareHandler<Env> {
  return async function whoIsCalling(c, next) {
    c.set('route', routeOf(c));
    c.set('caller', callerOf(c, db, clock()));
    await next();
  };
}

/** Closed unless the table opens it: what reaches no route of ours, by address or by method, ends here. */
export function guard(): MiddlewareHandler<Env> {
  return async function checkPermission(c, next) {
    const route = c.get('route');
    if (route === undefined) throw new Problem('not_found');
    const allowed = mayCall(route, c.get('caller'));
    if (allowed === undefined) throw new Error(`The route ${route} has no line in the permission table.`);
    if (!allowed) throw refusal(c.get('caller'));
    return next();
  };
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

function callerOf(c: Context<Env>, db: Db, now: number): Caller | null {
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
  return cookie === undefined ? null : callerBySession(db, cookie, now);
}

const challenge = { 'www-authenticate': 'Bearer realm="bright-kitchen"' };

function refusal(caller: Caller | null): Problem {
  return caller === null ? new Problem('not_signed_in', { headers: challenge }) : new Problem('forbidden');
}
