// The first minutes of each role, as somebody does them who was told nothing: two tasks each, with every press counted.
import { type ServerType, serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../server/kitchen/setting/change-setting.ts';
import { openSamples } from '../../server/samples.ts';
import { desk, openBrowser, phone, visit } from '../support/browser.ts';
import { frameOf, openCast, scriptedEye, seen } from '../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../support/server.ts';

let browser: Browser;
let house: TestServer;
let listener: ServerType;
let base: string;

beforeAll(async () => {
  house = openTestServer({ eye: scriptedEye(), environment: { PUBLIC_URL: 'http://127.0.0.1' } });
  // A phone's own clock says when goods came.
  house.clock.pass(Date.now() - house.clock.now());
  await openSamples(house.deps);
  const { camera, admin } = openCast(house.deps);
  changeSettings(house.deps, admin, { frames: { hits: 1, of: 1 } });
  for (const label of ['no_mask', 'cigarette']) {
    house.clock.pass(7_200_000);
    recordSample(house.deps, await frameOf(camera, { at: house.clock.now(), detections: [seen(label, 0.9)] }));
  }
  browser = await openBrowser();
  base = await new Promise((resolve) => {
    listener = serve({ fetch: house.app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
  });
}, 120_000);

afterAll(async () => {
  await browser.close();
  listener.close();
});

type Person = {
  readonly page: Page;
  readonly press: (what: string) => Promise<void>;
  readonly key: (name: string) => Promise<void>;
  readonly type: (field: string, text: string) => Promise<void>;
  readonly choose: (field: string, value: string) => Promise<void>;
  /** Presses, keys and fields filled in since it was asked last, and the longest wait for an answer among them in ms. */
  readonly counted: () => { readonly acts: number; readonly waitedMs: number };
  readonly close: () => Promise<void>;
};

/** From the page with the names on; pressing one's own name is the first act. */
async function enter(login: string, viewport: typeof phone | typeof desk): Promise<Person> {
  const { page, close } = await visit(browser, { viewport });
  let [acts, waitedMs] = [0, 0];
  const act = async (doing: () => Promise<unknown>) => {
    acts += 1;
    const began = performance.now();
    await doing();
    await page.waitForLoadState('load');
    waitedMs = Math.max(waitedMs, performance.now() - began);
  };
  await page.goto(`${base}/sign-in`);
  const person: Person = {
    page,
    press: (what) => act(() => page.locator(what).first().click()),
    key: (name) => act(() => page.keyboard.press(name)),
    type: (field, text) => act(() => page.locator(field).first().fill(text)),
    choose: (field, value) => act(() => page.locator(field).first().selectOption(value)),
    counted: () => {
      const told = { acts, waitedMs: Math.round(waitedMs) };
      [acts, waitedMs] = [0, 0];
      return told;
    },
    close,
  };
  await person.press(`form:has(input[name=login][value="${login}"]) button`);
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  return person;
}

const said = async ({ page }: Person, text: string) => {
  await page.locator(`text=${text}`).first().waitFor();
};
const count = (sql: string) => house.db.sqlite.prepare(`SELECT count(*) FROM ${sql}`).pluck().get();

type Task = {
  readonly who: string;
  readonly does: string;
  /** Acts allowed; in the first of a role pressing one's name is among them. */
  readonly atMost: number;
  readonly acts: (person: Person) => Promise<void>;
};

/** In this order: the first task of a role begins at its three steps, the second at its home. */
const tasks: readonly Task[] = [
  {
    who: 'owner',
    does: 'receives a box by the code on it',
    atMost: 5,
    acts: async (person) => {
      const before = count("event WHERE biz_step = 'receiving'") as number;
      await person.press('.steps a[href="/receive"]');
      await person.type('[name="boxes.0.code"]', '(01)06912345002028(10)A09');
      await person.type('[name="boxes.0.quantity"]', '12');
      await person.press('[data-submit]');
      await expect.poll(() => count("event WHERE biz_step = 'receiving'")).toBe(before + 1);
    },
  },
  {
    who: 'owner',
    does: 'answers the recall that stands first on the home',
    atMost: 4,
    acts: async (person) => {
      const before = count('recall_answer') as number;
      await person.press('main a[href="/my/recalls"]');
      await person.press('input[value=quarantined]');
      await person.type('[name=quantity]', '8.5');
      await person.press('form[action$="/answers"] button[type=submit]');
      await expect.poll(() => count('recall_answer')).toBe(before + 1);
    },
  },
  {
    who: 'reviewer',
    does: 'decides the first flag with one key',
    atMost: 3,
    acts: async (person) => {
      const before = count('verdict') as number;
      await person.press('.steps a[href="/review"]');
      await person.page.locator('form#verdict').waitFor();
      // The form is there before the keys are listened to.
      await person.page.waitForLoadState();
      await person.key('d');
      await expect.poll(() => count('verdict')).toBe(before + 1);
    },
  },
  {
    who: 'reviewer',
    does: 'decides wrongly and takes it back with one key',
    atMost: 2,
    acts: async (person) => {
      const open = count("flag WHERE status = 'open'");
      await person.page.locator('form#verdict').waitFor();
      await person.key('f');
      await expect.poll(() => count("flag WHERE status = 'open'")).not.toBe(open);
      await person.key('z');
      await expect.poll(() => count("flag WHERE status = 'open'")).toBe(open);
    },
  },
  {
    who: 'inspector',
    does: 'sees where a lot came from and went',
    atMost: 4,
    acts: async (person) => {
      await person.press('.steps a[href="/trace"]');
      await person.type('#code', '(01)06912345002028(10)A07');
      await person.key('Enter');
      await person.page.locator('svg.graph .node').first().waitFor();
      await said(person, '召回中');
    },
  },
  {
    who: 'inspector',
    does: 'gets as far as the last question before a recall',
    atMost: 5,
    acts: async (person) => {
      await person.type('#code', '(01)06912345002028(10)B14');
      await person.key('Enter');
      await person.press('a[href^="/recalls/new"]');
      await person.press('a[href*="preset=pathogen"]');
      await person.press('form[method=post] button[type=submit].risk, main form[method=post] button[type=submit]');
      await said(person, 'B14');
      expect(count("recall WHERE reason LIKE '%致病菌%'")).toBe(0);
    },
  },
  {
    who: 'admin',
    does: 'invites a person by a link that works once',
    atMost: 5,
    acts: async (person) => {
      await person.press('.steps a[href="/people"]');
      await person.type('#f-name', '何小满');
      await person.choose('#f-role', 'reviewer');
      await person.press('form[action="/invitations"] button.main');
      await expect.poll(() => person.page.content()).toMatch(/\/invitations\/[\w-]{20,}/);
    },
  },
  {
    who: 'admin',
    does: 'has the whole ledger checked',
    atMost: 3,
    acts: async (person) => {
      await person.press('.bar-more summary');
      await person.press('.bar-more a[href="/ledger"]');
      await person.press('form[action="/ledger/checks"] button');
      const found = async () => {
        await person.page.reload();
        return person.page.textContent('#check');
      };
      await expect.poll(found).toContain('没有被改动');
    },
  },
  {
    who: 'partner',
    does: 'has a first document checked from the page',
    atMost: 3,
    acts: async (person) => {
      await person.press('.steps a[href="/connect"]');
      await person.press('button[name=way][value=check]');
      await person.page.locator('#try').waitFor();
    },
  },
  {
    who: 'partner',
    does: 'imports a sheet of lots by pasting it',
    atMost: 4,
    acts: async (person) => {
      await person.press('a[href="/lots/import"]');
      await person.type('#csv', '产地,批次,品名,数量,单位\n白沙村,T-1,小白菜,12,kg');
      await person.press('button[name=preview][value="1"]');
      await person.press('button[name=preview][value="0"]');
      await expect.poll(() => count("lot WHERE origin_batch = 'T-1' OR batch = 'T-1'")).toBeGreaterThan(0);
    },
  },
];

const roles = [
  ['owner', phone, '/my'],
  ['reviewer', desk, '/review'],
  ['inspector', desk, '/trace'],
  ['admin', desk, '/people'],
  ['partner', desk, '/lots'],
] as const;

describe('in the first minute', { timeout: 120_000 }, () => {
  it.each(roles)('the %s does two things without being told how, in the acts each may take', async (role, on, home) => {
    const person = await enter(role, on);
    const [first, second] = tasks.filter(({ who }) => who === role);
    for (const task of [first, second]) {
      if (task === undefined) throw new Error(`${role} has fewer than two tasks.`);
      if (task === second) await person.page.goto(base + home);
      await task.acts(person);
      const { acts, waitedMs } = person.counted();
      // How long the longest answer took is told and not judged: it says as much of the machine as of the page.
      expect(acts, `${task.does}; the longest wait was ${waitedMs} ms`).toBeLessThanOrEqual(task.atMost);
    }
    await person.close();
  });
});
