// Signing in, out, the set-up link and people, as a browser does it.
import { beforeEach, describe, expect, it } from 'vitest';
import { openSetUpLink } from '../../../server/accounts/set-up.ts';
import { createAccount } from '../../support/people.ts';
import { openTestServer, origin, type TestServer } from '../../support/server.ts';

const browser = { origin, 'sec-fetch-site': 'same-origin', accept: 'text/html' };
let server: TestServer;
beforeEach(() => {
  server = openTestServer();
});

const signIn = (login: string, password: string, next = '') =>
  server.call('/sign-in', { form: { login, password, next }, headers: browser });
const cookieIn = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';
const reviewer = () =>
  createAccount(
    server.db,
    { login: 'lin', name: '林佳宁', role: 'reviewer', sites: [], password: 'a long password' },
    'test',
    1,
  );

describe('signing in', () => {
  it('a reviewer lands at three first steps once and then at the queue, with a cookie no script can read', async () => {
    await reviewer();
    const first = await signIn('LIN', 'a long password');
    expect(first.headers.get('location')).toBe('/welcome');
    const steps = await server.call('/welcome', { headers: { ...browser, cookie: cookieIn(first) } });
    expect(await steps.text()).toContain('判第一张画面');
    const answer = await signIn('LIN', 'a long password');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/review');
    expect(answer.headers.get('set-cookie')).toMatch(/bk_session=.*HttpOnly.*SameSite=Lax/);
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'is never used to send somebody to %s',
    async (next) => {
      await reviewer();
      expect((await signIn('lin', 'a long password', next)).headers.get('location')).toBe('/welcome');
    },
  );

  it('says the same for a wrong password and for an account that does not exist, in both languages', async () => {
    await reviewer();
    const wrong = await signIn('lin', 'not the password');
    const nobody = await signIn('nobody', 'not the password');
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    const text = await wrong.text();
    expect(text).toBe(await nobody.text());
    expect(text).toContain('账号或密码不对');
    const english = await server.call('/sign-in?lang=en', { form: { login: 'lin', password: 'x' }, headers: browser });
    expect(await english.text()).toContain('do not match');
  });

  it('slows a guesser down, also when the right password comes at last', async () => {
    await reviewer();
    for (let guess = 0; guess < 8; guess++) await signIn('lin', `guess ${guess}`);
    const answer = await signIn('lin', 'a long password');
    expect(answer.status).toBe(429);
  });

  it('ends at sign-out and when the account is disabled', async () => {
    const id = await reviewer();
    const cookieOf = async () => cookieIn(await signIn('lin', 'a long password'));
    const first = await cookieOf();
    await server.call('/sign-out', { method: 'POST', headers: { ...browser, cookie: first } });
    expect((await server.call('/', { headers: { cookie: first } })).status).toBe(200);
    const second = await cookieOf();
    expect((await server.call('/', { headers: { cookie: second } })).status).toBe(303);
    const disabled = await server.call(`/people/${id}/disabled`, { method: 'POST', as: 'admin' });
    expect(disabled.status).toBe(303);
    expect((await server.call('/', { headers: { cookie: second } })).status).toBe(200);
    expect((await signIn('lin', 'a long password')).status).toBe(401);
  });
});

describe('the set-up link', () => {
  it('makes the administrator once, and is the same at every start until then', async () => {
    const dataDir = server.deps.config.dataDir;
    const key = openSetUpLink(server.db, dataDir, 1)!;
    expect(openSetUpLink(server.db, dataDir, 2)).toBe(key);
    expect((await server.call(`/set-up/${key}`)).status).toBe(200);
    const form = { name: '许南', login: 'xu.nan', password: 'a long password' };
    const faulty = await server.call(`/set-up/${key}`, {
      form: { ...form, password: 'short', login: '!' },
      headers: browser,
    });
    expect(faulty.status).toBe(400);
    expect(await faulty.text()).toContain('许南');
    expect((await server.call(`/set-up/${key}`, { form, headers: browser })).status).toBe(303);
    expect((await server.call(`/set-up/${key}`, { form: { ...form, login: 'second' }, headers: browser })).status).toBe(
      404,
    );
    expect(openSetUpLink(server.db, dataDir, 3)).toBeUndefined();
    expect((await signIn('xu.nan', 'a long password')).headers.get('location')).toBe('/welcome');
  });

  it('cannot be guessed', async () => {
    openSetUpLink(server.db, server.deps.config.dataDir, 1);
    expect((await server.call('/set-up/guess')).status).toBe(404);
  });
});

describe('people', () => {
  it('are put in the order of the column that the administrator presses, and the other way at a second press', async () => {
    for (const login of ['mei', 'zhao', 'bo'])
      await createAccount(
        server.db,
        { login, name: login, role: 'reviewer', sites: [], password: 'a long password' },
        't',
        1,
      );
    const logins = async (sort: string) => {
      const answer = await server.call(`/people?sort=${sort}`, { as: 'admin', headers: { accept: 'text/html' } });
      const page = await answer.text();
      const shown = [...page.matchAll(/<code>(mei|zhao|bo)<\/code>/g)].map(([, login]) => login);
      return { shown, way: /aria-sort="(\w+)"/.exec(page)?.[1] };
    };
    expect(await logins('login')).toEqual({ shown: ['bo', 'mei', 'zhao'], way: 'ascending' });
    expect(await logins('-login')).toEqual({ shown: ['zhao', 'mei', 'bo'], way: 'descending' });
  });

  it('an administrator adds an owner with a shop; a taken name and every fault are told, and nothing is added', async () => {
    const form = { login: 'wang', name: '王敏', password: 'a long password', role: 'owner', sites: '6912345000011' };
    expect((await server.call('/people', { form, as: 'admin' })).status).toBe(303);
    const again = await server.call('/people', { form, as: 'admin', headers: { accept: 'text/html' } });
    expect(again.status).toBe(409);
    const count = () => server.db.sqlite.prepare("SELECT count(*) FROM account WHERE login = 'wang'").pluck().get();
    expect(count()).toBe(1);
    const page = await (await server.call('/people', { as: 'admin', headers: { accept: 'text/html' } })).text();
    expect(page).toContain('6912345000011');
    expect(page).not.toContain('scrypt');
  });
});

describe('a page asked for by whoever takes anything', () => {
  it('knows who is signed in, as any other', async () => {
    for (const accept of ['*/*', '']) {
      const answer = await server.call('/people', { as: 'admin', headers: { accept } });
      const text = await answer.text();
      expect([accept, answer.status, text.includes('action="/sign-out"')]).toEqual([accept, 200, true]);
      expect(text).not.toContain('href="/sign-in?next=');
    }
  });
});
