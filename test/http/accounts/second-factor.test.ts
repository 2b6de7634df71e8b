// Second factors: demanded of who sees everything on a server that strangers reach, shown at sign-in, lost and replaced.
import { TOTP } from 'otpauth';
import { beforeEach, describe, expect, it } from 'vitest';
import { freshSessionMs } from '../../../server/accounts/account.ts';
import { browserOf, type PersonAtWork, signedIn, usualPassword } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const outside = { HOST: '0.0.0.0', PUBLIC_URL: 'http://127.0.0.1:8080' };
let server: TestServer;
beforeEach(() => {
  server = openTestServer({ environment: outside });
});

/** The six digits an app shows now, from the secret on the page. */
const appOf = (html: string) => {
  const secret = /<code class="code wrap">([A-Z2-7 ]+)<\/code>/.exec(html)![1]!.replaceAll(' ', '');
  return (later = 0) => new TOTP({ secret }).generate({ timestamp: server.clock.now() + later });
};
const codesIn = (html: string) => html.match(/[A-Z2-9]{5}-[A-Z2-9]{5}-[A-Z2-9]{5}/g) ?? [];

/** Sets up an app as the page says, and goes on to the next code. */
async function withApp(person: PersonAtWork) {
  const code = appOf(await person.text('/account/second-factor'));
  const codes = codesIn(await (await person.go('/account/app', { code: code() })).text());
  server.clock.pass(60_000);
  return { code, codes };
}
const enter = async (login: string) => {
  const person = browserOf(server);
  const answer = await person.go('/sign-in', { login, password: usualPassword });
  return { person, to: answer.headers.get('location') };
};

describe('on a server that can be reached from outside', () => {
  it.each(['admin', 'inspector'] as const)('an %s sets up a second factor before anything else opens', async (role) => {
    const person = await signedIn(server, { login: 'chen', role });
    const home = role === 'admin' ? '/people' : '/trace';
    expect((await person.go(home)).headers.get('location')).toBe('/account/second-factor');
    expect((await person.go('/account')).headers.get('location')).toBe('/account/second-factor');
    const program = await server.call('/api/lots', { headers: { cookie: person.cookie } });
    expect([program.status, (await program.json()).code]).toEqual([403, 'second_factor_needed']);
    const { codes } = await withApp(person);
    expect(codes).toHaveLength(10);
    expect((await person.go(home)).status).toBe(200);
  });

  it('whoever owes one is a visitor on public pages: no bar, no name', async () => {
    const person = await signedIn(server, { login: 'chen', name: '陈立', role: 'inspector' });
    expect(await person.text('/look-up')).not.toContain('陈立');
  });

  it.each(['owner', 'partner', 'reviewer'] as const)('an %s may, and need not', async (role) => {
    const person = await signedIn(server, { login: 'wang', role });
    expect((await person.go('/account')).status).toBe(200);
    expect((await person.go('/account/second-factor')).status).toBe(200);
  });

  it('people of the sample district go on: whoever came first would lock out all others', async () => {
    const person = await signedIn(server, { login: 'admin', role: 'admin', sample: true });
    expect((await person.go('/people')).status).toBe(200);
  });

  it.each([
    [{ HOST: '127.0.0.1' }, 200],
    [{ HOST: '::1', PUBLIC_URL: 'http://localhost:8080' }, 200],
    [{ HOST: '192.168.1.4', PUBLIC_URL: 'http://127.0.0.1:8080' }, 303],
    [{ HOST: '127.0.0.1', PUBLIC_URL: 'https://kitchen.example.cn' }, 303],
  ] as const)('%o is told apart', async (environment, status) => {
    server = openTestServer({ environment });
    const person = await signedIn(server, { login: 'xu', role: 'admin' });
    const headers = { origin: server.deps.config.publicUrl };
    expect((await person.go('/people', undefined, { headers })).status).toBe(status);
  });

  it('the last one stays; with two, one may go, for whoever knows the password', async () => {
    const person = await signedIn(server, { login: 'xu', role: 'admin' });
    await withApp(person);
    const refused = await person.go('/account/app/removed', { current: usualPassword });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('先添加另一种验证方式');
    addPasskeyRow(person.id, 'k');
    const other = await signedIn(server, { login: 'wang', role: 'owner' });
    addPasskeyRow(other.id, 'of-wang');
    expect((await person.go('/account/passkeys/of-wang/removed', { current: usualPassword })).status).toBe(404);
    expect((await person.go('/account/app/removed', { current: 'not the password' })).status).toBe(400);
    expect((await person.go('/account/app/removed', { current: usualPassword })).status).toBe(303);
    expect((await person.go('/people')).status).toBe(200);
  });
});

describe('signing in with an app', () => {
  it('asks for the code after the password, and until then opens nothing', async () => {
    const first = await signedIn(server, { login: 'xu', role: 'admin' });
    const { code } = await withApp(first);
    const { person, to } = await enter('xu');
    expect(to).toBe('/sign-in/second');
    expect((await person.go('/people')).status).toBe(401);
    expect((await person.go('/account/second-factor')).status).toBe(401);
    expect(await person.text('/sign-in/second')).toContain('两步验证');
    expect((await person.go('/sign-in/second', { code: '000000' })).status).toBe(400);
    const before = person.cookie;
    expect((await person.go('/sign-in/second', { code: code(), next: '/districts' })).headers.get('location')).toBe(
      '/districts',
    );
    expect(person.cookie).not.toBe(before);
    expect((await person.go('/people')).status).toBe(200);
    expect((await browserWith(before).go('/people')).status).toBe(401);
  });

  it('takes each code once, also the one it was set up with, and none of a minute ago', async () => {
    const first = await signedIn(server, { login: 'xu', role: 'admin' });
    const code = appOf(await first.text('/account/second-factor'));
    const shown = code();
    await first.go('/account/app', { code: shown });
    const { person } = await enter('xu');
    expect((await person.go('/sign-in/second', { code: shown })).status).toBe(400);
    server.clock.pass(90_000);
    expect((await person.go('/sign-in/second', { code: shown })).status).toBe(400);
    const right = code();
    expect((await person.go('/sign-in/second', { code: right })).status).toBe(303);
    const second = await enter('xu');
    expect((await second.person.go('/sign-in/second', { code: right })).status).toBe(400);
  });

  it('slows a guesser of codes down, and the half-open session is over after ten minutes', async () => {
    const first = await signedIn(server, { login: 'xu', role: 'admin' });
    const { code } = await withApp(first);
    const { person } = await enter('xu');
    for (let guess = 0; guess < 8; guess++) await person.go('/sign-in/second', { code: `00000${guess}` });
    const right = await person.go('/sign-in/second', { code: code() });
    expect(right.status).toBe(429);
    server.clock.pass(10 * 60_000);
    expect((await person.go('/sign-in/second')).headers.get('location')).toBe('/sign-in');
  });

  it('takes a code from paper instead, once, written as people write', async () => {
    const first = await signedIn(server, { login: 'xu', role: 'admin' });
    const { codes } = await withApp(first);
    const paper = codes[3]!;
    const { person } = await enter('xu');
    const typed = ` ${paper.toLowerCase().replaceAll('-', ' ')}`;
    expect((await person.go('/sign-in/second', { code: typed })).status).toBe(303);
    expect(await person.text('/account')).toContain('备用码还剩 9 个');
    const again = await enter('xu');
    expect((await again.person.go('/sign-in/second', { code: paper })).status).toBe(400);
    const renewed = codesIn(await (await person.go('/account/recovery-codes', { current: usualPassword })).text());
    expect(renewed).toHaveLength(10);
    expect((await again.person.go('/sign-in/second', { code: codes[4]! })).status).toBe(400);
  });

  it('another person’s code from paper opens nothing', async () => {
    const xu = await withApp(await signedIn(server, { login: 'xu', role: 'admin' }));
    await withApp(await signedIn(server, { login: 'chen', role: 'inspector' }));
    const { person } = await enter('chen');
    expect((await person.go('/sign-in/second', { code: xu.codes[0]! })).status).toBe(400);
  });

  it('neither secret nor code lies readable in the database', async () => {
    const person = await signedIn(server, { login: 'xu', role: 'admin' });
    const page = await person.text('/account/second-factor');
    const secret = /<code class="code wrap">([A-Z2-7 ]+)<\/code>/.exec(page)![1]!.replaceAll(' ', '');
    const { codes } = await withApp(person);
    const kept = JSON.stringify(
      ['totp', 'recovery_code'].map((table) => server.db.sqlite.prepare(`SELECT * FROM ${table}`).all()),
    );
    expect(kept).not.toContain(secret);
    for (const code of codes) expect(kept).not.toContain(code.replaceAll('-', ''));
  });
});

describe('a lost phone', () => {
  it('an administrator’s link removes the factors too, and the next sign-in sets them up anew', async () => {
    const admin = await signedIn(server, { login: 'xu', role: 'admin' });
    await withApp(admin);
    const chen = await signedIn(server, { login: 'chen', role: 'inspector' });
    await withApp(chen);
    const kept = await admin.go(`/people/${chen.id}/resets`, { factors: 'removed' });
    const link = /\/resets\/[\w-]{32}/.exec(await kept.text())![0];
    await browserOf(server).go(link, { password: 'quite another one' });
    const person = browserOf(server);
    const entered = await person.go('/sign-in', { login: 'chen', password: 'quite another one' });
    expect(entered.headers.get('location')).toBe('/welcome');
    expect((await person.go('/trace')).headers.get('location')).toBe('/account/second-factor');
  });

  it('a plain reset link leaves them, and they are asked for', async () => {
    const admin = await signedIn(server, { login: 'xu', role: 'admin' });
    await withApp(admin);
    const made = await admin.go(`/people/${admin.id}/resets`, {});
    const link = /\/resets\/[\w-]{32}/.exec(await made.text())![0];
    await browserOf(server).go(link, { password: 'quite another one' });
    const entered = await browserOf(server).go('/sign-in', { login: 'xu', password: 'quite another one' });
    expect(entered.headers.get('location')).toBe('/sign-in/second');
  });
});

describe('a session left open', () => {
  it('adds no second factor: a quarter of an hour after sign-in the password is asked for again', async () => {
    const wang = await signedIn(server, { login: 'wang', role: 'owner' });
    server.clock.pass(freshSessionMs);
    const again = '/sign-in?done=again&next=/account/second-factor';
    expect((await wang.go('/account/second-factor')).headers.get('location')).toBe(again);
    expect((await wang.go('/account/app', { code: '000000' })).headers.get('location')).toBe(again);
    const asked = await wang.go('/account/passkeys/options', undefined, { method: 'POST' });
    expect(asked.status).toBe(401);
    expect((await wang.go('/account/recovery-codes', {})).status).toBe(400);
  });
});

function browserWith(cookie: string): PersonAtWork {
  const person = browserOf(server);
  person.cookie = cookie;
  return person;
}

function addPasskeyRow(accountId: number, id: string): void {
  const sql = `INSERT INTO passkey (id, account_id, name, public_key, counter, transports, created_at) VALUES (?, ?, 'office', x'00', 0, '[]', 1)`;
  server.db.sqlite.prepare(sql).run(id, accountId);
}
