// Lots as people keep them, over the API, the form and a sheet; the trace; holds and tests; and whose lot is whose.
import { beforeEach, describe, expect, it } from 'vitest';
import { places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeEach(() => {
  server = openTestServer();
});

const wang = { as: 'partner', sites: [places.wholesaler] } as const;
const stranger = { as: 'partner', sites: [places.farm] } as const;
const html = { accept: 'text/html' };
const lots = () => server.db.sqlite.prepare("SELECT count(*) FROM lot WHERE kind = 'lot'").pluck().get();

const greens = {
  origin: '白沙村',
  batch: '青菜 1119',
  product: '小白菜',
  quantity: 40,
  unit: '千克',
  madeAt: places.wholesaler,
  producedAt: '2026-11-19',
  flow: [
    { from: places.wholesaler, to: places.dingxiang, at: '2026-11-20T06:00:00+08:00', quantity: 12, unit: '千克' },
  ],
};

describe('POST /api/lots', () => {
  it('takes origin, batch and flow without a GTIN, and the same again is no second lot', async () => {
    const first = await server.call('/api/lots', { ...wang, json: greens });
    expect(first.status).toBe(201);
    const lot = (await first.json()) as { id: number; code: string; page: string; qr: string };
    expect(lot).toMatchObject({ batch: '青菜 1119', origin: '白沙村', product: '小白菜', status: 'ok' });
    expect(lot.page).toMatch(/^http:\/\/127\.0\.0\.1:8080\/lot\//);
    const again = await server.call('/api/lots', { ...wang, json: greens });
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ id: lot.id, accepted: 0 });
    expect(lots()).toBe(1);
    expect((await server.call(lot.qr.replace('http://127.0.0.1:8080', ''))).headers.get('content-type')).toBe(
      'image/svg+xml',
    );
  });

  it('names every fault with its place and takes nothing', async () => {
    const response = await server.call('/api/lots', {
      ...wang,
      json: { ...greens, gtin: '6901234567893', unit: '堆', producedAt: 'spring', flow: [{ at: '2026-11-20' }] },
    });
    expect(response.status).toBe(400);
    const { faults } = (await response.json()) as { faults: { place: string }[] };
    expect(faults.map(({ place }) => place)).toEqual(
      expect.arrayContaining(['/gtin', '/unit', '/producedAt', '/flow/0']),
    );
    expect(lots()).toBe(0);
  });

  it('takes a form too', async () => {
    const response = await server.call('/api/lots', {
      ...wang,
      form: { origin: '白沙村', batch: 'Q1', product: '青菜', quantity: '3', unit: 'KGM' },
    });
    expect(response.status).toBe(201);
  });
});

describe('the new-lot page', () => {
  it('shows all faults at once and keeps what was typed, in both languages', async () => {
    const form = {
      product: '五花肉',
      gtin: '123',
      batch: 'A07',
      quantity: 'viel',
      unit: 'KGM',
      'flow.0.to': places.dingxiang,
    };
    for (const [lang, said] of [
      ['zh-CN', '校验位不对'],
      ['en', 'check digit'],
    ] as const) {
      const response = await server.call('/lots/new', { ...wang, form, headers: { ...html, 'accept-language': lang } });
      const body = await response.text();
      expect(response.status).toBe(400);
      expect(body).toContain('value="五花肉"');
      expect(body).toContain('id="f-quantity"');
      expect(body).toMatch(/aria-invalid="true"/);
      if (lang === 'en') expect(body).not.toMatch(/[\u4e00-\u9fff]{4,}[^<]*<\/a><\/li>/);
      else expect(body).toContain('处需要改正');
      expect(body).not.toContain('undefined');
      expect(typeof said).toBe('string');
    }
    expect(lots()).toBe(0);
  });

  it('registers, and the record shows the code to print', async () => {
    const response = await server.call('/lots/new', {
      ...wang,
      form: {
        product: '五花肉',
        gtin: products.belly,
        batch: 'A07',
        madeAt: places.wholesaler,
        quantity: '24',
        unit: 'KGM',
        producedAt: '2026-11-19',
      },
    });
    expect(response.status).toBe(303);
    const record = await (await server.call(response.headers.get('location') ?? '', { ...wang, headers: html })).text();
    expect(record).toContain('A07');
    expect(record).toContain('/qr.svg');
  });
});

describe('POST /api/lots/import', () => {
  const csv = (rows: string[]) => ({
    body: ['gtin,lot,origin,batch,product,quantity,unit,production date', ...rows].join('\n'),
    headers: { 'content-type': 'text/csv' },
  });
  const good = `${products.belly},B1,,,五花肉,5,kg,2026-11-19`;
  const bad = `123,B2,,,五花肉,five,kg,2026-11-19`;

  it('previews every faulty cell and takes nothing until all are right', async () => {
    const preview = await server.call('/api/lots/import?preview=1', { ...wang, ...csv([good, bad]) });
    expect(preview.status).toBe(200);
    const body = (await preview.json()) as { faulty: number; rows: { row: number; faults: { column: string }[] }[] };
    expect(body.faulty).toBe(1);
    expect(body.rows[1]).toMatchObject({ row: 3 });
    expect(body.rows[1]?.faults.map(({ column }) => column)).toEqual(expect.arrayContaining(['gtin', 'quantity']));
    const refused = await server.call('/api/lots/import', { ...wang, ...csv([good, bad]) });
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { faults: { place: string }[] }).faults[0]?.place).toMatch(/^row 3, column /);
    expect(lots()).toBe(0);
    const taken = await server.call('/api/lots/import', { ...wang, ...csv([good]) });
    expect(taken.status).toBe(201);
    expect(lots()).toBe(1);
  });

  it('on the page marks the cells, keeps the sheet, and has no button to take a faulty one', async () => {
    const { body } = csv([good, bad]);
    const page = await server.call('/lots/import', { ...wang, form: { csv: body, preview: '1' }, headers: html });
    const text = await page.text();
    expect(page.status).toBe(400);
    expect(text).toContain('is-fault');
    expect(text).toContain(`${products.belly},B1`);
    expect(text).not.toContain('登记这些批次');
    const ready = await server.call('/lots/import', {
      ...wang,
      form: { csv: csv([good]).body, preview: '1' },
      headers: html,
    });
    expect(await ready.text()).toContain('登记这些批次');
    expect(lots()).toBe(0);
  });

  it('what no sheet is, is refused', async () => {
    expect(
      (await server.call('/api/lots/import', { ...wang, body: 'hello', headers: { 'content-type': 'text/csv' } }))
        .status,
    ).toBe(400);
    expect(
      (await server.call('/api/lots/import', { ...wang, body: '{}', headers: { 'content-type': 'application/pdf' } }))
        .status,
    ).toBe(415);
  });
});

describe('GET /api/trace', () => {
  beforeEach(async () => {
    await server.call('/api/lots', { ...wang, json: greens });
  });
  const ask = (query: string, who: object) => server.call(`/api/trace?${query}`, who);
  const code = encodeURIComponent('产地 白沙村 批次 青菜 1119');

  it('gives lots, edges and events in the agreed shape', async () => {
    const response = await ask(`code=${code}&direction=forward`, { as: 'inspector' });
    const body = (await response.json()) as { lots: object[]; edges: object[] };
    expect(body).toMatchObject({ direction: 'forward', truncated: false, lots: [{ depth: 0 }] });
    expect(Object.keys(body)).toEqual(
      expect.arrayContaining(['lot', 'direction', 'lots', 'edges', 'events', 'truncated']),
    );
    expect(body.edges.length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toMatch(/lotId|holdingId|eventId/);
  });

  const refusals: [string, string, number][] = [
    ['an unknown lot', 'code=NOPE-1&direction=backward', 404],
    ['a wrong check digit', 'code=(01)06901234567893(10)A', 400],
    ['no code', 'direction=forward', 400],
    ['a direction that is none', `code=${code}&direction=up`, 400],
  ];
  it.each(refusals)('refuses %s', async (_what, query, status) => {
    const response = await ask(query, { as: 'inspector' });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('problem+json');
  });

  it('a stranger cannot tell another’s lot from one that is not there', async () => {
    const theirs = await ask(`code=${code}&direction=forward`, stranger);
    const nothing = await ask('code=NOPE-1&direction=forward', stranger);
    expect(theirs.status).toBe(404);
    expect(nothing.status).toBe(404);
    expect((await ask(`code=${code}&direction=forward`, { as: 'owner', sites: [places.dingxiang] })).status).toBe(200);
  });

  it('a shop sees the step that brought it the lot, and not where else it went', async () => {
    await server.call('/api/lots', {
      ...wang,
      json: {
        ...greens,
        flow: [
          { from: places.wholesaler, to: places.haiwei, at: '2026-11-20T07:00:00+08:00', quantity: 9, unit: '千克' },
        ],
      },
    });
    const body = await (await ask(`code=${code}&direction=forward`, { as: 'owner', sites: [places.dingxiang] })).text();
    expect(body).toContain(places.wholesaler);
    expect(body).not.toContain(places.haiwei);
  });
});

describe('holding, testing and listing', () => {
  let id: number;
  beforeEach(async () => {
    id = ((await (await server.call('/api/lots', { ...wang, json: greens })).json()) as { id: number }).id;
  });

  it('an inspector holds a lot and releases it; a failed test holds it too; a partner may do neither', async () => {
    const post = (path: string, json: object, who: object) => server.call(`/api/lots/${id}/${path}`, { ...who, json });
    expect((await post('held', { reason: 'x' }, wang)).status).toBe(403);
    expect(await (await post('held', { reason: '等待复检' }, { as: 'inspector' })).json()).toMatchObject({
      status: 'held',
    });
    expect((await post('held', { reason: 'again' }, { as: 'inspector' })).status).toBe(409);
    expect((await post('released', {}, { as: 'inspector' })).status).toBe(400);
    expect(await (await post('released', { reason: '合格' }, { as: 'inspector' })).json()).toMatchObject({
      status: 'ok',
    });
    expect(
      await (await post('tests', { subject: '恩诺沙星', result: 'failed' }, { as: 'inspector' })).json(),
    ).toMatchObject({ held: true });
    const page = await (
      await server.call(`/look-up?code=${encodeURIComponent('产地 白沙村 批次 青菜 1119')}`, {})
    ).headers.get('location');
    expect(await (await server.call(page ?? '', { headers: html })).text()).toContain('已封存，暂停销售和使用');
  });

  it('lists and reads only one’s own', async () => {
    const list = async (who: object) =>
      ((await (await server.call(`/api/lots?q=${encodeURIComponent('白沙')}`, who)).json()) as { lots: object[] }).lots
        .length;
    expect(await list(wang)).toBe(1);
    expect(await list({ as: 'inspector' })).toBe(1);
    expect(await list(stranger)).toBe(0);
    for (const path of [`/api/lots/${id}`, `/lots/${id}`, `/lots/${id}/labels`])
      expect((await server.call(path, stranger)).status).toBe(404);
    const page = await (await server.call('/lots', { ...stranger, headers: html })).text();
    expect(page).not.toContain('白沙');
  });
});

describe('the bench', () => {
  it('draws the chain with its table twin, says what it cannot read, and escapes what was typed', async () => {
    await server.call('/api/lots', { ...wang, json: greens });
    const page = await (
      await server.call(`/trace?code=${encodeURIComponent('青菜 1119')}`, { as: 'inspector', headers: html })
    ).text();
    expect(page).toContain('<svg class="graph');
    expect(page).toContain('<table class="cards holders"');
    const attack = await server.call(`/trace?code=${encodeURIComponent('"><script>alert(1)</script>')}`, {
      as: 'inspector',
      headers: html,
    });
    expect(await attack.text()).not.toContain('<script>alert');
    expect((await server.call('/trace?code=(01)06901234567893(10)A', { as: 'inspector', headers: html })).status).toBe(
      400,
    );
    expect((await server.call('/trace', { ...wang, headers: html })).status).toBe(403);
  });
});

describe('the list of lots', () => {
  it('is sorted by what its address says, over all pages, with the search kept', async () => {
    for (let number = 1; number <= 60; number += 1) {
      const batch = `青菜 ${String(number).padStart(3, '0')}`;
      expect((await server.call('/api/lots', { ...wang, json: { ...greens, batch, flow: [] } })).status).toBe(201);
    }
    const batches = async (path: string) =>
      [
        ...(await (await server.call(path, { ...wang, headers: html })).text()).matchAll(
          /<span class="code">青菜 (\d+)</g,
        ),
      ].map(([, number]) => Number(number));
    const first = await batches('/lots?q=青菜&sort=batch');
    expect([first.length, first[0], first.at(-1)]).toEqual([50, 1, 50]);
    expect(await batches('/lots?q=青菜&sort=batch&page=2')).toEqual([51, 52, 53, 54, 55, 56, 57, 58, 59, 60]);
    expect((await batches('/lots?q=青菜'))[0]).toBe(60);
    const page = await (await server.call('/lots?q=青菜&sort=batch', { ...wang, headers: html })).text();
    expect(page).toContain('sort=batch&amp;page=2');
  });
});
