// A frame's whole way in a real browser, over the sample district and the real model: flag, key, order, photo, closed.
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, desk, enterAs, openBrowser, phone, sidewaysOverflow, visit } from '../support/browser.ts';
import { pause, runCli, type ServerProcess, startServer } from '../support/process.ts';

const firstFlagWithinMs = 120_000;
const owners = ['owner', 'owner2', 'owner3'];

let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  server = await startServer({ environment: { DEMO: 'on' } });
  browser = await openBrowser();
  await flagged(1);
}, 240_000);

afterAll(async () => {
  await browser.close();
  expect(await server.end('SIGTERM')).toBe(0);
});

/** Waits until so many flags are open. */
async function flagged(count: number): Promise<void> {
  const token = runCli(server.dataDir, 'token', '--role', 'reviewer', '--name', 'watch');
  const deadline = Date.now() + firstFlagWithinMs;
  while (Date.now() < deadline) {
    const answer = await fetch(`${server.url}/api/flags`, { headers: { authorization: `Bearer ${token}` } });
    const { flags } = (await answer.json()) as { flags: { violation: string; status: string }[] };
    if (flags.filter(({ violation, status }) => violation !== 'camera_fault' && status === 'open').length >= count)
      return;
    await pause(500);
  }
  throw new Error(`The sample cameras raised fewer than ${count} flags.`);
}

describe('a frame walks to a closed order', { timeout: 120_000 }, () => {
  it('a reviewer confirms with F, the owner answers on a phone with a photo, a reviewer closes it', async () => {
    const reviewer = await visit(browser);
    await enterAs(reviewer.page, server.url, 'reviewer');
    await judgeWithKeys(reviewer.page);

    const owner = await visit(browser, { viewport: phone });
    const order = await findOrder(owner.page);
    expect(await sidewaysOverflow(owner.page)).toBe(0);
    await owner.page.setInputFiles('input[name=photo]', {
      name: 'after.jpg',
      mimeType: 'image/jpeg',
      buffer: await photo(),
    });
    await owner.page.fill('#f-text', '已更换口罩，并提醒当班人员');
    await owner.page.locator('form[action$="/answer"] button[type=submit]').click();
    await expect.poll(() => owner.page.locator('form[action$="/answer"]').count()).toBe(0);

    await reviewer.page.goto(`${server.url}/review/orders`);
    expect(await reviewer.page.textContent('main')).toContain('已更换口罩');
    await reviewer.page.locator(`form[action="${order}/decision"] button[value=accepted]`).click();
    await expect.poll(() => reviewer.page.locator(`form[action="${order}/decision"]`).count()).toBe(0);
    expect([...reviewer.complaints, ...owner.complaints]).toEqual([]);
    await Promise.all([reviewer.close(), owner.close()]);
  });

  it('the desk works by keyboard alone, in English, and takes a verdict back with Z', async () => {
    const { page, complaints, close } = await visit(browser, { locale: 'en-GB' });
    await flagged(1);
    await enterAs(page, server.url, 'reviewer');
    await page.goto(`${server.url}/review?lang=en`);
    const form = page.locator('form#verdict');
    await expect.poll(() => form.count()).toBe(1);
    // The flag at hand, or none when the queue is empty: a key pressed before the answer has come is not taken.
    const atHand = async () => ((await form.count()) === 0 ? null : form.getAttribute('action'));
    const flag = await atHand();
    await page.keyboard.press('d');
    await expect.poll(atHand).not.toBe(flag);
    await page.keyboard.press('z');
    await expect.poll(atHand).toBe(flag);
    expect(complaints).toEqual([]);
    await close();
  });

  it.each([
    ['reviewer', '/review'],
    ['reviewer', '/review/orders'],
    ['reviewer', '/review/pace'],
    ['owner', '/my'],
    ['inspector', '/kitchens'],
    ['admin', '/people'],
    ['admin', '/health'],
    ['admin', '/ledger'],
  ])('as %s, %s reads well by machine, in both languages, at desk and phone width', async (login, path) => {
    const { page, complaints, close } = await visit(browser);
    await enterAs(page, server.url, login);
    for (const [lang, viewport] of [
      ['zh-CN', desk],
      ['en', phone],
    ] as const) {
      await page.setViewportSize(viewport);
      await page.goto(`${server.url}${path}?lang=${lang}`);
      expect(await accessibilityFaults(page), `${path} in ${lang}`).toEqual([]);
      expect(await sidewaysOverflow(page), `${path} in ${lang}`).toBe(0);
    }
    expect(complaints).toEqual([]);
    await close();
  });
});

/** Confirms the flag at hand with F; the undo that appears says it was taken. */
async function judgeWithKeys(page: Page): Promise<void> {
  await page.goto(`${server.url}/review`);
  await expect.poll(() => page.locator('form#verdict').count()).toBe(1);
  // An audited frame is asked about every kind: one of them has to be named first.
  if ((await page.locator('.kind input[type=checkbox]').count()) > 0) await page.keyboard.press('1');
  await page.keyboard.press('f');
  await expect.poll(() => page.locator('button.undo').count()).toBe(1);
}

/** The path of the order, at its page, signed in as the owner it went to. */
async function findOrder(page: Page): Promise<string> {
  for (const login of owners) {
    await page.context().clearCookies();
    await enterAs(page, server.url, login);
    const link = page.locator('a[href^="/orders/"]').first();
    if ((await link.count()) === 0) continue;
    const path = (await link.getAttribute('href')) ?? '';
    await page.goto(`${server.url}${path}`);
    if ((await page.locator('form[action$="/answer"]').count()) > 0) return path;
  }
  throw new Error('No owner was told of an order.');
}

function photo(): Promise<Buffer> {
  return sharp({ create: { width: 800, height: 600, channels: 3, background: '#8fa7b8' } })
    .jpeg()
    .toBuffer();
}
