// What no line of the table opens stays shut: other methods, other addresses, sessions whose time is over.
import { beforeEach, describe, expect, it } from 'vitest';
import { sessionMs } from '../../server/accounts/account.ts';
import { roles } from '../../server/accounts/caller.ts';
import { signedInCaller } from '../../server/accounts/guard.ts';
import { permissions } from '../../server/accounts/permission.ts';
import { openSession } from '../../server/accounts/session/open-session.ts';
import { dayMs } from '../../server/clock.ts';
import { createAccount } from '../support/people.ts';
import { openTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeEach(() => {
  server = openTestServer();
});

const registered = () => [
  ...new Set(server.app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
];
const pathOf = (pattern: string) => pattern.replace(/:\w+(\{[^}]*\})?/g, '1').replace('*', 'x');

describe('a closed door', () => {
  it('is as closed to a request for the head alone: 401 without an account, 403 for a role that is not named', async () => {
    const wrong: string[] = [];
    let closed = 0;
    for (const route of registered().filter((one) => one.startsWith('GET '))) {
      const policy = permissions[route];
      if (policy === undefined || policy.everyone) continue;
      closed += 1;
      const path = pathOf(route.slice('GET '.length));
      const anonymous = await server.call(path, { method: 'HEAD' });
      if (anonymous.status !== 401) wrong.push(`HEAD ${path} without an account: ${anonymous.status}`);
      for (const role of roles.filter((name) => !policy.roles.includes(name))) {
        const answer = await server.call(path, { method: 'HEAD', as: role });
        if (answer.status !== 403) wrong.push(`HEAD ${path} as ${role}: ${answer.status}`);
      }
    }
    expect(closed).toBeGreaterThan(80);
    expect(wrong).toEqual([]);
  });

  it('does not open to a method it was not made for, nor does it say that it is there', async () => {
    const wrong: string[] = [];
    const known = new Set(registered());
    for (const route of known) {
      const pattern = route.slice(route.indexOf(' ') + 1);
      for (const method of ['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'POST']) {
        // An address with a star answers for others as well.
        if ([...known].some((other) => other.startsWith(`${method} `) && covers(other, pattern))) continue;
        for (const as of [undefined, 'admin'] as const) {
          const answer = await server.call(pathOf(pattern), { method, ...(as === undefined ? {} : { as }) });
          if (answer.status !== 404) wrong.push(`${method} ${pattern} as ${as ?? 'nobody'}: ${answer.status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('answers discovery where the standard asks for it, to anybody', async () => {
    for (const path of ['/epcis/capture', '/epcis/events', '/01/x']) {
      expect((await server.call(path, { method: 'OPTIONS' })).status).toBeLessThan(300);
    }
  });

  it('stays shut when somebody adds a handler for any method, which the table cannot name', async () => {
    server.app.all('/all-complaints', (c) => c.text('what everybody complained of'));
    for (const as of [undefined, 'admin'] as const) {
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
        const answer = await server.call('/all-complaints', { method, ...(as === undefined ? {} : { as }) });
        expect(answer.status).toBe(404);
        expect(await answer.text()).not.toContain('what everybody complained of');
      }
    }
  });

  it('refuses a person on a page that still shows where they may go', async () => {
    const { cookie } = await signedIn();
    const answer = await server.call('/people', { headers: { cookie, accept: 'text/html' } });
    expect(answer.status).toBe(403);
    const text = await answer.text();
    expect(text).toContain('林佳宁');
    expect(text).toContain('href="/review"');
    const nowhere = await server.call('/nowhere', { headers: { cookie, accept: 'text/html' } });
    expect(nowhere.status).toBe(404);
    expect(await nowhere.text()).toContain('href="/review"');
  });
});

describe('a door that nobody wrote into the table', () => {
  it('is a fault of ours and opens to nobody, not even to an administrator', async () => {
    server.app.get('/not/in/the/table', (c) => c.text('what nobody thought of'));
    for (const as of [undefined, 'admin'] as const) {
      const answer = await server.call('/not/in/the/table', as === undefined ? {} : { as });
      expect(answer.status).toBe(500);
      expect(await answer.text()).not.toContain('what nobody thought of');
    }
  });

  it('behind one that is open to everybody, still asks who is there', () => {
    const nobody = { get: () => null } as unknown as Parameters<typeof signedInCaller>[0];
    expect(() => signedInCaller(nobody)).toThrow('Sign in first');
  });
});

describe('a token', () => {
  const statusOf = async (authorization: string, path = '/review') =>
    (await server.call(path, { headers: { authorization } })).status;

  it('stands behind the one word that the standard has for it, and nothing stands around it', async () => {
    const token = server.tokenOf('reviewer');
    for (const said of [`Bearer ${token}`, `bearer ${token}`, `Bearer   ${token}`])
      expect(await statusOf(said), said).toBe(200);
    for (const said of [token, `Basic ${token}`, `My Bearer ${token}`, `Bearer ${token} and more`, `Bearer${token}`])
      expect(await statusOf(said), said).toBe(401);
  });

  it('that is wrong is refused also where nobody has to sign in: whoever sends one wants to be known', async () => {
    expect(await statusOf('Bearer bk_nobody', '/sign-in')).toBe(401);
    expect(await statusOf(`Bearer ${server.tokenOf('reviewer')}`, '/sign-in')).toBe(200);
  });
});

describe('a session', () => {
  it('of a person who was disabled meanwhile opens nothing, and neither does one that was made up', async () => {
    const { cookie } = await signedIn();
    server.db.sqlite.prepare(`UPDATE account SET disabled_at = 1 WHERE login = 'lin'`).run();
    expect((await server.call('/review', { headers: { cookie } })).status).toBe(401);
    expect((await server.call('/review', { headers: { cookie: 'bk_session=made-up' } })).status).toBe(401);
  });

  it('is forgotten a month after it was over, not at the next sign-in', async () => {
    await signedIn();
    const kept = () => server.db.sqlite.prepare('SELECT count(*) FROM session').pluck().get();
    server.clock.pass(sessionMs + 30 * dayMs);
    openSession(server.db, 1, server.clock.now());
    expect(kept()).toBe(2);
    server.clock.pass(1);
    openSession(server.db, 1, server.clock.now());
    expect(kept()).toBe(2);
  });

  it('ends when its time is over, to the millisecond, although somebody was there all the time', async () => {
    const { cookie } = await signedIn();
    const status = async () => (await server.call('/review', { headers: { cookie } })).status;
    for (let hour = 1; hour < 12; hour++) {
      server.clock.pass(sessionMs / 12);
      expect(await status()).toBe(200);
    }
    server.clock.pass(sessionMs / 12 - 1);
    expect(await status()).toBe(200);
    server.clock.pass(1);
    expect(await status()).toBe(401);
  });
});

async function signedIn() {
  const person = { login: 'lin', name: '林佳宁', role: 'reviewer', sites: [], password: 'a long password' } as const;
  const id = await createAccount(server.db, person, 'test', 1);
  return { cookie: `bk_session=${openSession(server.db, id, server.clock.now())}` };
}

/** Whether a registered route also answers for the address of another one. */
function covers(route: string, pattern: string): boolean {
  const own = route.slice(route.indexOf(' ') + 1);
  const asPattern = own
    .replace(/[.]/g, '\\.')
    .replace(/:\w+(\{[^}]*\})?/g, '[^/]+')
    .replace('*', '.*');
  return new RegExp(`^${asPattern}$`).test(pathOf(pattern));
}
