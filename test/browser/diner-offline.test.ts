// A diner's page on a phone without signal: what was kept opens, and says that it is old.
import { type ServerType, serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFaults, openBrowser, phone, visit } from '../support/browser.ts';
import { gln, gtin } from '../support/cast.ts';
import { openTestServer } from '../support/server.ts';

let browser: Browser;
let server: ServerType;
let base: string;
const path = `/01/${gtin(3)}/10/B14`;

beforeAll(async () => {
  const house = openTestServer();
  const goods = { gtin: gtin(3), lot: 'B14', product: '五花肉', quantity: 20, unit: 'kg' };
  const json = { ...goods, madeAt: gln(3), producedAt: '2026-11-20' };
  await house.call('/api/lots', { as: 'partner', sites: [gln(3)], json });
  browser = await openBrowser();
  base = await new Promise((resolve) => {
    server = serve({ fetch: house.app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve(`http://localhost:${port}`),
    );
  });
}, 60_000);
afterAll(async () => {
  await browser.close();
  server.close();
});

it('without signal the page of a lot opens as it was kept, and says on top that it may have been recalled since', async () => {
  const { page, close } = await visit(browser, { viewport: phone });
  await page.goto(base + path);
  const warning = page.locator('.kept-note');
  expect(await warning.isVisible()).toBe(false);
  expect(await page.locator('.why li').first().textContent()).toContain('没有召回');
  await page.waitForFunction(
    async (url) => (await (await caches.open('bright-kitchen.diner.1')).match(url)) !== undefined,
    base + path,
  );
  await page.context().setOffline(true);
  await page.goto(base + path);
  expect(await page.locator('h1').first().textContent()).toContain('这一批没有召回');
  expect(await warning.isVisible()).toBe(true);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.context().setOffline(false);
  await page.goto(base + path);
  expect(await warning.isVisible()).toBe(false);
  await close();
}, 60_000);
