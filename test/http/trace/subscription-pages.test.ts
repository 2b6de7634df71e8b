// The pages of subscriptions, in both languages and without script: what each shows, and what it keeps to itself.
import { beforeEach, describe, expect, it } from 'vitest';
import { subscriptions } from '../../../server/trace/subscription/subscription-tables.ts';
import { places } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const dest = 'https://93.184.215.14/hook?key=private';
const farm = { as: 'partner', sites: [places.farm] } as const;
const page = { accept: 'text/html' };
const english = { accept: 'text/html', 'accept-language': 'en' };

let server: TestServer;
beforeEach(() => {
  server = openTestServer();
});

const make = (form: Readonly<Record<string, string>>) =>
  server.call('/subscriptions', { ...farm, headers: page, form: { dest, when: 'stream', events: 'all', ...form } });
const list = async (
  headers: Record<string, string> = page,
  who: { as: 'partner' | 'admin'; sites?: readonly string[] } = farm,
) => (await server.call('/subscriptions', { ...who, headers })).text();
const idOf = (html: string) => /\/subscriptions\/([0-9a-f-]{36})/.exec(html)?.[1] ?? '';

describe('the page of subscriptions', () => {
  it('makes a subscription, shows its token this once, and hides what an address may carry', async () => {
    const made = await make({ events: 'step:shipping', when: 'daily' });
    expect(made.status).toBe(200);
    const html = await made.text();
    const token = /<code>([0-9a-f]{64})<\/code>/.exec(html)?.[1] ?? 'none';
    expect(token).toHaveLength(64);
    const later = await list();
    expect(later).not.toContain(token);
    expect(later).not.toContain('key=private');
    expect(later).toContain('https://93.184.215.14/hook');
    expect(later).toContain('每天 06:00');
    expect(later).toContain('推送中');
    expect(await list(english)).toContain('Daily at 06:00');
    const queries = (await (await server.call('/epcis/queries', farm)).json()) as unknown;
    expect(queries).toEqual([{ name: 'step-shipping', query: { EQ_bizStep: ['shipping'] } }]);
  });

  it('uses a query again that is there, and one that was kept under a name', async () => {
    await make({});
    expect((await make({})).status).toBe(200);
    await server.call('/epcis/queries', { ...farm, json: { name: 'mine', query: { EQ_action: ['ADD'] } } });
    expect((await make({ events: 'query:mine' })).status).toBe(200);
    expect(await (await server.call('/epcis/queries/all-events/subscriptions', farm)).json()).toHaveLength(2);
    expect(await (await server.call('/epcis/queries/mine/subscriptions', farm)).json()).toHaveLength(1);
    expect((await make({ events: 'query:nothing' })).status).toBe(400);
  });

  it('names every fault of the form, in the reader’s language, and keeps what was typed', async () => {
    const faulty = await make({ dest: 'http://10.0.0.1/typed', signatureToken: 'short' });
    expect(faulty.status).toBe(400);
    const html = await faulty.text();
    expect(html).toContain('有 2 处需要改正');
    expect(html).toContain('至少 16 个字符');
    expect(html).toContain('内部网络');
    expect(html).toContain('value="http://10.0.0.1/typed"');
  });

  it('shows an administrator everybody’s with their owner, and nobody else another’s', async () => {
    const id = idOf(await (await make({})).text());
    expect(await list(page, { as: 'admin' })).toContain(id);
    expect(await list(page, { as: 'partner', sites: [places.wholesaler] })).not.toContain(id);
    const other = await server.call(`/subscriptions/${id}`, {
      as: 'partner',
      sites: [places.wholesaler],
      headers: page,
    });
    expect(other.status).toBe(404);
    for (const step of ['paused', 'resumed', 'removed', 'tests'])
      expect(
        (await server.call(`/subscriptions/${id}/${step}`, { as: 'inspector', form: {}, headers: page })).status,
      ).toBe(404);
    const removed = await server.call(`/subscriptions/${id}/removed`, { as: 'admin', form: {}, headers: page });
    expect(removed.headers.get('location')).toBe('/subscriptions?changed=removed');
    expect(await list()).not.toContain(id);
  });

  it('says what went wrong and what was stopped', async () => {
    const id = idOf(await (await make({})).text());
    server.db.orm.update(subscriptions).set({ state: 'given_up', fault: 'timeout', faultAt: server.clock.now() }).run();
    expect(await list()).toContain('已停止');
    const one = await (await server.call(`/subscriptions/${id}`, { ...farm, headers: english })).text();
    expect(one).toContain('The receiver did not answer in time');
    expect(one).toContain(`action="/subscriptions/${id}/resumed"`);
    await server.call(`/subscriptions/${id}/resumed`, { ...farm, form: {}, headers: page });
    server.db.orm.update(subscriptions).set({ fault: 'status' }).run();
    expect(await list()).toContain('重试中');
  });
});

describe('open networks', () => {
  it('are an administrator’s: written right, opened once, closed again, entered in the ledger', async () => {
    const open = (form: Record<string, string>, as: 'admin' | 'partner' = 'admin') =>
      server.call('/subscriptions/networks', { as, form, headers: page });
    expect((await open({ network: '10.0.0.0/8', port: '443' }, 'partner')).status).toBe(403);
    const faulty = await open({ network: 'ten', port: '0' });
    expect(faulty.status).toBe(400);
    expect(await faulty.text()).toContain('网段写法如 10.20.0.0/16');
    for (let times = 0; times < 2; times++)
      expect((await open({ network: '10.0.0.0/8', port: '443' })).status).toBe(303);
    const html = await list(page, { as: 'admin' });
    expect(html.match(/10\.0\.0\.0\/8/g)).toHaveLength(1);
    expect(await list()).not.toContain('10.0.0.0/8');
    const id = /networks\/(\d+)\/removed/.exec(html)?.[1];
    expect((await server.call(`/subscriptions/networks/${id}/removed`, { as: 'admin', form: {} })).status).toBe(303);
    const entries = server.db.sqlite
      .prepare(`SELECT body FROM ledger_entry WHERE subject = 'setting/webhook-network'`)
      .pluck()
      .all();
    expect(entries.map((body) => JSON.parse(String(body)).step)).toEqual(['opened', 'closed']);
  });
});
