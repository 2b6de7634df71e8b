// Goods as their labels tell of them: weight and days fill the delivery and are kept, and what must not be used warns first.
import { beforeEach, describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { holdLot } from '../../../server/trace/lot/hold-lot.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { documentOf, events, lotUri, places, products, sscc } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const html = { accept: 'text/html' };
const cook = { as: 'owner', sites: [places.dingxiang] } as const;
const belly = products.belly;
const code = lotUri(belly, 'A07');

beforeEach(() => {
  server = openTestServer();
  registerPlace(server.deps, { siteId: places.dingxiang, name: '鼎香小馆', kind: 'restaurant' });
  registerProduct(server.deps, { gtin: belly, name: '冷鲜猪五花肉', nameEn: 'Pork belly', unit: 'KGM' });
  const at = server.clock.now() - 7_200_000;
  capture([events.commission(at, places.wholesaler, [[code, 96, 'KGM']])]);
});

function capture(list: Parameters<typeof documentOf>[0]): void {
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
}

const send = (boxes: readonly object[], more: object = {}, headers: Record<string, string> = {}) =>
  server.call('/api/receipts', { ...cook, headers, json: { at: '2026-11-22T10:30:00+08:00', ...more, boxes } });
const press = (form: Record<string, string>) =>
  server.call('/receive', { ...cook, form: { site: places.dingxiang, ...form }, headers: html });
const receipts = () =>
  server.db.sqlite.prepare("SELECT count(*) FROM event WHERE biz_step = 'receiving'").pluck().get() as number;
const received = () =>
  server.db.sqlite.prepare('SELECT o.quantity, o.unit FROM edge_out o WHERE o.role = 4 ORDER BY o.event_id').all();
const lotOf = (batch: string) => lotByCode(server.db, lotUri(belly, batch));

describe('a delivery whose labels say more than the lot', () => {
  it('is taken with the weight and the last day of use of its label, and both are kept', async () => {
    const answer = await send([{ code: `01${belly}17270200310301234510D00` }]);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ lots: [{ batch: 'D00', expiresOn: '2027-02-28' }], warnings: [] });
    expect(received()).toEqual([{ quantity: 12.345, unit: 'KGM' }]);
    expect(new Date(lotOf('D00')?.expiresAt ?? 0).toISOString()).toBe('2027-02-28T15:59:59.999Z');
    const json = server.db.sqlite.prepare("SELECT json FROM event WHERE biz_step = 'receiving'").pluck().get();
    expect(json).toContain('(17)270200(3103)012345');
  });

  it('counts what a person typed before what the label says', async () => {
    await send([{ code: `(01)${belly}(3103)012345(10)D00`, quantity: 12, unit: 'kg', expiresOn: '2027-03-01' }]);
    expect(received()).toEqual([{ quantity: 12, unit: 'KGM' }]);
    expect(lotOf('D00')?.expiresAt).toBe(Date.parse('2027-03-01T15:59:59.999Z'));
  });

  it('keeps the day of production, and what was registered before stays', async () => {
    await server.call('/api/lots', {
      as: 'partner',
      sites: [places.wholesaler],
      json: { gtin: belly, lot: 'R1', product: '冷鲜猪五花肉', producedAt: '2026-11-20', expiresAt: '2026-12-20' },
    });
    const answer = await send([{ code: `(01)${belly}(11)261119(17)270101(10)R1` }]);
    expect(await answer.json()).toMatchObject({
      warnings: [{ place: '/boxes/0', code: 'expiry_differs' }],
      lots: [{ producedOn: '2026-11-20', expiresOn: '2026-12-20' }],
    });
  });

  it('is the same delivery when a label is scanned again with its elements in another order', async () => {
    await send([{ code: `(01)${belly}(17)270101(3103)012345(10)D00` }]);
    const again = await send([{ code: `(3103)012345(10)D00(01)${belly}(17)270101` }]);
    expect(await again.json()).toMatchObject({ accepted: 0, duplicate: 1 });
  });

  it('takes a batch in Chinese under a code of our own, and says so', async () => {
    const answer = await send([{ code: `(01)${belly}(10)中文批`, quantity: 3, unit: 'kg' }]);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ warnings: [{ code: 'own_code' }], lots: [{ batch: '中文批' }] });
  });

  it('receives by the address that we print on labels of goods without a GTIN', async () => {
    const made = await server.call('/api/lots', {
      as: 'partner',
      sites: [places.wholesaler],
      json: { origin: '白沙村', batch: '0311', product: '小白菜' },
    });
    const { page } = (await made.json()) as { page: string };
    expect(page).toContain('/lot/');
    expect((await send([{ code: page, quantity: 3, unit: 'kg' }])).status).toBe(201);
  });
});

describe('a code whose separator was lost', () => {
  const lost = `01${belly}10A0717271231`;

  it('is asked about and makes no lot, over the API', async () => {
    const answer = await send([{ code: lost }]);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ faults: [{ place: '/boxes/0/code', code: 'unsure' }] });
    expect(receipts()).toBe(0);
    expect(lotOf('A0717271231')).toBeUndefined();
  });

  it('offers the registered lot and the code as sent on the page, and takes the one that was chosen with its day', async () => {
    const page = await press({ 'boxes.0.code': lost });
    const body = await page.text();
    expect(page.status).toBe(400);
    expect(body).toContain(`value="(01)${belly}(10)A07(17)271231"`);
    expect(body).toContain(`value="(01)${belly}(10)A0717271231"`);
    expect(body).toContain('冷鲜猪五花肉 · 保质期至 2027-12-31 · 已登记');
    expect((await press({ 'boxes.0.code': `(01)${belly}(10)A07(17)271231` })).status).toBe(200);
    expect(lotOf('A07')?.expiresAt).toBe(Date.parse('2027-12-31T15:59:59.999Z'));
  });
});

describe('goods that must not be used', () => {
  const states: [string, () => void, string, string][] = [
    [
      'recalled',
      () => void startRecall(server.deps, { lotId: lotOf('A07')?.id ?? 0, reason: 'x' }, null),
      '正在召回',
      'being recalled',
    ],
    ['held', () => holdLot(server.deps, lotOf('A07')?.id ?? 0, 'x', null), '已封存', 'is held'],
  ];

  it.each(states)('%s are only taken when that was acknowledged', async (state, make, zh, en) => {
    make();
    const refused = await send([{ code, quantity: 3, unit: 'kg' }]);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      code: 'conflict',
      faults: [{ place: '/boxes/0/acknowledged', code: state }],
    });
    expect(receipts()).toBe(0);
    const taken = await send([{ code, quantity: 3, unit: 'kg', acknowledged: [state] }]);
    expect([taken.status, await taken.json()]).toMatchObject([201, { warnings: [{ code: state }] }]);

    const shown = await (
      await server.call(`/receive?code=${encodeURIComponent(code)}`, { ...cook, headers: html })
    ).text();
    expect(shown).toContain(zh);
    expect(shown).toContain(`name="boxes.0.acknowledged" value="${state}"`);
    const pressed = await press({ 'boxes.0.code': code, 'boxes.0.quantity': '4' });
    expect(pressed.status).toBe(409);
    const english = await server.call('/receive', {
      ...cook,
      form: { site: places.dingxiang, 'boxes.0.code': code, 'boxes.0.quantity': '4' },
      headers: { ...html, 'accept-language': 'en' },
    });
    expect(await english.text()).toContain(en);
    expect((await press({ 'boxes.0.code': code, 'boxes.0.quantity': '4', 'boxes.0.acknowledged': state })).status).toBe(
      200,
    );
  });

  it('acknowledged as held and recalled since are asked about again', async () => {
    states[0]?.[1]();
    expect((await send([{ code, quantity: 3, acknowledged: ['held'] }])).status).toBe(409);
  });

  it('past the day on their label warn: the API takes them and says so, the page asks first', async () => {
    const old = `(01)${belly}(17)260101(10)EXP1`;
    const answer = await send([{ code: old, quantity: 3, unit: 'kg' }]);
    expect([answer.status, await answer.json()]).toMatchObject([
      201,
      { warnings: [{ place: '/boxes/0', code: 'expired' }], lots: [{ expiresOn: '2026-01-01' }] },
    ]);
    const shown = await (
      await server.call(`/receive?code=${encodeURIComponent(old)}`, { ...cook, headers: html })
    ).text();
    expect(shown).toContain('EXP1 已过期（保质期至 2026-01-01）');
    expect((await press({ 'boxes.0.code': old, 'boxes.0.quantity': '4' })).status).toBe(409);
    // What was ticked is still ticked when something else has to be put right.
    const other = await press({ 'boxes.0.code': old, 'boxes.0.quantity': 'many', 'boxes.0.acknowledged': 'expired' });
    expect([other.status, await other.text()]).toEqual([
      400,
      expect.stringContaining('name="boxes.0.acknowledged" value="expired" checked'),
    ]);
  });

  it('are told from the place whose number was scanned instead, as its label or as thirteen digits', async () => {
    for (const scanned of [places.dingxiang, `(414)${places.dingxiang}`, `414${places.dingxiang}`]) {
      const told = await server.call(`/api/scans?code=${encodeURIComponent(scanned)}`, cook);
      expect(await told.json(), scanned).toMatchObject({ is: 'refused', fault: 'not_a_lot' });
      expect((await (await send([{ code: scanned, quantity: 1 }])).json()).faults, scanned).toMatchObject([
        { place: '/boxes/0/code', code: 'not_a_lot' },
      ]);
    }
    expect(receipts()).toBe(0);
  });

  it('under a batch that swallowed something in brackets are no new lot; the lot that is really called so is asked for', async () => {
    const slip = `(01)${belly}(10)A07(310)012345`;
    const told = () => server.call(`/api/scans?code=${encodeURIComponent(slip)}`, cook);
    expect(await (await told()).json()).toMatchObject({ is: 'refused', fault: 'bad_value' });
    capture([
      events.commission(server.clock.now() - 3_600_000, places.wholesaler, [
        [lotUri(belly, 'A07(310)012345'), 5, 'KGM'],
      ]),
    ]);
    expect(await (await told()).json()).toMatchObject({ is: 'unsure' });
  });

  it('on their last day are good until it is over', async () => {
    const today = `(01)${belly}(17)261122(10)TODAY`;
    const late = await send([{ code: today, quantity: 1 }], { at: '2026-11-22T23:59:00+08:00' });
    expect(await late.json()).toMatchObject({ warnings: [] });
    const after = await send([{ code: today, quantity: 2 }], { at: '2026-11-23T00:00:01+08:00' });
    expect(await after.json()).toMatchObject({ warnings: [{ code: 'expired' }] });
  });

  it('inside a box warn by the box', async () => {
    const box = `https://id.gs1.org/00/${sscc(1)}`;
    capture([events.pack(server.clock.now() - 3_600_000, places.wholesaler, box, [[code, 24, 'KGM']])]);
    states[0]?.[1]();
    const refused = await send([{ code: `(00)${sscc(1)}` }]);
    expect([refused.status, await refused.json()]).toMatchObject([409, { faults: [{ code: 'recalled' }] }]);
  });
});

describe('what a code says before anything is taken', () => {
  const scan = async (given: string, lang = 'zh-CN') => {
    const response = await server.call(`/api/scans?code=${encodeURIComponent(given)}`, {
      ...cook,
      headers: { 'accept-language': lang },
    });
    return [response.status, await response.json()] as const;
  };

  it('names goods, amount, days and warnings, and takes nothing', async () => {
    const given = `01${belly}17260101310301234510A07`;
    expect(await scan(given)).toMatchObject([
      200,
      {
        is: 'goods',
        code,
        lot: { batch: 'A07', product: '冷鲜猪五花肉' },
        quantity: 12.345,
        unit: 'KGM',
        expiresOn: '2026-01-01',
        warnings: [{ code: 'expired', said: 'A07 已过期（保质期至 2026-01-01）：不要收。' }],
      },
    ]);
    const [, english] = await scan(given, 'en');
    expect(english).toMatchObject({
      warnings: [{ said: expect.stringContaining('past its date (use by 2026-01-01)') }],
    });
    expect(receipts()).toBe(0);
  });

  it('offers the readings of a code that has several, and says what names no goods', async () => {
    expect(await scan(`01${belly}10A0717271231`)).toMatchObject([
      200,
      { is: 'unsure', choices: [{ code: `(01)${belly}(10)A07(17)271231` }, {}] },
    ]);
    expect(await scan(`(414)${places.dingxiang}`)).toMatchObject([200, { is: 'refused', fault: 'not_a_lot' }]);
    expect(await scan('XYZ-1')).toMatchObject([200, { is: 'refused', fault: 'unknown_own' }]);
  });
});

describe('a delivery sent with a key', () => {
  const key = { 'idempotency-key': 'd4c1' };

  it('is taken once, also when it would mean something else by now', async () => {
    const first = await send([{ code, quantity: 3, unit: 'kg' }], { from: '新来的供货商' }, key);
    expect(first.status).toBe(201);
    startRecall(server.deps, { lotId: lotOf('A07')?.id ?? 0, reason: 'x' }, null);
    const again = await send([{ code, quantity: 3, unit: 'kg' }], { from: '新来的供货商' }, key);
    expect(again.status).toBe(200);
    expect(await again.json()).toEqual(await first.json());
    expect(receipts()).toBe(1);
  });

  it('that was refused may be put right under the same key', async () => {
    expect((await send([{ code: 'XYZ-1' }], {}, key)).status).toBe(400);
    expect((await send([{ code, quantity: 3, unit: 'kg' }], {}, key)).status).toBe(201);
  });

  it('of another delivery is told', async () => {
    await send([{ code, quantity: 3, unit: 'kg' }], {}, key);
    expect((await send([{ code, quantity: 5, unit: 'kg' }], {}, key)).status).toBe(409);
  });
});
