// Suppliers as a buyer sees them: what is missing of their goods, asking for it with one press, and sources nobody registered.
import { beforeEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../../server/clock.ts';
import { checkSources } from '../../../server/oversight/trade/check-sources.ts';
import { completenessOf } from '../../../server/oversight/trade/completeness.ts';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { certifyLot } from '../../../server/trace/lot/keep-master-data.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { documentOf, events, type Json, lotUri, places, products } from '../../support/cast.ts';
import { person } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const html = { accept: 'text/html' };
const owner = { as: 'owner', sites: [places.dingxiang] } as const;
const supplier = { as: 'partner', sites: [places.wholesaler] } as const;
const ask = { supplier: places.wholesaler, product: '冷鲜五花肉' };
const textOf = async (path: string, who: object = owner) => (await server.call(path, { ...who, headers: html })).text();
const asked = (form: Record<string, string> = ask) =>
  server.call('/my/suppliers/asked', { ...owner, form, headers: html });

const capture = (...list: readonly Json[]) =>
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });

/** The event of the receipt. */
function goodsFrom(from: string, batch: string): Json {
  const now = server.clock.now();
  const lot = lotUri(products.belly, batch);
  const receipt = events.receive(now - 3_600_000, places.dingxiang, from, [[lot, 6, 'KGM']]);
  capture(events.ship(now - 7_200_000, from, places.dingxiang, [[lot, 6, 'KGM']]), receipt);
  return receipt;
}

beforeEach(() => {
  server = openTestServer();
  registerPlace(server.deps, { siteId: places.dingxiang, name: '鼎香小馆', nameEn: 'Dingxiang', kind: 'restaurant' });
  registerPlace(server.deps, { siteId: places.wholesaler, name: '王记鲜肉', nameEn: 'Wang', kind: 'wholesaler' });
  registerProduct(server.deps, { gtin: products.belly, name: '冷鲜五花肉', nameEn: 'Chilled belly', unit: 'KGM' });
  goodsFrom(places.wholesaler, 'A07');
});

describe('a supplier whose data are incomplete', () => {
  it('is shown with what is missing, and asked with one press, once a day, in their language', async () => {
    server.tokenOf(supplier.as, supplier.sites);
    const page = await textOf('/my/suppliers');
    for (const said of ['王记鲜肉', '33%', '合格证明 1', '请供应商补充']) expect(page).toContain(said);
    expect(await textOf('/my/suppliers?lang=en')).toContain('certificate 1');
    const { suppliers } = (await (await server.call('/api/suppliers', owner)).json()) as { suppliers: object[] };
    expect(suppliers).toMatchObject([{ supplier: places.wholesaler, lots: 1, missing: { certificate: 1, batch: 0 } }]);
    for (let press = 0; press < 2; press++) expect((await asked()).status).toBe(303);
    expect((await textOf('/notices', supplier)).match(/请补充“冷鲜五花肉”/g)).toHaveLength(1);
    expect(await textOf('/notices?lang=en', supplier)).toContain('Details of “Chilled belly” are wanted');
    server.clock.pass(dayMs);
    expect((await asked()).status).toBe(303);
    expect((await textOf('/notices', supplier)).match(/请补充“冷鲜五花肉”/g)).toHaveLength(2);
  });

  it('is not asked once nothing is missing', async () => {
    server.tokenOf(supplier.as, supplier.sites);
    const lot = lotByCode(server.db, lotUri(products.belly, 'A07'));
    server.db.sqlite
      .prepare("UPDATE lot SET origin = '临江区禾丰村', produced_at = ?, expires_at = ? WHERE id = ?")
      .run(server.clock.now() - dayMs, server.clock.now() + dayMs, lot?.id);
    certifyLot(server.deps, lot?.id ?? 0, [{ kind: 'quality', number: 'HG1' }], person(server.deps, 'admin', 'admin'));
    const { suppliers } = (await (await server.call('/api/suppliers', owner)).json()) as {
      suppliers: { share: number }[];
    };
    expect(suppliers.map(({ share }) => share)).toEqual([1]);
    expect((await asked()).status).toBe(409);
    expect(await textOf('/notices', supplier)).not.toContain('请补充');
  });

  it('wrote no batch where the lot has no number but our own code', async () => {
    server.db.sqlite.exec("UPDATE lot SET batch = NULL, origin_batch = NULL, serial = NULL WHERE code LIKE '%A07'");
    const { suppliers } = (await (await server.call('/api/suppliers', owner)).json()) as { suppliers: object[] };
    expect(suppliers).toMatchObject([{ lots: 1, missing: { batch: 1 } }]);
  });

  it('is not asked where nobody can be told, nor for goods that never came', async () => {
    const refused = await asked();
    expect([refused.status, await refused.text()]).toMatchObject([400, expect.stringContaining('还没有账号')]);
    expect((await asked({ ...ask, product: '没有这种货' })).status).toBe(404);
    expect((await server.call('/my/suppliers', { as: 'inspector', headers: html })).status).toBe(403);
  });
});

it('who lacks most stands first, and each element is missed by itself', () => {
  const whole = { quantity: true, batch: true, origin: true, producedAt: true, expiresAt: true, certificate: true };
  const lot = (product: string, has: object) => ({
    supplier: 's',
    product,
    productEn: null,
    has: { ...whole, ...has },
  });
  const found = completenessOf([
    lot('a', {}),
    lot('b', { batch: false }),
    lot('c', { origin: false, certificate: false }),
  ]);
  expect(found.map(({ product }) => product)).toEqual(['c', 'b', 'a']);
  expect(found.map(({ missing }) => missing.batch)).toEqual([0, 1, 0]);
});

describe('a source that nobody registered', () => {
  it('is a finding of whoever bought there, until it is registered', async () => {
    expect(checkSources(server.deps)).toBe(0);
    goodsFrom(places.farm, 'B01');
    for (let look = 0; look < 2; look++) expect(checkSources(server.deps)).toBe(1);
    expect(await textOf('/my/findings')).toContain('未登记的进货来源');
    registerPlace(server.deps, { siteId: places.farm, name: '禾丰养殖场', kind: 'farm' });
    checkSources(server.deps);
    expect(await textOf('/my/findings')).not.toContain('未登记的进货来源');
    const receipt = goodsFrom(places.haiwei, 'B02');
    expect(checkSources(server.deps)).toBe(1);
    capture(events.declareWrong(receipt, server.clock.now()));
    expect(checkSources(server.deps), 'a receipt that was declared wrong bought nothing').toBe(0);
    expect(await textOf('/my/findings')).not.toContain('未登记的进货来源');
    goodsFrom(places.haiwei, 'B03');
    expect(checkSources(server.deps)).toBe(1);
    server.clock.pass(31 * dayMs);
    expect(checkSources(server.deps), 'of the last thirty days').toBe(0);
  });
});
