// Receiving with a hand scanner, from a photo and without signal, on a phone's width and in both languages.
import bwip from 'bwip-js/node';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accessibilityFaults,
  enterAs,
  openBrowser,
  phone,
  sidewaysOverflow,
  smallTargets,
  type Visit,
  visit,
} from '../support/browser.ts';
import { type ServerProcess, startServer } from '../support/process.ts';
import { type Ending, scanWith } from '../support/scanner.ts';

const gtin = '06912345002028';
const langs = [
  { lang: 'zh-CN', batch: 'B14', expired: '已过期', seen: '仍然登记' },
  { lang: 'en', batch: 'A05', expired: 'past its date', seen: 'record it all the same' },
] as const;

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

async function cookIn(lang: string): Promise<Visit> {
  const cook = await visit(browser, { locale: lang, viewport: phone, hasTouch: true });
  await enterAs(cook.page, server.url, 'owner');
  await cook.page.goto(`${server.url}/receive`);
  return cook;
}

async function soundOnPhone(page: Page): Promise<void> {
  expect(await sidewaysOverflow(page)).toBe(0);
  expect(await smallTargets(page)).toEqual([]);
  expect(await accessibilityFaults(page)).toEqual([]);
}

async function leave({ complaints, close }: Visit): Promise<void> {
  expect(complaints.filter((said) => !/ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED)/.test(said))).toEqual([]);
  await close();
}

const field = (page: Page, part: string, row = 0) => page.locator(`[name="boxes.${row}.${part}"]`);

/** Where the focus is, by the field's name. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('name'));

/** An empty form, and a note of every key that would have gone on to the browser. */
async function anew(page: Page, path = '/receive'): Promise<void> {
  // From a page without its script: a draft that is still being kept would come back otherwise.
  await page.goto(`${server.url}/healthz`);
  await page.evaluate(() => localStorage.clear());
  await page.goto(`${server.url}${path}`);
  await expect.poll(() => page.locator('[data-scanner]').isVisible()).toBe(true);
  await page.evaluate(() => {
    const escaped: string[] = [];
    (window as unknown as { escaped: string[] }).escaped = escaped;
    window.addEventListener('keydown', (event) => {
      const isShortcut = event.ctrlKey || event.key === 'F8' || event.key === 'Enter' || event.key === 'Tab';
      if (isShortcut && !event.defaultPrevented) escaped.push(event.key);
    });
  });
}

const escaped = (page: Page) => page.evaluate(() => (window as unknown as { escaped: string[] }).escaped);

describe.each(langs)('a hand scanner in $lang', { timeout: 120_000 }, ({ lang, batch }) => {
  // Each way on the receiving page, then on the page of goods that leave.
  const ways: [string, string, Ending][] = [
    ['Ctrl+]', 'Ctrl+]', 'Enter'],
    ['F8', 'F8', 'Tab'],
    ['a caret', '^', 'Ctrl+J'],
    ['<GS>', '<GS>', 'Ctrl+M'],
    ['a space', ' ', 'Enter'],
    ['a tab', 'Tab', 'Tab'],
  ];

  it('fills a row whatever it sends for the separator and at the end, and the next scan finds the next row', async () => {
    const cook = await cookIn(lang);
    const { page } = cook;
    await anew(page);
    await field(page, 'code').focus();
    for (const [way, [name, separator, ending]] of ways.entries()) {
      const [first, second] = [2 * way, 2 * way + 1];
      await scanWith(page, [`01${gtin}10${batch}`, '17271231'], separator, ending);
      await expect.poll(() => field(page, 'expiresOn', first).inputValue(), { message: name }).toBe('2027-12-31');
      expect(await focused(page), name).toBe(`boxes.${second}.code`);
      await scanWith(page, [`01${gtin}310300250010${batch}`], separator, ending);
      await expect.poll(() => field(page, 'quantity', second).inputValue(), { message: name }).toBe('2.5');
      expect(await escaped(page), name).toEqual([]);
      expect(await page.locator('.box-row').count(), name).toBe(second + 2);
    }
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/receive');
    await soundOnPhone(page);
    await leave(cook);
  });

  it('fills the form of goods that leave just so, brackets after F8 too, and sends nothing by itself', async () => {
    const cook = await cookIn(lang);
    const { page } = cook;
    await anew(page, '/ship');
    for (const [row, [name, separator, ending]] of ways.entries()) {
      const field = page.locator(`[name="lines.${row}.code"]`);
      await scanWith(page, [`01${gtin}310300250010${batch}`, '17271231'], separator, ending);
      await expect
        .poll(() => page.locator(`[name="lines.${row}.quantity"]`).inputValue(), { message: name })
        .toBe('2.5');
      expect(await field.inputValue(), name).toContain(batch);
      expect(await focused(page), name).toBe(`lines.${row + 1}.code`);
      expect(await escaped(page), name).toEqual([]);
    }
    await scanWith(page, [`(01)${gtin}(10)${batch}`, '(17)271231'], 'F8', 'Tab');
    await expect.poll(() => page.locator('[data-told]').nth(ways.length).textContent()).toContain(batch);
    expect(await page.locator('.box-row').count()).toBe(ways.length + 2);
    await soundOnPhone(page);
    await leave(cook);
  });

  it('that loses the separator is asked about, and the batch that was chosen keeps its day', async () => {
    const cook = await cookIn(lang);
    const { page } = cook;
    await anew(page);
    await field(page, 'code').focus();
    await scanWith(page, [`01${gtin}10${batch}`, '17271231'], '', 'Enter');
    const choices = page.locator('[data-choices] button');
    await expect.poll(() => choices.count()).toBe(2);
    await soundOnPhone(page);
    await choices.first().click();
    await expect.poll(() => field(page, 'expiresOn').inputValue()).toBe('2027-12-31');
    expect(await field(page, 'code').inputValue()).toBe(`(01)${gtin}(10)${batch}(17)271231`);
    await leave(cook);
  });

  it('finds the code wherever the focus is: nowhere, on a button, in the amount, in the unit', async () => {
    const cook = await cookIn(lang);
    const { page } = cook;
    const places = [
      'body',
      '[data-submit]',
      'input[name="boxes.0.quantity"]',
      'select[name="boxes.0.unit"]',
      'input[name=from]',
    ];
    for (const place of places) {
      await anew(page);
      const before = await field(page, 'unit').inputValue();
      if (place !== 'body') await page.locator(place).focus();
      await scanWith(page, [`https://id.gs1.org/01/${gtin}/10/${batch}`], '', 'Enter');
      await expect.poll(() => field(page, 'code').inputValue(), { message: place }).toContain(`/10/${batch}`);
      expect(await field(page, 'quantity').inputValue(), place).toBe('');
      expect(await field(page, 'unit').inputValue(), place).toBe(before);
      expect(await page.locator('input[name=from]').inputValue(), place).toBe('');
      expect(await escaped(page), place).toEqual([]);
      expect(new URL(page.url()).pathname, place).toBe('/receive');
    }
    await leave(cook);
  });

  it('leaves a person’s own keys alone: Tab goes on to the amount, and a typed amount stays', async () => {
    const cook = await cookIn(lang);
    const { page } = cook;
    await anew(page);
    await field(page, 'code').fill(`(01)${gtin}(10)${batch}`);
    await page.keyboard.press('Tab');
    expect(await focused(page)).not.toBe('boxes.1.code');
    await field(page, 'quantity').focus();
    await page.keyboard.type('12.5', { delay: 80 });
    await expect.poll(() => field(page, 'quantity').inputValue()).toBe('12.5');
    await leave(cook);
  });
});

/** A label as a phone sees it: askew, on a dark table, a little soft, as a JPEG. */
async function photoOf(text: string): Promise<Buffer> {
  const label = await bwip.toBuffer({ bcid: 'gs1datamatrix', text, scale: 6, padding: 8, backgroundcolor: 'FFFFFF' });
  const askew = await sharp(label).rotate(9, { background: '#4a4038' }).toBuffer();
  const table = sharp({ create: { width: 1_200, height: 900, channels: 3, background: '#4a4038' } });
  return table
    .composite([{ input: askew, left: 420, top: 260 }])
    .blur(0.9)
    .jpeg({ quality: 82 })
    .toBuffer();
}

describe.each(langs)('a photo of a label in $lang', { timeout: 60_000 }, ({ lang, expired, seen }) => {
  it('fills weight and day, warns of goods past their date, and they are sent only when that was seen', async () => {
    const cook = await cookIn(lang);
    const { page } = cook;
    await anew(page);
    const picture = await photoOf(`(01)${gtin}(17)260101(3103)012345(10)OLD-${lang}`);
    await page.setInputFiles('[data-photo]', { name: 'label.jpg', mimeType: 'image/jpeg', buffer: picture });
    await expect.poll(() => field(page, 'quantity').inputValue()).toBe('12.345');
    expect(await field(page, 'expiresOn').inputValue()).toBe('2026-01-01');
    await expect.poll(() => page.locator('[data-told]').textContent()).toContain(expired);
    await soundOnPhone(page);
    // The page that comes back asks about the code again, and its answer comes after the tick.
    let answer = () => {};
    const ticked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/scans?*', async (route) => {
      await ticked;
      await route.continue();
    });
    await page.locator('[data-submit]').click();
    await expect.poll(() => page.locator('#faults').count()).toBe(1);
    const told = page.waitForResponse(/\/api\/scans\?/);
    await page.getByText(seen).click();
    answer();
    await (await told).finished();
    expect(await page.locator('[data-acknowledged]').first().isChecked()).toBe(true);
    await page.locator('[data-submit]').click();
    await expect.poll(() => page.locator('.card.is-good').count()).toBe(1);
    await page.goto(`${server.url}/my/purchases`);
    const line = page.locator('tr', { hasText: `OLD-${lang}` });
    expect(await line.textContent()).toContain('12.3');
    expect(await line.textContent()).toContain('2026-01-01');
    await leave(cook);
  });
});

describe.each(langs)('without signal in $lang', { timeout: 240_000 }, ({ lang, batch }) => {
  it('the receiving page opens, keeps what is scanned, and sends it once when the server is back', async () => {
    const cook = await cookIn(lang);
    const { page } = cook;
    await expect
      .poll(() => page.evaluate(async () => (await caches.match('/receive')) !== undefined), { timeout: 60_000 })
      .toBe(true);
    await server.end('SIGTERM');

    await page.goto(`${server.url}/receive`);
    await expect.poll(() => page.locator('[data-scanner]').isVisible()).toBe(true);
    await field(page, 'code').focus();
    await scanWith(page, [`01${gtin}310300777010${batch}`], '', 'Enter');
    await field(page, 'quantity').fill('7.77');
    await soundOnPhone(page);
    await page.locator('[data-submit]').click();
    await expect.poll(() => page.locator('#queue').isVisible()).toBe(true);

    server = await startServer({ dataDir: server.dataDir, port: Number(new URL(server.url).port) });
    await page.goto(`${server.url}/receive`);
    await expect.poll(() => page.evaluate(() => localStorage.getItem('bright-kitchen.deliveries'))).toBe('[]');
    await page.goto(`${server.url}/my/purchases`);
    const lines = page.locator('tr', { hasText: batch }).filter({ hasText: '7.8' });
    expect(await lines.count()).toBe(1);
    await leave(cook);
  });
});
