// A shop's deliveries: scanned, typed and sent twice; goods without a code; the purchase ledger that keeps itself.
import { beforeEach, describe, expect, it } from 'vitest';
import { registerRestaurant } from '../../../server/kitchen/shop/register-restaurant.ts';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { checkChain } from '../../../server/trace/finding/check-chain.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { documentOf, events, lotUri, places, products, sscc } from '../../support/cast.ts';
import { person } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const html = { accept: 'text/html' };
const cook = { as: 'owner', sites: [places.dingxiang] } as const;
const code = lotUri(products.belly, 'A07');

beforeEach(() => {
  server = openTestServer();
  registerPlace(server.deps, { siteId: places.dingxiang, name: '鼎香小馆', kind: 'restaurant' });
  registerPlace(server.deps, { siteId: places.wholesaler, name: '=王记鲜肉', kind: 'wholesaler' });
  registerProduct(server.deps, { gtin: products.belly, name: '冷鲜猪五花肉', unit: 'KGM' });
  const at = server.clock.now() - 7_200_000;
  const list = [
    events.commission(at, places.wholesaler, [[code, 96, 'KGM']]),
    events.ship(at + 60_000, places.wholesaler, places.dingxiang, [[code, 24, 'KGM']]),
  ];
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
});

const received = () =>
  server.db.sqlite.prepare("SELECT count(*) FROM event WHERE biz_step = 'receiving'").pluck().get();
const delivery = {
  at: '2026-11-22T10:30:00+08:00',
  from: places.wholesaler,
  boxes: [{ code: `(01)${products.belly}(10)A07`, quantity: 24, unit: 'KGM', celsius: 3.1 }],
};

describe('receiving', () => {
  it('takes several boxes at once; the same delivery sent again is no second one', async () => {
    const first = await server.call('/api/receipts', { ...cook, json: delivery });
    expect(first.status).toBe(201);
    expect(await first.json()).toMatchObject({
      site: places.dingxiang,
      accepted: 1,
      lots: [{ batch: 'A07', status: 'ok' }],
    });
    const again = await server.call('/api/receipts', { ...cook, json: delivery });
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ accepted: 0, duplicate: 1 });
    expect(received()).toBe(1);
  });

  it('stands on the owner’s home the same day, and is gone from it the next', async () => {
    const kitchen = { name: '鼎香小馆', address: '荷塘路 21 号', licence: 'JY13301000001480', gln: places.dingxiang };
    const hours = { opensAt: '00:00', closesAt: '00:00' };
    registerRestaurant(server.deps, person(server.deps, 'admin', 'admin'), { ...kitchen, ...hours });
    const home = async () => (await server.call('/my', { ...cook, headers: html })).text();
    expect(await home()).toContain('今天还没有收货');
    await server.call('/api/receipts', { ...cook, json: delivery });
    const today = await home();
    for (const said of ['今天到货', '冷鲜猪五花肉', 'A07', '王记鲜肉', '24']) expect(today).toContain(said);
    server.clock.pass(86_400_000);
    expect(await home()).toContain('今天还没有收货');
  });

  it('of goods that were sent and never scanned in is one press away, with the amount that is missing', async () => {
    server.clock.pass(5 * 86_400_000);
    checkChain(server.deps);
    const findings = await (await server.call('/my/findings', { ...cook, headers: html })).text();
    const href = /href="(\/receive\?code=[^"]+)"/.exec(findings)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(href).toContain('quantity=24');
    const form = await (await server.call(href, { ...cook, headers: html })).text();
    expect(form).toContain(`value="${code}"`);
    expect(form).toContain('value="24"');
  });

  it('counts two boxes of one lot and one weight as two, and the delivery sent again with a third as one more', async () => {
    const box = { code, quantity: 6, unit: 'KGM' };
    const first = await server.call('/api/receipts', { ...cook, json: { ...delivery, boxes: [box, box] } });
    expect(await first.json()).toMatchObject({ accepted: 2, duplicate: 0 });
    const again = await server.call('/api/receipts', { ...cook, json: { ...delivery, boxes: [box, box, box] } });
    expect(await again.json()).toMatchObject({ accepted: 1, duplicate: 2 });
    const twice = { ...delivery, at: '2026-11-22T10:40:00+08:00', boxes: [{ code }, { code }] };
    expect(await (await server.call('/api/receipts', { ...cook, json: twice })).json()).toMatchObject({ accepted: 1 });
  });

  it('knows a supplier by name, and offers those who delivered before', async () => {
    const form = { site: places.dingxiang, 'boxes.0.code': code, 'boxes.0.quantity': '3', from: '=王记鲜肉' };
    expect((await server.call('/receive', { ...cook, form, headers: html })).status).toBe(200);
    const next = { ...form, 'boxes.0.quantity': '4', from: '青坪镇李家' };
    expect((await server.call('/receive', { ...cook, form: next, headers: html })).status).toBe(200);
    const ledger = await (await server.call('/my/purchases', { ...cook, headers: html })).text();
    for (const name of ['=王记鲜肉', '青坪镇李家']) expect(ledger).toContain(name);
    expect(await (await server.call('/receive', { ...cook, headers: html })).text()).toContain('value="青坪镇李家"');
  });

  it('takes a box by its SSCC, with what is inside', async () => {
    const box = `https://id.gs1.org/00/${sscc(1)}`;
    const pack = events.pack(server.clock.now() - 3_600_000, places.wholesaler, box, [[code, 24, 'KGM']]);
    captureDocument(server.deps, readForCapture(documentOf([pack]), 'application/ld+json'), null, {
      onError: 'rollback',
    });
    await server.call('/api/receipts', { ...cook, json: { ...delivery, boxes: [{ code: `(00)${sscc(1)}` }] } });
    expect(await (await server.call('/my/purchases', { ...cook, headers: html })).text()).toContain('A07');
  });

  it('warns of a recalled lot in so many words', async () => {
    startRecall(server.deps, { lotId: lotByCode(server.db, code)?.id ?? 0, reason: 'x' }, null);
    const page = await server.call('/receive', {
      ...cook,
      form: { site: places.dingxiang, 'boxes.0.code': code, 'boxes.0.quantity': '24', 'boxes.0.unit': 'KGM' },
      headers: html,
    });
    expect(await page.text()).toContain('A07 正在召回：不要收，退给送货方。');
  });

  const faulty: [string, Record<string, string>, string, string][] = [
    ['nothing scanned', {}, 'f-boxes-0-code', '这一项要填'],
    ['a wrong check digit', { 'boxes.2.code': '(01)06901234567893(10)A' }, 'f-boxes-2-code', '校验位不对'],
    ['a product without its lot', { 'boxes.0.code': products.belly }, 'f-boxes-0-code', '没有批号'],
    ['a code nobody registered', { 'boxes.0.code': 'XYZ-1' }, 'f-boxes-0-code', '没有登记过这个码'],
    ['an amount that is none', { 'boxes.0.code': code, 'boxes.0.quantity': 'lots' }, 'f-boxes-0-quantity', '格式不对'],
  ];
  it.each(faulty)('%s is told at its box, and nothing is taken', async (_what, form, field, said) => {
    const response = await server.call('/receive', {
      ...cook,
      form: { site: places.dingxiang, ...form },
      headers: html,
    });
    const body = await response.text();
    expect(response.status).toBe(400);
    expect(body).toContain(`href="#${field}"`);
    expect(body).toContain(said);
    for (const value of Object.values(form)) expect(body).toContain(`value="${value}"`);
    expect(received()).toBe(0);
  });

  it('offers the lots that have a batch in common, and takes the one that is chosen', async () => {
    const ribs = lotUri(products.pig, 'A07');
    const made = [events.commission(server.clock.now() - 7_200_000, places.wholesaler, [[ribs, 5, 'KGM']])];
    captureDocument(server.deps, readForCapture(documentOf(made), 'application/ld+json'), null, {
      onError: 'rollback',
    });
    const form = { site: places.dingxiang, 'boxes.0.code': 'A07', 'boxes.0.quantity': '24', 'boxes.0.unit': 'KGM' };
    const asked = await server.call('/receive', { ...cook, form, headers: html });
    expect(asked.status).toBe(400);
    const body = await asked.text();
    for (const lot of [code, ribs]) expect(body).toContain(`<option value="${lot}">`);
    expect(received()).toBe(0);
    const chosen = await server.call('/receive', { ...cook, form: { ...form, 'boxes.0.code': ribs }, headers: html });
    expect(chosen.status).toBe(200);
    expect(received()).toBe(1);
  });

  it('is for one’s own place only', async () => {
    expect((await server.call('/api/receipts', { ...cook, json: { ...delivery, site: places.haiwei } })).status).toBe(
      404,
    );
    expect((await server.call('/api/receipts', { as: 'owner', json: delivery })).status).toBe(400);
    expect((await server.call('/api/receipts', { as: 'reviewer', json: delivery })).status).toBe(403);
    expect(received()).toBe(0);
  });

  it('gives goods from outside a code on the spot', async () => {
    const form = {
      site: places.dingxiang,
      'uncoded.product': '土鸡蛋',
      'uncoded.origin': '青坪镇李家',
      'uncoded.batch': '11-22',
      'uncoded.quantity': '30',
      'uncoded.unit': 'EA',
    };
    const page = await (await server.call('/receive/uncoded', { ...cook, form, headers: html })).text();
    expect(page).toContain('土鸡蛋');
    const ledger = await (await server.call('/my/purchases', { ...cook, headers: html })).text();
    expect(ledger).toContain('土鸡蛋');
    expect(ledger).toContain('青坪镇李家');
    expect(
      (await server.call('/receive/uncoded', { ...cook, form: { site: places.haiwei, 'uncoded.product': 'x' } }))
        .status,
    ).toBe(404);
  });
});

describe('the purchase ledger', () => {
  beforeEach(async () => {
    await server.call('/api/receipts', { ...cook, json: delivery });
  });

  it('holds product, batch, amount, supplier and temperature, for its own shop alone', async () => {
    const page = await (await server.call('/my/purchases', { ...cook, headers: html })).text();
    for (const said of ['冷鲜猪五花肉', 'A07', '24.0', '王记鲜肉', '3.1']) expect(page).toContain(said);
    expect(
      await (await server.call('/my/purchases', { as: 'owner', sites: [places.haiwei], headers: html })).text(),
    ).not.toContain('A07');
    expect(
      await (await server.call('/my/purchases?from=2020-01-01&until=2020-01-31', { ...cook, headers: html })).text(),
    ).toContain('这段时间没有进货');
  });

  it('as CSV cannot run what somebody typed', async () => {
    const response = await server.call('/my/purchases.csv', cook);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const csv = await response.text();
    expect(csv).toContain('A07');
    expect(csv).toContain("'=王记鲜肉");
  });
});
