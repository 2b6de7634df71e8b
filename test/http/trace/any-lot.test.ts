// Whatever capture takes can be traced, opened and recalled under the name it came with; what cannot be is refused with its place.
import { beforeEach, describe, expect, it } from 'vitest';
import { documentOf, events, gtin, lotUri, places, products, sscc } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const html = { accept: 'text/html' };
const wang = { as: 'partner', sites: [places.wholesaler] } as const;

beforeEach(() => {
  server = openTestServer();
});

type Captured = {
  readonly errors?: readonly { readonly place: string; readonly code: string }[];
  readonly events: readonly {
    readonly status: string;
    readonly faults: readonly { readonly place: string; readonly code: string }[];
    readonly warnings: readonly { readonly place: string; readonly code: string; readonly detail: string }[];
  }[];
};

async function capture(
  code: string,
): Promise<{ status: number; body: string; event: Captured['events'][number] | undefined }> {
  const at = server.clock.now() - 3_600_000;
  const bytes = documentOf([events.commission(at, places.wholesaler, [[code, 10, 'KGM']])]);
  const response = await server.call('/epcis/capture', {
    ...wang,
    method: 'POST',
    body: bytes as unknown as BodyInit,
    headers: { 'content-type': 'application/ld+json', prefer: 'wait' },
  });
  const body = await response.text();
  return { status: response.status, body, event: (JSON.parse(body) as Captured).events?.[0] };
}

/** Traced, opened and recalled by `code`, as an inspector who copies it from the partner's document does. */
async function expectEverywhere(code: string, canonical: string): Promise<void> {
  const traced = await server.call(`/api/trace?code=${encodeURIComponent(code)}`, { as: 'inspector' });
  expect([traced.status, await traced.json()], code).toMatchObject([200, { lot: canonical }]);
  const bench = await server.call(`/trace?code=${encodeURIComponent(code)}`, { as: 'inspector', headers: html });
  expect(bench.status, code).toBe(200);
  const looked = await server.call(`/look-up?code=${encodeURIComponent(code)}`, { headers: html });
  const page = await server.call(looked.headers.get('location') ?? '/nowhere', { headers: html });
  expect([looked.status, page.status], code).toEqual([303, 200]);
  const recall = await server.call('/api/recalls', { as: 'inspector', json: { code, reason: '抽检不合格' } });
  expect(recall.status, code).toBe(201);
}

const belly = products.belly;
const own = (batch: string, trade = belly) => `urn:brightkitchen:lot:batch:${trade}:${encodeURIComponent(batch)}`;
const link = (batch: string) => `https://id.gs1.org/01/${belly}/10/${batch}`;

describe('a lot that GS1 has no characters or no room for', () => {
  it.each([
    ['in Chinese, percent-encoded', link(encodeURIComponent('中文批')), own('中文批')],
    ['in Chinese, as it is', link('中文批'), own('中文批')],
    ['with an accent', link(encodeURIComponent('é7')), own('é7')],
    ['longer than 20 characters', link('ABCDEFGHIJKLMNOPQRSTUVWXYZ'), own('ABCDEFGHIJKLMNOPQRSTUVWXYZ')],
    ['with a space', link('A%20B'), own('A B')],
    [
      'in Chinese, in an EPC URN',
      'urn:epc:class:lgtin:6975123.040001.%E4%B8%AD%E6%96%87',
      own('中文', '06975123400010'),
    ],
  ])('%s gets a code of our own, and its sender is told', async (_, code, canonical) => {
    const { event } = await capture(code);
    expect(event).toMatchObject({ status: 'accepted', warnings: [{ code: 'own_code' }] });
    expect(event?.warnings[0]?.place).toMatch(/\/epcClass$/);
    expect(event?.warnings[0]?.detail).toContain(canonical);
    await expectEverywhere(code, canonical);
  });

  it('is opened by the address that stands on the pack', async () => {
    await capture(link(encodeURIComponent('中文批')));
    const response = await server.call(`/01/${belly}/10/${encodeURIComponent('中文批')}`, { headers: html });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('中文批');
  });

  it('is the same lot in every spelling, so that two partners meet', async () => {
    await capture(link('中文批'));
    server.clock.pass(60_000);
    const again = await capture(link(encodeURIComponent('中文批')));
    expect(again.event?.status).toBe('accepted');
    expect(server.db.sqlite.prepare("SELECT count(*) FROM lot WHERE batch = '中文批'").pluck().get()).toBe(1);
  });

  it('prints its address, and no GS1 symbol that would hold another batch', async () => {
    await capture(link('中文批'));
    const id = server.db.sqlite.prepare("SELECT id FROM lot WHERE batch = '中文批'").pluck().get();
    const labels = await (await server.call(`/lots/${id}/labels`, { as: 'inspector', headers: html })).text();
    expect(labels).toContain('/lot/');
    expect(labels).not.toContain('datamatrix.svg');
  });
});

describe('a batch that was copied with marks nobody sees, or typed in full width', () => {
  it.each([
    ['a zero-width space', link('A%E2%80%8BB')],
    ['a byte-order mark', link('%EF%BB%BFAB')],
    ['a soft hyphen', link('A%C2%ADB')],
    ['a direction mark, unencoded', link('A\u200eB')],
    ['full-width letters', link('ＡＢ')],
    ['a mark in an EPC URN', 'urn:epc:class:lgtin:6901234.056789.A%E2%80%8BB'],
  ])('is the lot that stands on its label: %s', async (_, code) => {
    const { event } = await capture(code);
    expect(event).toMatchObject({ status: 'accepted', warnings: [{ code: 'plain_batch' }] });
    const kept = server.db.sqlite.prepare("SELECT code FROM lot WHERE kind = 'lot'").pluck().get() as string;
    expect(kept).toMatch(/\/10\/AB$/);
    await expectEverywhere(kept, kept);
    const bench = await server.call(`/trace?code=${encodeURIComponent(code)}`, { as: 'inspector', headers: html });
    expect(bench.status).toBe(200);
  });

  it('is one lot with the same batch typed plainly, under a code of our own as well', async () => {
    await capture(`urn:brightkitchen:lot:batch::%E6%89%B9${encodeURIComponent('\u200b')}7`);
    server.clock.pass(60_000);
    await capture('urn:brightkitchen:lot:batch::%E6%89%B97');
    expect(server.db.sqlite.prepare('SELECT code FROM lot').pluck().all()).toEqual([
      'urn:brightkitchen:lot:batch::%E6%89%B97',
    ]);
  });

  it('of nothing but such marks is no batch', async () => {
    expect((await capture(link('%E2%80%8B'))).body).toContain('bad_batch');
  });
});

describe('a lot under any other name', () => {
  it.each([
    ['a slash in its batch', link('A%2FB'), link('A%2FB')],
    ['a percent sign in its batch', link('5%25'), link('5%25')],
    ['marks of every kind', link('A%21B%28C%29'), link('A%21B%28C%29')],
    ['a wrong check digit', 'https://id.gs1.org/01/06901234567893/10/AB', 'https://id.gs1.org/01/06901234567893/10/AB'],
    ['a URN of its maker', 'urn:example:lots:77-A', 'urn:example:lots:77-A'],
    ['a web address of its maker', 'https://farm.example/lots/77', 'https://farm.example/lots/77'],
    ['a batch of an EPC URN', 'urn:epc:class:lgtin:690123.4567890.A%2FB', undefined],
  ])('%s is traced, opened and recalled', async (_, code, canonical) => {
    expect((await capture(code)).event?.status).toBe('accepted');
    const kept = canonical ?? server.db.sqlite.prepare("SELECT code FROM lot WHERE kind = 'lot'").pluck().get();
    await expectEverywhere(code, String(kept));
  });
});

describe('a batch that cannot be kept', () => {
  it.each([
    ['bytes that are no UTF-8', link('%E4%B8')],
    ['a control character', link('A%0AB')],
    ['129 characters', link('A'.repeat(129))],
    ['nothing', link('')],
  ])('is refused where it stands: %s', async (_, code) => {
    const { event, body } = await capture(code);
    expect(body).toContain('bad_batch');
    expect(event?.faults[0]?.place ?? body).toMatch(/\/epcClass/);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM lot').pluck().get()).toBe(0);
  });
});

describe('the trace box', () => {
  const bench = async (code: string) => {
    const response = await server.call(`/trace?code=${encodeURIComponent(code)}`, { as: 'inspector', headers: html });
    return [response.status, await response.text()] as const;
  };

  it.each([
    ['a place', `(414)${places.wholesaler}`],
    ['a place by its bare number', places.wholesaler],
    ['a place by its link', `id.gs1.org/414/${places.wholesaler}`],
    ['a place as a scanner sends it', `414${places.wholesaler}`],
    ['a party', `(417)${places.wholesaler}`],
    ['who is billed', `(411)${places.wholesaler}`],
    ['whom goods were bought from', `(412)${places.wholesaler}`],
    ['where goods were made', `(416)${places.wholesaler}`],
    ['who sends the invoice', `(415)${places.wholesaler}`],
    ['a place by its EPC URN', `urn:epc:id:sgln:${places.wholesaler.slice(0, 7)}.${places.wholesaler.slice(7, 12)}.0`],
  ])('says what it was given and leads there: %s', async (_, code) => {
    await server.call('/epcis/capture', { ...wang, method: 'POST', body: '{}' });
    server.db.sqlite.prepare("INSERT INTO site (id, name) VALUES (?, '王记鲜肉')").run(places.wholesaler);
    const [status, body] = await bench(code);
    expect(status).toBe(200);
    expect(body).toContain('这是单位的码：王记鲜肉');
    expect(body).toContain(`href="/414/${places.wholesaler}"`);
  });

  it.each([
    ['周转筐', `(8003)0${places.wholesaler}K7`],
    ['周转筐', `https://id.gs1.org/8003/0${places.wholesaler}K7`],
    ['设备', `(8004)6900001K7`],
    ['单据', `(253)${places.wholesaler}K7`],
    ['优惠券', `(255)${places.wholesaler}`],
    ['托运单', `(401)6900001K7`],
    ['整票货运', `urn:epc:id:gsin:6900001.234567890`],
    ['零部件', `(8010)6900001K7`],
    ['人员', `urn:epc:id:gsrn:6900001.2345678901`],
  ])('says what else it was given, and not that it was a place: %s %s', async (said, code) => {
    const [status, body] = await bench(code);
    expect([status, body.includes(`${said}`), body.includes('这个码不是货物的码')]).toEqual([400, true, true]);
    expect(body).not.toContain('单位或机构的码');
  });

  it('says that a day or an amount alone names nothing, and takes no unknown place for one', async () => {
    for (const code of ['(17)270630', '(3103)001200', '(91)K7'])
      expect((await bench(code))[1], code).toContain('缺少同伴');
    expect((await bench(`414${places.haiwei}`))[0]).toBe(404);
    expect((await bench(`(414)${places.haiwei.slice(0, 12)}x`))[1]).not.toContain('这是单位的码');
  });

  it('offers the lot whose batch holds brackets, as its label prints it, and asks', async () => {
    const batch = 'A(10)B';
    const printed = `(01)${belly}(10)${batch}`;
    expect((await bench(printed))[0]).toBe(400);
    await capture(lotUri(belly, batch));
    const [status, body] = await bench(printed);
    expect([status, body.includes('几种读法')]).toEqual([300, true]);
    const href = /\/trace\?code=([^"]+)"/.exec(body.slice(body.indexOf('几种读法')))?.[1] ?? '';
    expect(decodeURIComponent(href)).toBe(lotUri(belly, batch).replace('(', '%28').replace(')', '%29'));
    const traced = await server.call(`/api/trace?code=${href}`, { as: 'inspector' });
    expect(traced.status).toBe(200);
    const looked = await server.call(`/look-up?code=${encodeURIComponent(printed)}`, { headers: html });
    expect(looked.status).toBe(300);
  });

  it('asks which is meant where a batch ends before brackets that name a piece of it, or holds them', async () => {
    await capture(lotUri(belly, 'A'));
    const printed = `(01)${belly}(10)A(21)7`;
    expect((await bench(printed))[0]).toBe(200);
    server.clock.pass(60_000);
    await capture(lotUri(belly, 'A(21)7'));
    const [status, body] = await bench(printed);
    expect([status, body.includes('A(21)7')]).toEqual([300, true]);
  });

  it('knows a place by its name, whole or in part, and offers the lots that were there last', async () => {
    await capture(lotUri(belly, 'A07'));
    const named = server.db.sqlite.prepare('UPDATE site SET name = ?, name_en = ? WHERE id = ?');
    expect(named.run('王记鲜肉', 'Wang Fresh Meat', places.wholesaler).changes).toBe(1);
    for (const typed of ['王记鲜肉', '王记', 'wang fresh']) {
      const [status, body] = await bench(typed);
      const said = [body.includes('单位：王记鲜肉'), body.includes('这里最近经手的批次'), body.includes('A07')];
      expect([status, ...said], typed).toEqual([200, true, true, true]);
    }
    expect((await bench(`(414)${places.wholesaler}`))[1]).toContain('这里最近经手的批次');
    expect((await bench('没有这家店'))[0]).toBe(404);
    // Who does not work with the chain is not told which places there are.
    const search = await server.call(`/search?q=${encodeURIComponent('王记鲜肉')}`, { headers: html });
    expect(await search.text()).not.toContain(`/414/${places.wholesaler}`);
  });

  it('says that a product is a product, with the page of it and its lots', async () => {
    await capture(lotUri(belly, 'A07'));
    for (const code of [belly, `(01)${belly}`, `01${belly}`, `https://a.example/01/${belly}`]) {
      const [status, body] = await bench(code);
      expect([status, body.includes(`href="/01/${belly}"`), body.includes('A07')], code).toEqual([200, true, true]);
    }
  });

  it('says that a box is a box, with the lots that were in it', async () => {
    const at = server.clock.now() - 3_600_000;
    const box = `https://id.gs1.org/00/${sscc(9)}`;
    const pack = events.pack(at, places.wholesaler, box, [[lotUri(belly, 'A07'), 10, 'KGM']]);
    await server.call('/epcis/capture', {
      ...wang,
      method: 'POST',
      body: documentOf([pack]) as unknown as BodyInit,
      headers: { 'content-type': 'application/ld+json' },
    });
    const [status, body] = await bench(`(00)${sscc(9)}`);
    expect(status).toBe(200);
    expect(body).toContain(`href="/00/${sscc(9)}"`);
    expect(body).toContain('A07');
  });

  it('asks which lot is meant where the separator was lost, and makes none', async () => {
    await capture(lotUri(belly, 'A07'));
    const before = server.db.sqlite.prepare('SELECT count(*) FROM lot').pluck().get();
    const [status, body] = await bench(`01${belly}10A0717271231`);
    expect(status).toBe(300);
    expect(body).toContain('几种读法');
    expect(body).toContain(`/trace?code=${encodeURIComponent(lotUri(belly, 'A07'))}`);
    const api = await server.call(`/api/trace?code=01${belly}10A0717271231`, { as: 'inspector' });
    expect(api.status).toBe(400);
    expect(await api.json()).toMatchObject({
      faults: [{ code: 'unsure', detail: expect.stringContaining(lotUri(belly, 'A07')) }],
    });
    expect(server.db.sqlite.prepare('SELECT count(*) FROM lot').pluck().get()).toBe(before);
  });

  it('asks where only capitals differ', async () => {
    await capture(lotUri(belly, 'PK-7B'));
    const [status, body] = await bench(`(01)${belly}(10)pk-7b`);
    expect(status).toBe(300);
    expect(body).toContain('PK-7B');
  });

  it('finds a lot of the field whose number looks like an element string', async () => {
    const number = `01${gtin(77)}10A`;
    const made = await server.call('/api/lots', { ...wang, json: { batch: number, product: '小白菜' } });
    expect(made.status).toBe(201);
    const traced = await server.call(`/api/trace?code=${number}`, { as: 'inspector' });
    expect(traced.status).toBe(200);
  });
});
