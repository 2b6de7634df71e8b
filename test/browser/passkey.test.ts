// Second factors in a real browser with a virtual authenticator: an inspector is asked for one, adds a passkey, and enters with it.
import { type ServerType, serve } from '@hono/node-server';
import type { Browser, CDPSession } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accessibilityFaults,
  openBrowser,
  phone,
  sidewaysOverflow,
  smallTargets,
  type Visit,
  visit,
} from '../support/browser.ts';
import { createAccount, usualPassword } from '../support/people.ts';
import { openTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let http: ServerType;
let browser: Browser;
let base: string;

beforeAll(async () => {
  // The port is part of the origin a passkey is bound to, so it is known before the server is made.
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  base = `http://localhost:${port}`;
  server = openTestServer({ environment: { HOST: '0.0.0.0', PORT: String(port), PUBLIC_URL: base } });
  http = serve({ fetch: server.app.fetch, hostname: '127.0.0.1', port });
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser.close();
  http.close();
});

/** A phone that unlocks by itself, as a person's finger does. */
async function authenticatorOf({ page }: Visit): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const;
  await session.send('WebAuthn.addVirtualAuthenticator', { options });
  return session;
}

async function sound({ page, complaints }: Visit): Promise<void> {
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await sidewaysOverflow(page)).toBe(0);
  expect(await smallTargets(page)).toEqual([]);
  expect(complaints).toEqual([]);
}

async function typePassword({ page }: Visit, login: string): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', usualPassword);
  await page.click('main form button[type=submit]');
}

describe('a passkey', { timeout: 180_000 }, () => {
  it('is asked of an inspector, added in one press with codes on paper, and then opens the bench without a password', async () => {
    await createAccount(
      server.db,
      { login: 'chen', name: '陈立', role: 'inspector', sites: [], password: usualPassword },
      'test',
      1,
    );
    const inspector = await visit(browser, { viewport: phone });
    const { page } = inspector;
    await authenticatorOf(inspector);
    await typePassword(inspector, 'chen');
    await page.waitForURL(`${base}/account/second-factor`);
    await sound(inspector);

    await page.fill('[name=passkey]', '办公室电脑');
    await page.click('[data-passkey-add] button');
    await page.waitForSelector('form[action="/account/recovery-codes"]');
    await page.click('form[action="/account/recovery-codes"] button');
    await page.waitForSelector('.recovery-codes');
    expect(await page.locator('.recovery-codes li').count()).toBe(10);
    await sound(inspector);
    await page.click('main a.btn.main');
    expect(await page.textContent('main')).toContain('办公室电脑');
    await sound(inspector);

    await page.goto(`${base}/trace`);
    await page.goto(`${base}/account`);
    await page.click('form[action="/account/sessions/ended"] button');
    await page.waitForURL(/\/sign-in\?done=everywhere/);
    await sound(inspector);
    await page.click('[data-passkey-enter] button');
    await page.waitForURL(`${base}/welcome`);
    const events = server.db.sqlite.prepare('SELECT kind FROM account_event ORDER BY id').pluck().all();
    expect(events).toEqual(['signed_in', 'passkey_added', 'recovery_made', 'signed_out_everywhere', 'signed_in']);
    await inspector.close();
  });

  it('takes the place of the code after the password, and one of another phone does not fit', async () => {
    const stranger = await visit(browser, { viewport: phone });
    await authenticatorOf(stranger);
    await typePassword(stranger, 'chen');
    await stranger.page.waitForURL(`${base}/sign-in/second`);
    await sound(stranger);
    await stranger.page.click('[data-passkey-enter] button');
    await stranger.page.waitForSelector('[data-passkey-enter] [role=alert]:not([hidden])', { timeout: 60_000 });
    await stranger.page.goto(`${base}/trace`);
    expect(new URL(stranger.page.url()).pathname).toBe('/trace');
    expect(await stranger.page.textContent('main')).toContain('登录');
    await stranger.close();
  });
});
