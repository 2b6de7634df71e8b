// An inspector's phone at a shop: nearest first, the signature drawn, a cellar without signal, and a result that is sent once.
import { serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAccount } from '../../server/accounts/create-account.ts';
import { sessionCookie } from '../../server/accounts/guard.ts';
import { openSession } from '../../server/accounts/session/open-session.ts';
import { registerRestaurant } from '../../server/kitchen/shop/register-restaurant.ts';
import { askVisit } from '../../server/oversight/visit/ask-visit.ts';
import { writeTransaction } from '../../server/store/db.ts';
import { accessibilityFaults, openBrowser, phone, sidewaysOverflow, smallTargets, visit } from '../support/browser.ts';
import { jpeg } from '../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../support/server.ts';

let browser: Browser;
let server: TestServer;
let base: string;
let close: () => void;
let session: string;
const admin = { id: 0, name: 'admin', role: 'admin', sites: [], via: 'session' } as const;

beforeAll(async () => {
  server = openTestServer({ environment: { PUBLIC_URL: 'http://127.0.0.1' } });
  const { db, deps, clock } = server;
  const chen = { login: 'chen', name: '陈敏', nameEn: 'Chen Min', role: 'inspector', sites: [] } as const;
  const id = writeTransaction(db, () => insertAccount(db, { ...chen, passwordHash: null }, 'test', clock.now()));
  session = openSession(db, id, clock.now());
  for (const shop of [1, 2, 3, 4]) {
    const names = { name: `鼎香 ${shop} 店`, nameEn: `Dingxiang ${shop}`, licence: `JY2330000000000${shop}` };
    const { siteId } = registerRestaurant(deps, admin, {
      ...names,
      address: '临江路',
      opensAt: '09:00',
      closesAt: '22:00',
    });
    db.sqlite
      .prepare(
        'INSERT INTO premises (site_id, latitude, longitude, dine_in, account_id, at) VALUES (?, ?, 114.05, 1, 1, 0)',
      )
      .run(siteId, 22.5 + shop / 100);
    const asked = { siteId, kind: 'plan', ref: 'account/1', weight: 10, inspectors: [id], at: clock.now() } as const;
    writeTransaction(db, () => askVisit(db, asked));
  }
  base = await new Promise((resolve) => {
    const opened = serve({ fetch: server.app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
    close = () => opened.close();
  });
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser.close();
  close();
});

const row = (id: number) =>
  server.db.sqlite
    .prepare(
      `SELECT v.state, v.signature_hash IS NOT NULL AS signed, (SELECT count(*) FROM visit_order o WHERE o.visit_id = v.id) AS orders,
         (SELECT count(*) FROM visit_answer a WHERE a.visit_id = v.id AND a.photo_hash IS NOT NULL) AS photos FROM visit v WHERE v.id = ?`,
    )
    .get(id);

async function fillIn(page: Page): Promise<void> {
  for (const good of await page.locator('input[type=radio][value=ok]').all()) await good.check();
  const point = page.locator('#visit > section').nth(1);
  await point.locator('input[value=bad]').check();
  await point.locator('input[name^="note."]').fill('冰箱没有温度记录');
  const picture = { name: 'p.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await jpeg()) };
  await point.locator('input[type=file]').setInputFiles(picture);
  await page.locator('input[name=signedName]').fill('王店长');
  const pen = page.locator('canvas.pen');
  await pen.scrollIntoViewIfNeeded();
  const box = await pen.boundingBox();
  if (box === null) throw new Error('There is nothing to sign on.');
  await page.mouse.move(box.x + 20, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 70, { steps: 4 });
  await page.mouse.up();
}

describe.each([
  { lang: 'zh-CN', far: 4, cellar: 1, street: 3 },
  { lang: 'en', far: 4, cellar: 2, street: 4 },
])('a phone in $lang', { timeout: 60_000 }, ({ lang, far, cellar, street }) => {
  it('goes to the nearest first, keeps a result in the cellar and sends it once', async () => {
    const cookie = { name: sessionCookie, value: session, domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true };
    const chen = await visit(browser, {
      locale: lang,
      viewport: phone,
      hasTouch: true,
      geolocation: { latitude: 22.5 + far / 100, longitude: 114.05 },
      permissions: ['geolocation'],
      storageState: { cookies: [{ ...cookie, secure: false, sameSite: 'Lax' }], origins: [] },
    });
    const { page } = chen;
    const sound = async () => {
      expect(await sidewaysOverflow(page), page.url()).toBe(0);
      expect(await smallTargets(page), page.url()).toEqual([]);
      expect(await accessibilityFaults(page), page.url()).toEqual([]);
    };
    await page.goto(`${base}/visits`);
    await sound();
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['visitsKept'])).toBeDefined();
    await page.locator('[data-here]').click();
    await page.waitForURL(/sort=near/);
    expect(await page.locator('[data-visits] a').first().getAttribute('href')).toBe(`/visits/${far}`);

    await page.goto(`${base}/visits/${cellar}`);
    await sound();
    await fillIn(page);
    await page.context().setOffline(true);
    await page.locator('#visit button[type=submit]').click();
    await expect.poll(() => page.locator('#queue').isVisible()).toBe(true);
    expect(await page.locator('#visit').isHidden()).toBe(true);
    expect(row(cellar)).toMatchObject({ state: 'open' });
    await page.goto(`${base}/visits`);
    await expect
      .poll(() => page.locator('#queue [data-send]').isVisible(), { message: 'it opens without signal' })
      .toBe(true);
    await page.context().setOffline(false);
    await expect.poll(() => row(cellar)).toMatchObject({ state: 'closed', signed: 1, orders: 1, photos: 1 });
    await page.goto(`${base}/visits/${cellar}`);
    expect(await page.locator('img.signature').isVisible()).toBe(true);
    await sound();

    await page.goto(`${base}/visits/${street}`);
    await fillIn(page);
    await page.locator('#visit button[type=submit]').click();
    await page.waitForSelector('img.signature');
    expect(row(street)).toMatchObject({ state: 'closed', signed: 1, photos: 1 });
    const closings = server.db.sqlite
      .prepare("SELECT count(*) FROM ledger_entry WHERE kind = 'visit' AND body LIKE '%\"closed\"%' AND subject = ?")
      .pluck();
    expect([closings.get(`visit/${cellar}`), closings.get(`visit/${street}`)]).toEqual([1, 1]);
    expect(chen.complaints.filter((said) => !said.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
    await chen.close();
  });
});
