// A logger's file attached to a shipment from its page: readings of the goods, doubts looked at first, and once only.
import { beforeEach, describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { checkChain } from '../../../server/trace/finding/check-chain.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { documentOf, events, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const html = { accept: 'text/html' };
const carrier = { as: 'partner', sites: [places.wholesaler], headers: html } as const;
const code = lotUri(products.belly, 'A07');
const clock = (time: string) => Date.parse(`2026-11-21T${time}:00+08:00`);

beforeEach(() => {
  server = openTestServer();
  registerPlace(server.deps, { siteId: places.dingxiang, name: '鼎香小馆', kind: 'restaurant' });
  registerPlace(server.deps, { siteId: places.wholesaler, name: '王记鲜肉', kind: 'wholesaler' });
  registerProduct(server.deps, { gtin: products.belly, name: '五花肉', unit: 'KGM', coldChain: { minC: 0, maxC: 4 } });
  const list = [
    events.commission(clock('07:00'), places.wholesaler, [[code, 96, 'KGM']]),
    events.ship(clock('08:00'), places.wholesaler, places.dingxiang, [[code, 24, 'KGM']]),
    events.receive(clock('10:00'), places.dingxiang, places.wholesaler, [[code, 24, 'KGM']]),
  ];
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
});

async function pathOf(as: Parameters<TestServer['call']>[1] = carrier): Promise<string> {
  const record = await (await server.call(`/lots/${lotByCode(server.db, code)!.id}`, as)).text();
  return /href="(\/shipments\/\d+\/readings)"/.exec(record)?.[1] ?? '';
}

function formOf(text: string, more: Record<string, string> = {}): FormData {
  const form = new FormData();
  form.append('file', new File([text], 'logger.csv'));
  for (const [name, value] of Object.entries(more)) form.append(name, value);
  return form;
}

const warm = `时间,温度(℃)\n${['08:10,3', '08:20,9', '08:30,9', '08:40,3'].map((line) => `2026-11-21 ${line}`).join('\n')}`;
const doubtful = warm.replace(',3', ',--');
const kept = () => server.db.sqlite.prepare('SELECT count(*) FROM sensor_reading').pluck().get();

describe('the file of a logger', () => {
  it('becomes readings of the goods that were on their way, their breach is found, and a second time it is known', async () => {
    const path = await pathOf();
    expect(await (await server.call(path, carrier)).text()).toContain('王记鲜肉 → 鼎香小馆');
    const done = await (await server.call(path, { ...carrier, method: 'POST', body: formOf(warm) })).text();
    expect(done).toContain('已附上 4 条读数');
    expect(kept()).toBe(4);
    const again = await (await server.call(path, { ...carrier, method: 'POST', body: formOf(warm) })).text();
    expect(again).toContain('早已附上');
    checkChain(server.deps);
    const breach = server.db.sqlite.prepare("SELECT count(*) FROM finding WHERE kind = 'excursion'").pluck().get();
    expect(breach).toBe(1);
    const page = await (await server.call(`/01/${products.belly}/10/A07`, { headers: html })).text();
    expect(page).toContain('9.0');
    const books = await (
      await server.call(`/lots/${lotByCode(server.db, code)!.id}`, { as: 'inspector', headers: html })
    ).text();
    expect(books).toContain('72.0');
  });

  it('with lines in doubt is shown first, and taken when they were looked at', async () => {
    const path = await pathOf();
    const asked = await (await server.call(path, { ...carrier, method: 'POST', body: formOf(doubtful) })).text();
    for (const said of ['B2', '“--”不是温度', 'name="doubts"']) expect(asked).toContain(said);
    expect(kept()).toBe(0);
    await server.call(path, { ...carrier, method: 'POST', body: formOf(doubtful, { doubts: 'take' }) });
    expect(kept()).toBe(3);
  });

  it('that is none, or of another journey, is refused and nothing is kept', async () => {
    const path = await pathOf();
    const none = await server.call(path, { ...carrier, method: 'POST', body: formOf('品名,数量\n肉,1') });
    expect(none.status).toBe(400);
    expect(await none.text()).toContain('这不是温度记录仪的文件');
    const other = formOf(warm.replaceAll('2026-11-21', '2026-10-21'), { doubts: 'take' });
    expect(await (await server.call(path, { ...carrier, method: 'POST', body: other })).text()).toContain(
      '没有一条落在发货到收货之间',
    );
    expect(kept()).toBe(0);
  });

  it('with something wrong in it is refused by its cell in words, and neither readings, events nor the ledger change', async () => {
    const path = await pathOf();
    const tables = ['sensor_reading', 'event', 'event_document', 'ledger_entry', 'lot', 'holding'];
    const counted = () =>
      tables.map((table) => server.db.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    const before = counted();
    const bad = [
      [warm.replaceAll(',9', ',9,5'), 'C3', '小数逗号'],
      [warm.replace('2026-11-21 08:20', '2026-11-31 08:20'), 'A3', '不是时间'],
      [warm.replace('2026-11-21 08:20', ''), 'A3', '没有时间'],
      [warm.replace(',9', ',#REF!'), 'B3', '不是温度'],
    ] as const;
    for (const [text, cell, words] of bad) {
      const page = await (await server.call(path, { ...carrier, method: 'POST', body: formOf(text) })).text();
      expect(page, cell).toContain(cell);
      expect(page, cell).toContain(words);
      const csv = { ...carrier, headers: { 'content-type': 'text/csv' } } as const;
      const refused = await server.call(`/api${path}`, { ...csv, body: text });
      expect([refused.status, ((await refused.json()) as { faults: { place: string }[] }).faults[0]?.place]).toEqual([
        400,
        cell,
      ]);
    }
    expect(counted()).toEqual(before);
  });

  it('is for those whose goods they are, and over the API tells every cell', async () => {
    const path = await pathOf();
    expect((await server.call(path, { as: 'partner', sites: [places.farm], headers: html })).status).toBe(404);
    const cook = { as: 'owner', sites: [places.dingxiang], headers: { 'content-type': 'text/csv' } } as const;
    const seen = await server.call(`/api${path}?preview=1`, { ...cook, body: doubtful });
    expect(await seen.json()).toMatchObject({
      state: 'stopped',
      readings: 3,
      found: [{ cell: 'B2', code: 'no_value' }],
    });
    const refused = await server.call(`/api${path}`, { ...cook, body: doubtful });
    expect(await refused.json()).toMatchObject({ faults: [{ place: 'B2', code: 'no_value' }] });
    expect((await server.call(`/api${path}`, { ...cook, body: warm })).status).toBe(201);
    expect(kept()).toBe(4);
  });
});

describe('how goods are kept, as the diner reads it beside their curve', () => {
  it.each([
    [-25, -18, '冷冻'],
    [-18, -12, '冷冻'],
    [0, 4, '冷藏'],
    [2, 10, '冷藏'],
    [10, 25, '保存'],
  ])('from %i to %i °C is %s, and nothing else', async (minC, maxC, said) => {
    registerProduct(server.deps, { gtin: products.belly, name: '五花肉', unit: 'KGM', coldChain: { minC, maxC } });
    const path = await pathOf();
    await server.call(path, { ...carrier, method: 'POST', body: formOf(warm) });
    const page = await (await server.call(`/01/${products.belly}/10/A07`, { headers: html })).text();
    expect(page.match(/冷冻|冷藏|保存(?=[^期])/gu)?.[0], page.slice(0, 200)).toBe(said);
    for (const other of ['冷冻', '冷藏'].filter((word) => word !== said)) expect(page).not.toContain(other);
  });
});
