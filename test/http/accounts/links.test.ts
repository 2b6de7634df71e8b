// Links that work once: an invitation for every role, and a new password when the old one is forgotten.
import { beforeEach, describe, expect, it } from 'vitest';
import { roles } from '../../../server/accounts/caller.ts';
import { makeReset } from '../../../server/accounts/person/change-password.ts';
import { invitationMs, resetMs } from '../../../server/accounts/person/one-time-link.ts';
import { browserOf, type PersonAtWork, personOf, signedIn, usualPassword } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let admin: PersonAtWork;
beforeEach(async () => {
  server = openTestServer();
  admin = await signedIn(server, { login: 'xu.nan', role: 'admin' });
});

const linkIn = (html: string) => /\/(?:invitations|resets)\/[\w-]{32}/.exec(html)?.[0] ?? 'no link';
const invited = async (form: Record<string, string>) => {
  const answer = await admin.go('/invitations', { name: '王敏', ...form });
  expect(answer.status).toBe(200);
  return linkIn(await answer.text());
};
const newPassword = 'quite another one';

describe('an invitation', () => {
  it.each(roles)('makes a %s of whoever follows it, who chooses name and password', async (role) => {
    const path = await invited({ role, sites: role === 'owner' ? '6912345000406' : '' });
    const guest = browserOf(server);
    expect(await guest.text(path)).toContain('王敏');
    const login = `new.${role}`;
    const made = await guest.go(path, { name: '王敏', login, password: usualPassword });
    expect(made.headers.get('location')).toBe('/sign-in?done=invited');
    const row = server.db.sqlite.prepare('SELECT id, role, speaks FROM account WHERE login = ?').get(login) as {
      id: number;
      role: string;
      speaks: string;
    };
    expect(row).toMatchObject({ role, speaks: 'places' });
    const sites = server.db.sqlite.prepare('SELECT site_id FROM account_site WHERE account_id = ?').pluck().all(row.id);
    expect(sites).toEqual(role === 'owner' ? ['6912345000406'] : []);
  });

  it('works once, for seven days, and says the same of a used, an old and a guessed one', async () => {
    const guest = browserOf(server);
    const used = await invited({ role: 'reviewer' });
    const fields = { name: '林', login: 'lin', password: usualPassword };
    expect((await guest.go(used, fields)).status).toBe(303);
    const again = await guest.go(used, { ...fields, login: 'second' });
    const late = await invited({ role: 'reviewer' });
    server.clock.pass(invitationMs - 1);
    expect((await guest.go(late)).status).toBe(200);
    server.clock.pass(1);
    const over = await guest.go(late, { ...fields, login: 'third' });
    const guessed = await guest.go('/invitations/guess', fields);
    expect([again.status, over.status, guessed.status]).toEqual([404, 404, 404]);
    expect(await over.text()).toContain('已用过、已过期或不存在');
    const made = server.db.sqlite.prepare("SELECT count(*) FROM account WHERE login IN ('second', 'third')").pluck();
    expect(made.get()).toBe(0);
  });

  it('tells every fault in the reader’s language and keeps the link for another try', async () => {
    const path = await invited({ role: 'owner' });
    const guest = browserOf(server);
    const wrong = { name: '', login: '!', password: 'short' };
    const chinese = await (await guest.go(path, wrong)).text();
    for (const words of ['账号要 3–40 个字母', '写上姓名', '密码要 10–200 个字符']) expect(chinese).toContain(words);
    expect(chinese).not.toContain('An account name has');
    const english = await (await guest.go(`${path}?lang=en`, wrong)).text();
    expect(english).not.toMatch(/密码要|写上姓名/);
    const taken = await guest.go(path, { name: '许南', login: 'XU.nan', password: usualPassword });
    expect(taken.status).toBe(409);
    expect(await taken.text()).toContain('已有人用');
    expect((await guest.go(path, { name: '王敏', login: 'wang', password: usualPassword })).status).toBe(303);
  });

  it('keeps nothing of the link but its hash, and its maker stands in the new person’s own record', async () => {
    const path = await invited({ role: 'inspector' });
    const key = path.split('/').at(-1)!;
    const stored = JSON.stringify(server.db.sqlite.prepare('SELECT * FROM one_time_link').all());
    expect(stored).not.toContain(key);
    const guest = browserOf(server);
    await guest.go(path, { name: '陈立', login: 'chen', password: usualPassword });
    await guest.go('/sign-in', { login: 'chen', password: usualPassword });
    const own = await guest.text('/account');
    expect(own).toContain('接受邀请，账号建立');
    expect(own).toContain('操作人：xu.nan');
  });

  it('offers no place that cannot be one', async () => {
    const answer = await admin.go('/invitations', { name: '王敏', role: 'owner', moreSites: '691234' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('GLN 是 13 位数字');
  });
});

describe('a reset by an administrator’s link', () => {
  it('sets the password once, ends every session, and the old password is over', async () => {
    const wang = await signedIn(server, { login: 'wang', role: 'owner' });
    const answer = await admin.go(`/people/${wang.id}/resets`, { factors: '' });
    const path = linkIn(await answer.text());
    const guest = browserOf(server);
    expect(await guest.text(path)).toContain('wang');
    expect((await guest.go(path, { password: 'wang' })).status).toBe(400);
    expect((await wang.go('/account')).status).toBe(200);
    expect((await guest.go(path, { password: newPassword })).headers.get('location')).toBe('/sign-in?done=reset');
    expect((await wang.go('/account')).status).toBe(401);
    expect((await guest.go('/sign-in', { login: 'wang', password: usualPassword })).status).toBe(401);
    expect((await guest.go('/sign-in', { login: 'wang', password: newPassword })).status).toBe(303);
    expect((await guest.go(path, { password: 'a third password' })).status).toBe(404);
    const own = await guest.text('/account');
    for (const words of ['管理员生成了重置链接', '用重置链接设了新密码']) expect(own).toContain(words);
  });

  it('is over after a day, when another is made, when the password is changed, and when the account is disabled', async () => {
    const wang = await signedIn(server, { login: 'wang', role: 'owner' });
    const open = async (key: string) => (await browserOf(server).go(`/resets/${key}`)).status;
    const make = () => makeReset(server.db, wang.id, { factors: 'kept' }, admin.id, server.clock.now());
    const first = make();
    const second = make();
    expect([await open(first), await open(second)]).toEqual([404, 200]);
    server.clock.pass(resetMs);
    expect(await open(second)).toBe(404);
    const third = make();
    const changing = browserOf(server, wang.id);
    await changing.go('/sign-in', { login: 'wang', password: usualPassword });
    await changing.go('/account/password', { current: usualPassword, password: newPassword });
    expect(await open(third)).toBe(404);
    const fourth = make();
    const other = await signedIn(server, { login: 'other.admin', role: 'admin' });
    await other.go(`/people/${wang.id}/disabled`, {});
    expect(await open(fourth)).toBe(404);
  });

  it('is not made for a program, nor for nobody', async () => {
    server.tokenOf('partner');
    const program = server.db.sqlite.prepare("SELECT id FROM account WHERE role = 'partner'").pluck().get();
    expect((await admin.go(`/people/${program}/resets`, {})).status).toBe(404);
    expect((await admin.go('/people/9999/resets', {})).status).toBe(404);
  });

  it('cannot be had by anybody but an administrator, and not by somebody disabled', async () => {
    const wang = await personOf(server, { login: 'wang', role: 'owner' });
    for (const role of roles.filter((one) => one !== 'admin')) {
      const someone = await signedIn(server, { login: `some.${role}`, role });
      expect((await someone.go(`/people/${wang.id}/resets`, {})).status).toBe(403);
      expect((await someone.go('/invitations', { name: 'x', role: 'admin' })).status).toBe(403);
    }
  });
});
