// Notices out of the house: previewed and sent by an inspector, by e-mail and signed webhook, in each reader's language, retried.
import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askForNotices, deliverNotice } from '../../../server/oversight/notice/carry-notice.ts';
import { tellableAt } from '../../../server/oversight/notice/notice.ts';
import { tell } from '../../../server/oversight/notice/send-notice.ts';
import { registerPlace } from '../../../server/trace/place/register-place.ts';
import { mostAttempts } from '../../../server/trace/subscription/webhook.ts';
import { cameraAddress, networkTo } from '../../support/camera-network.ts';
import { places } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let smtp: SMTPServer;
let mails: string[];
let hooks: { body: string; signature: string; delivery: string }[];
let hook: http.Server;
let answers: number[];
const html = { accept: 'text/html' };
const owner = { as: 'owner', sites: [places.dingxiang] } as const;
const other = { as: 'owner', sites: [places.haiwei] } as const;
const inspector = { as: 'inspector' } as const;

/** A real mail server on this machine: one mailbox is unknown, one is busy at the first try. */
async function openMailbox(): Promise<number> {
  let busy = 1;
  smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _session, done) {
      if (address.startsWith('nobody@'))
        return done(Object.assign(new Error('No such mailbox'), { responseCode: 550 }));
      if (address.startsWith('busy@') && busy-- > 0)
        return done(Object.assign(new Error('Try later'), { responseCode: 450 }));
      return done();
    },
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  return (smtp.server.address() as AddressInfo).port;
}

async function openHook(): Promise<void> {
  hook = http.createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const header = (name: string) => String(request.headers[name] ?? '');
    hooks.push({
      body: Buffer.concat(parts).toString('utf8'),
      signature: header('gs1-signature'),
      delivery: header('bright-kitchen-delivery'),
    });
    response.writeHead(answers.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
}

beforeEach(async () => {
  [mails, hooks, answers] = [[], [], []];
  const port = await openMailbox();
  await openHook();
  server = openTestServer({
    environment: { SMTP_URL: `smtp://127.0.0.1:${port}`, PUBLIC_URL: 'https://kitchen.example.cn' },
  });
  for (const [siteId, name] of [
    [places.dingxiang, '鼎香小馆'],
    [places.haiwei, '海味轩'],
    [places.wholesaler, '王记鲜肉'],
  ] as const)
    registerPlace(server.deps, { siteId, name, kind: 'restaurant' });
  for (const who of [owner, other]) server.tokenOf(who.as, who.sites);
});

afterEach(async () => {
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  await new Promise((resolve) => hook.close(resolve));
});

async function call(path: string, form: Record<string, string>, who: object) {
  const answer = await server.call(path, { ...who, form, headers: { ...html, origin: 'https://kitchen.example.cn' } });
  return { status: answer.status, page: await answer.text(), location: answer.headers.get('location') ?? '' };
}
const set = (more: Record<string, string>, who: object = owner) =>
  call('/notices/settings', { lang: 'zh-CN', quietFrom: '22:00', quietUntil: '07:00', ...more }, who);

/** What the deliveries' own lane does when its timer looks. */
async function deliver(): Promise<void> {
  const deps = { ...server.deps, network: networkTo((hook.address() as AddressInfo).port) };
  askForNotices(deps);
  for (const job of deps.queue.claim(['deliver-notice'], 60_000, 50)) {
    await deliverNotice(deps, JSON.parse(JSON.stringify(job.payload)));
    deps.queue.complete(job);
  }
}

const say = (to: { sites: string[] }) =>
  tell(server.deps, {
    kind: 'weather',
    title: { zh: '明日高温', en: 'Hot day tomorrow' },
    body: { zh: '请检查冷藏设备。', en: 'Check your cold stores.' },
    href: '/my',
    to,
  });
const both = { sites: [places.dingxiang, places.haiwei] };
const states = () =>
  server.db.sqlite.prepare('SELECT channel, state, attempts FROM notice_delivery ORDER BY id').all() as {
    channel: string;
    state: string;
    attempts: number;
  }[];

describe('a notice by e-mail', () => {
  it('comes to each reader in their language, once', async () => {
    await set({ email: 'owner@example.cn' });
    await set({ email: 'other@example.cn', lang: 'en' }, other);
    say(both);
    for (let look = 0; look < 2; look++) await deliver();
    const [zh = '', en = ''] = mails.sort((a, b) => (a.includes('other@') ? 1 : b.includes('other@') ? -1 : 0));
    expect(mails).toHaveLength(2);
    expect(zh).toContain(`Subject: =?UTF-8?`);
    expect(Buffer.from(/\r\n\r\n([\s\S]*)/.exec(zh)?.[1] ?? '', 'base64').toString()).toContain('请检查冷藏设备。');
    expect(en).toContain('Subject: Hot day tomorrow');
    expect(en).toContain('Check your cold stores.');
    expect(en).toContain('From: notice@kitchen.example.cn');
    expect(states().every(({ state }) => state === 'sent')).toBe(true);
  });

  it('is tried again when the mailbox is busy, and never where there is no such mailbox, until somebody says so', async () => {
    await set({ email: 'busy@example.cn' });
    await set({ email: 'nobody@example.cn' }, other);
    const sent = say(both);
    await deliver();
    expect(states().map(({ state }) => state)).toEqual(['waiting', 'dead']);
    server.clock.pass(3_600_000);
    await deliver();
    expect(states().map(({ state }) => state)).toEqual(['sent', 'dead']);
    const list = await (await server.call('/notices/sent', { as: 'admin', headers: html })).text();
    expect(list).toContain('明日高温');
    const path = `/notices/sent/${sent?.id}`;
    expect(await (await server.call(path, { as: 'admin', headers: html })).text()).toContain('No such mailbox');
    expect((await server.call(path, { ...inspector, headers: html })).status).toBe(404);
    expect((await call(`${path}/deliveries/2/revived`, {}, { as: 'admin' })).status).toBe(303);
    expect((await call(`${path}/deliveries/1/revived`, {}, { as: 'admin' })).status).toBe(404);
  });
});

it('Nobody is told whose account was closed meanwhile, and no notice leads to another server', async () => {
  await set({ email: 'owner@example.cn' });
  say({ sites: [places.dingxiang] });
  server.db.sqlite.exec('UPDATE account SET disabled_at = 1');
  await deliver();
  expect([mails.length, states().map(({ state }) => state)]).toEqual([0, ['dead']]);
  const words = { kind: 'weather', title: { zh: '明日高温' }, body: { zh: '请检查。' }, to: both } as const;
  for (const href of ['//evil.example', 'https://evil.example', '/\\evil.example'])
    expect(() => tell(server.deps, { ...words, href }), href).toThrow();
});

it('A notice put off by a clock that was a year ahead is tried at once when the clock is right again', async () => {
  await set({ email: 'busy@example.cn' });
  server.clock.pass(365 * 86_400_000);
  say({ sites: [places.dingxiang] });
  await deliver();
  expect(mails).toHaveLength(0);
  server.clock.pass(-365 * 86_400_000);
  await deliver();
  expect(mails).toHaveLength(1);
});

describe('a notice by webhook', () => {
  const dest = `http://${cameraAddress}/hook`;

  it('is signed with a key shown once, tried again under one id, and dead after its last try', async () => {
    const shown = await set({ webhook: dest });
    const token = /class="code">([\w-]+)</.exec(shown.page)?.[1] ?? '';
    expect((await set({ webhook: dest })).page).not.toContain('class="code"');
    say({ sites: [places.dingxiang] });
    answers.push(503, 500);
    for (let look = 0; look < 3; look++) {
      await deliver();
      server.clock.pass(3_600_000);
    }
    expect(new Set(hooks.map(({ delivery }) => delivery)).size).toBe(1);
    const { body, signature } = hooks[2] ?? { body: '', signature: '' };
    const [, at = '', mac = ''] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(signature) ?? [];
    expect(createHmac('sha256', token).update(`${at}.${body}`).digest('hex')).toBe(mac);
    expect(JSON.parse(body)).toMatchObject({ title: '明日高温', about: 'https://kitchen.example.cn/my' });
    expect(states()).toEqual([{ channel: 'webhook', state: 'sent', attempts: 3 }]);
    say({ sites: [places.dingxiang] });
    answers.push(...Array.from({ length: mostAttempts }, () => 500));
    for (let look = 0; look < mostAttempts + 2; look++) {
      await deliver();
      server.clock.pass(3_600_000);
    }
    expect(states()[1]).toEqual({ channel: 'webhook', state: 'dead', attempts: mostAttempts });
  });

  it('never goes into the house’s own network, and a mailbox or time that is none is refused', async () => {
    const refused = await set({ webhook: 'http://127.0.0.1:1/x', email: 'not one', quietFrom: '25:00' });
    expect(refused.status).toBe(400);
    for (const said of ['请管理员放行', '正确的邮箱', '22:00。']) expect(refused.page).toContain(said);
  });
});

describe('quiet hours', () => {
  it('hold back until they are over, over midnight too, but not a recall', async () => {
    const night = Date.UTC(2026, 10, 22, 15, 0);
    const hours = { fromMinute: 22 * 60, untilMinute: 7 * 60 };
    expect(tellableAt('weather', hours, night)).toBe(Date.UTC(2026, 10, 22, 23, 0));
    expect(tellableAt('weather', hours, Date.UTC(2026, 10, 22, 20, 0))).toBe(Date.UTC(2026, 10, 22, 23, 0));
    expect(tellableAt('weather', hours, Date.UTC(2026, 10, 22, 23, 0))).toBe(Date.UTC(2026, 10, 22, 23, 0));
    expect(tellableAt('recall', hours, night)).toBe(night);
    expect(tellableAt('weather', { fromMinute: 60, untilMinute: 60 }, night)).toBe(night);
    await set({ email: 'owner@example.cn', quietFrom: '10:00', quietUntil: '12:00' });
    say({ sites: [places.dingxiang] });
    await deliver();
    expect(mails).toHaveLength(0);
    server.clock.pass(3_600_000);
    await deliver();
    expect(mails).toHaveLength(1);
  });
});

describe('an inspector', () => {
  const fields = { kind: 'weather', 'title-zh': '明日高温', 'body-zh': '请检查冷藏设备。', siteKind: 'restaurant' };

  it('sees who gets a notice, and who cannot be told, before it is sent', async () => {
    const preview = await call('/notices', { ...fields, step: 'preview' }, inspector);
    for (const said of ['3 家单位，将发给 2 人', '1 家单位没有可以接收的账号', '王记鲜肉', '发送给 2 人'])
      expect(preview.page).toContain(said);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM notice').pluck().get()).toBe(0);
    const sent = await call('/notices', { ...fields, step: 'send' }, inspector);
    expect(sent.location).toBe('/notices/sent?told=2');
    expect(await (await server.call('/notices/sent/1', { ...inspector, headers: html })).text()).toContain(
      '2 人中 0 人已读',
    );
    expect((await call('/notices', fields, owner)).status).toBe(403);
  });

  it('is refused a notice to nobody, without words, or under a kind of the house, in both languages', async () => {
    const nobody = await call('/notices', { ...fields, siteKind: 'school', step: 'send' }, inspector);
    expect(nobody.status).toBe(400);
    expect(nobody.page).toContain('没有人会收到');
    expect((await call('/notices?lang=en', { ...fields, siteKind: '', step: 'send' }, inspector)).page).toContain(
      'reach nobody',
    );
    expect((await call('/notices', { ...fields, 'title-zh': '', step: 'send' }, inspector)).page).toContain(
      '标题（中文）',
    );
    expect((await call('/notices', { ...fields, kind: 'recall', step: 'send' }, inspector)).status).toBe(400);
    const json = { kind: 'rule', title: { zh: '新规' }, body: { zh: '请学习。' }, to: {} };
    expect((await server.call('/api/notices', { ...inspector, json })).status).toBe(400);
    const told = await server.call('/api/notices', { ...inspector, json: { ...json, to: { everyone: true } } });
    expect([told.status, await told.json()]).toMatchObject([201, { readers: 2 }]);
    const preview = await server.call('/api/notices/preview', {
      ...inspector,
      json: { to: { siteKind: 'restaurant' } },
    });
    expect(await preview.json()).toMatchObject({ readers: 2, places: 3, silent: [{ name: '王记鲜肉' }] });
    expect(JSON.stringify(await (await server.call('/api/notices', inspector)).json())).toContain('新规');
  });
});
