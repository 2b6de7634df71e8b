// The desk, its boards and what belongs to them can be used by everybody: axe finds nothing, targets are large, focus is seen.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeFlag } from '../../server/kitchen/desk/judge-flag.ts';
import {
  colourFaults,
  desk,
  everyAccessibilityFault,
  openBrowser,
  phone,
  sidewaysOverflow,
  visit,
} from '../support/browser.ts';
import { type DeskHouse, openDeskHouse, raise, signedInAs } from '../support/desk-house.ts';
import { person } from '../support/kitchen-cast.ts';

// In short each page once, in one language, light and width; `npm run soak` takes every one in all of them.
const soak = process.env['SOAK'] === 'on';
const looks = [
  { lang: 'zh-CN', light: 'light', window: phone },
  { lang: 'en', light: 'dark', window: desk },
  { lang: 'zh-CN', light: 'dark', window: desk },
  { lang: 'en', light: 'light', window: phone },
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
    for (const look of soak ? looks.slice(0, 2) : [looks[index % looks.length] ?? looks[0]]) {
      await page.goto(`${house.url}${path}?lang=${look.lang}`);
      found.push(...(await faultsOf(page, look)).map((fault) => `${path} ${look.lang} ${fault}`));
    }
  }
  return found;
}

/** In soak in both widths, and once more in the other light, where only the colours are others. */
async function faultsOf(page: Page, look: (typeof looks)[number]): Promise<string[]> {
  const found: string[] = [];
  for (const window of soak ? [phone, desk] : [look.window]) {
    await page.setViewportSize(window);
    await page.emulateMedia({ colorScheme: look.light, reducedMotion: 'reduce' });
    const own = await everyAccessibilityFault(page);
    if ((await sidewaysOverflow(page)) > 0) own.push('wider than the window');
    if (soak) {
      await page.emulateMedia({ colorScheme: look.light === 'light' ? 'dark' : 'light', reducedMotion: 'reduce' });
      own.push(...(await colourFaults(page)).map((fault) => `other light: ${fault}`));
    }
    found.push(...own.map((fault) => `${window.width} px, ${look.light}: ${fault}`));
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
      const { page, close } = await visit(browser, signedInAs(house, house.cast.secondReviewer.id));
      expect(await faultsOn(page, paths)).toEqual([]);
      await close();
    },
    soak ? 500_000 : 60_000,
  );

  it(
    'so are an inspector’s and an owner’s',
    async () => {
      const inspector = person(house.server.deps, 'inspector', 'inspector-xu');
      const owner = person(house.server.deps, 'owner', 'owner-zhou-yi', [house.cast.restaurant.siteId]);
      const visits: [number, string[]][] = [
        [inspector.id, ['/kitchens/board', '/orders/raised', '/score-rules', '/welcome', '/parts']],
        [owner.id, ['/my/board', `/orders/${order}`, `/414/${house.cast.restaurant.siteId}`]],
      ];
      for (const [id, paths] of visits) {
        const { page, close } = await visit(browser, signedInAs(house, id));
        expect(await faultsOn(page, paths)).toEqual([]);
        await close();
      }
    },
    soak ? 500_000 : 60_000,
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
