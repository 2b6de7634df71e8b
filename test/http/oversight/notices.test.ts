// Notices: who gets one is known before it is sent, nobody is told twice, reading it gives a receipt.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../server/accounts/caller.ts';
import { whoIsReached } from '../../../server/oversight/notice/audience-store.ts';
import { type NewNotice, sendNotice, tell } from '../../../server/oversight/notice/send-notice.ts';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const html = { accept: 'text/html' };
const dingxiang = { as: 'owner', sites: [places.dingxiang] } as const;
const haiwei = { as: 'owner', sites: [places.haiwei] } as const;
const lot = lotUri(products.belly, 'A07');

beforeEach(() => {
  server = openTestServer();
  for (const [siteId, name, kind] of [
    [places.wholesaler, '王记鲜肉', 'wholesaler'],
    [places.dingxiang, '鼎香小馆', 'restaurant'],
    [places.haiwei, '海味轩', 'restaurant'],
  ] as const)
    registerPlace(server.deps, { siteId, name, kind });
  registerProduct(server.deps, { gtin: products.belly, name: '冷鲜五花肉', unit: 'KGM' });
  for (const who of [dingxiang, haiwei]) server.tokenOf(who.as, who.sites);
});

const words: NewNotice = {
  kind: 'weather',
  title: { zh: '明日高温', en: 'Hot day tomorrow' },
  body: { zh: '请检查冷藏设备。', en: 'Check your cold stores.' },
  to: { siteKind: 'restaurant' },
};
const textOf = async (path: string, who: object) => (await server.call(path, { ...who, headers: html })).text();
const count = (sql: string) => server.db.sqlite.prepare(`SELECT count(*) FROM ${sql}`).pluck().get();

describe('a notice from the house', () => {
  it('reaches the people of the places it is for, each in their language, and counts as unread until it is opened', async () => {
    const sent = tell(server.deps, { ...words, to: { sites: [places.dingxiang] } });
    expect(sent?.readers).toBe(1);
    expect(await textOf('/notices', dingxiang)).toContain('明日高温');
    expect(await textOf('/notices?lang=en', dingxiang)).toContain('Hot day tomorrow');
    expect(await textOf('/notices', haiwei)).not.toContain('明日高温');
    expect((await server.call(`/notices/${sent?.id}`, { ...haiwei, headers: html })).status).toBe(404);
    expect(count('notice_reader WHERE read_at IS NOT NULL')).toBe(0);
    expect(await textOf(`/notices/${sent?.id}`, dingxiang)).toContain('请检查冷藏设备');
    server.clock.pass(60_000);
    await textOf(`/notices/${sent?.id}`, dingxiang);
    expect(count("ledger_entry WHERE kind = 'notice'")).toBe(2);
    expect(await textOf('/notices', dingxiang)).not.toContain('未读</span>');
  });

  it('is told once under one key, and says nothing where nobody can be told', () => {
    const keyed = { ...words, key: 'visit/7' };
    expect(tell(server.deps, keyed)?.id).toBe(tell(server.deps, keyed)?.id);
    expect(count('notice')).toBe(1);
    expect(tell(server.deps, { ...words, to: { sites: [places.wholesaler] } })).toBeUndefined();
  });
});

describe('who a notice is for', () => {
  const readersOf = (to: NewNotice['to'], by: Caller | null = null) =>
    sendNotice(server.deps, { ...words, to }, by).readers;

  it('is whoever holds the goods now, not who held them once', () => {
    const list = [
      events.commission(hour(0), places.wholesaler, [[lot, 10, 'KGM']]),
      events.ship(hour(1), places.wholesaler, places.dingxiang, [[lot, 6, 'KGM']]),
      events.receive(hour(2), places.dingxiang, places.wholesaler, [[lot, 6, 'KGM']]),
      events.ship(hour(3), places.wholesaler, places.haiwei, [[lot, 4, 'KGM']]),
      events.receive(hour(4), places.haiwei, places.wholesaler, [[lot, 4, 'KGM']]),
      events.sell(hour(5), places.haiwei, [[lot, 4, 'KGM']]),
    ];
    captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, {
      onError: 'rollback',
    });
    expect(readersOf({ holds: lot })).toBe(1);
    expect(readersOf({ holds: products.belly, siteKind: 'restaurant' })).toBe(1);
    expect(() => readersOf({ holds: lot, sites: [places.haiwei] })).toThrow(/faults/);
    expect(() => readersOf({ holds: 'no such lot' })).toThrow(/faults/);
  });

  it('is refused when it is nobody, and nothing is kept', () => {
    for (const to of [{}, { siteKind: 'school' }, { sites: [places.wholesaler] }, { grade: 'C' as const }])
      expect(() => readersOf(to)).toThrow(/faults/);
    expect(count('notice')).toBe(0);
    expect(readersOf({ everyone: true })).toBe(2);
  });

  it('is nobody at a place whose only account is closed, and the writer is told which place that is', () => {
    const asked = () => whoIsReached(server.db, { siteKind: 'restaurant', roles: ['owner'] }, null, undefined);
    expect(asked()).toMatchObject({ places: 2, silent: [] });
    server.db.sqlite
      .prepare('UPDATE account SET disabled_at = 1 WHERE id = (SELECT account_id FROM account_site WHERE site_id = ?)')
      .run(places.haiwei);
    expect(asked()).toMatchObject({ readers: [{ siteId: places.dingxiang }], silent: [{ name: '海味轩' }] });
  });

  it('stays inside the district of the inspector who writes it', () => {
    const district = { id: 1, name: '临江区', nameEn: null, sites: [places.haiwei] };
    const by: Caller = { id: 1, name: '李', role: 'inspector', sites: [], via: 'token', district };
    expect(readersOf({ siteKind: 'restaurant' }, by)).toBe(1);
    expect(readersOf({ everyone: true }, by)).toBe(1);
    expect(() => readersOf({ sites: [places.dingxiang] }, by)).toThrow(/faults/);
  });
});
