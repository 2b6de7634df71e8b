// The public page behind a code, as a phone, a program and a resolver ask for it, and what it must never tell.
import { beforeEach, describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { searchLot } from '../../../server/trace/lot/lot-store.ts';
import { registerLot } from '../../../server/trace/lot/register-lot.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { type Amount, documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const page = `/01/${products.belly}/10/A07`;
const html = { accept: 'text/html' };

let server: TestServer;
beforeEach(() => {
  server = openTestServer();
  const { deps } = server;
  const named = [
    [places.farm, '禾丰养殖场', 'Hefeng Farm', 'farm'],
    [places.slaughterhouse, '云溪联合屠宰厂', 'Yunxi United Abattoir', 'slaughterhouse'],
    [places.wholesaler, '王记鲜肉', 'Wang Fresh Meat', 'wholesaler'],
    [places.dingxiang, '鼎香小馆', 'Dingxiang Bistro', 'restaurant'],
    [places.haiwei, '海味馆', 'Haiwei House', 'restaurant'],
  ] as const;
  for (const [siteId, name, nameEn, kind] of named)
    registerPlace(deps, { siteId, name, nameEn, kind, licence: `JY1${siteId}` });
  registerProduct(deps, {
    gtin: products.belly,
    name: '冷鲜猪五花肉',
    nameEn: 'Chilled pork belly',
    unit: 'KGM',
    coldChain: { minC: 0, maxC: 4 },
  });
  const pig: Amount = [lotUri(products.pig, 'HF1'), 6];
  const belly = (quantity: number): Amount => [lotUri(products.belly, 'A07'), quantity, 'KGM'];
  const warm = {
    sensorElementList: [
      {
        sensorReport: [3, 7.4, 3.2].map((value, i) => ({
          type: 'Temperature',
          value,
          uom: 'CEL',
          time: new Date(hour(5 + i / 4)).toISOString(),
        })),
      },
    ],
  };
  const list = [
    events.commission(hour(0), places.farm, [pig]),
    events.ship(hour(1), places.farm, places.slaughterhouse, [pig]),
    events.receive(hour(3), places.slaughterhouse, places.farm, [pig]),
    events.transform(hour(4), places.slaughterhouse, [pig], [belly(162)]),
    events.ship(hour(5), places.slaughterhouse, places.wholesaler, [belly(96.25)], warm),
    events.receive(hour(6), places.wholesaler, places.slaughterhouse, [belly(96.25)]),
    events.ship(hour(7), places.wholesaler, places.dingxiang, [belly(24.75)]),
    events.receive(hour(8), places.dingxiang, places.wholesaler, [belly(24.75)]),
    events.ship(hour(7), places.wholesaler, places.haiwei, [belly(31.5)]),
    events.receive(hour(8), places.haiwei, places.wholesaler, [belly(31.5)]),
  ];
  captureDocument(deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
});

const text = async (path: string, headers: Record<string, string> = {}) =>
  (await server.call(path, { headers: { ...html, ...headers } })).text();
const lotId = () => {
  const found = searchLot(server.db, lotUri(products.belly, 'A07'));
  if (found.found !== 'one') throw new Error('no lot');
  return found.lot.id;
};

describe('the page of a lot', () => {
  it('says whether it is recalled, then the way from farm to table, in both languages', async () => {
    const zh = await text(page, { 'accept-language': 'zh-CN' });
    expect(zh.indexOf('这一批没有召回')).toBeGreaterThan(0);
    expect(zh.indexOf('禾丰养殖场')).toBeGreaterThan(zh.indexOf('这一批没有召回'));
    expect(zh).toContain('云溪联合屠宰厂');
    expect(zh).toContain('7.4 °C');
    const en = await text(page, { 'accept-language': 'en' });
    expect(en).toContain('This lot is not recalled');
    expect(en).toContain('Hefeng Farm');
  });

  const secrets: [string, RegExp][] = [
    ['how much anybody holds or got', /96\.25|24\.75|31\.5|162\.0/],
    ['who else buys from the wholesaler', /海味馆|Haiwei/],
    ['licence numbers', /JY1\d/],
    ['the ids of the database', /lotId|holdingId|siteKey/],
    ['inline script or style', /<script(?![^>]*src=)|style="/],
  ];
  it.each(secrets)('never tells %s', async (_what, pattern) => {
    for (const headers of [html, { accept: 'application/json' }, { accept: 'application/linkset+json' }]) {
      const body = await (await server.call(`${page}?at=${places.dingxiang}`, { headers })).text();
      expect(body).not.toMatch(pattern);
    }
  });

  it('in a shop, tells the way to that shop alone', async () => {
    const here = await text(`${page}?at=${places.dingxiang}`);
    expect(here).toContain('鼎香小馆');
    expect(here).not.toContain('海味馆');
    expect(await text(page)).not.toContain('鼎香小馆');
  });

  it('a recall comes first and says what to do; the cold-chain breach stays in view', async () => {
    startRecall(server.deps, { lotId: lotId(), reason: '兽药残留超标', reasonEn: 'residue above the limit' }, null);
    const zh = await text(page);
    expect(zh.indexOf('正在召回，请不要食用')).toBeLessThan(zh.indexOf('冷鲜猪五花肉</h2>'));
    expect(zh).toContain('兽药残留超标');
    expect(zh).toContain('role="alert"');
    expect(await text(page, { 'accept-language': 'en' })).toContain('residue above the limit');
  });
});

describe('refusals on a phone', () => {
  const cases: [string, string, number, string, string][] = [
    ['an unknown lot', `/01/${products.belly}/10/NOPE`, 404, '没有这个批次的记录', 'There is no record of this lot'],
    [
      'a wrong check digit',
      `/01/${products.belly.slice(0, 13)}${(Number(products.belly.at(-1)) + 1) % 10}/10/A07`,
      400,
      '校验位不对',
      'check digit does not fit',
    ],
    ['an element that is no qualifier', `/01/${products.belly}/8008/5`, 400, '读不出来', 'cannot be read'],
    ['nothing typed', '/look-up?code=', 400, '没有输入内容', 'Nothing was typed'],
    ['something never registered', '/look-up?code=ZZ-999', 404, '没有这个批次的记录', 'There is no record of this lot'],
  ];
  it.each(cases)('%s is told in both languages, with a way on', async (_what, path, status, zh, en) => {
    for (const [lang, said] of [
      ['zh-CN', zh],
      ['en', en],
    ] as const) {
      const response = await server.call(path, { headers: { ...html, 'accept-language': lang } });
      const body = await response.text();
      expect(response.status).toBe(status);
      expect(body).toContain(said);
      expect(body).toContain('action="/look-up"');
      expect(body).not.toMatch(/\.ts:\d+|Error:/);
    }
  });

  it('who opens the look-up without a code is asked for one, and told of no fault', async () => {
    const response = await server.call('/look-up', { headers: html });
    const body = await response.text();
    expect(response.status).toBe(200);
    expect(body).toContain('action="/look-up"');
    expect(body).not.toMatch(/role="alert"|没有输入内容/);
  });

  it('a serial printed before its lot leads to the lot', async () => {
    const response = await server.call(`/01/${products.belly}/21/5/10/A07`, { headers: html });
    expect([response.status, response.headers.get('location')]).toEqual([303, `/01/${products.belly}/10/A07`]);
  });

  it('a program gets the same as a problem', async () => {
    const wrong = await server.call(`/01/06900000000012/10/A`, { headers: { accept: 'application/json' } });
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ code: 'invalid_input', faults: [{ code: 'check_digit' }] });
  });

  it('a search through made-up codes is slowed down', async () => {
    let last = 0;
    for (let i = 0; i < 130; i++)
      last = (await server.call(`/01/${products.belly}/10/X${i}`, { headers: html })).status;
    expect(last).toBe(429);
    expect((await server.call(page, { headers: html })).status).toBe(200);
  });
});

describe('as a GS1 resolver', () => {
  it('answers a linkset with every level up to the product, titles and languages', async () => {
    for (const asked of [
      { path: page, accept: 'application/linkset+json' },
      { path: `${page}?linkType=linkset`, accept: '*/*' },
    ]) {
      const response = await server.call(asked.path, { headers: { accept: asked.accept } });
      expect(response.headers.get('content-type')).toBe('application/linkset+json');
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      const { linkset } = (await response.json()) as {
        linkset: Record<string, { href: string; title: string; hreflang?: string[] }[]>[];
      };
      expect(linkset.map(({ anchor }) => anchor)).toEqual([
        `http://127.0.0.1:8080${page}`,
        `http://127.0.0.1:8080/01/${products.belly}`,
      ]);
      const [lot] = linkset;
      expect(Object.keys(lot?.['https://gs1.org/voc/defaultLink']?.[0] ?? {})).toEqual(['href', 'title']);
      expect(lot?.['https://gs1.org/voc/traceability']?.[0]).toMatchObject({
        title: expect.any(String),
        hreflang: ['zh-CN', 'en'],
      });
    }
  });

  it('goes to the link of a type and keeps the query; 404 for a type there is none of', async () => {
    const found = await server.call(`${page}?linkType=gs1:recallStatus&utm=pack`);
    expect(found.status).toBe(307);
    expect(found.headers.get('location')).toBe(`http://127.0.0.1:8080${page}?utm=pack`);
    expect((await server.call(`${page}?linkType=gs1:hasRetailers`)).status).toBe(404);
  });

  it('pads a short GTIN by going to the canonical address, and tolerates a slash at the end', async () => {
    const short = await server.call(`/01/${products.belly.slice(1)}/10/A07?lang=en`);
    expect(short.status).toBe(301);
    expect(short.headers.get('location')).toBe(`${page}?lang=en`);
    expect((await server.call(`${page}/`, { headers: html })).status).toBe(200);
  });

  it('keeps a lot whose batch holds a slash or a percent sign apart', async () => {
    registerLot(server.deps, { gtin: products.belly, lot: 'A/1%B', product: '五花肉' }, null);
    const found = await server.call(`/look-up?code=${encodeURIComponent(`(01)${products.belly}(10)A/1%B`)}`);
    const location = found.headers.get('location') ?? '';
    expect(location).toBe(`/01/${products.belly}/10/A%2F1%25B`);
    expect(await text(location)).toContain('A/1%B');
  });

  it('describes itself, answers OPTIONS and says where the linkset is', async () => {
    expect(await (await server.call('/.well-known/gs1resolver')).json()).toMatchObject({
      supportedPrimaryKeys: ['01', '00', '414'],
    });
    expect((await server.call(page, { method: 'OPTIONS' })).headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect((await server.call(page, { headers: html })).headers.get('link')).toContain('rel="linkset"');
  });
});

describe('a lot without a GTIN', () => {
  it('has an address of its own that its neighbour does not give away', async () => {
    const made = registerLot(server.deps, { origin: '白沙村', batch: '青菜 1', product: '小白菜' }, null);
    const found = await server.call(`/look-up?code=${encodeURIComponent('产地 白沙村 批次 青菜 1')}`);
    const path = found.headers.get('location') ?? '';
    expect(path).toMatch(/^\/lot\/[0-9a-z]+-[0-9a-z]{12}$/);
    expect(await text(path)).toContain('小白菜');
    const neighbour = path.replace(/^\/lot\/[0-9a-z]+/, `/lot/${(made.lotId - 1).toString(36)}`);
    expect((await server.call(neighbour, { headers: html })).status).toBe(404);
  });
});

describe('printed codes', () => {
  it('the QR is a drawing without script, the other codes are for who keeps lots', async () => {
    const qr = await server.call(`${page}/qr.svg`);
    expect(qr.headers.get('content-type')).toBe('image/svg+xml');
    expect(await qr.text()).not.toContain('<script');
    const png = Buffer.from(await (await server.call(`${page}/qr.png`)).arrayBuffer());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect((await server.call(`/lots/${lotId()}/gs1-128.svg`)).status).toBe(401);
    expect((await server.call(`/lots/${lotId()}/gs1-128.svg`, { as: 'partner', sites: ['9999'] })).status).toBe(404);
    expect(
      (await server.call(`/lots/${lotId()}/datamatrix.svg`, { as: 'partner', sites: [places.wholesaler] })).status,
    ).toBe(200);
  });
});

describe('a fully compressed link', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const bits = (value: bigint | number, count: number) => value.toString(2).padStart(count, '0');

  /** 0B: GTIN and lot; 47 bits for fourteen digits, then letters of seven bits. */
  function compressed(gtin: string, lot: string): string {
    const letters = [...lot].map((letter) => bits(letter.charCodeAt(0), 7)).join('');
    const all = bits(0x0b, 8) + bits(BigInt(gtin), 47) + bits(4, 3) + bits(lot.length, 5) + letters;
    const whole = all.padEnd(Math.ceil(all.length / 6) * 6, '0');
    return (whole.match(/.{6}/g) ?? []).map((six) => alphabet[Number.parseInt(six, 2)]).join('');
  }

  it('opens the page of its lot, for people and for programs, with what was asked beside it', async () => {
    const answer = await server.call(`/${compressed(products.belly, 'A07')}?linkType=linkset`, { headers: html });
    expect(answer.status).toBe(301);
    expect(answer.headers.get('location')).toBe(`${page}?linkType=linkset`);
    const there = await server.call(answer.headers.get('location') ?? '', { headers: html });
    expect(there.status).toBe(200);
  });

  it('of nothing that is kept here, or no link at all, says so and takes no other address', async () => {
    const unknown = await server.call(`/${compressed(products.belly, 'ZZ9')}`, { headers: html });
    expect((await server.call(unknown.headers.get('location') ?? '', { headers: html })).status).toBe(404);
    for (const word of ['/menu', '/wp-login', '/AAAAAAAAAA', '/robots.txt'])
      expect((await server.call(word, { headers: html })).status, word).toBe(404);
    expect((await server.call('/lots', { headers: html })).status).toBe(401);
  });
});
