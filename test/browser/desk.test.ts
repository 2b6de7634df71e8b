// The review desk in a real browser: every key, a finger, a closed tab, filters that stay, nothing in the console.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { judgeFlag } from '../../server/kitchen/desk/judge-flag.ts';
import { flagById } from '../../server/kitchen/flag/flag-store.ts';
import { standingVerdicts } from '../../server/kitchen/flag/verdict-store.ts';
import { openBrowser, phone, type Visit, visit } from '../support/browser.ts';
import { type DeskHouse, openDeskHouse, raise, signedInAs } from '../support/desk-house.ts';

let browser: Browser;
let house: DeskHouse;
let reviewer: Visit;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  house = await openDeskHouse();
});
afterEach(async () => {
  expect(reviewer.complaints).toEqual([]);
  await reviewer.close();
  house.close();
});

async function openDesk(options: Parameters<typeof visit>[1] = {}, address = '/review'): Promise<Page> {
  reviewer = await visit(browser, { ...options, ...signedInAs(house, house.cast.reviewer.id) });
  await reviewer.page.goto(`${house.url}${address}`);
  return reviewer.page;
}

const statusOf = (id: number) => flagById(house.server.db, id)?.status;
const shown = (page: Page, id: number) =>
  expect.poll(() => page.locator('#verdict').getAttribute('action')).toBe(`/flags/${id}/verdict`);

describe('by keyboard alone', () => {
  it('a number corrects the class and confirms at once, and Z takes exactly that back', async () => {
    const [first, second] = await raise(house, ['no_mask', 'cigarette']);
    const page = await openDesk();
    await shown(page, first!);
    await page.keyboard.press('4');
    await shown(page, second!);
    expect(standingVerdicts(house.server.db, first!)).toMatchObject([{ decision: 'confirmed', violation: 'phone' }]);
    await page.keyboard.press('z');
    await shown(page, first!);
    expect([statusOf(first!), standingVerdicts(house.server.db, first!)]).toEqual(['open', []]);
  });

  it('B hides the boxes and shows them again, also on the next frame', async () => {
    await raise(house, ['no_mask', 'no_mask']);
    const page = await openDesk();
    const boxes = page.locator('.view .boxes');
    await expect.poll(() => boxes.isVisible()).toBe(true);
    await page.keyboard.press('b');
    await expect.poll(() => boxes.isVisible()).toBe(false);
    await page.keyboard.press('d');
    await expect.poll(() => page.locator('.undo small').count()).toBe(1);
    expect(await boxes.isVisible()).toBe(false);
    await page.keyboard.press('b');
    await expect.poll(() => boxes.isVisible()).toBe(true);
  });

  it('R and a number report what the models missed on the frame that is seen', async () => {
    const [first] = await raise(house, ['no_mask']);
    const page = await openDesk();
    await shown(page, first!);
    await page.keyboard.press('r');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('5')]);
    const reported = house.server.db.sqlite.prepare('SELECT violation, status FROM flag WHERE audit = 2').all();
    expect(reported).toEqual([{ violation: 'smoking', status: 'confirmed' }]);
    expect(statusOf(first!)).toBe('open');
  });
});

describe('before the server has answered', () => {
  /** Holds every verdict back until it is let go: through, or to nowhere. */
  async function heldBack(page: Page) {
    let letGo: (fate: 'through' | 'lost') => void = () => undefined;
    const gate = new Promise<'through' | 'lost'>((resolve) => {
      letGo = resolve;
    });
    await page.route('**/flags/*/verdict', async (route) =>
      (await gate) === 'through' ? route.continue() : route.abort(),
    );
    return (fate: 'through' | 'lost') => letGo(fate);
  }

  it('a key shows the next flag, and one pressed on it waits its turn; Z takes back exactly the last', async () => {
    const [first, second, third] = await raise(house, ['no_mask', 'cigarette', 'no_mask']);
    const page = await openDesk();
    await shown(page, first!);
    const letGo = await heldBack(page);
    await page.keyboard.press('d');
    await shown(page, second!);
    expect(await page.locator('#frame').evaluate((picture: HTMLImageElement) => picture.naturalWidth)).toBe(960);
    await page.keyboard.press('f');
    expect([statusOf(first!), statusOf(second!)]).toEqual(['open', 'open']);
    letGo('through');
    await shown(page, third!);
    await expect.poll(() => [statusOf(first!), statusOf(second!)]).toEqual(['cleared', 'confirmed']);
    await expect.poll(() => page.textContent('#undo')).toContain('属实');
    await page.keyboard.press('z');
    await shown(page, second!);
    expect([statusOf(first!), statusOf(second!), statusOf(third!)]).toEqual(['cleared', 'open', 'open']);
  });

  it('Z pressed on the last flag takes it back as soon as it is judged', async () => {
    const [only] = await raise(house, ['no_mask']);
    const page = await openDesk();
    await shown(page, only!);
    const letGo = await heldBack(page);
    await page.keyboard.press('d');
    await page.keyboard.press('z');
    letGo('through');
    const judged = () => house.server.db.sqlite.prepare('SELECT count(*) FROM verdict').pluck().get();
    await expect.poll(judged).toBe(1);
    await expect.poll(() => [statusOf(only!), standingVerdicts(house.server.db, only!)]).toEqual(['open', []]);
    await shown(page, only!);
  });

  it('nothing is judged that another has taken meanwhile: the answer shows what there really is', async () => {
    const [first, second, third] = await raise(house, ['no_mask', 'cigarette', 'no_mask']);
    const page = await openDesk();
    await shown(page, first!);
    const letGo = await heldBack(page);
    await page.keyboard.press('d');
    await shown(page, second!);
    judgeFlag(house.server.deps, house.cast.secondReviewer, { flagId: second!, decision: 'cleared' });
    await page.keyboard.press('f');
    letGo('through');
    await shown(page, third!);
    expect([first, second, third].map((id) => statusOf(id!))).toEqual(['cleared', 'cleared', 'open']);
  });

  it('a verdict that got lost on its way brings its flag back', async () => {
    const [first, second] = await raise(house, ['no_mask', 'cigarette']);
    const page = await openDesk();
    await shown(page, first!);
    const letGo = await heldBack(page);
    await page.keyboard.press('d');
    await shown(page, second!);
    letGo('lost');
    await shown(page, first!);
    await page.unroute('**/flags/*/verdict');
    await page.keyboard.press('f');
    await shown(page, second!);
    await expect.poll(() => [statusOf(first!), statusOf(second!)]).toEqual(['confirmed', 'open']);
    reviewer.complaints.splice(0, reviewer.complaints.length);
  });
});

describe('with a finger on a phone', () => {
  it('a swipe to the left clears and one to the right confirms; up and down do neither', async () => {
    const [first, second] = await raise(house, ['no_mask', 'cigarette']);
    const page = await openDesk({ viewport: phone, hasTouch: true });
    await shown(page, first!);
    await swipe(page, 20, 200);
    expect(statusOf(first!)).toBe('open');
    await swipe(page, -200, 10);
    await shown(page, second!);
    expect(statusOf(first!)).toBe('cleared');
    await swipe(page, 200, 10);
    await expect.poll(() => statusOf(second!)).toBe('confirmed');
  });
});

describe('the queue in the address', () => {
  it('stays after a verdict, and a closed tab gives its flag back at once', async () => {
    const [mask, smoke, other] = await raise(house, ['no_mask', 'cigarette', 'cigarette']);
    const page = await openDesk({}, '/review?violation=smoking&order=risk');
    await shown(page, smoke!);
    await page.keyboard.press('d');
    await shown(page, other!);
    expect(new URL(page.url()).search).toBe('?violation=smoking&order=risk');
    await page.keyboard.press('d');
    await expect.poll(() => page.textContent('main h1')).toContain('没有符合筛选的画面');
    expect(statusOf(mask!)).toBe('open');
    await page.goto(`${house.url}/review`);
    await shown(page, mask!);
    expect(flagById(house.server.db, mask!)?.leasedTo).toBe(house.cast.reviewer.id);
    await page.goto('about:blank');
    await expect.poll(() => flagById(house.server.db, mask!)?.leasedTo).toBe(null);
  });
});

async function swipe(page: Page, x: number, y: number): Promise<void> {
  await page.locator('.stage .view').evaluate(
    (stage, by) => {
      const at = (dx: number, dy: number) =>
        new Touch({ identifier: 1, target: stage, clientX: 195 + dx, clientY: 250 + dy });
      const send = (kind: string, touches: Touch[], changed: Touch) =>
        stage.dispatchEvent(new TouchEvent(kind, { bubbles: true, touches, changedTouches: [changed] }));
      send('touchstart', [at(0, 0)], at(0, 0));
      send('touchend', [], at(by.x, by.y));
    },
    { x, y },
  );
}
