// The cookie of a session, and the device a request comes from.
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Config } from '../../config.ts';
import type { Deps, Env } from '../../deps.ts';
import { freshSessionMs, halfSessionMs, sessionMs } from '../account.ts';
import { sessionCookie } from '../guard.ts';
import type { Device } from './open-session.ts';
import { sessionOpenedAt } from './session-store.ts';

export function giveCookie(c: Context<Env>, config: Config, value: string, stage: 'full' | 'second'): void {
  setCookie(c, sessionCookie, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: config.publicUrl.startsWith('https:'),
    maxAge: (stage === 'full' ? sessionMs : halfSessionMs) / 1000,
  });
}

export function takeCookie(c: Context<Env>): void {
  deleteCookie(c, sessionCookie, { path: '/' });
}

export function cookieOf(c: Context<Env>): string | undefined {
  return getCookie(c, sessionCookie);
}

/** Whether who asks has signed in just now: a session left open is not enough to change who gets in. */
export function isFresh(c: Context<Env>, { db, clock }: Pick<Deps, 'db' | 'clock'>): boolean {
  const cookie = cookieOf(c);
  const openedAt = cookie === undefined ? undefined : sessionOpenedAt(db, cookie, clock());
  return openedAt !== undefined && clock() - openedAt < freshSessionMs;
}

export function deviceOf(c: Context<Env>): Device {
  return { address: c.get('clientAddress'), agent: c.req.header('user-agent') ?? '' };
}
