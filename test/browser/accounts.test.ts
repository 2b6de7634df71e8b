// The pages of accounts in a real browser: sound for everybody, at the width of a phone and a desk, in both languages.
import { type ServerType, serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDistrict, setSitesOfDistrict } from '../../server/accounts/person/district.ts';
import { registerPlace } from '../../server/trace/place/register-place.ts';
import { accessibilityFaults, desk, openBrowser, phone, sidewaysOverflow, visit } from '../support/browser.ts';
import { places } from '../support/cast.ts';
import { type PersonAtWork, signedIn } from '../support/people.ts';
import { openTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let http: ServerType;
let browser: Browser;
let base: string;
let admin: PersonAtWork;

beforeAll(async () => {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  base = `http://127.0.0.1:${port}`;
  server = openTestServer({ environment: { PORT: String(port) } });
  for (const [siteId, name] of [
    [places.dingxiang, '鼎香小馆'],
    [places.haiwei, '海味轩'],
  ] as const)
    registerPlace(server.deps, { siteId, name, kind: 'restaurant' });
  admin = await signedIn(server, { login: 'xu.nan', name: '许南', nameEn: 'Xu Nan', role: 'admin' });
  await signedIn(server, { login: 'owner', name: '王敏', role: 'owner', sites: [places.dingxiang] });
  const by = { id: admin.id, name: 'xu', role: 'admin', sites: [], via: 'session' } as const;
  const district = addDistrict(server.db, { name: '云溪区', nameEn: 'Yunxi' }, by, 1);
  setSitesOfDistrict(server.db, district, { sites: [places.dingxiang] }, by, 1);
  http = serve({ fetch: server.app.fetch, hostname: '127.0.0.1', port });
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser.close();
  http.close();
});

describe('the pages of accounts', { timeout: 180_000 }, () => {
  it.each([
    ['zh-CN', phone],
    ['en', desk],
  ] as const)('are sound in %s, and an invitation is made and accepted without a script', async (lang, viewport) => {
    const here = await visit(browser, { viewport, locale: lang, javaScriptEnabled: true });
    const [name = '', value = ''] = admin.cookie.split('=');
    await here.page.context().addCookies([{ name, value, url: base }]);
    for (const path of [
      '/people',
      `/people/${admin.id}`,
      '/people/2',
      '/districts',
      '/account',
      '/account/second-factor',
    ]) {
      await here.page.goto(`${base}${path}`);
      expect([path, await accessibilityFaults(here.page), await sidewaysOverflow(here.page)]).toEqual([path, [], 0]);
    }
    expect(here.complaints).toEqual([]);
    await here.close();

    const plain = await visit(browser, { viewport, locale: lang, javaScriptEnabled: false });
    await plain.page.context().addCookies([{ name, value, url: base }]);
    await plain.page.goto(`${base}/people`);
    await plain.page.fill('[name=name]', '赵国平');
    await plain.page.selectOption('[name=role]', 'inspector');
    await plain.page.click('form[action="/invitations"] button.main');
    const link = await plain.page.inputValue('#one-time');
    expect(link).toContain(`${base}/invitations/`);
    await plain.close();

    const guest = await visit(browser, { viewport, locale: lang });
    await guest.page.goto(link);
    expect(await accessibilityFaults(guest.page)).toEqual([]);
    expect(await sidewaysOverflow(guest.page)).toBe(0);
    await guest.page.fill('[name=login]', `zhao.${lang}`);
    await guest.page.fill('[name=password]', 'a long password');
    await guest.page.click('main button[type=submit]');
    await guest.page.waitForURL(/done=invited/);
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });
});
