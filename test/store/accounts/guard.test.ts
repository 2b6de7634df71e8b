// The guard by itself, before six doors of the real table: who is let in, who is sent away, and with which words.
import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import { halfSessionMs, sessionMs } from '../../../server/accounts/account.ts';
import type { Role } from '../../../server/accounts/caller.ts';
import { insertAccount } from '../../../server/accounts/create-account.ts';
import { findCaller, guard, signedInCaller } from '../../../server/accounts/guard.ts';
import { issueToken } from '../../../server/accounts/issue-token.ts';
import { openSession } from '../../../server/accounts/session/open-session.ts';
import { readConfig } from '../../../server/config.ts';
import type { Env } from '../../../server/deps.ts';
import { Problem } from '../../../server/http/problem.ts';
import { type Db, openDatabase, writeTransaction } from '../../../server/store/db.ts';
import { unattendedHeader } from '../../../views/parts/unattended.ts';

const idleMs = 15 * 60_000;
let db: Db;
let now: number;
let app: Hono<Env>;
beforeEach(() => {
  db = openDatabase(':memory:');
  now = 1_800_000_000_000;
  app = houseWith({ SESSION_IDLE_MINUTES: '15' });
});

/** Every door answers with who stands in it. */
function houseWith(environment: Record<string, string>): Hono<Env> {
  const house = new Hono<Env>();
  house.onError((error, c) => {
    if (!(error instanceof Problem)) return c.text(error.message, 500);
    for (const [name, value] of Object.entries(error.options.headers ?? {})) c.header(name, value);
    return c.text(error.code, error.status as 401);
  });
  house.use(findCaller({ db, clock: () => now, config: readConfig(environment) }));
  house.use(async (c, next) => {
    c.set('viewer', { name: 'the bar', role: 'admin', links: [] });
    await next();
  });
  house.use(guard());
  for (const door of ['/healthz', '/my', '/account', '/ledger', '/account/second-factor', '/nowhere'])
    house.get(door, (c) => c.text(`${c.get('caller')?.name ?? 'nobody'}, ${c.get('viewer')?.name ?? 'no bar'}`));
  house.post('/sign-out', (c) => c.text(signedInCaller(c).name));
  return house;
}

function person(name: string, role: Role, more: { districtId?: number; sample?: boolean } = {}): number {
  const row = { login: name.toLowerCase(), name, role, sites: [], passwordHash: null, ...more };
  return writeTransaction(db, () => insertAccount(db, row, 'test', now));
}

function cookieOf(name: string, role: Role, more: Parameters<typeof person>[2] = {}) {
  return { cookie: `bk_session=${openSession(db, person(name, role, more), now)}` };
}

async function told(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<string> {
  const answer = await app.request(`http://127.0.0.1:8080${path}`, { method, headers });
  const to = answer.headers.get('location');
  return `${answer.status} ${to ?? (await answer.text())}`;
}

describe('a door', () => {
  it('that everybody may use greets nobody and somebody', async () => {
    expect(await told('/healthz')).toBe('200 nobody, the bar');
    expect(await told('/healthz', cookieOf('Lin', 'owner'))).toBe('200 Lin, the bar');
  });

  it('that is closed asks for a name first, and says no to a role it is not for', async () => {
    expect(await told('/my')).toBe('401 not_signed_in');
    const answer = await app.request('http://127.0.0.1:8080/my');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="bright-kitchen"');
    expect(await told('/my', cookieOf('Lin', 'owner'))).toBe('200 Lin, the bar');
    expect(await told('/my', cookieOf('Zhou', 'reviewer'))).toBe('403 forbidden');
  });

  it('is as closed for a HEAD, and is not there for other methods and other addresses', async () => {
    expect(await told('/my', {}, 'HEAD')).toBe('401 ');
    expect(await told('/my', cookieOf('Lin', 'owner'), 'HEAD')).toBe('200 ');
    const admin = cookieOf('Xu', 'admin');
    for (const [path, method] of [
      ['/my', 'POST'],
      ['/my/other', 'GET'],
      ['/', 'GET'],
    ] as const)
      expect(await told(path, admin, method), `${method} ${path}`).toBe('404 not_found');
  });

  it('without a line in the table is a fault of the house and opens to nobody', async () => {
    expect(await told('/nowhere', cookieOf('Xu', 'admin'))).toContain('500 The route GET /nowhere has no line');
  });

  it('to the city’s records is closed to who is bound to a district', async () => {
    const district = Number(
      db.sqlite.prepare("INSERT INTO district (name, created_at) VALUES ('城东', 1)").run().lastInsertRowid,
    );
    expect(await told('/ledger', cookieOf('Chen', 'inspector'))).toBe('200 Chen, the bar');
    const bound = cookieOf('Gao', 'inspector', { districtId: district });
    expect(await told('/ledger', bound)).toBe('403 whole_city_only');
    expect(await told('/account', bound)).toBe('200 Gao, the bar');
  });
});

describe('where strangers reach the server', () => {
  const outside = { HOST: '0.0.0.0', PUBLIC_URL: 'https://kitchen.example.cn' };
  const html = { accept: 'text/html' };

  it('who owes a second factor reaches its page and the way out, and is a visitor on public pages', async () => {
    app = houseWith(outside);
    const chen = cookieOf('Chen', 'inspector');
    expect(await told('/account/second-factor', chen)).toBe('200 Chen, the bar');
    expect(await told('/sign-out', chen, 'POST')).toBe('200 Chen');
    expect(await told('/healthz', chen)).toBe('200 nobody, no bar');
    expect(await told('/ledger', { ...chen, ...html })).toBe('303 /account/second-factor');
    expect(await told('/ledger', chen)).toBe('403 second_factor_needed');
    expect(await told('/my', { ...chen, ...html }), 'what is not theirs stays so').toBe('403 forbidden');
  });

  it('owners owe none, nor do people of the sample district, nor somebody who has one; on this machine nobody does', async () => {
    app = houseWith(outside);
    expect(await told('/my', cookieOf('Lin', 'owner'))).toBe('200 Lin, the bar');
    expect(await told('/ledger', cookieOf('Demo', 'admin', { sample: true }))).toBe('200 Demo, the bar');
    const chen = cookieOf('Chen', 'inspector');
    db.sqlite.exec(
      "INSERT INTO passkey (id, account_id, name, public_key, counter, transports, created_at) SELECT 'k', id, 'key', x'00', 0, '[]', 1 FROM account WHERE login = 'chen'",
    );
    expect(await told('/ledger', chen)).toBe('200 Chen, the bar');
    app = houseWith({});
    expect(await told('/ledger', cookieOf('Gao', 'inspector'))).toBe('200 Gao, the bar');
  });
});

it('a handler of an open door that asks for a name nevertheless gets a refusal, not a stranger', async () => {
  app.get('/api/openapi.json', (c) => c.text(signedInCaller(c).name));
  expect(await told('/api/openapi.json')).toBe('401 not_signed_in');
});

describe('a name', () => {
  it('that a token gives is believed; a token that is wrong is refused even at an open door', async () => {
    const token = issueToken(db, { role: 'owner', name: 'till', sites: [] }, now);
    expect(await told('/my', { authorization: `Bearer ${token}` })).toBe('200 till, the bar');
    expect(await told('/my', { authorization: `bearer  ${token}` })).toBe('200 till, the bar');
    expect(await told('/healthz', { authorization: 'Bearer bk_wrong' })).toBe('401 not_signed_in');
    for (const said of [token, `My Bearer ${token}`, `Bearer ${token} more`, 'Basic eDp5'])
      expect(await told('/my', { authorization: said }), said).toBe('401 not_signed_in');
  });

  it('that a cookie gives is believed until it is over, unless nobody used it for so long', async () => {
    const lin = cookieOf('Lin', 'owner');
    expect(await told('/my', { cookie: 'bk_session=made-up' })).toBe('401 not_signed_in');
    now += idleMs - 1;
    expect(await told('/my', lin)).toBe('200 Lin, the bar');
    now += idleMs - 1;
    expect(await told('/my', { ...lin, [unattendedHeader]: '1' }), 'a page that asked by itself').toBe(
      '200 Lin, the bar',
    );
    now += 1;
    expect(await told('/my', lin)).toBe('401 not_signed_in');
    now -= 1;
    expect(await told('/my', lin)).toBe('200 Lin, the bar');
  });

  it('of a half session, whose second factor is still owed, opens nothing', async () => {
    const half = openSession(db, person('Lin', 'owner'), now, undefined, 'second');
    expect(await told('/my', { cookie: `bk_session=${half}` })).toBe('401 not_signed_in');
    const expires = db.sqlite.prepare('SELECT expires_at - created_at FROM session').pluck();
    expect(expires.get()).toBe(halfSessionMs);
    cookieOf('Zhou', 'owner');
    expect(expires.all()).toEqual([halfSessionMs, sessionMs]);
  });
});
