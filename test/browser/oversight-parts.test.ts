// Each part of oversight in a real browser as the person it is for: its main act, both languages, a phone and a desk, read by machine too.
import { serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { places } from '../../samples/district/places.ts';
import type { DemoLogin } from '../../server/accounts/demo.ts';
import { sessionCookie } from '../../server/accounts/guard.ts';
import { openSession } from '../../server/accounts/session/open-session.ts';
import { openSamples } from '../../server/samples.ts';
import {
  accessibilityFaults,
  desk,
  openBrowser,
  phone,
  sidewaysOverflow,
  type Visit,
  visit,
} from '../support/browser.ts';
import { jpeg } from '../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../support/server.ts';

let browser: Browser;
let server: TestServer;
let base: string;
let close: () => void;
/** One browser for everybody: who sits before it, and in which language, its cookies say. */
let seat: Visit;
const shop = places.dingxiang.gln;

beforeAll(async () => {
  server = openTestServer({ environment: { PUBLIC_URL: 'http://127.0.0.1' } });
  await openSamples(server.deps);
  base = await new Promise((resolve) => {
    const opened = serve({ fetch: server.app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
    close = () => opened.close();
  });
  browser = await openBrowser();
  seat = await visit(browser);
}, 240_000);

afterAll(async () => {
  await browser.close();
  close();
});

const one = (sql: string) => server.db.sqlite.prepare(sql).pluck().get();
const picture = async (name: string) => ({ name, mimeType: 'image/jpeg', buffer: await jpeg() });
const send = (page: Page, form: string) => page.locator(`form[action="${form}"] button[type=submit]`).first().click();

type Lang = 'zh-CN' | 'en';
type Part = {
  readonly part: string;
  /** Whose: a sample person, or anybody. */
  readonly as: DemoLogin['login'] | 'anybody';
  readonly at: () => string;
  /** The main act, from that page; what has come of it is expected inside. */
  readonly act: (page: Page, lang: Lang) => Promise<void>;
  /** What the act shows cannot be opened by its address: it is done in the other language too. */
  readonly again?: 'in English';
};

const parts: readonly Part[] = [
  {
    part: 'the join',
    as: 'inspector',
    at: () => `/recalls/${one("SELECT public_id FROM recall WHERE state = 'open'")}`,
    act: async (page) => {
      await page.locator('main a[href$="/kitchens"]').first().click();
      await page.waitForURL(/\/lots\/\d+\/kitchens/);
      expect(await page.locator('main a[href^="/kitchens/"], main a[href^="/records/"]').count()).toBeGreaterThan(0);
    },
  },
  {
    part: 'risk',
    as: 'inspector',
    at: () => '/risk',
    act: async (page) => {
      await page.locator(`a[href="/risk/sites/${places.beianSeafood.gln}"]`).first().click();
      await page.waitForURL(/risk\/sites/);
      expect(await page.locator('main a[href^="/orders/"], main a[href^="/kitchens/"]').count()).toBeGreaterThan(0);
    },
  },
  {
    part: 'the draw',
    as: 'inspector',
    at: () => '/draws',
    act: async (page) => {
      await page.locator('input[name=title]').fill('走查 walk');
      await page.locator('input[name=size]').fill('3');
      await send(page, '/draws');
      await page.waitForURL(/\/draws\/\d+$/);
      expect(await page.locator('code.code.wrap').count()).toBeGreaterThanOrEqual(3);
    },
  },
  {
    part: 'visits',
    as: 'inspector',
    at: () => '/visits',
    act: async (page) => {
      await page.locator('main a[href^="/visits/"]:not([href*="?"]):not([href$=closure])').first().click();
      await page.waitForURL(/\/visits\/\d+$/);
      expect(await page.locator('input[type=radio][value=ok]').count()).toBeGreaterThan(10);
    },
  },
  {
    part: 'the shop’s day',
    as: 'owner',
    at: () => `/my/day/${shop}`,
    act: async (page) => {
      // What the data answers is ticked; an order of the day that is missed out is asked for by name.
      const begun = performance.now();
      let presses = 0;
      const press = async (what: string) => {
        for (const field of await page.locator(what).all()) {
          await field.check();
          presses += 1;
        }
      };
      await page.locator('input[name=words-recalls]').fill('已封存，待厂家处理');
      await press('input[name^=staff-][value=well]');
      await page.locator('button[name=all]').click();
      const today = `SELECT count(*) FROM day_check WHERE site_id = '${shop}' AND day = '2026-11-22'`;
      await expect.poll(() => one(today)).toBe(1);
      const ms = Math.round(performance.now() - begun);
      process.stdout.write(`the officer's list: one line, ${presses + 1} presses, ${ms} ms without reading\n`);
      expect(presses + 1).toBeLessThanOrEqual(5);
      await page.goto(`${base}/my/day/${shop}`);
    },
  },
  {
    part: 'complaints',
    as: 'anybody',
    at: () => `/reports/new?code=${encodeURIComponent(`/414/${shop}`)}`,
    act: async (page) => {
      await page.locator('input[name=kind][value=foreign]').check();
      await page.locator('textarea[name=words]').fill('菜里有一截钢丝 A piece of wire in the dish');
      await send(page, '/reports');
      await page.waitForURL(/\/reports\/(?!new)/);
      expect(await page.locator('main .note').first().textContent()).toMatch(/[A-Z0-9]{4}/);
    },
  },
  {
    part: 'the sentinel',
    as: 'inspector',
    at: () => '/sentinel',
    act: async (page) => {
      const alerts = (state: string) => one(`SELECT count(*) FROM sentinel_alert WHERE state = '${state}'`);
      expect([alerts('open'), alerts('explained')]).toEqual([1, 1]);
      const open = page.locator('form[action$="/explanation"]').first();
      await open.locator('[name=reason]').fill('停电检修 power cut');
      await open.locator('button').click();
      await expect.poll(() => alerts('explained')).toBe(2);
      await page.goto(`${base}/sentinel`);
    },
  },
  {
    part: 'publicity',
    as: 'anybody',
    at: () => `/records/${shop}`,
    act: async (page) => {
      await page.locator('a[href$="/certificate"]').click();
      await page.waitForURL(/certificate$/);
      expect(await page.locator('main svg, main img').count()).toBeGreaterThan(0);
    },
  },
  {
    part: 'the sweep',
    as: 'inspector',
    at: () => '/sweep/shops/new',
    act: async (page) => {
      await page.locator('input[name=licencePhoto]').setInputFiles(await picture('licence.jpg'));
      await page.locator('input[name=frontPhoto]').setInputFiles(await picture('front.jpg'));
      await page.locator('input[name=name]').fill('巷口面馆');
      await page.locator('input[name=licence]').fill('JY13301060012340');
      await page.locator('input[name=address]').fill('临江路 12 号');
      await page.locator('input[name=sells][value=meals]').check();
      await send(page, '/sweep/shops');
      await page.waitForURL(/\/sweep\/shops\/\d+/);
    },
  },
  {
    part: 'trade',
    as: 'owner',
    at: () => '/my/trade',
    act: async (page) => {
      await page.locator('main a[href*="again="]').first().click();
      await page.locator('form[action="/my/trade"] button.main').first().click();
      await page.waitForURL(/\/my\/trade\/\d+$/);
      const order = new URL(page.url()).pathname;
      const state = () => one(`SELECT state FROM purchase_order WHERE id = ${order.split('/').at(-1)}`);
      await sit('partner', 'zh-CN');
      await page.goto(`${base}${order}`);
      expect(await soundness(page, phone)).toEqual([]);
      await send(page, `${order}/sent`);
      await expect.poll(state).toBe('sent');
      await sit('owner', 'zh-CN');
      await page.goto(`${base}${order}`);
      await send(page, `${order}/received`);
      await expect.poll(state).toBe('received');
      await page.goto(`${base}${order}`);
    },
  },
  {
    part: 'notices',
    as: 'inspector',
    at: () => '/notices/new',
    again: 'in English',
    act: async (page, lang) => {
      await page.locator('input[name=everyone]').check();
      await page.locator('input[name=title-zh]').fill('汛期食品安全提示');
      await page.locator('textarea[name=body-zh]').fill('被水浸泡的食品一律销毁。');
      await page.locator('button[value=preview]').click();
      await page.locator('button[value=send]').waitFor();
      // In English it is looked at as it will be sent, which it was already.
      if (lang === 'en') return;
      expect(await soundness(page, phone)).toEqual([]);
      await page.locator('button[value=send]').click();
      await page.waitForURL(/\/notices\/sent\/\d+|\/notices\/sent/);
    },
  },
  {
    part: 'boards',
    as: 'inspector',
    at: () => '/board',
    act: async (page) => {
      await page.locator('a[href="/board/rows/silent"]').first().click();
      await page.waitForURL(/rows\/silent/);
      expect(await page.locator('main li a').count()).toBeGreaterThan(0);
    },
  },
  {
    part: 'many districts',
    as: 'admin',
    at: () => '/federation',
    again: 'in English',
    act: async (page) => {
      await page.locator('input[name=name]').fill('东区');
      await page.locator('input[name=address]').fill('http://127.0.0.1:1');
      await page.locator('input[name=token]').fill('a-token-of-sixteen-characters');
      await send(page, '/federation');
      await page.locator('[role=alert], .faults, .fault').first().waitFor();
      expect(one('SELECT count(*) FROM federated_server')).toBe(0);
    },
  },
];

const sessions = new Map<Part['as'], string>();

/** Sits somebody down before the browser. */
async function sit(as: Part['as'], lang: Lang): Promise<Page> {
  const id = one(`SELECT id FROM account WHERE login = '${as}'`) as number;
  const session = as === 'anybody' ? undefined : (sessions.get(as) ?? openSession(server.db, id, server.clock.now()));
  if (session !== undefined) sessions.set(as, session);
  const cookies = { lang, ...(session === undefined ? {} : { [sessionCookie]: session }) };
  const context = seat.page.context();
  await context.clearCookies();
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: base })));
  return seat.page;
}

/** The page as it lies before somebody: its width on the phone and on the desk, and what axe reads on one of them. */
async function soundness(page: Page, read: typeof phone | typeof desk): Promise<string[]> {
  const faults: string[] = [];
  for (const viewport of read === phone ? [desk, phone] : [phone, desk]) {
    await page.setViewportSize(viewport);
    const wide = await sidewaysOverflow(page);
    if (wide !== 0) faults.push(`${wide} px too wide at ${viewport.width}`);
  }
  return [...faults, ...(await accessibilityFaults(page))];
}

/** Each part's pages are measured in all four looks, and axe reads one of them in each. */
describe('each part is walked by its user, in both languages, on a phone and on a desk', { timeout: 60_000 }, () => {
  it.each(parts)('$part: $as does what it is for', async ({ as, at, act, again }) => {
    const page = await sit(as, 'zh-CN');
    await page.goto(`${base}${at()}`);
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
    expect(await soundness(page, phone), page.url()).toEqual([]);
    await act(page, 'zh-CN');
    const last = page.url();
    expect(await soundness(page, desk), last).toEqual([]);
    await sit(as, 'en');
    await page.goto(`${base}${at()}`);
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(await soundness(page, desk), page.url()).toEqual([]);
    if (again === undefined) await page.goto(last);
    else await act(page, 'en');
    expect(await soundness(page, phone), page.url()).toEqual([]);
    expect(seat.complaints).toEqual([]);
  });
});
