// What a box holds is said once for a product; then a recall adds its boxes and its kilograms, and before it adds neither.
import { beforeEach, describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { registerProduct } from '../../../server/trace/place/register-place.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { lotIdOf, reachedIn, scopeOf } from '../../support/scope.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const belly = lotUri(products.belly, 'B14');
const { wholesaler, dingxiang } = places;
const pageOf = { as: 'inspector', headers: { accept: 'text/html' } } as const;

/** 100 kg of belly, of which 3 boxes leave for 鼎香, which weighs nothing and cooks 10 portions of it. */
beforeEach(() => {
  server = openTestServer();
  registerProduct(server.deps, { gtin: products.belly, name: '五花肉', unit: 'KGM' });
  const list = [
    events.commission(hour(0), wholesaler, [[belly, 100, 'KGM']]),
    events.ship(hour(1), wholesaler, dingxiang, [[belly, 3, 'BX']]),
    events.receive(hour(2), dingxiang, wholesaler, [[belly, 3, 'BX']]),
    events.sell(hour(3), dingxiang, [[belly, 10, 'PTN']]),
  ];
  server.clock.pass(hour(6) - server.deps.clock());
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
});

const address = () => `/api/lots/${lotIdOf(server.deps, belly)}/packs`;
const put = (body: object, as: 'inspector' | 'partner' = 'inspector') =>
  server.call(address(), { as, method: 'PUT', json: body });
const at = (site: string) => reachedIn(server.deps, belly, belly, site);

describe('what a pack holds', () => {
  it('is unknown until somebody says it, with its place and reason', () => {
    expect(at(wholesaler)).toMatchObject({ received: 100, onHand: null, reason: 'units', unit: 'KGM' });
    expect(at(dingxiang)).toMatchObject({ received: 3, onHand: null, reason: 'units', unit: 'BX' });
  });

  it('makes boxes, portions and kilograms one account', async () => {
    expect((await put({ pack: '箱', holds: 12.5, unit: 'kg' })).status).toBe(200);
    expect(at(wholesaler)).toMatchObject({ onHand: 62.5, unit: 'KGM', reason: null });
    expect((await put({ pack: '份', holds: 250, unit: '克' })).status).toBe(200);
    expect(at(dingxiang)).toMatchObject({ received: 37.5, onHand: 35, unit: 'KGM', reason: null });
    expect(await (await server.call(address(), { as: 'inspector' })).json()).toEqual({
      unit: 'KGM',
      packs: [
        { pack: 'BX', holds: 12.5 },
        { pack: 'PTN', holds: 0.25 },
      ],
    });
  });

  it('is refused where it cannot be: a kilogram is no pack, and kilograms are no litres', async () => {
    expect((await put({ pack: 'kg', holds: 2, unit: 'kg' })).status).toBe(400);
    expect((await put({ pack: '箱', holds: 2, unit: '升' })).status).toBe(400);
    expect((await put({ pack: '箱', holds: 0, unit: 'kg' })).status).toBe(400);
    expect(at(wholesaler)).toMatchObject({ onHand: null });
  });

  it('is told in a column of a sheet, in its cell or its heading, and kept where nothing else is known', async () => {
    const send = async (sheet: string, who: object = { as: 'inspector' }) => {
      const form = new FormData();
      form.set('file', new File([sheet], 'a.csv'));
      const answer = await server.call('/api/lots/import', { ...who, body: form });
      return (await answer.json()) as { lots?: { pack?: string }[]; faults?: { code: string; cell?: string }[] };
    };
    const row = (heading: string, cell: string, lot = 'N1') =>
      `条码,批号,品名,数量,单位,${heading}\n6901234567892,${lot},鸡腿,10,箱,${cell}`;
    expect((await send(row('每箱重量', '一些'))).faults).toMatchObject([{ code: 'not_a_pack', cell: 'F2' }]);
    const shop = { as: 'owner', sites: [dingxiang] };
    expect((await send(row('每箱重量(公斤)', '12.5'), shop)).lots).toMatchObject([{ pack: 'not_yours' }]);
    expect((await send(row('每箱重量(公斤)', '12.5'))).lots).toMatchObject([{ pack: 'kept' }]);
    expect((await send(row('箱规', '12500克/箱', 'N2'))).lots).toMatchObject([{ pack: 'known' }]);
    expect((await send(row('每箱净重', '每箱10公斤', 'N3'))).faults).toMatchObject([{ code: 'other_pack' }]);
    const lot = lotUri('06901234567892', 'N1');
    expect(scopeOf(server.deps, lot)).toMatchObject([{ onHand: 125, unit: 'KGM' }]);
  });

  describe('where the case has a barcode of its own', () => {
    const inCase = (batch: string) => lotUri('16900000000035', batch);

    it('counts its cases in kilograms, and a recall of the batch reaches them, as one of the cases reaches the packs', async () => {
      const pallet = '26900000000032';
      expect((await put({ pack: '箱', holds: 12.5, unit: 'kg', gtin: '16900000000035' })).status).toBe(200);
      const list = [
        events.commission(hour(0), wholesaler, [[inCase('B14'), 8]]),
        events.commission(hour(0), wholesaler, [[inCase('B15'), 8]]),
        events.ship(hour(1), wholesaler, dingxiang, [[inCase('B14'), 3]]),
        events.receive(hour(2), dingxiang, wholesaler, [[inCase('B14'), 3]]),
      ];
      captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, {
        onError: 'rollback',
      });
      const found = reachedIn(server.deps, belly, inCase('B14'), dingxiang);
      expect(found).toMatchObject({ scope: 'definite', received: 37.5, onHand: 37.5, unit: 'KGM', reason: null });
      expect(scopeOf(server.deps, belly).some(({ lot }) => lot === inCase('B15'))).toBe(false);
      expect(reachedIn(server.deps, inCase('B14'), belly, wholesaler)).toMatchObject({ scope: 'definite' });
      const cases = `/api/lots/${lotIdOf(server.deps, inCase('B14'))}/packs`;
      const packed = { pack: '托盘', holds: 40, unit: '个', gtin: pallet };
      const answer = await server.call(cases, { as: 'inspector', method: 'PUT', json: packed });
      expect(await answer.json()).toMatchObject({ unit: 'KGM', unitGtin: products.belly });
      captureDocument(
        server.deps,
        readForCapture(
          documentOf([events.commission(hour(3), wholesaler, [[lotUri(pallet, 'B14'), 2]])]),
          'application/ld+json',
        ),
        null,
        { onError: 'rollback' },
      );
      expect(reachedIn(server.deps, belly, lotUri(pallet, 'B14'), wholesaler)).toMatchObject({ onHand: 1000 });
      const page = await (await server.call(`/lots/${lotIdOf(server.deps, belly)}`, pageOf)).text();
      expect(page).toContain('条码 16900000000035');
      expect(page).toContain(`/lots/${lotIdOf(server.deps, inCase('B14'))}"`);
    });

    it('is refused for what is no code, for the code of what is inside, and for a pack of something else', async () => {
      const say = async (gtin: string) =>
        ((await (await put({ pack: '箱', holds: 12.5, unit: 'kg', gtin })).json()) as { faults?: { code: string }[] })
          .faults?.[0]?.code;
      expect(await say('16900000000036')).toBe('check_digit');
      expect(await say(products.belly)).toBe('same_level');
      registerProduct(server.deps, { gtin: '16900000000035', name: '鸡腿（箱）' });
      server.deps.db.sqlite
        .prepare("UPDATE product SET unit_gtin = '06901234567892' WHERE gtin = '16900000000035'")
        .run();
      expect(await say('16900000000035')).toBe('other_level');
      expect(at(wholesaler)).toMatchObject({ onHand: null });
    });

    it('is told in two columns of a sheet, with what one case holds', async () => {
      const form = new FormData();
      const sheet = '条码,外箱条码,批号,品名,数量,单位,每箱数量\n6901234567892,16901234567899,N1,鸡腿,24,个,12';
      form.set('file', new File([sheet], 'a.csv'));
      expect((await server.call('/api/lots/import', { as: 'inspector', body: form })).status).toBe(201);
      const list = [events.commission(hour(0), wholesaler, [[lotUri('16901234567899', 'N1'), 3]])];
      captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, {
        onError: 'rollback',
      });
      const row = reachedIn(server.deps, lotUri('06901234567892', 'N1'), lotUri('16901234567899', 'N1'), wholesaler);
      expect(row).toMatchObject({ onHand: 36, unit: 'C62', scope: 'definite' });
    });
  });

  it('is said on the lot’s page, and by nobody who only holds the goods', async () => {
    const lot = `/lots/${lotIdOf(server.deps, belly)}`;
    const form = { pack: 'BX', holds: '12.5', unit: 'KGM' };
    expect((await server.call(`${lot}/packs`, { ...pageOf, form })).status).toBe(303);
    expect(await (await server.call(lot, pageOf)).text()).toContain('每箱 12.5');
    expect((await put({ pack: '箱', holds: 1 }, 'partner')).status).toBe(403);
  });
});
