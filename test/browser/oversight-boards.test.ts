// Risk, a public record and the district board in a real browser: in both languages, on a phone and on a desk, read by machine too.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { places } from '../../samples/district/places.ts';
import { sessionCookie } from '../../server/accounts/guard.ts';
import { openSession } from '../../server/accounts/session/open-session.ts';
import { scoreAll } from '../../server/oversight/risk/write-risk-scores.ts';
import { openSamples } from '../../server/samples.ts';
import { accessibilityFaults, desk, openBrowser, phone, sidewaysOverflow, visit } from '../support/browser.ts';
import { openTestServer } from '../support/server.ts';

let browser: Browser;
let base: string;
let close: () => void;
let session: string;
let closeTiles: () => void;
let tiles: 'there' | 'gone' = 'there';
const tile = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  const map = createServer((_, reply) => {
    reply.setHeader('cache-control', 'no-store');
    // A picture is shown whatever its status is: gone means that none comes.
    if (tiles === 'gone') reply.writeHead(503).end();
    else reply.setHeader('content-type', 'image/png').end(tile);
  });
  await new Promise<void>((resolve) => void map.listen(0, '127.0.0.1', resolve));
  closeTiles = () => void map.close();
  const TILE_URL = `http://127.0.0.1:${(map.address() as AddressInfo).port}/{z}/{x}/{y}.png`;
  const server = openTestServer({
    environment: { PUBLIC_URL: 'http://127.0.0.1', TILE_URL, TILE_CREDIT: '© <b>Linjiang</b> maps' },
  });
  await openSamples(server.deps);
  scoreAll(server.deps);
  const id = server.db.sqlite.prepare("SELECT id FROM account WHERE login = 'inspector'").pluck().get() as number;
  session = openSession(server.db, id, server.clock.now());
  base = await new Promise((resolve) => {
    const opened = serve({ fetch: server.app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
    close = () => opened.close();
  });
  browser = await openBrowser();
}, 240_000);

afterAll(async () => {
  await browser.close();
  close();
  closeTiles();
});

const looks = [
  { lang: 'zh-CN', viewport: phone, worst: '北岸海鲜大排档', noCamera: '没有摄像头' },
  { lang: 'en', viewport: desk, worst: 'Bei’an Seafood Stalls', noCamera: 'No camera' },
  { lang: 'en', viewport: phone, worst: 'Bei’an Seafood Stalls', noCamera: 'No camera' },
  { lang: 'zh-CN', viewport: desk, worst: '北岸海鲜大排档', noCamera: '没有摄像头' },
] as const;
/** The other two looks are of the long form (npm run soak). */
const seen = process.env['SOAK'] === 'on' ? looks : looks.slice(0, 2);

describe.each(seen)('in $lang at $viewport.width px', { timeout: 120_000 }, ({ lang, viewport, worst, noCamera }) => {
  it('an inspector goes from the board to the riskiest kitchen, sees why, and reads what the public reads of it', async () => {
    const cookie = {
      name: sessionCookie,
      value: session,
      domain: '127.0.0.1',
      path: '/',
      expires: -1,
      httpOnly: true,
      secure: false,
      sameSite: 'Lax' as const,
    };
    const inspector = await visit(browser, {
      locale: lang,
      viewport,
      storageState: { cookies: [cookie], origins: [] },
    });
    const { page } = inspector;
    const sound = async () => {
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await sidewaysOverflow(page)).toBe(0);
    };
    tiles = 'there';
    await page.goto(`${base}/board`);
    await page.locator('#map .leaflet-tile-loaded').first().waitFor();
    await sound();
    expect(await page.locator('#map .map-mark a').count()).toBe(25);
    expect(await page.locator('#map').textContent()).toContain('© <b>Linjiang</b> maps');
    expect(await page.locator('svg.plane').isVisible()).toBe(false);
    const onMap = page.locator(`#map .map-mark a[href="/risk/sites/${places.beianSeafood.gln}"]`);
    expect(await onMap.getAttribute('aria-label')).toContain(worst);
    await onMap.press('Enter');
    await page.waitForURL(/risk\/sites/);
    tiles = 'gone';
    await page.goto(`${base}/board`);
    await page.locator('#no-map').waitFor();
    expect(await page.locator('svg.plane').isVisible()).toBe(true);
    await sound();
    await page.locator('a[href="/risk?tier=at_once"]').first().click();
    await page.locator(`a[href="/risk/sites/${places.beianSeafood.gln}"]`).click();
    expect(await page.textContent('h1')).toBe(worst);
    await sound();
    await page.locator(`a[href="/records/${places.beianSeafood.gln}"]`).click();
    expect(await page.textContent('main')).toContain(noCamera);
    await sound();
    for (const path of [
      '/risk',
      '/risk/rules',
      '/records',
      `/records/${places.dingxiang.gln}/certificate`,
      '/open-data',
      '/today',
      '/board/rows/overdue',
    ]) {
      await page.goto(`${base}${path}`);
      await sound();
    }
    expect(inspector.complaints.filter((said) => !said.includes('503'))).toEqual([]);
    await inspector.close();
  });
});
