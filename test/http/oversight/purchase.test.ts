// A shop's order walks to the supplier and back: placed, sent, received in two taps each, with its papers and its money.
import { beforeEach, describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { holdLot } from '../../../server/trace/lot/hold-lot.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { documentOf, events, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const html = { accept: 'text/html' };
const cook = { as: 'owner', sites: [places.dingxiang] } as const;
const wang = { as: 'partner', sites: [places.wholesaler] } as const;
const stranger = { as: 'owner', sites: [places.haiwei] } as const;
type Who = typeof cook | typeof wang | typeof stranger;
const [old, fresh] = [lotUri(products.belly, 'A07'), lotUri(products.belly, 'A08')];

const get = async (who: Who, path: string) => (await server.call(path, { ...who, headers: html })).text();
const post = (who: Who, path: string, form: Record<string, string>) =>
  server.call(path, { ...who, form, headers: html });
const rows = (sql: string) => server.db.sqlite.prepare(sql).all() as Record<string, unknown>[];
const orderForm = { key: 'form-0001', supplier: places.wholesaler, due: '2026-11-23' };
const belly = {
  'lines.0.product': '冷鲜五花肉',
  'lines.0.quantity': '10',
  'lines.0.unit': 'KGM',
  'lines.0.price': '34.5',
};

/** What a browser sends of the only form that goes to `action`. */
function fieldsOf(page: string, action: string): Record<string, string> {
  const form = new RegExp(`<form[^>]*action="${action}"[^>]*>(.*?)</form>`, 's').exec(page)?.[1] ?? '';
  expect(form).not.toBe('');
  const inputs = [...form.matchAll(/<input[^>]*>/g)].map(([tag]) => {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    return [of('name'), of('value')] as const;
  });
  const selects = [...form.matchAll(/<select[^>]* name="([^"]*)".*?<\/select>/gs)].map(([tag, name = '']) => {
    const chosen = /<option value="([^"]*)" selected/.exec(tag) ?? /<option value="([^"]*)"/.exec(tag);
    return [name, chosen?.[1] ?? ''] as const;
  });
  return Object.fromEntries([...inputs, ...selects].filter(([name]) => name !== ''));
}

beforeEach(() => {
  server = openTestServer();
  const { deps, clock } = server;
  registerPlace(deps, { siteId: places.dingxiang, name: '鼎香小馆', nameEn: 'Dingxiang', kind: 'restaurant' });
  registerPlace(deps, { siteId: places.wholesaler, name: '王记鲜肉', nameEn: 'Wang', kind: 'wholesaler' });
  registerProduct(deps, { gtin: products.belly, name: '冷鲜五花肉', nameEn: 'Chilled belly', unit: 'KGM' });
  const now = clock.now();
  const goods = [
    events.commission(now - 7_200_000, places.wholesaler, [[fresh, 20, 'KGM']]),
    events.commission(now - 7_100_000, places.wholesaler, [[old, 6, 'KGM']]),
  ];
  captureDocument(deps, readForCapture(documentOf(goods), 'application/ld+json'), null, { onError: 'rollback' });
  const end = server.db.sqlite.prepare('UPDATE lot SET expires_at = ? WHERE code = ?');
  end.run(now + 86_400_000, old);
  end.run(now + 5 * 86_400_000, fresh);
  for (const who of [cook, wang, stranger]) server.tokenOf(who.as, who.sites);
});

async function placed(lines: Record<string, string> = belly): Promise<string> {
  const answer = await post(cook, '/my/trade', { ...orderForm, ...lines });
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

describe('an order', () => {
  it('is placed once, seen by the supplier, and repeated with what stood in the last one', async () => {
    const order = await placed();
    expect(await placed()).toBe(order);
    expect(await get(wang, '/my/sales')).toContain('冷鲜五花肉 10.0');
    expect(await get(wang, '/notices')).toContain('鼎香小馆下了订单 1');
    const again = /href="(\/my\/trade\/new\?again=\d+)"/.exec(await get(cook, '/my/trade'))?.[1] ?? '';
    const filled = fieldsOf(await get(cook, again), '/my/trade');
    expect(filled).toMatchObject({ ...belly, supplier: places.wholesaler, 'lines.0.unit': 'KGM' });
    expect((await post(cook, '/my/trade', filled)).status).toBe(303);
    expect(rows('SELECT product, quantity, price_fen FROM purchase_line')).toEqual([
      { product: '冷鲜五花肉', quantity: 10, price_fen: 3450 },
      { product: '冷鲜五花肉', quantity: 10, price_fen: 3450 },
    ]);
  });

  it('is refused where nobody would read it, for a day that is over, and without goods, and nothing is kept', async () => {
    const refused = async (form: Record<string, string>) => {
      const answer = await post(cook, '/my/trade', { ...orderForm, ...belly, ...form });
      expect(answer.status).toBe(400);
      return answer.text();
    };
    expect(await refused({ supplier: places.farm })).toContain('还没有账号');
    expect(await refused({ supplier: places.dingxiang })).toContain('不能向自己订货');
    expect(await refused({ due: '2026-11-01' })).toContain('60 天内');
    expect(await refused({ 'lines.0.quantity': 'ten' })).toContain('大于 0 的数字');
    expect(await refused({ 'lines.0.product': '', 'lines.0.quantity': '', 'lines.0.price': '' })).toContain(
      '至少填一种货',
    );
    expect(rows('SELECT * FROM purchase_order')).toEqual([]);
  });

  it('ends before it is sent: the shop takes it back, the supplier declines, with the reason', async () => {
    const order = await placed();
    expect((await post(wang, `${order}/ended`, { reason: '' })).status).toBe(400);
    expect((await post(wang, `${order}/ended`, { reason: '今天没有货' })).status).toBe(303);
    expect(await get(cook, order)).toContain('今天没有货');
    expect(
      (await post(wang, `${order}/sent`, { 'parcels.0.line': '1', 'parcels.0.code': old, 'parcels.0.quantity': '1' }))
        .status,
    ).toBe(303);
    expect(rows('SELECT state FROM purchase_order')).toEqual([{ state: 'declined' }]);
  });

  it('is nothing to a third', async () => {
    const order = await placed();
    for (const path of [order, `${order}/papers`]) {
      expect((await server.call(path, { ...stranger, headers: html })).status).toBe(404);
    }
    for (const step of ['sent', 'received', 'ended', 'money'])
      expect(
        (await post(stranger, `${order}/${step}`, { kind: 'invoice', reference: 'x', amount: '1', reason: 'why' }))
          .status,
        step,
      ).not.toBe(303);
    expect(
      (await post(cook, `${order}/sent`, { 'parcels.0.line': '1', 'parcels.0.code': old, 'parcels.0.quantity': '1' }))
        .status,
    ).toBe(404);
    expect((await server.call('/my/trade', { as: 'inspector', headers: html })).status).toBe(403);
  });
});

describe('sending', () => {
  it('takes what ends first from what is held, and tells the chain', async () => {
    const order = await placed();
    const filled = fieldsOf(await get(wang, order), `${order}/sent`);
    expect(filled).toMatchObject({
      'parcels.0.code': old,
      'parcels.0.quantity': '6',
      'parcels.1.code': fresh,
      'parcels.1.quantity': '4',
    });
    expect((await post(wang, `${order}/sent`, filled)).status).toBe(303);
    expect((await post(wang, `${order}/sent`, filled)).status).toBe(303);
    expect(rows('SELECT 1 FROM edge_out WHERE role = 3')).toHaveLength(2);
    expect(rows('SELECT sent FROM purchase_parcel ORDER BY id')).toEqual([{ sent: 6 }, { sent: 4 }]);
    expect(await get(cook, '/notices')).toContain('王记鲜肉已发货');
  });

  it('refuses a lot that is not held, more than is there, and one that is on hold', async () => {
    const order = await placed();
    const sent = async (code: string, quantity: string) => {
      const answer = await post(wang, `${order}/sent`, {
        'parcels.4.line': '1',
        'parcels.4.code': code,
        'parcels.4.quantity': quantity,
      });
      expect(answer.status).toBe(400);
      return answer.text();
    };
    expect(await sent(lotUri(products.belly, 'NOPE'), '1')).toContain('不在可发的库存里');
    expect(await sent(old, '6.5')).toContain('超过账面库存');
    expect(await sent(old, '0')).toContain('至少要发一种货');
    holdLot(server.deps, lotByCode(server.db, old)?.id ?? 0, 'smells', null);
    expect(await sent(old, '1')).toContain('不在可发的库存里');
    expect(rows('SELECT state FROM purchase_order')).toEqual([{ state: 'placed' }]);
  });
});

async function sentOrder(more: Record<string, string> = {}): Promise<string> {
  const order = await placed();
  const filled = fieldsOf(await get(wang, order), `${order}/sent`);
  expect((await post(wang, `${order}/sent`, { ...filled, ...more })).status).toBe(303);
  server.clock.pass(3_600_000);
  return order;
}

describe('receiving', () => {
  it('is one more tap when all is here, and the purchase ledger keeps itself', async () => {
    const order = await sentOrder();
    expect(await get(cook, '/my/trade')).toContain('已发出，等待收货');
    await post(wang, `${order}/ended`, { reason: '太晚了' });
    const strange = { parcels: [{ id: 999, quantity: 1 }] };
    expect(
      (await server.call(`/api/purchase-orders/${order.split('/').at(-1)}/received`, { ...cook, json: strange }))
        .status,
    ).toBe(404);
    expect(rows('SELECT state FROM purchase_order'), 'what is on its way is not declined any more').toEqual([
      { state: 'sent' },
    ]);
    const filled = fieldsOf(await get(cook, order), `${order}/received`);
    expect((await post(cook, `${order}/received`, filled)).status).toBe(303);
    const ledger = await get(cook, '/my/purchases');
    for (const said of ['王记鲜肉', 'A07', 'A08']) expect(ledger).toContain(said);
    expect(await get(cook, order)).toContain('与发货一致');
  });

  it('says the difference on both sides, in the ledger as it was received', async () => {
    const order = await sentOrder();
    const filled = fieldsOf(await get(cook, order), `${order}/received`);
    await post(cook, `${order}/received`, {
      ...filled,
      'parcels.0.quantity': '5.5',
      'parcels.1.quantity': '0',
      celsius: '3.5',
    });
    const page = await get(cook, order);
    for (const said of ['少 0.5', '少 4.0']) expect(page).toContain(said);
    expect(await get(wang, '/my/sales?lang=en')).toContain('0.5\u00a0kg less');
    expect(await get(wang, '/notices')).toContain('收货有差异');
    expect(await get(cook, '/my/purchases')).not.toContain('A08');
  });

  it('refuses a lot that was put on hold on its way, until it is left out', async () => {
    const order = await sentOrder();
    holdLot(server.deps, lotByCode(server.db, fresh)?.id ?? 0, 'smells', null);
    const filled = fieldsOf(await get(cook, order), `${order}/received`);
    const refused = await post(cook, `${order}/received`, filled);
    expect([refused.status, await refused.text()]).toMatchObject([
      400,
      expect.stringContaining('A08：该批次已召回、封存或过期，不要收'),
    ]);
    expect((await post(cook, `${order}/received`, { ...filled, 'parcels.1.quantity': '0' })).status).toBe(303);
  });
});

describe('papers', () => {
  it('repeat the numbers that were entered, and say of each that is not that it is not', async () => {
    const order = await sentOrder({ 'parcels.0.quarantine': '动检A 3301001', 'parcels.0.quality': '肉检 88' });
    const papers = await get(cook, `${order}/papers`);
    for (const said of ['动检A 3301001', '肉检 88', '肉品品质检验合格证', '/qr.svg']) expect(papers).toContain(said);
    expect(papers.match(/肉品品质检验合格证 未登记/g)).toHaveLength(1);
    await post(cook, `${order}/received`, fieldsOf(await get(cook, order), `${order}/received`));
    expect(await get(cook, '/my/purchases')).toContain('动检A 3301001');
  });

  it('carry a grower’s promise with its lot, in both languages, without a number that nobody wrote', async () => {
    const lot = String(lotByCode(server.db, old)?.id);
    expect(await get(wang, await placed())).toContain(`/my/promises/new?lot=${lot}`);
    const form = { lot, grower: '王记鲜肉', contact: '0571-1234', quantity: '6', unit: 'KGM', ground: 'own_test' };
    expect(await (await post(wang, '/my/promises', { ...form, grower: '' })).text()).toContain('请填写');
    expect((await post(stranger, '/my/promises', form)).status).toBe(404);
    const written = await post(wang, '/my/promises', form);
    const paper = await get(wang, written.headers.get('location') ?? '');
    for (const said of ['承诺达标合格证', '自我检测', '不使用禁用农药兽药']) expect(paper).toContain(said);
    expect(paper).not.toContain('编号');
    const order = await sentOrder();
    expect(await get(cook, `${order}/papers?lang=en`)).toContain('Grower’s promise of conformity');
  });
});

describe('money', () => {
  const note = (order: string, kind: string, reference: string, amount: string) =>
    post(cook, `${order}/money`, { kind, reference, amount });

  it('is held against goods and invoices: what does not agree is a finding with its numbers until it does', async () => {
    const order = await sentOrder();
    await post(cook, `${order}/received`, fieldsOf(await get(cook, order), `${order}/received`));
    await note(order, 'invoice', 'FP-1', '345.00');
    await note(order, 'payment', 'PAY-1', '345');
    expect(await get(cook, order)).toContain('三者一致');
    expect((await note(order, 'invoice', 'FP-1', '5')).status).toBe(400);
    await note(order, 'invoice', 'FP-2', '40');
    const page = await get(wang, `${order}?lang=en`);
    for (const said of ['worth ¥345.00, the invoice says ¥385.00', 'says ¥385.00, paid were ¥345.00'])
      expect(page).toContain(said);
    const findings = await get(cook, '/my/findings');
    expect(findings).toContain('订单 1：实收货值 345.00 元，开票 385.00 元，请核对');
    await post(cook, `${order}/money/3/taken-back`, {});
    expect(await get(cook, '/my/findings')).not.toContain('请核对');
    expect((await post(cook, `${order}/money/3/taken-back`, {})).status).toBe(404);
  });
});

describe('over the API', () => {
  it('a program orders, sends and receives, and the events name the order', async () => {
    const body = {
      key: 'program-1',
      supplier: places.wholesaler,
      lines: [{ product: 'Chilled belly', quantity: 5, unit: 'kg' }],
    };
    const made = await server.call('/api/purchase-orders', { ...cook, json: body });
    expect(made.status).toBe(201);
    const order = (await made.json()) as { id: number; uri: string; lines: { id: number }[] };
    expect((await server.call('/api/purchase-orders', { ...cook, json: body })).status).toBe(200);
    const path = `/api/purchase-orders/${order.id}`;
    const parcels = [{ line: order.lines[0]?.id, code: fresh, quantity: 5 }];
    expect((await server.call(`${path}/sent`, { ...wang, json: { parcels } })).status).toBe(200);
    expect((await server.call(`${path}/sent`, { ...wang, json: { parcels } })).status).toBe(409);
    const got = (await (await server.call(`${path}/received`, { ...cook, json: { parcels: [] } })).json()) as object;
    expect(got).toMatchObject({ state: 'received', lines: [{ parcels: [{ sent: 5, received: 5, code: fresh }] }] });
    const found = await server.call(`/epcis/events?EQ_bizTransaction_po=${encodeURIComponent(order.uri)}`, cook);
    const { epcisBody } = (await found.json()) as {
      epcisBody: { queryResults: { resultsBody: { eventList: { bizStep: string }[] } } };
    };
    expect(epcisBody.queryResults.resultsBody.eventList.map(({ bizStep }) => bizStep).sort()).toEqual([
      'receiving',
      'shipping',
    ]);
    expect((await server.call(path, stranger)).status).toBe(404);
    const listed = (await (await server.call('/api/purchase-orders?side=supplier', wang)).json()) as {
      orders: object[];
    };
    expect(listed.orders).toHaveLength(1);
  });
});

describe('the supplier’s board', () => {
  it('counts orders, in time and as sent, and its CSV says the same', async () => {
    const order = await sentOrder();
    await post(cook, `${order}/received`, fieldsOf(await get(cook, order), `${order}/received`));
    const board = await get(wang, '/my/sales/board?lang=en');
    for (const said of ['Supply board', 'Dingxiang', 'Sent in time', 'Of 2 lots that left'])
      expect(board).toContain(said);
    const table = await get(wang, '/my/sales/board.csv');
    const value = (chart: string, label: string) =>
      table.split('\n').find((row) => row.includes(chart) && row.includes(label)) ?? '';
    expect(value('orders', '2026-11-22')).toContain(',1,');
    expect(table).toContain('鼎香小馆');
    // Another's board knows nothing of it.
    expect(await get(stranger, '/my/sales/board.csv')).not.toContain('鼎香小馆');
  });
});
