// A lot's whole way in a real browser: posted, scanned, traced, recalled, answered, and what the diner then reads.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, desk, enterAs, openBrowser, phone, sidewaysOverflow, visit } from '../support/browser.ts';
import { runCli, type ServerProcess, startServer } from '../support/process.ts';

const belly = '06912345002028';
const freshLot = `/01/${belly}/10/A09`;
const recalledLot = `/01/${belly}/10/A07`;

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

/** A delivery of the fresh lot to 鼎香小馆, as a dealer's system posts it. */
async function deliver(): Promise<void> {
  const partner = runCli(server.dataDir, 'token', '--role', 'partner', '--name', 'dealer');
  const event = (bizStep: string, place: string, minutesAgo: number) => ({
    type: 'ObjectEvent',
    action: 'OBSERVE',
    bizStep,
    eventTime: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
    eventTimeZoneOffset: '+08:00',
    quantityList: [{ epcClass: `https://id.gs1.org/01/${belly}/10/A09`, quantity: 12, uom: 'KGM' }],
    readPoint: { id: `https://id.gs1.org/414/${place}` },
    bizLocation: { id: `https://id.gs1.org/414/${place}` },
    sourceList: [{ type: 'location', source: 'https://id.gs1.org/414/6912345000109' }],
    destinationList: [{ type: 'location', destination: 'https://id.gs1.org/414/6912345000406' }],
  });
  const eventList = [event('shipping', '6912345000109', 20), event('receiving', '6912345000406', 5)];
  const document = {
    '@context': ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: new Date().toISOString(),
    epcisBody: { eventList },
  };
  const answer = await fetch(`${server.url}/epcis/capture`, {
    method: 'POST',
    headers: { authorization: `Bearer ${partner}`, 'content-type': 'application/ld+json' },
    body: JSON.stringify(document),
  });
  expect(answer.status).toBe(202);
}

describe('a lot walks from capture to a diner’s phone', { timeout: 120_000 }, () => {
  it('is scanned as a chain, then recalled: the holder answers, and the diner reads the recall first', async () => {
    await deliver();
    const diner = await visit(browser, { viewport: phone });
    await diner.page.goto(`${server.url}${freshLot}`);
    const chain = (await diner.page.textContent('main')) ?? '';
    expect(chain).toContain('禾丰养殖场');
    expect(chain).toContain('云溪联合屠宰厂');
    expect(chain).toContain('没有召回');
    expect(await sidewaysOverflow(diner.page)).toBe(0);

    const inspector = await visit(browser);
    await enterAs(inspector.page, server.url, 'inspector');
    await inspector.page.fill('input[name=code]', `(01)${belly}(10)A09`);
    await inspector.page.keyboard.press('Enter');
    await expect.poll(() => inspector.page.textContent('main')).toContain('鼎香小馆');
    await inspector.page.goto(
      `${server.url}/recalls/new?code=${encodeURIComponent(`https://id.gs1.org/01/${belly}/10/A09`)}`,
    );
    await inspector.page.fill('textarea[name=reason]', '抽检发现兽药残留');
    await inspector.page.fill('textarea[name=advice]', '不要食用');
    await inspector.page.locator('form[action="/recalls/new"][method=post] button[type=submit]').last().click();
    await inspector.page.locator('button[name=step][value=publish]').click();
    await inspector.page.locator('form[action$="/issued"] button').click();
    await inspector.page.waitForURL((url) => /^\/recalls\/[0-9a-f-]{36}$/.test(url.pathname));

    await diner.page.reload();
    const first = await diner.page.locator('main h1').first().textContent();
    expect(first).toContain('召回');
    await diner.page.goto(`${server.url}${freshLot}?lang=en`);
    expect(await diner.page.locator('main h1').first().textContent()).toMatch(/recall/i);

    const owner = await visit(browser, { viewport: phone });
    await enterAs(owner.page, server.url, 'owner');
    await owner.page.goto(`${server.url}/my/recalls`);
    const recallId = new URL(inspector.page.url()).pathname.split('/').at(-1);
    const form = owner.page.locator(`form[action="/my/recalls/${recallId}/answers"]`);
    await form.locator('input[value=quarantined]').check();
    await form.locator('input[name=quantity]').fill('12');
    await form.locator('button[type=submit]').click();
    await expect.poll(() => owner.page.textContent('main')).toMatch(/封存/);

    await expect
      .poll(async () => {
        await inspector.page.reload();
        return inspector.page.textContent('main');
      })
      .toMatch(/已封存/);
    expect([...diner.complaints, ...inspector.complaints, ...owner.complaints]).toEqual([]);
    await Promise.all([diner.close(), inspector.close(), owner.close()]);
  });

  it.each([
    ['-', freshLot],
    ['-', recalledLot],
    ['-', '/'],
    ['inspector', `/trace?code=${encodeURIComponent(`https://id.gs1.org/01/${belly}/10/A07`)}`],
    ['inspector', '/lots'],
    ['inspector', '/recalls'],
    ['owner', '/receive'],
    ['owner', '/my/recalls'],
    ['owner', '/my/purchases'],
    ['partner', '/lots/new'],
  ])('as %s, %s reads well by machine, in both languages, at desk and phone width', async (login, path) => {
    const { page, complaints, close } = await visit(browser);
    if (login !== '-') await enterAs(page, server.url, login);
    for (const [lang, viewport] of [
      ['zh-CN', desk],
      ['en', phone],
    ] as const) {
      await page.setViewportSize(viewport);
      await page.goto(`${server.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      expect(await accessibilityFaults(page), `${path} in ${lang}`).toEqual([]);
      expect(await sidewaysOverflow(page), `${path} in ${lang}`).toBe(0);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it.each([
    ['/01/06912345002029/10/A07', 400],
    [`/01/${belly}/10/NOBODY`, 404],
  ])('%s is refused with a page that says what to do, in both languages', async (path, status) => {
    const { page, close } = await visit(browser, { viewport: phone });
    for (const lang of ['zh-CN', 'en']) {
      const answer = await page.goto(`${server.url}${path}?lang=${lang}`);
      expect(answer?.status()).toBe(status);
      expect(await page.locator('main').textContent()).toMatch(lang === 'en' ? /[A-Za-z]{4}/ : /[\u4e00-\u9fff]{4}/);
      expect(await page.locator('main form[action="/look-up"], main a').count()).toBeGreaterThan(0);
    }
    await close();
  });
});
