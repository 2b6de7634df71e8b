// The sample district as a site that a browser can visit, at a day and hour that never change, whoever asks on whatever day.
import { serve } from '@hono/node-server';
import type { BrowserContextOptions } from 'playwright-core';
import { sessionCookie } from '../../server/accounts/guard.ts';
import { openSession } from '../../server/accounts/session/open-session.ts';
import { openSamples } from '../../server/samples.ts';
import { openTestServer } from './server.ts';

export type SampleSite = Awaited<ReturnType<typeof openSampleSite>>;

export async function openSampleSite() {
  const server = openTestServer({ environment: { PUBLIC_URL: 'http://127.0.0.1' } });
  await openSamples(server.deps);
  const { db, clock } = server;
  const { base, close } = await new Promise<{ base: string; close: () => void }>((resolve) => {
    const opened = serve({ fetch: server.app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ base: `http://127.0.0.1:${port}`, close: () => void opened.close() }),
    );
  });
  const sessions = new Map<string, string>();
  const sessionOf = (login: string): string => {
    const id = db.sqlite.prepare('SELECT id FROM account WHERE login = ?').pluck().get(login) as number;
    const session = sessions.get(login) ?? openSession(db, id, clock.now());
    sessions.set(login, session);
    return session;
  };
  /** The one value of a query, for addresses that a page's name is part of. */
  const ask = (sql: string): string => String(db.sqlite.prepare(sql).pluck().get());
  return { base, close, clock, ask, signedIn: (login: string) => signedIn(sessionOf(login)) };
}

function signedIn(value: string): Pick<BrowserContextOptions, 'storageState'> {
  const where = {
    domain: '127.0.0.1',
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Lax' as const,
  };
  return { storageState: { cookies: [{ name: sessionCookie, value, ...where }], origins: [] } };
}
