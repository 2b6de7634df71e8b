// A person's own account: another password, the devices signed in, and what was done with it.
import { beforeEach, describe, expect, it } from 'vitest';
import { sessionMs } from '../../../server/accounts/account.ts';
import { noteAccountEvent } from '../../../server/accounts/person/account-event-store.ts';
import { writeTransaction } from '../../../server/store/db.ts';
import { unattendedHeader } from '../../../views/parts/unattended.ts';
import { browserOf, type PersonAtWork, signedIn, usualPassword } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let lin: PersonAtWork;
beforeEach(async () => {
  server = openTestServer();
  lin = await signedIn(server, { login: 'lin', name: '林佳宁', role: 'reviewer' });
});

const idleMs = 2 * 3600_000;
const newPassword = 'quite another one';
const status = async (person: PersonAtWork) => (await person.go('/review')).status;
const elsewhere = async () => {
  const phone = browserOf(server, lin.id);
  await phone.go('/sign-in', { login: 'lin', password: usualPassword });
  return phone;
};

describe('a password', () => {
  it('is changed by who knows the present one; this device stays, every other is signed out', async () => {
    const phone = await elsewhere();
    const changed = await lin.go('/account/password', { current: usualPassword, password: newPassword });
    expect(changed.headers.get('location')).toBe('/account?done=password');
    expect([await status(lin), await status(phone)]).toEqual([200, 401]);
    const guest = browserOf(server);
    expect((await guest.go('/sign-in', { login: 'lin', password: usualPassword })).status).toBe(401);
    expect((await guest.go('/sign-in', { login: 'lin', password: newPassword })).status).toBe(303);
  });

  it('stays what it was for a wrong present one, a short one, and the account name', async () => {
    const attempt = async (current: string, password: string) => {
      const answer = await lin.go('/account/password', { current, password });
      expect(answer.status).toBe(400);
      return answer.text();
    };
    expect(await attempt('not the password', newPassword)).toContain('现在的密码不对');
    expect(await attempt(usualPassword, 'short')).toContain('密码要 10–200 个字符');
    const long = await signedIn(server, { login: 'a.long.login.name', role: 'owner' });
    const asLogin = await long.go('/account/password', { current: usualPassword, password: 'A.Long.Login.Name' });
    expect(await asLogin.text()).toContain('密码不能和账号一样');
    const guest = browserOf(server);
    expect((await guest.go('/sign-in', { login: 'lin', password: usualPassword })).status).toBe(303);
  });

  it('cannot be guessed through a session left open: after eight tries it waits', async () => {
    for (let guess = 0; guess < 8; guess++)
      await lin.go('/account/password', { current: `guess ${guess}`, password: newPassword });
    const right = await lin.go('/account/password', { current: usualPassword, password: newPassword });
    expect(right.status).toBe(429);
  });

  it('is not changed by a program’s token, nor are second factors', async () => {
    for (const path of ['/account/password', '/account/recovery-codes', '/account/app/removed']) {
      const answer = await server.call(path, { as: 'admin', form: { current: usualPassword, password: newPassword } });
      expect([path, answer.status]).toEqual([path, 403]);
    }
    const asked = await server.call('/account/passkeys/options', { as: 'admin', method: 'POST' });
    expect(asked.status).toBe(401);
  });
});

describe('the devices signed in', () => {
  it('are listed with browser and place, and one is ended without touching the other', async () => {
    const phone = await elsewhere();
    const page = await lin.text('/account');
    expect(page).toContain('Chrome · Windows');
    expect(page).toContain('192.0.2.7');
    expect(page.match(/当前设备/g)).toHaveLength(1);
    const hash = /\/account\/sessions\/([0-9a-f]{64})\/ended/.exec(page)![1]!;
    expect((await lin.go(`/account/sessions/${hash}/ended`, {})).status).toBe(303);
    expect([await status(lin), await status(phone)]).toEqual([200, 401]);
  });

  it('of another person cannot be ended, not even by an administrator who knows its name', async () => {
    const admin = await signedIn(server, { login: 'xu', role: 'admin' });
    const hash = server.db.sqlite.prepare('SELECT hash FROM session WHERE account_id = ?').pluck().get(lin.id);
    expect((await admin.go(`/account/sessions/${hash}/ended`, {})).status).toBe(404);
    expect(await status(lin)).toBe(200);
  });

  it('are all signed out at once, by the person or by an administrator', async () => {
    const phone = await elsewhere();
    expect((await lin.go('/account/sessions/ended', {})).headers.get('location')).toBe('/sign-in?done=everywhere');
    expect([await status(phone), await status(lin)]).toEqual([401, 401]);
    const tablet = await elsewhere();
    const admin = await signedIn(server, { login: 'xu', role: 'admin' });
    await admin.go(`/people/${lin.id}/signed-out`, {});
    expect([await status(tablet), await status(admin)]).toEqual([401, 200]);
  });

  it('end by themselves after twelve hours, however much they are used', async () => {
    for (let hour = 0; hour < 11; hour++) {
      server.clock.pass(sessionMs / 12);
      expect(await status(lin)).toBe(200);
    }
    server.clock.pass(sessionMs / 12);
    expect(await status(lin)).toBe(401);
    const back = await elsewhere();
    expect(await back.text('/account')).not.toContain('192.0.2.7');
  });

  it('are signed out after two hours without use, to the millisecond, and the page says so beforehand', async () => {
    const phone = await elsewhere();
    const others = async () => [...(await lin.text('/account')).matchAll(/sessions\/\w{64}\/ended/g)];
    expect(await lin.text('/account')).toContain('120 分钟没有操作，或登录满 12 小时，会自动退出');
    expect(await lin.text('/account?lang=en')).toContain('after 120 minutes without use, and 12 hours after');
    server.clock.pass(idleMs - 1);
    expect(await status(lin)).toBe(200);
    expect(await others()).toHaveLength(1);
    server.clock.pass(1);
    expect([await status(lin), await status(phone)]).toEqual([200, 401]);
    expect(await others()).toHaveLength(0);
    server.clock.pass(-1);
    expect(await status(phone), 'a clock that jumped and came home has signed nobody out').toBe(200);
  });

  it('are not kept open by a page that asks again by itself', async () => {
    const asksItself = { headers: { cookie: lin.cookie, [unattendedHeader]: '1' } };
    for (let quarter = 1; quarter <= 4; quarter++) {
      server.clock.pass(idleMs / 4);
      expect((await server.call('/account', asksItself)).status).toBe(quarter === 4 ? 401 : 200);
    }
    expect(await status(lin)).toBe(401);
  });

  it('stay for as long as the setting says', async () => {
    server = openTestServer({ environment: { SESSION_IDLE_MINUTES: '15' } });
    lin = await signedIn(server, { login: 'lin', role: 'reviewer' });
    expect(await lin.text('/account')).toContain('15 分钟没有操作');
    server.clock.pass(15 * 60_000 - 1);
    expect(await status(lin)).toBe(200);
    server.clock.pass(15 * 60_000);
    expect(await status(lin)).toBe(401);
  });

  it('leave no second session behind when somebody signs in again in the same browser', async () => {
    await lin.go('/sign-in', { login: 'lin', password: usualPassword });
    const open = server.db.sqlite.prepare('SELECT count(*) FROM session WHERE account_id = ?').pluck().get(lin.id);
    expect(open).toBe(1);
  });
});

describe('the record of an account', () => {
  it('tells its own person of failed and good sign-ins with device and time, and nobody else', async () => {
    const guest = browserOf(server);
    await guest.go('/sign-in', { login: 'lin', password: 'not the password' });
    await guest.go('/sign-in', { login: 'lin', password: usualPassword });
    await guest.go('/sign-out', {});
    const page = await lin.text('/account');
    for (const words of ['密码错误，未能登录', '退出']) expect(page).toContain(words);
    const other = await signedIn(server, { login: 'zhou', role: 'reviewer' });
    expect(await other.text('/account')).not.toContain('密码错误，未能登录');
    expect(await lin.text('/account?lang=en')).not.toMatch(/[一-鿿]+，未能登录/);
  });

  it('is kept for half a year', async () => {
    const note = (at: number) =>
      writeTransaction(server.db, () => noteAccountEvent(server.db, { accountId: lin.id, at, kind: 'signed_in' }));
    const now = server.clock.now();
    note(now - 184 * 86_400_000);
    note(now - 182 * 86_400_000);
    note(now);
    const kept = server.db.sqlite.prepare('SELECT count(*) FROM account_event').pluck().get();
    expect(kept).toBe(2);
  });

  it('cannot be turned into markup by a browser’s name', async () => {
    const guest = browserOf(server);
    await guest.go(
      '/sign-in',
      { login: 'lin', password: 'x' },
      { headers: { 'user-agent': '<script>alert(1)</script>' } },
    );
    expect(await lin.text('/account')).not.toContain('<script>alert');
  });
});
