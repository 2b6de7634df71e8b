// A recall over HTTP: scope before issue, holders told, answers with a photo, ended with a reason; and who sees what.
import { beforeEach, describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { type Amount, documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { busyPhoto, detailOf } from '../../support/faces.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const code = lotUri(products.belly, 'A07');
const belly = (quantity: number): Amount => [code, quantity, 'KGM'];
const html = { accept: 'text/html' };
const owner = { as: 'owner', sites: [places.dingxiang] } as const;

beforeEach(() => {
  server = openTestServer();
  for (const [siteId, name, kind] of [
    [places.wholesaler, '王记鲜肉', 'wholesaler'],
    [places.dingxiang, '鼎香小馆', 'restaurant'],
    [places.haiwei, '海味馆', 'restaurant'],
  ] as const) {
    registerPlace(server.deps, { siteId, name, kind });
  }
  registerProduct(server.deps, {
    gtin: products.belly,
    name: '冷鲜猪五花肉',
    nameEn: 'Chilled pork belly',
    unit: 'KGM',
  });
  const list = [
    events.commission(hour(0), places.wholesaler, [belly(100)]),
    events.ship(hour(1), places.wholesaler, places.dingxiang, [belly(24)]),
    events.receive(hour(2), places.dingxiang, places.wholesaler, [belly(24)]),
    events.ship(hour(1), places.wholesaler, places.haiwei, [belly(31)]),
    events.receive(hour(2), places.haiwei, places.wholesaler, [belly(31)]),
  ];
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
});

async function start(): Promise<string> {
  const response = await server.call('/api/recalls', {
    as: 'inspector',
    json: { code: `(01)${products.belly}(10)A07`, reason: '兽药残留超标', reasonEn: 'residue above the limit' },
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

async function inspected(id: string): Promise<string | undefined> {
  const page = await (await server.call(`/recalls/${id}`, { as: 'inspector', headers: html })).text();
  return /去向：[^<"]+/.exec(page)?.[0];
}

describe('starting', () => {
  it('shows the scope first, issues once, and refuses a second for the same lot', async () => {
    const preview = await (
      await server.call(`/recalls/new?code=${encodeURIComponent(code)}`, { as: 'inspector', headers: html })
    ).text();
    for (const name of ['王记鲜肉', '鼎香小馆', '海味馆']) expect(preview).toContain(name);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM recall').pluck().get()).toBe(0);
    const id = await start();
    const issued = await (await server.call(`/recalls/${id}`, { as: 'inspector', headers: html })).text();
    for (const shown of ['货去了哪里', '<svg class="graph', `href="/414/${places.dingxiang}"`])
      expect(issued).toContain(shown);
    expect(await (await server.call(`/api/recalls/${id}`, { as: 'inspector' })).json()).toMatchObject({
      state: 'open',
      lot: code,
      notices: [{}, {}, {}],
    });
    expect((await server.call('/api/recalls', { as: 'inspector', json: { code, reason: 'again' } })).status).toBe(409);
  });

  const refusals: [string, object, number][] = [
    ['without a reason', { code }, 400],
    ['of an unknown lot', { code: `(01)${products.belly}(10)NOPE`, reason: 'x' }, 404],
    ['of a code with a wrong check digit', { code: '(01)06901234567893(10)A', reason: 'x' }, 400],
  ];
  it.each(refusals)('is refused %s, and nobody is told', async (_what, json, status) => {
    expect((await server.call('/api/recalls', { as: 'inspector', json })).status).toBe(status);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM recall_notice').pluck().get()).toBe(0);
  });

  it('is for inspectors', async () => {
    for (const role of ['owner', 'partner', 'reviewer'] as const)
      expect((await server.call('/api/recalls', { as: role, json: { code, reason: 'x' } })).status).toBe(403);
  });
});

describe('a holder', () => {
  it('reads own notice and own lines alone', async () => {
    const id = await start();
    const own = await (await server.call(`/api/recalls/${id}`, owner)).text();
    expect(own).toContain(places.dingxiang);
    expect(own).not.toContain(places.haiwei);
    const page = await (await server.call('/my/recalls', { ...owner, headers: html })).text();
    expect(page).toContain('兽药残留超标');
    expect(page).toContain('24.0');
    expect(page).not.toContain('海味馆');
    expect((await server.call(`/api/recalls/${id}`, { as: 'owner', sites: [places.farm] })).status).toBe(404);
    expect(
      await (await server.call('/my/recalls', { as: 'owner', sites: [places.farm], headers: html })).text(),
    ).not.toContain('兽药残留');
    expect((await server.call(`/recalls/${id}`, { ...owner, headers: html })).status).toBe(403);
  });

  it('answers with a photo, which the inspector opens by the page’s address and nobody by a guess', async () => {
    const id = await start();
    const photo = await busyPhoto();
    const form = new FormData();
    form.set('action', 'quarantined');
    form.set('quantity', '23.5');
    form.set('unit', 'KGM');
    form.set('photo', new File([new Uint8Array(photo)], 'fridge.jpg', { type: 'image/jpeg' }));
    const sent = await server.call(`/my/recalls/${id}/answers`, { ...owner, body: form, headers: html });
    expect(sent.status).toBe(303);
    const page = await (await server.call(`/recalls/${id}`, { as: 'inspector', headers: html })).text();
    expect(page).toContain('已答复 1 / 3');
    expect(page).toContain('23.5');
    const href = /href="(\/recalls\/[^"]+\/photos\/[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const opened = await server.call(href, { as: 'inspector' });
    expect(opened.headers.get('content-type')).toBe('image/jpeg');
    // Nobody has looked for heads on it here, so nothing but colours is left.
    const shown = Buffer.from(await opened.arrayBuffer());
    expect(await detailOf(shown)).toBeLessThan((await detailOf(photo)) / 20);
    expect((await server.call(href.split('?')[0] ?? '', { as: 'inspector' })).status).toBe(404);
    expect((await server.call(href, { as: 'owner', sites: [places.farm] })).status).toBe(404);
  });

  const faulty: [string, Record<string, string>, string, string][] = [
    ['without saying what was done', { quantity: '1', unit: 'KGM' }, 'f-action', '不在可选的范围内'],
    ['without an amount', { action: 'destroyed' }, 'f-quantity', '这一项要填'],
    ['with an amount below zero', { action: 'destroyed', quantity: '-1', unit: 'KGM' }, 'f-quantity', '数字太小'],
  ];
  it.each(faulty)(
    'an answer %s is refused at its field, and what was typed stays',
    async (_what, form, field, said) => {
      const id = await start();
      const response = await server.call(`/my/recalls/${id}/answers`, {
        ...owner,
        form: { note: '在冷柜里', ...form },
        headers: html,
      });
      const body = await response.text();
      expect(response.status).toBe(400);
      expect(body).toContain(`#${field}`);
      expect(body).toContain(said);
      expect(body).toContain('在冷柜里');
      expect(server.db.sqlite.prepare('SELECT count(*) FROM recall_answer').pluck().get()).toBe(0);
    },
  );

  it('an answer over what ever came is doubted with the books beside it, and taken when it is sent again', async () => {
    const id = await start();
    const typed = { action: 'destroyed', quantity: '240', unit: 'KGM', note: '在冷柜里' };
    const send = (form: Record<string, string>) =>
      server.call(`/my/recalls/${id}/answers`, { ...owner, form, headers: html });
    const kept = () => server.db.sqlite.prepare('SELECT quantity FROM recall_answer').pluck().all();
    const body = await (await send(typed)).text();
    expect(body).toContain('总共只收到过 24');
    expect(body).toContain('name="sure" value="240"');
    expect(body).toContain('在冷柜里');
    expect(kept()).toEqual([]);
    expect((await send({ ...typed, quantity: '250', sure: '240' })).status).toBe(400);
    expect((await send({ ...typed, sure: '240' })).status).toBe(303);
    expect(kept()).toEqual([240]);
  });

  it('an answer that was wrong is taken back by whoever gave it, and everything stands as before', async () => {
    const id = await start();
    const before = await inspected(id);
    const send = (form: Record<string, string>) =>
      server.call(`/my/recalls/${id}/answers`, { ...owner, form, headers: html });
    await send({ action: 'destroyed', quantity: '20', unit: 'KGM' });
    const doubted = await (await send({ action: 'served', quantity: '5', unit: 'KGM' })).text();
    expect(doubted).toContain('总共只收到过 24');
    expect(doubted).toContain('就有 25');
    const mine = await (await server.call('/my/recalls', { ...owner, headers: html })).text();
    const [, href = ''] = /action="([^"]+taken-back)"/.exec(mine) ?? [];
    expect((await server.call(href, { as: 'owner', sites: [places.haiwei], form: { x: '1' } })).status).toBe(404);
    const colleague = { as: 'owner', sites: [places.dingxiang, places.farm] } as const;
    expect((await server.call(href, { ...colleague, form: { x: '1' } })).status).toBe(404);
    const back = await server.call(href, { ...owner, form: { x: '1' }, headers: html });
    expect(back.headers.get('location')).toContain('sent=back');
    expect((await server.call(href, { ...owner, form: { x: '1' } })).status).toBe(409);
    expect(await inspected(id)).toEqual(before);
    const after = await (await server.call('/my/recalls?sent=back', { ...owner, headers: html })).text();
    expect(after).toContain('已撤回，不再计入');
    expect(after).not.toContain('taken-back"');
    const entry = server.db.sqlite
      .prepare("SELECT body FROM ledger_entry WHERE kind = 'recall-answer-taken-back'")
      .pluck();
    expect(JSON.parse(entry.get() as string)).toMatchObject({ site: places.dingxiang, answer: { quantity: 20 } });
    expect((await send({ action: 'served', quantity: '5', unit: 'KGM' })).status).toBe(303);
  });

  it('over the API an answer over the books comes back with the books’ number, and can be taken back', async () => {
    const id = await start();
    const answer = (json: object) => server.call(`/api/recalls/${id}/answers`, { ...owner, json });
    expect(await (await answer({ action: 'destroyed', quantity: 40, unit: '市斤' })).json()).toMatchObject({
      doubts: [],
    });
    const doubted = (await (await answer({ action: 'served', quantity: 5, unit: 'kg' })).json()) as {
      answers: number[];
    };
    expect(doubted).toMatchObject({
      state: 'answered',
      doubts: [{ lot: code, quantity: 5, books: 24, told: 25, over: 'together', unit: 'KGM' }],
    });
    const path = `/api/recalls/${id}/answers/${doubted.answers[0]}/taken-back`;
    expect((await server.call(path, { ...owner, json: {} })).status).toBe(200);
    expect(await (await server.call(`/api/recalls/${id}`, { as: 'inspector' })).json()).toMatchObject({
      answers: [{ action: 'destroyed', quantity: 20, unit: 'KGM' }],
    });
  });

  it('a photo that is none is refused and changes nothing', async () => {
    const id = await start();
    const form = new FormData();
    form.set('action', 'destroyed');
    form.set('quantity', '1');
    form.set('photo', new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'x.jpg', { type: 'image/jpeg' }));
    expect((await server.call(`/my/recalls/${id}/answers`, { ...owner, body: form, headers: html })).status).toBe(400);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM recall_answer').pluck().get()).toBe(0);
  });

  it('answers over the API, for the place it names', async () => {
    const id = await start();
    const answer = (json: object, who: object) => server.call(`/api/recalls/${id}/answers`, { ...who, json });
    expect((await answer({ action: 'destroyed', quantity: 31, unit: 'kg', site: places.haiwei }, owner)).status).toBe(
      404,
    );
    const ok = await answer(
      {
        lines: [
          { action: 'quarantined', quantity: 20, unit: 'kg' },
          { action: 'served', quantity: 4, unit: 'kg' },
        ],
      },
      owner,
    );
    expect(ok.status).toBe(201);
    expect(await (await server.call(`/api/recalls/${id}`, { as: 'inspector' })).json()).toMatchObject({
      answers: [
        { action: 'quarantined', quantity: 20 },
        { action: 'served', quantity: 4 },
      ],
    });
  });
});

describe('following it through', () => {
  it('adds up where the goods went, reminds who is silent, and ends only with a reason', async () => {
    const id = await start();
    await server.call(`/api/recalls/${id}/answers`, {
      ...owner,
      json: { action: 'quarantined', quantity: 24, unit: 'kg' },
    });
    const act = (path: string, form: Record<string, string> = { x: '1' }) =>
      server.call(`/recalls/${id}/${path}`, { as: 'inspector', form, headers: html });
    expect((await act('reminders')).headers.get('location')).toContain('reminded=2');
    expect((await act('reminders')).headers.get('location')).toContain('reminded=0');
    expect((await act('issues')).headers.get('location')).toContain('widened=0');
    const page = await (await server.call(`/recalls/${id}`, { as: 'inspector', headers: html })).text();
    expect(page).toMatch(/去向：已封存 24\.0，未回复 76\.0/);
    const refused = await act('closed', { reason: ' ' });
    expect(refused.status).toBe(400);
    const open = await act('closed', { reason: '全部处置完毕' });
    expect(open.status).toBe(400);
    expect(await open.text()).toContain('去向不明');
    expect((await act('closed', { reason: '全部处置完毕', accept: 'open' })).status).toBe(303);
    expect((await act('closed', { reason: 'again', accept: 'open' })).status).toBe(409);
    const diner = await (await server.call(`/01/${products.belly}/10/A07`, { headers: html })).text();
    expect(diner).toContain('这一批已被召回，请不要食用');
    expect(diner).toContain('召回已于');
  });

  it('widens when goods went on after it was issued, and tells the new holder', async () => {
    const id = await start();
    const later = [
      events.ship(hour(30), places.haiwei, places.farm, [belly(5)]),
      events.receive(hour(31), places.farm, places.haiwei, [belly(5)]),
    ];
    captureDocument(server.deps, readForCapture(documentOf(later), 'application/ld+json'), null, {
      onError: 'rollback',
    });
    const widened = await server.call(`/recalls/${id}/issues`, { as: 'inspector', form: { x: '1' }, headers: html });
    expect(widened.headers.get('location')).toContain('widened=1');
    expect((await server.call(`/api/recalls/${id}`, { as: 'owner', sites: [places.farm] })).status).toBe(200);
  });

  it('hands out the tracking events as a spreadsheet, to inspectors alone', async () => {
    const id = await start();
    for (const path of [`/api/recalls/${id}/fsma204.xlsx`, '/api/fsma204.xlsx?from=2026-11-01&until=2026-11-30']) {
      const response = await server.call(path, { as: 'inspector' });
      expect(response.headers.get('content-type')).toContain('spreadsheetml');
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.subarray(0, 2).toString()).toBe('PK');
      expect((await server.call(path, owner)).status).toBe(403);
    }
    expect((await server.call('/api/fsma204.xlsx?from=May', { as: 'inspector' })).status).toBe(400);
  });
});
