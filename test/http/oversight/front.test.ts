// The pages for everybody: what this is, what it promises, its words, and whether it runs; in both languages, to nobody in particular.
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawAppPictures } from '../../../samples/draw-app-pictures.ts';
import { textsFor } from '../../../views/text/texts.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(() => {
  server = openTestServer();
});

async function read(path: string, lang = 'en') {
  const answer = await server.call(path, { headers: { accept: 'text/html', 'accept-language': lang } });
  return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') };
}

describe('a visitor without an account', () => {
  it('is told on the first page what this is, and may type a code or the name of a kitchen', async () => {
    const { text } = await read('/');
    expect(text).toMatch(/<form[^>]*action="\/search"[\s\S]*name="q"/);
    for (const path of ['/records', '/about', '/glossary', '/status']) expect(text).toContain(`href="${path}"`);
  });

  it('sees what a link to the first page shows in a message', async () => {
    const { text } = await read('/', 'zh-CN');
    expect(text).toContain(`<meta property="og:description" content="${textsFor('zh-CN').front.aboutLead}"`);
  });

  it.each(['zh-CN', 'en'] as const)(
    'reads every promise in words, each with the test that holds it: %s',
    async (lang) => {
      const { text } = await read('/about', lang);
      const rows = [...text.matchAll(/<tr id="([RS]\d+)">[\s\S]*?<th scope="row">([^<]*)<\/th>([\s\S]*?)<\/tr>/g)];
      expect(rows).toHaveLength(27);
      for (const [, id = '', said = '', tests = ''] of rows) {
        expect(said, id).not.toBe(id);
        expect(tests, id).toMatch(/test\/[\w./-]+\.ts/);
      }
    },
  );

  it('finds the words of the field, each with the other language beside it', async () => {
    const { text } = await read('/glossary');
    expect(text).toMatch(/verdict: confirm, clear, unsure[\s\S]{0,80}判定：属实、误报、存疑/);
    expect((await read('/glossary', 'zh-CN')).text).toMatch(/没人看到的比例/);
  });
});

describe('the status page', () => {
  it('says since when it runs, and what does not, without a secret', async () => {
    server.clock.pass(3_600_000);
    const { status, text } = await read('/status');
    expect(status).toBe(200);
    expect(text).toContain('Running since 22 Nov');
    // This test's server has no models, and the page says so rather than calling everything good.
    expect(text).toContain('A part of the service is in trouble');
    expect(text).toContain('Not in use');
    expect(text).not.toContain(server.deps.config.dataDir);
  });
});

describe('the app on a phone', () => {
  it('is described in the language of the page, with icons that are there', async () => {
    for (const lang of ['zh-CN', 'en']) {
      const { text } = await read('/', lang);
      const path = /<link rel="manifest" href="([^"]+)"/.exec(text)?.[1] ?? '';
      const manifest = (await (await server.call(path)).json()) as {
        lang: string;
        icons: { src: string; type: string }[];
        share_target: { action: string };
      };
      expect(manifest.lang).toBe(lang);
      expect(manifest.icons.length).toBeGreaterThan(1);
      for (const { src, type } of manifest.icons)
        expect((await server.call(src)).headers.get('content-type'), src).toBe(type);
      expect(manifest.share_target.action).toBe('/search');
    }
  });

  it('opens what a phone shares, whether it comes as text or as an address', async () => {
    const link = encodeURIComponent('https://id.gs1.org/414/6901234500004');
    for (const query of [`q=${link}`, `q=&url=${link}`]) {
      expect((await read(`/search?${query}`)).location, query).toBe('/414/6901234500004');
    }
  });
});

it('a link in a message carries a picture of ours, and a phone finds icons in its sizes', async () => {
  const page = await (await server.call('/about', { headers: { accept: 'text/html' } })).text();
  const picture = /og:image" content="[^"]*(\/static\/[^"]+)"/.exec(page)?.[1] ?? '';
  const manifest = await (await server.call('/static/app.zh-CN.webmanifest')).json();
  const { icons } = manifest as { icons: { src: string; sizes: string }[] };
  const wanted = icons.flatMap(({ src, sizes }) => (sizes === 'any' ? [] : [[src, sizes] as const]));
  expect(wanted.length).toBe(2);
  for (const [src, sizes] of [
    ...wanted,
    [picture, '1200x630'] as const,
    ['/static/icon-180.png', '180x180'] as const,
  ]) {
    const bytes = Buffer.from(await (await server.call(src)).arrayBuffer());
    expect([bytes.subarray(1, 4).toString(), `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`]).toEqual([
      'PNG',
      sizes,
    ]);
  }
  expect((await server.call('/static/icon-7.png')).status).toBe(404);
  for (const [name, drawn] of await drawAppPictures()) {
    const served = Buffer.from(await (await server.call(`/static/${name}`)).arrayBuffer());
    const [now, then] = await Promise.all([drawn, served].map((bytes) => sharp(bytes).raw().toBuffer()));
    expect(now?.length, name).toBe(then?.length);
    const apart = now?.reduce((sum, byte, at) => sum + Math.abs(byte - (then?.[at] ?? 0)), 0) ?? 0;
    expect(apart / (now?.length ?? 1), `${name} is another picture now: npm run icons`).toBeLessThan(1);
  }
});

it('an administrator sees every part that pages are made of, from the code that pages use', async () => {
  const ask = (as: 'admin' | 'inspector') =>
    server.call('/parts', { as, headers: { accept: 'text/html', 'accept-language': 'zh-CN' } });
  const page = await (await ask('admin')).text();
  const { trace, kitchen } = textsFor('zh-CN');
  for (const state of [
    ...Object.values(trace.lotStates),
    ...Object.values(trace.recall.answers),
    ...Object.values(kitchen.cameraStates),
  ])
    expect(page).toContain(state);
  for (const part of [
    'class="faults"',
    'class="note is-good"',
    'class="cards"',
    'class="card stack chart-figure"',
    'class="empty"',
  ])
    expect(page).toContain(part);
  expect((await ask('inspector')).status).toBe(403);
});
