// The pages of model packs in a real browser: a candidate is tried, its disagreements are walked by keys, it is put in use and back.
import { type ServerType, serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutPacks } from '../../server/kitchen/pack/lay-out-packs.ts';
import { shadowPackSet } from '../../server/kitchen/pack/pack-store.ts';
import { lookInShadow } from '../../server/kitchen/shadow/look-in-shadow.ts';
import {
  accessibilityFaults,
  desk,
  openBrowser,
  phone,
  sidewaysOverflow,
  type Visit,
  visit,
} from '../support/browser.ts';
import { frameOf, openCast } from '../support/kitchen-cast.ts';
import { openPackHouse, type PackHouse } from '../support/pack-house.ts';
import { squares } from '../support/pictures.ts';

let house: PackHouse;
let browser: Browser;
let server: ServerType;
let base: string;
let admin: Visit;

beforeAll(async () => {
  house = await openPackHouse();
  browser = await openBrowser();
  base = await new Promise((resolve) => {
    server = serve({ fetch: house.server.app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
  });
  const headers = { authorization: `Bearer ${house.server.tokenOf('admin')}` };
  admin = await visit(browser, { extraHTTPHeaders: headers });
}, 120_000);

afterAll(async () => {
  expect(admin.complaints).toEqual([]);
  await browser.close();
  server.close();
  await house.close();
});

/** A frame on which the candidate sees what the packs in use pass over. */
async function differ(count: number): Promise<void> {
  const { deps, server: testServer } = house;
  const { camera } = openCast(deps);
  const set = shadowPackSet(deps.db)!;
  const folder = layOutPacks(deps, set);
  const shadow = { set, folder, packs: await deps.apart.check(folder) };
  const image = await squares(640, 384, [{ x: 128, y: 64, side: 128, colour: '#690000' }]);
  const { packs } = await deps.eye.classify(image);
  for (let index = 0; index < count; index++) {
    const plain = await frameOf(camera, { at: testServer.clock.now() + index * 3_600_000 });
    const sample = { ...plain, reading: { ...plain.reading, packs, detections: [] } };
    await lookInShadow(deps, shadow, { camera: { id: String(camera.id), kind: 'snapshot', allow: [] }, image, sample });
  }
}

describe('a new model earns its place', { timeout: 60_000 }, () => {
  it('an administrator tries another threshold in two presses, and walks the pictures by keys', async () => {
    const { page } = admin;
    await page.goto(`${base}/packs?lang=en`);
    await page.fill('input[name="squares-yolox red"]', '0.3');
    await page.locator('form[action="/packs/thresholds"] button').click();
    await expect.poll(() => page.locator('.toast').textContent()).toContain('Set 2 passed every check');
    await page.locator('form[action="/packs/2/shadow"] button').click();
    await page.waitForURL(/packs\/2$/);
    await differ(2);
    await page.goto(`${base}/packs/2?lang=en`);
    await page.locator('.differ a').first().click();
    await page.waitForURL(/n=1/);
    await page.keyboard.press('2');
    expect(await page.locator('.pairbox .of-new').isVisible()).toBe(false);
    await page.keyboard.press('2');
    expect(await page.locator('.pairbox .of-new').isVisible()).toBe(true);
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/n=2/);
    await page.keyboard.press('Escape');
    await page.waitForURL(/packs\/2\?/);
  });

  it.each(['/packs', '/packs/2', '/packs/2/disagreements?n=1', '/packs/2/promotion'])(
    '%s reads well by machine, in both languages, at desk and phone width',
    async (path) => {
      const { page } = admin;
      for (const [lang, viewport] of [
        ['zh-CN', desk],
        ['en', phone],
      ] as const) {
        await page.setViewportSize(viewport);
        await page.goto(`${base}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
        expect(await accessibilityFaults(page), `${path} in ${lang}`).toEqual([]);
        expect(await sidewaysOverflow(page), `${path} in ${lang}`).toBe(0);
      }
    },
  );

  it('is put in use with a reason, and one press brings the old one back', async () => {
    const { page } = admin;
    await page.setViewportSize(desk);
    await page.goto(`${base}/packs/2/promotion?lang=en`);
    await page.fill('textarea[name=reason]', 'sees dull reds too');
    await page.locator('form[action="/packs/2/promotion"] button').click();
    await expect.poll(() => page.locator('.toast').textContent()).toContain('Set 2 is in use');
    expect(house.deps.eye.packs.map(({ version }) => version)).toEqual(['1.0.0', '1.0.0+300']);
    await page.locator('form[action="/packs/rollback"] button').click();
    await expect.poll(() => page.locator('.toast').textContent()).toContain('Back to set 1');
    expect(house.deps.eye.packs.map(({ version }) => version)).toEqual(['1.0.0', '1.0.0']);
  });
});
