// A day of the chain on a phone, in both languages: received, imported, traced, compared, recalled, answered, scanned.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
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
import { cameraHolding } from '../support/fake-camera.ts';
import { type ServerProcess, startServer } from '../support/process.ts';
import { gb18030 } from '../support/wide-text.ts';

const langs = [
  { lang: 'zh-CN', lot: '/01/06912345002028/10/B14' },
  { lang: 'en', lot: '/01/06912345002028/10/A05' },
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

async function as(login: string, lang: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const person = await visit(browser, { locale: lang, viewport: phone, hasTouch: true, ...options });
  if (login !== '-') await enterAs(person.page, server.url, login);
  return person;
}

/** What a page on a phone must keep: nothing sideways, acts a thumb can hit, names and contrast. */
async function soundOnPhone(page: Page): Promise<void> {
  expect(await sidewaysOverflow(page), page.url()).toBe(0);
  expect(await smallTargets(page), page.url()).toEqual([]);
  expect(await accessibilityFaults(page), page.url()).toEqual([]);
}

/** Closes the visit; nothing may have gone wrong in its console but the signal a test took away. */
async function leave({ complaints, close }: Visit): Promise<void> {
  expect(complaints.filter((said) => !said.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  await close();
}

function codeOf(path: string): string {
  return `https://id.gs1.org${path}`;
}

describe.each(langs)('on a phone in $lang', { timeout: 90_000 }, ({ lang, lot }) => {
  it('a cook scans a photo, types a second box, loses signal, and the delivery is sent once when it is back', async () => {
    const cook = await as('owner', lang);
    const { page } = cook;
    await page.goto(`${server.url}/receive`);
    await soundOnPhone(page);
    const picture = await (await fetch(`${server.url}${lot}/qr.png`)).arrayBuffer();
    await page.setInputFiles('[data-photo]', { name: 'box.png', mimeType: 'image/png', buffer: Buffer.from(picture) });
    const codes = page.locator('input[name$=".code"]');
    await expect.poll(() => codes.first().inputValue()).toContain(lot);
    await expect.poll(() => page.locator('[data-told]').first().textContent()).toContain(lot.split('/').at(-1));
    await page.locator('[data-no-script]').click();
    await expect.poll(() => codes.count()).toBe(2);
    await codes.nth(1).fill(codeOf(lot));
    for (const row of [0, 1]) await page.locator('input[name$=".quantity"]').nth(row).fill('3');

    await page.reload();
    await expect.poll(() => codes.count(), { message: 'what was typed is still there' }).toBe(2);

    await page.context().setOffline(true);
    await page.locator('[data-submit]').click();
    await expect.poll(() => page.locator('#queue').isVisible()).toBe(true);
    await page.context().setOffline(false);
    await expect.poll(() => page.evaluate(() => localStorage.getItem('bright-kitchen.deliveries'))).toBe('[]');
    await page.goto(`${server.url}/my/purchases`);
    const received = page.locator('tr', { hasText: lot.split('/').at(-1) ?? '' }).filter({ hasText: '3.0' });
    expect(await received.count()).toBe(2);
    await soundOnPhone(page);
    await leave(cook);
  });

  it('a code nobody knows is told at its box, and what was typed stays', async () => {
    const cook = await as('owner', lang);
    const { page } = cook;
    await page.goto(`${server.url}/receive`);
    await page.locator('input[name="boxes.0.code"]').fill('XYZ-NOBODY');
    await page.locator('input[name="boxes.0.quantity"]').fill('7');
    await page.locator('[data-submit]').click();
    await expect.poll(() => page.locator('#f-boxes-0-code-error').count()).toBe(1);
    expect(await page.locator('input[name="boxes.0.quantity"]').inputValue()).toBe('7');
    await soundOnPhone(page);
    await leave(cook);
  });

  it('a partner pastes a range of a spreadsheet, sees the wrong cell, puts it right, and the lots are there', async () => {
    const partner = await as('partner', lang);
    const { page } = partner;
    const sheet = (amount: string) =>
      `origin\tbatch\tproduct\tquantity\tunit\n白沙村\t菜 ${lang}\t小白菜\t${amount}\tkg`;
    await page.goto(`${server.url}/lots/import`);
    await page.fill('textarea[name=csv]', sheet('many'));
    await page.locator('button[name=preview][value="1"]').click();
    await expect.poll(() => page.locator('td.is-fault').count()).toBe(1);
    expect(await page.locator('textarea[name=csv]').inputValue()).toContain('many');
    await soundOnPhone(page);
    await page.fill('textarea[name=csv]', sheet('12'));
    await page.locator('button[name=preview][value="1"]').click();
    await page.locator('button[name=preview][value="0"]').click();
    await expect.poll(() => page.locator('p.note[role=status]').count()).toBe(1);
    await sendExcel(page, lang);
    await page.goto(`${server.url}/lots`);
    for (const name of [`菜 ${lang}`, `乡 ${lang}`]) expect(await page.textContent('main')).toContain(name);
    await soundOnPhone(page);
    await leave(partner);
  });

  it('an inspector traces a lot, follows one holder, and compares it with another lot', async () => {
    const inspector = await as('inspector', lang);
    const { page } = inspector;
    await page.goto(`${server.url}/trace`);
    await soundOnPhone(page);
    await page.fill('input[name=code]', '(01)06912345002028(10)A07');
    await page.locator('form.ask button[type=submit]').click();
    await expect.poll(() => page.locator('ol.line li').count()).toBeGreaterThan(3);
    await soundOnPhone(page);
    await page.locator('#holders th a').last().click();
    await expect.poll(() => page.locator('.mark-bar').count()).toBe(1);
    expect(new URL(page.url()).searchParams.get('mark')).toMatch(/^\d+$/);
    expect(await page.locator('tr.is-marked').count()).toBe(1);
    expect(await page.locator('tr.is-dim').count()).toBeGreaterThan(0);
    await soundOnPhone(page);

    await page.fill('input#with', '(01)06912345002035(10)A07');
    await page.locator('form[action="/trace/compare"] button[type=submit]').click();
    await expect.poll(() => page.locator('.compared li').count()).toBe(2);
    await page.fill('input#lot', '(01)06912345002042(10)A07');
    await page.locator('form.ask button[type=submit]').click();
    await expect.poll(() => page.locator('.compared li').count()).toBe(3);
    expect(await page.textContent('#bench h2')).toMatch(lang === 'en' ? /Pork carcass/ : /白条猪肉/);
    await soundOnPhone(page);
    await leave(inspector);
  });

  it('a lot is recalled, its holder answers, and the diner who scans it reads the recall first', async () => {
    const inspector = await as('inspector', lang);
    await inspector.page.goto(`${server.url}/recalls/new?code=${encodeURIComponent(codeOf(lot))}`);
    await soundOnPhone(inspector.page);
    const owner = await as('owner', lang);
    const before = await openRecalls(owner.page);
    await publishRecall(inspector.page);
    await soundOnPhone(inspector.page);
    expect(await inspector.page.textContent('main')).toMatch(lang === 'en' ? /[45] min/ : /[45] ?分钟/);
    expect(await openRecalls(owner.page)).toBe(before);
    await inspector.page.locator('form[action$="/taken-back"] button').click();
    await expect.poll(() => inspector.page.textContent('main')).toMatch(lang === 'en' ? /Nobody was told/ : /没有通知/);
    await soundOnPhone(inspector.page);
    await inspector.page.goto(`${server.url}/recalls/new?code=${encodeURIComponent(codeOf(lot))}`);
    expect(await openRecalls(owner.page)).toBe(before);
    await publishRecall(inspector.page);
    await inspector.page.locator('form[action$="/issued"] button').click();
    await inspector.page.waitForURL((url) => /^\/recalls\/[0-9a-f-]{36}$/.test(url.pathname));
    await soundOnPhone(inspector.page);
    const recallId = new URL(inspector.page.url()).pathname.split('/').at(-1);

    expect(await openRecalls(owner.page)).toBe(before + 1);
    await soundOnPhone(owner.page);
    const form = owner.page.locator(`form[action="/my/recalls/${recallId}/answers"]`);
    await form.locator('input[value=quarantined]').check();
    await form.locator('input[name=quantity]').fill('3');
    await form.locator('button[type=submit]').click();
    await expect.poll(() => owner.page.textContent('main')).toMatch(lang === 'en' ? /sealed/i : /封存/);

    const diner = await as('-', lang);
    await diner.page.goto(`${server.url}${lot}`);
    expect(await diner.page.locator('main h1').first().textContent()).toMatch(lang === 'en' ? /recall/i : /召回/);
    await soundOnPhone(diner.page);

    await owner.page.goto(`${server.url}/receive`);
    await owner.page.locator('input[name="boxes.0.code"]').fill(codeOf(lot));
    await owner.page.locator('input[name="boxes.0.quantity"]').focus();
    await expect.poll(() => owner.page.locator('[data-told].is-bad').count()).toBe(1);
    await Promise.all([leave(inspector), leave(owner), leave(diner)]);
  });
});

/** How many recalls a holder is told of. */
async function openRecalls(page: Page): Promise<number> {
  await page.goto(`${server.url}/my/recalls`);
  return page.locator('form[action^="/my/recalls/"]').count();
}

/** A ledger out of Excel on a Chinese computer: CSV in GB18030, a title above, amounts with their commas and units. */
async function sendExcel(page: Page, lang: string): Promise<void> {
  const rows = [
    '九月台账,,,,',
    '产地,批号,品名,数量,生产日期',
    `白沙村,乡 ${lang},小白菜,"1,200公斤",2026年9月20日`,
    '',
  ];
  const file = { name: '台账.csv', mimeType: 'application/vnd.ms-excel', buffer: gb18030(rows.join('\r\n')) };
  await page.goto(`${server.url}/lots/import`);
  await page.setInputFiles('input[type=file]', file);
  await page.locator('button[name=preview][value="1"]').click();
  await expect.poll(() => page.textContent('main')).toContain(`乡 ${lang}`);
  for (const said of ['白沙村', '小白菜', '1,200公斤']) expect(await page.textContent('main')).toContain(said);
  expect(await page.locator('td.is-fault').count()).toBe(0);
  await page.locator('button[name=preview][value="0"]').click();
  await expect.poll(() => page.locator('p.note[role=status]').count()).toBe(1);
}

/** Reason, question with whom it tells and how many, answer: the page on which it can still be taken back. */
async function publishRecall(page: Page): Promise<void> {
  await page.fill('textarea[name=reason]', '抽检发现兽药残留');
  await page.fill('textarea[name=advice]', '不要食用');
  await page.locator('form[action="/recalls/new"][method=post] button[type=submit]').last().click();
  await page.locator('button[name=step][value=publish]').waitFor();
  await soundOnPhone(page);
  const asked = (await page.textContent('main')) ?? '';
  expect(asked).toMatch(/将通知 [1-9]\d* 个单位，现存 \d|[1-9]\d* holders? will be told; \d/);
  expect(asked).toMatch(/鼎香小馆|Dingxiang/i);
  await page.locator('button[name=step][value=publish]').click();
  await page.waitForURL((url) => url.pathname.startsWith('/recalls/planned/'));
}

describe('a camera', { timeout: 60_000 }, () => {
  it('that holds one box in view gives one row, with its recall told before anything is sent', async () => {
    const picture = await (await fetch(`${server.url}/01/06912345002028/10/A07/qr.png`)).arrayBuffer();
    const cameras = await openBrowser({ camera: await cameraHolding(Buffer.from(picture)) });
    const { page, complaints, close } = await visit(cameras, { viewport: phone });
    await enterAs(page, server.url, 'owner');
    await page.goto(`${server.url}/receive`);
    await page.locator('[data-camera]').click();
    await expect.poll(() => page.locator('[data-told].is-bad').count(), { timeout: 15_000 }).toBe(1);
    await page.waitForTimeout(3_000);
    expect(await page.locator('.box-row').count()).toBe(1);
    await page.locator('[data-camera]').click();
    expect(await page.locator('[data-video]').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await close();
    await cameras.close();
  });
});

describe('the bench at a desk', { timeout: 60_000 }, () => {
  const path = `/trace?code=${encodeURIComponent(codeOf('/01/06912345002028/10/A07'))}`;

  it('is walked by arrow keys, marks with Enter without leaving the page, and its address opens the same view', async () => {
    const inspector = await as('inspector', 'zh-CN', { viewport: { width: 1280, height: 900 } });
    const { page } = inspector;
    await page.goto(server.url + path);
    await page.locator('.graph .node').first().focus();
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
    const id = await page.evaluate(() => document.activeElement?.id);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator(`#${id}.is-marked`).count()).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(id);
    const dim = await page.locator('.graph .node.is-dim').count();
    expect(dim).toBeGreaterThan(0);
    expect(await accessibilityFaults(page)).toEqual([]);

    const colleague = await as('inspector', 'zh-CN', { viewport: { width: 1280, height: 900 } });
    await colleague.page.goto(page.url());
    expect(await colleague.page.locator('.graph .node.is-dim').count()).toBe(dim);
    await Promise.all([leave(inspector), leave(colleague)]);
  });

  it('works without scripts: the links mark, the forms filter and compare', async () => {
    const context = { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false } as const;
    const { page, close } = await visit(browser, context);
    await page.goto(`${server.url}/sign-in`);
    await page.locator('form:has(input[name=login][value="inspector"]) button').click();
    await page.goto(server.url + path);
    await page.locator('.graph .node').nth(4).click();
    expect(await page.locator('.mark-bar').count()).toBe(1);
    await page.locator('.filters summary').click();
    await page.fill('input[name=party]', '王记');
    await page.locator('.filters button[type=submit]').click();
    expect(await page.locator('table.holders tbody tr').count()).toBe(1);
    expect(new URL(page.url()).searchParams.get('mark')).not.toBeNull();
    await close();
  });
});
