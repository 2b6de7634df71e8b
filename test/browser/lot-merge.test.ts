// Two codes are merged and parted again, and a sheet with headings of its own is mapped and taken, in a real browser.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accessibilityFaults,
  enterAs,
  openBrowser,
  phone,
  sidewaysOverflow,
  type Visit,
  visit,
} from '../support/browser.ts';
import { runCli, type ServerProcess, startServer } from '../support/process.ts';

let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  server = await startServer({ environment: { DEMO: 'on' } });
  browser = await openBrowser();
}, 240_000);

afterAll(async () => {
  await browser.close();
  expect(await server.end('SIGTERM')).toBe(0);
});

const gtin = '06912345002028';

/** A batch typed by hand: `A0` and a letter where a zero or a number was printed. */
async function register(lot: string): Promise<string> {
  const token = runCli(server.dataDir, 'token', '--role', 'inspector', '--name', `inspector ${lot}`);
  const answer = await fetch(`${server.url}/api/lots`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      gtin,
      lot,
      flow: [{ to: '6912345000406', at: '2026-11-20 09:00', quantity: 3, unit: 'kg' }],
    }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { code: string }).code;
}

async function sound({ page }: Visit): Promise<void> {
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await sidewaysOverflow(page)).toBe(0);
}

describe.each([
  { lang: 'zh-CN', batches: ['ZH-07', 'ZH-O7'] },
  { lang: 'en', batches: ['EN-07', 'EN-O7'] },
] as const)('in $lang', { timeout: 120_000 }, ({ lang, batches: [right, wrong] }) => {
  it('an inspector merges the mistyped code into the right one, and undoes it', async () => {
    const [kept, given] = [await register(right), await register(wrong)];
    const inspector = await visit(browser, { locale: lang, viewport: phone, hasTouch: true });
    const { page } = inspector;
    await enterAs(page, server.url, 'inspector');
    await page.goto(`${server.url}/lots?q=${right}`);
    await page.locator('main table tbody a').first().click();
    await page.locator('#merges a.btn').click();
    await page.fill('input[name=code]', given);
    await page.locator('main form button[type=submit]').click();
    await page.waitForSelector('textarea[name=reason]');
    expect(await page.textContent('main')).toContain(wrong);
    await sound(inspector);
    await page.fill('textarea[name=reason]', 'O for 0');
    await page.locator('form[action$="/merges"] button[type=submit]').click();
    await expect.poll(() => page.locator('#merges').textContent()).toContain('O for 0');
    await sound(inspector);
    await page.goto(`${server.url}/trace?code=${encodeURIComponent(given)}`);
    expect(await page.textContent('main')).toContain(right);
    const diner = await visit(browser, { locale: lang, viewport: phone });
    await diner.page.goto(`${server.url}/01/${gtin}/10/${wrong}`);
    const scanned = (await diner.page.textContent('main')) ?? '';
    for (const batch of [right, wrong]) expect(scanned).toContain(batch);

    await page.goto(`${server.url}/lots?q=${wrong}`);
    await page.locator('main table tbody a').first().click();
    await page.fill('#merges input[name=reason]', 'two boxes');
    await page.locator('#merges form button[type=submit]').click();
    await expect.poll(() => page.locator('#merges').textContent()).toContain('two boxes');
    await diner.page.reload();
    expect(await diner.page.textContent('main')).not.toContain(right);
    expect(kept).not.toBe(given);
    expect([...inspector.complaints, ...diner.complaints]).toEqual([]);
    await Promise.all([inspector.close(), diner.close()]);
  });

  it('a partner says what an unknown heading holds, takes the sheet, and is not asked again', async () => {
    const partner = await visit(browser, { locale: lang, viewport: phone, hasTouch: true });
    const { page } = partner;
    await enterAs(page, server.url, 'partner');
    const heading = lang === 'en' ? 'what we call it' : '俺们叫啥';
    const sheet = (batch: string) => `origin,batch,${heading},quantity,unit\n白沙村,${batch},小白菜,12,kg`;
    await page.goto(`${server.url}/lots/import`);
    await page.fill('textarea[name=csv]', sheet(`M1 ${lang}`));
    await page.locator('button[name=preview][value="1"]').click();
    await page.locator('#mapping tr.is-late select').selectOption('product');
    await page.locator('button[name=preview][value="1"]').click();
    await expect.poll(() => page.locator('#mapping tr.is-late').count()).toBe(0);
    await sound(partner);
    await page.locator('button[name=preview][value="0"]').click();
    await expect.poll(() => page.locator('p.note[role=status]').count()).toBe(1);
    await page.fill('textarea[name=csv]', sheet(`M2 ${lang}`));
    await page.locator('button[name=preview][value="1"]').click();
    await expect.poll(() => page.locator('button[name=preview][value="0"]').count()).toBe(1);
    expect(await page.locator('#mapping tr.is-late').count()).toBe(0);
    expect(partner.complaints).toEqual([]);
    await partner.close();
  });
});
