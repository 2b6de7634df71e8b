// Risk, a public record and the district board in a real browser: in both languages, on a phone and on a desk, read by machine too.
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

beforeAll(async () => {
  const server = openTestServer({ environment: { PUBLIC_URL: 'http://127.0.0.1' } });
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
    await page.goto(`${base}/board`);
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
    expect(inspector.complaints).toEqual([]);
    await inspector.close();
  });
});
