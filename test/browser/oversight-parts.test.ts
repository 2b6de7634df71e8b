// Each part of oversight in a real browser as the person it is for: its main act, both languages, a phone and a desk, read by machine too.
import { serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { places } from '../../samples/district/places.ts';
import type { DemoLogin } from '../../server/accounts/demo.ts';
import { sessionCookie } from '../../server/accounts/guard.ts';
import { openSession } from '../../server/accounts/session/open-session.ts';
import { watchSeries } from '../../server/oversight/sentinel/watch-series.ts';
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
const shop = places.dingxiang.gln;

beforeAll(async () => {
  server = openTestServer({ environment: { PUBLIC_URL: 'http://127.0.0.1' } });
  await openSamples(server.deps);
  watchSeries(server.deps);
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

const one = (sql: string) => server.db.sqlite.prepare(sql).pluck().get();
const picture = async (name: string) => ({ name, mimeType: 'image/jpeg', buffer: await jpeg() });
const send = (page: Page, form: string) => page.locator(`form[action="${form}"] button[type=submit]`).first().click();

type Part = {
  readonly part: string;
  /** Whose: a sample person, or anybody. */
  readonly as: DemoLogin['login'] | 'anybody';
  readonly at: () => string;
  /** The main act, from that page; what has come of it is expected inside. `turn`: 0 for the first look. */
  readonly act: (page: Page, turn: number) => Promise<void>;
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
    act: async (page, turn) => {
      if (turn > 0) return void expect(await page.locator('main .badge').count()).toBeGreaterThan(5);
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
      const open = page.locator('form[action$="/explanation"]').first();
      if ((await open.count()) === 0) return void expect(await page.locator('h1').count()).toBe(1);
      await open.locator('[name=reason]').fill('停电检修 power cut');
      await open.locator('button').click();
      await page.waitForURL(/\/sentinel/);
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
    act: async (page, turn) => {
      await page.locator('input[name=licencePhoto]').setInputFiles(await picture('licence.jpg'));
      await page.locator('input[name=frontPhoto]').setInputFiles(await picture('front.jpg'));
      await page.locator('input[name=name]').fill(`巷口面馆 ${turn}`);
      await page.locator('input[name=licence]').fill(`JY1330106001234${turn}`);
      await page.locator('input[name=address]').fill(`临江路 ${12 + turn} 号`);
      await page.locator('input[name=sells][value=meals]').check();
      await send(page, '/sweep/shops');
      await page.waitForURL(/\/sweep\/shops\/\d+/);
    },
  },
  {
    part: 'trade',
    as: 'owner',
    at: () => '/my/trade',
    act: async (page, turn) => {
      await page.locator('main a[href*="again="]').first().click();
      await page.locator('form[action="/my/trade"] button.main').first().click();
      await page.waitForURL(/\/my\/trade\/\d+$/);
      const order = new URL(page.url()).pathname;
      const supplier = await enter('partner', turn);
      await supplier.page.goto(`${base}${order}`);
      expect(await soundness(supplier.page)).toEqual([]);
      await send(supplier.page, `${order}/sent`);
      await expect
        .poll(() => one(`SELECT state FROM purchase_order WHERE id = ${order.split('/').at(-1)}`))
        .toBe('sent');
      await page.reload();
      await send(page, `${order}/received`);
      await expect
        .poll(() => one(`SELECT state FROM purchase_order WHERE id = ${order.split('/').at(-1)}`))
        .toBe('received');
      expect(supplier.complaints).toEqual([]);
    },
  },
  {
    part: 'notices',
    as: 'inspector',
    at: () => '/notices/new',
    act: async (page, turn) => {
      await page.locator('input[name=everyone]').check();
      await page.locator('input[name=title-zh]').fill(`汛期食品安全提示 ${turn}`);
      await page.locator('textarea[name=body-zh]').fill('被水浸泡的食品一律销毁。');
      await page.locator('button[value=preview]').click();
      await page.locator('button[value=send]').waitFor();
      expect(await soundness(page)).toEqual([]);
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

const all = [
  { lang: 'zh-CN', viewport: phone },
  { lang: 'en', viewport: desk },
  { lang: 'en', viewport: phone },
  { lang: 'zh-CN', viewport: desk },
] as const;
/** The other two looks are of the long form (npm run soak). */
const looks = process.env['SOAK'] === 'on' ? all : all.slice(0, 2);

const entered = new Map<string, Visit>();
async function enter(as: Part['as'], turn: number): Promise<Visit> {
  const key = `${as} ${turn}`;
  const known = entered.get(key);
  if (known !== undefined) return known;
  const { lang, viewport } = all[turn] ?? all[0];
  const id = one(`SELECT id FROM account WHERE login = '${as}'`) as number;
  const cookie = { name: sessionCookie, domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false };
  const cookies =
    as === 'anybody'
      ? []
      : [{ ...cookie, value: openSession(server.db, id, server.clock.now()), sameSite: 'Lax' as const }];
  const opened = await visit(browser, { locale: lang, viewport, storageState: { cookies, origins: [] } });
  entered.set(key, opened);
  return opened;
}

async function soundness(page: Page): Promise<string[]> {
  return [...(await accessibilityFaults(page)), ...(await width(page))];
}

async function width(page: Page): Promise<string[]> {
  const wide = await sidewaysOverflow(page);
  return wide === 0 ? [] : [`${wide} px too wide`];
}

/** Every page is measured in every look; axe reads a part's first page on the phone and its last on the desk, all in the long form. */
async function looked(page: Page, turn: number, which: 'first' | 'last'): Promise<string[]> {
  const read = looks.length > 2 || (turn === 0) === (which === 'first');
  return read ? soundness(page) : width(page);
}

describe.each(looks.map((look, turn) => ({ ...look, turn })))(
  'in $lang at $viewport.width px',
  { timeout: 60_000 },
  ({ turn, lang }) => {
    it.each(parts)('$part: $as does what it is for', async ({ as, at, act }) => {
      const { page, complaints } = await enter(as, turn);
      await page.goto(`${base}${at()}`);
      expect(await page.getAttribute('html', 'lang')).toBe(lang);
      expect(await looked(page, turn, 'first'), page.url()).toEqual([]);
      await act(page, turn);
      expect(await looked(page, turn, 'last'), page.url()).toEqual([]);
      expect(complaints).toEqual([]);
    });
  },
);
