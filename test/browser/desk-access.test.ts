// The desk, its boards and what belongs to them can be used by everybody: axe finds nothing, targets are large, focus is seen.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeFlag } from '../../server/kitchen/desk/judge-flag.ts';
import { everyAccessibilityFault, openBrowser, phone, sidewaysOverflow, visit } from '../support/browser.ts';
import { type DeskHouse, openDeskHouse, raise, signedInAs } from '../support/desk-house.ts';
import { person } from '../support/kitchen-cast.ts';

// In short each page once, each language and light on half of them; `npm run soak` takes every one in all four.
const soak = process.env['SOAK'] === 'on';
const looks = [
  { lang: 'zh-CN', light: 'light' },
  { lang: 'en', light: 'dark' },
  { lang: 'zh-CN', light: 'dark' },
  { lang: 'en', light: 'light' },
] as const;

let browser: Browser;
let house: DeskHouse;
let order: number;

beforeAll(async () => {
  browser = await openBrowser();
  house = await openDeskHouse();
  const ids = await raise(house, ['no_mask', 'cigarette', 'no_mask', 'no_mask', 'no_mask'], 60_000);
  order = judgeFlag(house.server.deps, house.cast.reviewer, { flagId: ids[0]!, decision: 'confirmed' }).orderId!;
  judgeFlag(house.server.deps, house.cast.reviewer, { flagId: ids[1]!, decision: 'unsure' });
});
afterAll(async () => {
  await browser.close();
  house.close();
});

async function faultsOn(page: Page, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const [index, path] of paths.entries()) {
    const own = soak ? looks : [looks[index % looks.length] ?? looks[0]];
    for (const { lang, light } of own) {
      await page.emulateMedia({ colorScheme: light });
      await page.goto(`${house.url}${path}?lang=${lang}`);
      const faults = await everyAccessibilityFault(page);
      if ((await sidewaysOverflow(page)) > 0) faults.push('wider than the window');
      found.push(...faults.map((fault) => `${path} ${lang} ${light}: ${fault}`));
    }
  }
  return found;
}

describe('on a phone and on a desk, in both languages, by day and by night', () => {
  it(
    'a reviewer’s pages are sound',
    async () => {
      const paths = [
        '/review',
        '/review/lens',
        '/review/unsure',
        '/review/orders',
        '/review/pace',
        '/review/quality',
        '/review/board',
      ];
      for (const viewport of soak ? [phone, undefined] : [phone]) {
        const { page, close } = await visit(browser, {
          ...signedInAs(house, house.cast.secondReviewer.id),
          ...(viewport && { viewport }),
        });
        expect(await faultsOn(page, paths)).toEqual([]);
        await close();
      }
    },
    soak ? 900_000 : 60_000,
  );

  it(
    'so are an inspector’s and an owner’s',
    async () => {
      const inspector = person(house.server.deps, 'inspector', 'inspector-xu');
      const owner = person(house.server.deps, 'owner', 'owner-zhou-yi', [house.cast.restaurant.siteId]);
      const visits: [number, string[]][] = [
        [inspector.id, ['/kitchens/board', '/orders/raised', '/score-rules']],
        [owner.id, ['/my/board', `/orders/${order}`]],
      ];
      for (const [id, paths] of visits) {
        const { page, close } = await visit(browser, signedInAs(house, id));
        expect(await faultsOn(page, paths)).toEqual([]);
        await close();
      }
    },
    soak ? 900_000 : 60_000,
  );
});

describe('by keyboard alone', () => {
  it('whatever has the focus is seen to have it, on the desk and on a board', async () => {
    const { page, close } = await visit(browser, signedInAs(house, house.cast.secondReviewer.id));
    for (const path of ['/review', '/review/board']) {
      await page.goto(`${house.url}${path}`);
      const unseen: string[] = [];
      let reached = 0;
      for (let tab = 0; tab < 60; tab++) {
        await page.keyboard.press('Tab');
        const said = await page.evaluate(focusSeen);
        if (said === 'end') break;
        reached++;
        if (said !== '') unseen.push(`${path}: ${said}`);
      }
      expect(unseen).toEqual([]);
      expect(reached).toBeGreaterThan(10);
    }
    await close();
  }, 60_000);
});

/** In the page: empty when the outline of what has the focus can be seen; `end` when the focus has left the page. */
const focusSeen = `(() => {
  const own = document.activeElement;
  if (!own || own === document.body) return 'end';
  // A hidden radio button shows its focus on its label.
  const drawn = own.matches('.hide') ? own.nextElementSibling : own;
  const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
  const { width, height, top, bottom } = drawn.getBoundingClientRect();
  const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && width > 0 && height > 0 && bottom > 0 && top < innerHeight;
  return seen ? '' : drawn.outerHTML.slice(0, 120);
})()`;
