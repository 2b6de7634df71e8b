// The sweep: a street door by door, a small shop in one form, what passes by itself, what waits, and what is refused.
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { districts as districtTable } from '../../../server/accounts/tables.ts';
import { poolOf } from '../../../server/oversight/draw/draw-pool-store.ts';
import { riskByScore } from '../../../server/oversight/draw/score-risk-store.ts';
import { scoreAll } from '../../../server/oversight/risk/write-risk-scores.ts';
import { checksOf, licenceFault, licenceHolds } from '../../../server/oversight/sweep/shop.ts';
import { type PersonAtWork, signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let chen: PersonAtWork;

/** The same thirteen digits with the digit that checks them. */
const licence = [...'0123456789'].map((digit) => `JY2440305000001${digit}`).find(licenceHolds) ?? '';

beforeEach(async () => {
  server = openTestServer();
  const row = { name: '临江区', nameEn: 'Linjiang', createdAt: 1 };
  const { id } = server.db.orm.insert(districtTable).values(row).returning().get();
  chen = await signedIn(server, { login: 'chen', role: 'inspector', districtId: id });
  await chen.go('/sweep/streets', { name: '江岸路', doors: '12 号\n14 号\n\n12 号' });
});

const all = (sql: string) => server.db.sqlite.prepare(sql).all() as Record<string, unknown>[];
const photo = () =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: '#789' } })
    .jpeg()
    .toBuffer();

async function formOf(more: Record<string, string> = {}, photos = ['licencePhoto', 'frontPhoto']): Promise<FormData> {
  const form = new FormData();
  const usual = {
    key: 'shop-key-1',
    door: '1',
    name: '老周馄饨',
    licence,
    licenceUntil: '2027-05-31',
    address: '临江区江岸路 12 号',
  };
  const rest = { sells: 'snacks', camera: 'none', lat: '22.54', lon: '114.05' };
  for (const [name, value] of Object.entries({ ...usual, ...rest, ...more })) form.set(name, value);
  for (const name of photos) form.set(name, new File([new Uint8Array(await photo())], 'p.jpg'));
  return form;
}

const send = async (more: Record<string, string> = {}, photos?: string[], who = chen, lang = '') =>
  who.go(`/sweep/shops${lang}`, undefined, { method: 'POST', body: await formOf(more, photos) });

it('a licence passes on its last day, and not on the day after', () => {
  const shop = {
    name: '店',
    licence,
    licenceUntil: '2026-11-30',
    address: '江岸路',
    sells: [],
    photos: { licence: true, front: true },
  };
  const expiry = (today: string) =>
    checksOf(shop, { today, names: ['江岸路'], alike: false }).find(({ check }) => check === 'expiry');
  expect([expiry('2026-11-30'), expiry('2026-12-01')]).toMatchObject([
    { ok: true, why: 'ok' },
    { ok: false, why: 'expired' },
  ]);
});

it('a form that is pressed twice at once is one shop, and another form at the same door is refused', async () => {
  const at = await Promise.all([send(), send()]);
  expect(at.map(({ headers }) => headers.get('location'))).toEqual(['/sweep/shops/1', '/sweep/shops/1']);
  const other = [...'0123456789'].map((digit) => `JY2440305000002${digit}`).find(licenceHolds) ?? '';
  expect((await send({ key: 'shop-key-9', licence: other, name: '隔壁' })).status).toBe(409);
  expect(all('SELECT id FROM swept_shop')).toHaveLength(1);
});

it('a shop taken down by somebody of the whole city lies in the district of its street', async () => {
  const city = await signedIn(server, { login: 'city', role: 'inspector' });
  expect((await send({}, undefined, city)).headers.get('location')).toBe('/sweep/shops/1');
  expect(
    all(
      'SELECT w.district_id AS own, d.district_id AS site FROM swept_shop w JOIN site_district d ON d.site_id = w.site_id',
    ),
  ).toEqual([{ own: 1, site: 1 }]);
});

it('a shop that was refused may be registered anew, under the same licence, name and address', async () => {
  await send({ licenceUntil: '' });
  await chen.go('/sweep/shops/1/decision', { decision: 'refused', note: '许可证看不清' });
  expect((await send({ key: 'shop-key-3' })).headers.get('location')).toBe('/sweep/shops/2');
  expect(all('SELECT state FROM swept_shop ORDER BY id')).toEqual([{ state: 'refused' }, { state: 'approved' }]);
});

it('what is still to be swept is listed over all streets, for one’s own district, and as a sheet', async () => {
  await chen.go('/sweep/streets', { name: '河坊街', doors: '1 号\n=2 号' });
  expect((await send()).headers.get('location')).toBe('/sweep/shops/1');
  await chen.go('/sweep/doors/3', { state: 'shut' });
  for (const [lang, said] of [
    ['', ['还没扫到的', '14 号', '河坊街', '关门']],
    ['?lang=en', ['Still to be swept', '14 号', 'Linjiang', 'Shut']],
  ] as const) {
    const page = await chen.text(`/sweep/left${lang}`);
    for (const each of said) expect(page).toContain(each);
    expect(page).not.toContain('>12 号<');
  }
  const sheet = await (await chen.go('/sweep/left.csv?lang=zh-CN')).text();
  const lines = sheet.trim().split(/\r?\n/);
  expect(lines).toHaveLength(4);
  expect(lines.filter((line) => line.includes('未扫'))).toHaveLength(2);
  expect(lines.find((line) => line.includes('关门'))).toContain('2026-11-22');
  expect(sheet).not.toMatch(/(^|,)=2 号/m);
  const { id } = server.db.orm
    .insert(districtTable)
    .values({ name: '江北区', nameEn: 'N', createdAt: 1 })
    .returning()
    .get();
  const other = await signedIn(server, { login: 'li', role: 'inspector', districtId: id });
  expect(await other.text('/sweep/left')).not.toContain('河坊街');
});

describe('a small shop', () => {
  it('has a form that knows itself again: pressed twice it is one shop, opened twice it is two', async () => {
    const keyOf = (page: string) => /name="key" value="([^"]*)"/.exec(page)?.[1] ?? '';
    const [first, second] = [keyOf(await chen.text('/sweep/shops/new')), keyOf(await chen.text('/sweep/shops/new'))];
    expect(first.length).toBeGreaterThan(8);
    expect(second).not.toBe(first);
    expect((await send({ key: first })).headers.get('location')).toBe('/sweep/shops/1');
    expect((await send({ key: first })).headers.get('location')).toBe('/sweep/shops/1');
    const refused = await (await send({ key: second, name: '' })).text();
    expect(keyOf(refused)).toBe(second);
  });

  it('is registered at its door in one form, approved at once with the reasons, and its code opens its page', async () => {
    expect(await chen.text('/sweep')).toContain('还剩 2 户，共 2 户');
    expect((await send()).headers.get('location')).toBe('/sweep/shops/1');
    const page = await chen.text('/sweep/shops/1');
    for (const said of ['自动批准', '格式和校验位都对', '在有效期内', '门口的码', 'data:image/svg+xml'])
      expect(page).toContain(said);
    expect(await chen.text('/sweep/streets/1')).toContain('还剩 1 户');
    const [site] =
      all(`SELECT s.id, s.name, d.district_id AS d, p.latitude AS lat FROM site s JOIN site_district d ON d.site_id = s.id
      JOIN premises p ON p.site_id = s.id`);
    expect(site).toEqual({ id: `local:${licence.toLowerCase()}`, name: '老周馄饨', d: 1, lat: 22.54 });
    const door = await server.call('/shops/1', { headers: { accept: 'text/html' } });
    expect(await door.text()).toContain('老周馄饨');
  });

  it('that cooks under a licence is a kitchen once approved: it has a record, a risk, and a place in the draw', async () => {
    await send();
    scoreAll(server.deps);
    const site = `local:${licence.toLowerCase()}`;
    expect(all('SELECT kind, site_id AS site FROM risk_score')).toEqual([{ kind: 'kitchen', site }]);
    expect(all('SELECT licence_until AS until FROM restaurant')).toEqual([{ until: '2027-05-31' }]);
    const asked = { kinds: ['kitchen'], district: 1, recentDays: 90, now: server.clock.now() } as const;
    expect(poolOf(server.db, asked, riskByScore(server.db)).pool.targets.map(({ id }) => id)).toEqual([site]);
    const page = await chen.text('/sweep/shops/1');
    expect(page).toContain('href="/kitchens/1"');
    expect(page).toContain('data-print');
    expect(await (await server.call('/shops/1', { headers: { accept: 'text/html' } })).text()).toContain(
      `href="/records/${encodeURIComponent(site)}"`,
    );
  });

  it('that only sells is a place of the chain and no kitchen', async () => {
    await send({ sells: 'produce' });
    expect(all('SELECT count(*) AS n FROM restaurant')).toEqual([{ n: 0 }]);
    expect(all('SELECT state FROM swept_shop')).toEqual([{ state: 'approved' }]);
  });

  it('waits for a person where anything does not pass, with each reason; then it is approved or refused', async () => {
    await send({ licence: '', licenceUntil: '2026-01-01', address: '别处 3 号', sells: '' }, ['frontPhoto']);
    const page = await chen.text('/sweep/shops/1');
    for (const said of ['没有许可证', '已过期', '地址里没有街道', '缺许可证照片', '没有选', '等待人工审核'])
      expect(page).toContain(said);
    expect((await server.call('/shops/1')).status).toBe(404);
    expect(await (await chen.go('/sweep/shops/1/decision', { decision: 'approved', note: '' })).text()).toContain(
      '写明理由',
    );
    expect((await chen.go('/sweep/shops/1/decision', { decision: 'refused', note: '没有许可证' })).status).toBe(303);
    expect((await chen.go('/sweep/shops/1/decision', { decision: 'approved', note: '看过了' })).status).toBe(409);
    expect(all('SELECT state FROM street_door WHERE id = 1')).toEqual([{ state: 'unswept' }]);
    await send({ key: 'shop-key-2', licence: '' });
    expect((await chen.go('/sweep/shops/2/decision', { decision: 'approved', note: '豁免办证的小摊' })).status).toBe(
      303,
    );
    expect(all('SELECT site_id AS site FROM swept_shop WHERE id = 2')).toEqual([{ site: 'local:swept-2' }]);
  });

  it('sent twice is one; registered twice is refused in both languages, with the way to the first', async () => {
    await send();
    expect((await send()).headers.get('location')).toBe('/sweep/shops/1');
    const again = await send({ key: 'shop-key-2', door: '2' });
    expect(again.status).toBe(409);
    const page = await again.text();
    expect(page).toContain('已经登记过');
    expect(page).toContain('href="/sweep/shops/1"');
    const english = await (await send({ key: 'shop-key-2', door: '2' }, undefined, chen, '?lang=en')).text();
    expect(english).toContain('This shop is registered already');
    expect(await (await send({ key: 'shop-key-3', licence: '' })).text()).toContain('已经登记过');
    expect(all('SELECT count(*) AS n FROM swept_shop')).toEqual([{ n: 1 }]);
  });

  it('is refused with gaps, a torn photo, a position off the globe, and from another district', async () => {
    const page = await (await send({ name: '', address: '', lat: '200', camera: '' })).text();
    for (const said of ['门头上的名称', '写地址', '−90 到 90', '选有或没有']) expect(page).toContain(said);
    const torn = await formOf();
    torn.set('frontPhoto', new File(['no picture'], 'p.jpg'));
    expect((await chen.go('/sweep/shops', undefined, { method: 'POST', body: torn })).status).toBe(422);
    expect(all('SELECT count(*) AS n FROM swept_shop')).toEqual([{ n: 0 }]);
    await send();
    const other = server.db.orm.insert(districtTable).values({ name: '南山', createdAt: 1 }).returning().get();
    const far = await signedIn(server, { login: 'far', role: 'inspector', districtId: other.id });
    for (const path of ['/sweep/shops/1', '/sweep/streets/1']) expect((await far.go(path)).status).toBe(404);
    expect((await far.go('/sweep/doors/2', { state: 'shut' })).status).toBe(404);
    expect((await send({ key: 'shop-key-9', door: '2', licence: '' }, undefined, far)).status).toBe(404);
    expect(await far.text('/sweep')).not.toContain('老周馄饨');
  });
});

describe('a street', () => {
  it('says of a door why nothing was registered; a registered one is not marked', async () => {
    expect((await chen.go('/sweep/doors/2', { state: 'shut' })).headers.get('location')).toBe('/sweep/streets/1');
    expect(await chen.text('/sweep/streets/1')).toContain('还剩 1 户');
    await send();
    expect((await chen.go('/sweep/doors/1', { state: 'shut' })).status).toBe(409);
    expect(await (await chen.go('/sweep/streets', { name: '', doors: '' })).text()).toContain('写 1 到 1000 户');
  });
});

describe('a licence number', () => {
  it('is JY, what kind of business, and fourteen digits whose last checks the others', () => {
    expect(licenceFault(licence)).toBeUndefined();
    expect(licenceFault('')).toBe('none');
    expect(licenceFault('JY12')).toBe('form');
    expect(licenceFault(`${licence.slice(0, -1)}${(Number(licence.at(-1)) + 1) % 10}`)).toBe('check_digit');
    // ISO 7064 gives 0794 the check digit 5.
    expect(licenceHolds('JY07945')).toBe(true);
  });
});
