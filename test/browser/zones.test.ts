// Zones of a camera in a real browser: drawn with a pointer, or written as numbers where no script runs.

import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainRules } from '../../server/kitchen/camera/camera.ts';
import { cameraById } from '../../server/kitchen/camera/camera-store.ts';
import { changeCameraRules } from '../../server/kitchen/rule/change-camera-rules.ts';
import { accessibilityFaults, openBrowser, phone, sidewaysOverflow, visit } from '../support/browser.ts';
import { type JudgedCast, judgedFrame, openJudgedCast } from '../support/judged-cast.ts';
import { scriptedEye } from '../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let cast: JudgedCast;
let listening: ReturnType<typeof serve>;
let browser: Browser;
let url: string;

beforeAll(async () => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openJudgedCast(server);
  await judgedFrame(server, cast, { camera: cast.camera, decision: 'confirmed' });
  await new Promise<void>((resolve) => {
    listening = serve({ fetch: server.app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve());
  });
  url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  browser = await openBrowser();
}, 60_000);

afterAll(async () => {
  await browser.close();
  listening.close();
});

const asAdmin = () => ({ extraHTTPHeaders: { authorization: `Bearer ${server.tokenOf('admin')}` } });
const rules = () => cameraById(server.db, cast.camera.id)!.rules;
const path = () => `${url}/cameras/${cast.camera.id}/rules`;

describe('zones on a camera’s picture', { timeout: 60_000 }, () => {
  it('a rectangle is dragged, tried on judged frames, and kept', async () => {
    const { page, complaints, close } = await visit(browser, asAdmin());
    await page.goto(path());
    expect(await page.locator('[name=zone-0-points]').isVisible()).toBe(false);
    await page.fill('[name=zone-0-name]', '窗口');
    await page.check('[name=zone-0-kind][value=ignore]');
    await page.click('[data-draw-start]');
    const area = (await page.locator('[data-zones]').boundingBox())!;
    const at = (x: number, y: number): [number, number] => [area.x + area.width * x, area.y + area.height * y];
    await page.mouse.move(...at(0.3, 0.2));
    await page.mouse.down();
    await page.mouse.move(...at(0.5, 0.4));
    await page.mouse.move(...at(0.6, 0.5));
    await page.mouse.up();
    expect(await page.locator('.zone-shape polygon').count()).toBe(1);
    await page.click('button[value=try]');
    await page.waitForSelector('#effect table');
    expect((await page.textContent('#effect'))?.replace(/\s+/g, ' ')).toContain('1 → 0');
    await page.click('button[value=save]');
    await page.waitForURL(/saved=1/);
    const [zone] = rules().zones;
    expect(zone).toMatchObject({ name: '窗口', kind: 'ignore' });
    const wanted = [0.3, 0.2, 0.6, 0.2, 0.6, 0.5, 0.3, 0.5];
    for (const [index, value] of (zone?.points ?? []).flat().entries()) expect(value).toBeCloseTo(wanted[index]!, 1);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('on a phone without script the same is written as numbers, with nothing beside the page', async () => {
    changeCameraRules(server.deps, cast.admin, cast.camera.id, plainRules);
    const { page, close } = await visit(browser, { ...asAdmin(), viewport: phone, javaScriptEnabled: false });
    await page.goto(path());
    expect(await page.locator('[data-draw-start]').isVisible()).toBe(false);
    await page.fill('[name=zone-0-name]', '案台');
    await page.fill('[name=zone-0-points]', '10 20, 90 20，90 95; 10 95');
    await page.click('button[value=save]');
    await page.waitForURL(/saved=1/);
    expect(rules().zones).toEqual([
      {
        name: '案台',
        kind: 'watch',
        points: [
          [0.1, 0.2],
          [0.9, 0.2],
          [0.9, 0.95],
          [0.1, 0.95],
        ],
      },
    ]);
    await close();
    const again = await visit(browser, { ...asAdmin(), viewport: phone });
    await again.page.goto(path());
    expect(await sidewaysOverflow(again.page)).toBe(0);
    // Picture and the button that draws on it stand on one screen.
    const [picture, draw] = [again.page.locator('[data-zones]'), again.page.locator('[data-draw-start]').first()];
    await picture.scrollIntoViewIfNeeded();
    const [above, below] = [(await picture.boundingBox())!, (await draw.boundingBox())!];
    expect(below.y + below.height - above.y).toBeLessThan(phone.height);
    await again.close();
  });
});
