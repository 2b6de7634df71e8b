// Scanning out: what leaves is on the books, what should not leave is asked about, and a slip is taken back.
import { beforeEach, describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { lotPath } from '../../../server/trace/lot/lot-address.ts';
import { lotByCode, lotById } from '../../../server/trace/lot/lot-store.ts';
import { registerLot } from '../../../server/trace/lot/register-lot.ts';
import { registerPlace } from '../../../server/trace/place/register-place.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const belly = lotUri(products.belly, 'A07');
const html = { accept: 'text/html' };
const wang = { as: 'partner', sites: [places.wholesaler], headers: html } as const;
const at = '2026-11-22T11:05:00+08:00';
const toDingxiang = {
  at,
  way: 'ship',
  to: '鼎香小馆',
  'lines.0.code': belly,
  'lines.0.quantity': '12',
  'lines.0.unit': 'KGM',
};

beforeEach(() => {
  server = openTestServer();
  registerPlace(server.deps, { siteId: places.wholesaler, name: '王记鲜肉', kind: 'wholesaler' });
  registerPlace(server.deps, { siteId: places.dingxiang, name: '鼎香小馆', kind: 'restaurant' });
  const list = [events.commission(hour(0), places.wholesaler, [[belly, 30, 'KGM']])];
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
});

/** What the books say is left at the wholesaler's, as the record of the lot shows it. */
async function left(): Promise<string> {
  const lot = lotByCode(server.deps.db, belly);
  const record = await (await server.call(`/lots/${lot?.id}`, { as: 'inspector', headers: html })).text();
  const row = record.split('<tr').find((each) => each.includes('王记鲜肉')) ?? '';
  return [...row.matchAll(/([\d.]+)&nbsp;kg|([\d.]+)\u00a0kg/g)].map(([, a, b]) => a ?? b).at(-1) ?? 'none';
}
const ship = async (form: Record<string, string>, who: object = wang) => server.call('/ship', { ...who, form });

describe('scanning out', () => {
  it('takes goods off the books of who ships them, once, however often it is sent', async () => {
    expect((await ship(toDingxiang)).status).toBe(200);
    expect(await left()).toBe('18.0');
    expect(await (await ship(toDingxiang)).text()).toContain('早已登记');
    expect(await left()).toBe('18.0');
  });

  it('counts two boxes of one weight as two', async () => {
    await ship({ ...toDingxiang, 'lines.1.code': belly, 'lines.1.quantity': '12', 'lines.1.unit': 'KGM' });
    expect(await left()).toBe('6.0');
  });

  it('counts the weight in the code where nobody typed one, and warns of the last day it names', async () => {
    const code = `(01)${products.belly}(3103)007500(17)261120(10)A07`;
    const { 'lines.0.quantity': _, 'lines.0.unit': __, ...form } = { ...toDingxiang, 'lines.0.code': code };
    const asked = await ship(form);
    expect(asked.status).toBe(409);
    expect(await asked.text()).toContain('过期');
    expect((await ship({ ...form, accept: 'warned' })).status).toBe(200);
    expect(await left()).toBe('22.5');
  });

  it('takes the label this server printed for a lot without a GTIN', async () => {
    const flow = [{ to: places.wholesaler, at: '2026-11-20 09:00', quantity: 9, unit: 'kg' }];
    registerLot(server.deps, { origin: '白沙村', batch: '3', product: '小白菜', flow }, null);
    const lot = lotById(server.deps.db, Number(server.db.sqlite.prepare('SELECT max(id) FROM lot').pluck().get()))!;
    const label = `https://kitchen.example${lotPath(lot, server.deps.secrets.linkKey)}`;
    const form = { ...toDingxiang, 'lines.0.code': label, 'lines.0.quantity': '4' };
    expect((await ship(form)).status).toBe(200);
  });

  it('offers real places only: nobody ships to “in transit”', async () => {
    const asked = await (await server.call('/ship', wang)).text();
    expect(asked).toContain('<option value="鼎香小馆">');
    expect(asked).not.toContain('在途');
  });

  it('asks which place is meant where two have one name, and takes its code', async () => {
    registerPlace(server.deps, { siteId: places.slaughterhouse, name: '鼎香小馆', kind: 'restaurant' });
    const asked = await ship(toDingxiang);
    expect(asked.status).toBe(400);
    expect(await asked.text()).toContain(`不止一家单位叫“鼎香小馆”`);
    expect(await left()).toBe('30.0');
    expect((await ship({ ...toDingxiang, to: places.dingxiang })).status).toBe(200);
    expect(await left()).toBe('18.0');
  });

  it('sells to consumers without a receiver', async () => {
    const { to: _, ...form } = toDingxiang;
    expect((await ship({ ...form, way: 'sell' })).status).toBe(200);
    expect(await left()).toBe('18.0');
  });

  it('says what is missing: the receiver, a lot that nobody knows, an empty form', async () => {
    const none = await ship({ ...toDingxiang, to: '' });
    expect(none.status).toBe(400);
    expect(await none.text()).toContain('12');
    expect((await ship({ ...toDingxiang, 'lines.0.code': lotUri(products.belly, 'NOBODY') })).status).toBe(400);
    expect((await ship({ at, way: 'ship', to: '鼎香小馆' })).status).toBe(400);
    expect(await left()).toBe('30.0');
  });

  it('asks before a lot on hold leaves, and lets it go back when somebody says so', async () => {
    const lot = lotByCode(server.deps.db, belly);
    await server.call(`/api/lots/${lot?.id}/held`, { as: 'inspector', json: { reason: '等待复检' } });
    const asked = await ship(toDingxiang);
    expect(asked.status).toBe(409);
    expect(await asked.text()).toContain('已封存');
    expect(await left()).toBe('30.0');
    expect((await ship({ ...toDingxiang, accept: 'warned' })).status).toBe(200);
    expect(await left()).toBe('18.0');
  });

  it('is undone within minutes by a declaration, and not after', async () => {
    await ship(toDingxiang);
    const undo = () => server.call('/ship/undone', { ...wang, form: toDingxiang });
    expect((await undo()).status).toBe(200);
    expect(await left()).toBe('30.0');
    server.clock.pass(11 * 60_000);
    expect((await undo()).status).toBe(409);
  });

  it('is only from one’s own place', async () => {
    const answer = await ship({ ...toDingxiang, site: places.haiwei });
    expect(answer.status).toBe(404);
    expect((await server.call('/ship', { as: 'inspector', headers: html })).status).toBe(403);
  });

  it('tells a program the same', async () => {
    const json = { at, to: places.dingxiang, lines: [{ code: belly, quantity: 5, unit: 'kg' }] };
    const send = () => server.call('/api/shipments', { as: 'partner', sites: [places.wholesaler], json });
    expect((await send()).status).toBe(201);
    expect((await send()).status).toBe(200);
    expect(await left()).toBe('25.0');
  });
});
