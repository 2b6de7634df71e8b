// What travels: pages and files packed for whoever can read that.
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { openSmallDistrict } from '../support/small-district.ts';

let house: TestServer;
beforeAll(async () => {
  house = await openSmallDistrict();
}, 120_000);

const ask = (path: string, headers: Record<string, string> = {}) =>
  house.call(path, { headers: { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br', ...headers } });

it('a page is packed for a browser, and is the same page', async () => {
  const plain = await (await ask('/about', { 'accept-encoding': 'identity' })).text();
  const answer = await ask('/about');
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(answer.headers.get('vary')).toContain('Accept-Encoding');
  const packed = Buffer.from(await answer.arrayBuffer());
  expect(gunzipSync(packed).toString('utf8')).toBe(plain);
  expect(packed.length).toBeLessThan(plain.length / 2);
});

it('a fragment comes as it is: somebody waits for it with a key pressed', async () => {
  const answer = await ask('/about', { 'hx-request': 'true' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-encoding')).toBeNull();
});

it('a file is packed as asked, under a mark of its own, and is not sent again to who has it', async () => {
  const path = '/static/look.css';
  const plain = Buffer.from(await (await ask(path, { 'accept-encoding': 'identity' })).arrayBuffer());
  const tags = new Set<string>();
  for (const [accepts, unpack] of [
    ['gzip', gunzipSync],
    ['gzip, deflate, br, zstd', brotliDecompressSync],
  ] as const) {
    const answer = await ask(path, { 'accept-encoding': accepts });
    expect(unpack(Buffer.from(await answer.arrayBuffer())).equals(plain)).toBe(true);
    const tag = answer.headers.get('etag') ?? '';
    tags.add(tag);
    expect((await ask(path, { 'accept-encoding': accepts, 'if-none-match': tag })).status).toBe(304);
    expect((await ask(path, { 'accept-encoding': 'identity', 'if-none-match': tag })).status).toBe(200);
  }
  expect(tags.size).toBe(2);
  expect((await ask(path, { 'accept-encoding': 'gzip;q=0' })).headers.get('content-encoding')).toBeNull();
});
