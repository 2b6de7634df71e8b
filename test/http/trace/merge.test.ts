// An inspector merges two codes from the record of a lot and takes it back; what the public page and the books say follows.
import { beforeEach, describe, expect, it } from 'vitest';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerLot } from '../../../server/trace/lot/register-lot.ts';
import { registerPlace } from '../../../server/trace/place/register-place.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const html = { accept: 'text/html' };
const inspector = { as: 'inspector', headers: html } as const;
const [right, wrong] = [lotUri(products.belly, 'A07'), lotUri(products.belly, 'AO7')];
const idOf = (code: string) => lotByCode(server.db, code)!.id;
const text = async (path: string, as: Parameters<TestServer['call']>[1] = inspector) =>
  (await server.call(path, as)).text();

beforeEach(() => {
  server = openTestServer();
  registerPlace(server.deps, { siteId: places.dingxiang, name: '鼎香小馆', kind: 'restaurant' });
  registerPlace(server.deps, { siteId: places.wholesaler, name: '王记鲜肉', kind: 'wholesaler' });
  const common = { gtin: products.belly, product: '五花肉', unit: 'kg' };
  const out = [{ from: places.wholesaler, at: '2026-11-21 08:00', quantity: 24 }];
  registerLot(
    server.deps,
    { ...common, lot: 'A07', madeAt: places.wholesaler, quantity: 96, expiresAt: '2026-11-28', flow: out },
    null,
  );
  const taken = [{ to: places.dingxiang, at: '2026-11-21 09:30', quantity: 24 }];
  registerLot(server.deps, { ...common, lot: 'AO7', expiresAt: '2026-11-26', flow: taken }, null);
});

const merges = () => `/lots/${idOf(right)}/merges`;
const merge = (form: Record<string, string>) => server.call(merges(), { ...inspector, form });

describe('merging two codes', () => {
  it('shows both side by side with what differs, asks for a reason, and makes them one', async () => {
    expect(await text(`/lots/${idOf(right)}`)).toContain(`${merges()}/new`);
    const asked = await text(`${merges()}/new?code=${encodeURIComponent(`(01)${products.belly}(10)AO7`)}`);
    for (const said of ['A07', 'AO7', '不一致', '保质期不同', '鼎香小馆']) expect(asked).toContain(said);
    expect((await merge({ code: wrong, reason: ' ' })).status).toBe(400);
    const done = await merge({ code: wrong, reason: '手工输错' });
    expect(done.headers.get('location')).toBe(`/lots/${idOf(right)}?notice=merged#merges`);
    const record = await text(`/lots/${idOf(right)}?notice=merged`);
    for (const said of ['两个码现在是一批', '手工输错', '鼎香小馆', '2026-11-26']) expect(record).toContain(said);
    expect(await text(`/lots/${idOf(wrong)}`)).toContain('手工输错');
    expect(await text('/lots?q=AO7')).toContain(`/lots/${idOf(right)}`);
    expect(await text(`/trace?code=${encodeURIComponent(wrong)}`)).toContain('A07');
    const found = await server.call(`/api/trace?code=${encodeURIComponent(wrong)}&direction=forward`, {
      as: 'inspector',
    });
    expect(await found.json()).toMatchObject({ lot: right });
    const events = await server.call(`/epcis/events?MATCH_anyEPCClass=${encodeURIComponent(wrong)}`, {
      as: 'inspector',
    });
    const body = JSON.stringify(await events.json());
    expect(body).toContain('AO7');
    expect(body).not.toContain('10/A07');
  });

  it('lets the diner who scans the given-up code read the recall of the lot, and says that it is the same', async () => {
    await merge({ code: wrong, reason: '手工输错' });
    startRecall(server.deps, { lotId: idOf(right), reason: '克伦特罗' }, null);
    const page = await text(`/01/${products.belly}/10/AO7`, { headers: html });
    expect(page).toContain('克伦特罗');
    expect(page).toContain('你扫的码 AO7 与这一批是同一批货');
    expect(await text(`/01/${products.belly}/10/A07`, { headers: html })).not.toContain('你扫的码');
    const cook = { as: 'owner', sites: [places.dingxiang], headers: html } as const;
    const form = { site: places.dingxiang, 'boxes.0.code': wrong, 'boxes.0.quantity': '1', 'boxes.0.unit': 'KGM' };
    expect(await text('/receive', { ...cook, form })).toContain('正在召回');
    const book = await text('/my/purchases', cook);
    expect(book).toContain('A07');
    expect(book).not.toContain('AO7');
  });

  it('is undone with a reason, and both are lots of their own again, each with its day of use', async () => {
    await merge({ code: wrong, reason: '手工输错' });
    const undo = /action="(\/lots\/\d+\/merges\/\d+\/undone)"/.exec(await text(`/lots/${idOf(right)}`))?.[1] ?? '';
    expect((await server.call(undo, { ...inspector, form: { reason: '' } })).headers.get('location')).toContain(
      'reason_missing',
    );
    await server.call(undo, { ...inspector, form: { reason: '确是两批' } });
    const record = await text(`/lots/${idOf(right)}?notice=unmerged`);
    for (const said of ['两个码又各是一批', '确是两批', '2026-11-28']) expect(record).toContain(said);
    expect(record).not.toContain('鼎香小馆');
    expect(await text(`/lots/${idOf(wrong)}`)).toContain('鼎香小馆');
    expect((await server.call(undo, { ...inspector, form: { reason: 'x' } })).status).toBe(409);
  });

  it('refuses other products, unknown codes, and the way round that would lose a recall', async () => {
    registerLot(server.deps, { gtin: products.mince, lot: 'M1', product: '肉馅' }, null);
    const refused: [string, string][] = [
      [lotUri(products.mince, 'M1'), '不同的产品'],
      [lotUri(products.belly, 'NOPE'), '没有登记过'],
      [right, '本来就是一批'],
    ];
    for (const [code, said] of refused) {
      const answer = await merge({ code, reason: 'x' });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain(said);
    }
    startRecall(server.deps, { lotId: idOf(wrong), reason: 'x' }, null);
    expect(await (await merge({ code: wrong, reason: 'x' })).text()).toContain('打开那一批');
    const other = await text(`/lots/${idOf(wrong)}/merges/new?code=${encodeURIComponent(right)}`);
    expect(other).toContain('保留的批次正在召回');
  });

  it('is for inspectors, over the API too', async () => {
    const path = `/api/lots/${idOf(right)}/merges`;
    const json = { code: wrong, reason: 'typed wrong' };
    expect((await server.call(path, { as: 'partner', sites: [places.wholesaler], json })).status).toBe(403);
    const done = await server.call(path, { as: 'inspector', json });
    expect(done.status).toBe(201);
    const { id } = (await done.json()) as { id: number };
    expect((await server.call(`${path}/${id}/undone`, { as: 'inspector', json: { reason: 'no' } })).status).toBe(204);
  });
});
