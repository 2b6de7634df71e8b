// Everything that people typed is made markup, and every role looks at it in a real browser: nothing of it runs.
import { type ServerType, serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lotCode } from '../../samples/district/event-writer.ts';
import { places } from '../../samples/district/places.ts';
import { recalledLot } from '../../samples/district/pork.ts';
import { type Role, roles } from '../../server/accounts/caller.ts';
import type { Db } from '../../server/store/db.ts';
import { openBrowser, visit } from '../support/browser.ts';
import type { TestServer } from '../support/server.ts';
import { openSmallDistrict } from '../support/small-district.ts';
import { dropTriggers, wordColumns } from '../support/typed-marks.ts';

const payload = `"'><img src=x onerror="window.ran=1"><script>window.ran=1</script><a href="javascript:window.ran=1">`;
const mostPages = process.env['SOAK'] === 'on' ? 150 : 14;
/** Where words come back from the address itself. */
const echoes = ['/lots?q=', '/bench?code=', '/reports/new?code=', '/sign-in?next=', '/01/', '/recalls/new?code='];

let house: TestServer;
let browser: Browser;
let server: ServerType;
let base: string;
let changed: string[];

beforeAll(async () => {
  house = await openSmallDistrict();
  changed = makeMarkup(house.db);
  browser = await openBrowser();
  base = await new Promise((resolve) => {
    server = serve({ fetch: house.app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
  });
}, 120_000);
afterAll(async () => {
  await browser.close();
  server.close();
});

it('every field that holds words of people is markup now', () => {
  for (const field of ['site.name', 'product.name', 'restaurant.name', 'camera.place', 'account.name', 'recall.reason'])
    expect(changed).toContain(field);
});

it.each(['nobody', ...roles.filter((role) => role !== 'worker')] as const)(
  'as %s sees it, it runs nothing and breaks no rule of the content policy, whoever looks',
  async (who) => {
    const role = who === 'nobody' ? undefined : (who as Role);
    const sites = role === 'owner' || role === 'partner' ? Object.values(places).map(({ gln }) => gln) : [];
    const headers = role === undefined ? {} : { authorization: `Bearer ${house.tokenOf(role, sites)}` };
    const person = await visit(browser, { extraHTTPHeaders: headers });
    const faults: string[] = [];
    let seen = 0;
    for (const path of await walk(person.page, role)) {
      const found = await lookAt(person.page, path);
      if (found === undefined) continue;
      seen += found.shows ? 1 : 0;
      if (found.runs || found.elements.length > 0) faults.push(`${path}: ${found.elements.join(' ')}`);
    }
    await person.close();
    expect(faults).toEqual([]);
    expect(person.complaints).toEqual([]);
    expect(seen).toBeGreaterThan(1);
  },
  300_000,
);

/** Puts the payload before every value of a column in which something Chinese stands; the names of those columns. */
function makeMarkup({ sqlite }: Db): string[] {
  dropTriggers(sqlite);
  return wordColumns(sqlite).map(({ table, column }) => {
    sqlite.prepare(`UPDATE "${table}" SET "${column}" = ? || "${column}" WHERE "${column}" IS NOT NULL`).run(payload);
    return `${table}.${column}`;
  });
}

/** One address of each kind that a link leads to, from the first page on. */
async function walk(page: Page, role: Role | undefined): Promise<string[]> {
  const first = role === undefined ? [new URL(lotCode(recalledLot)).pathname] : [];
  const waiting = ['/', ...first, ...echoes.map((start) => `${start}${encodeURIComponent(payload)}`)];
  const kinds = new Set(waiting.map(kindOf));
  const walked: string[] = [];
  for (
    let path = waiting.shift();
    path !== undefined && walked.length < mostPages + echoes.length;
    path = waiting.shift()
  ) {
    walked.push(path);
    for (const link of await linksOf(page, path)) {
      if (kinds.has(kindOf(link))) continue;
      kinds.add(kindOf(link));
      waiting.push(link);
    }
  }
  return walked;
}

/** An address without its numbers, codes and question. */
function kindOf(path: string): string {
  return (path.split('?')[0] ?? '').replace(/\/[^/]*\d[^/]*/g, '/:n');
}

async function linksOf(page: Page, path: string): Promise<string[]> {
  if (!(await opened(page, path))) return [];
  const links = await page.evaluate(() =>
    [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href') ?? ''),
  );
  return links.filter(
    (link) =>
      /^\/(?!\/)/.test(link) && !/\.(csv|xlsx|pdf|png|svg|zip|json|db)(\?|$)|^\/(static|pictures|api)\//.test(link),
  );
}

/** False for what is no page. */
async function opened(page: Page, path: string): Promise<boolean> {
  try {
    const answer = await page.goto(`${base}${path}`, { waitUntil: 'domcontentloaded' });
    return (answer?.headers()['content-type'] ?? '').startsWith('text/html');
  } catch (error) {
    if (/Download is starting|ERR_ABORTED/.test(String(error))) return false;
    throw error;
  }
}

async function lookAt(page: Page, path: string) {
  if (!(await opened(page, path))) return undefined;
  return page.evaluate(() => ({
    runs: 'ran' in globalThis,
    shows: document.documentElement.outerHTML.includes('onerror='),
    elements: [...document.querySelectorAll('img[src="x"], [onerror], a[href^="javascript:"], script:not([src])')].map(
      ({ outerHTML }) => outerHTML.slice(0, 120),
    ),
  }));
}
