// A scripted reviewer in a real browser: from the key to the next picture painted, beside the same page's raw swap of a still fragment.
import { serve } from '@hono/node-server';
import type { Page } from 'playwright-core';
import { openBrowser, visit } from '../support/browser.ts';
import { openDeskHouse, raise, signedInAs } from '../support/desk-house.ts';
import { figuresOf } from './figures.ts';

const figure = figuresOf('desk');
const betweenMs = 60;

/** Judges `count` flags with one key each; says p50 and p95 of both. */
export async function scriptedReviewer(count: number): Promise<void> {
  const house = await openDeskHouse();
  const flags = await raise(
    house,
    Array.from({ length: count + 1 }, () => 'no_mask'),
  );
  // The same server, and one address more: the desk as it stood, from memory.
  let still = '';
  const fetch = (request: Request) =>
    new URL(request.url).pathname === '/bench/still'
      ? new Response(still, { headers: { 'content-type': 'text/html; charset=utf-8' } })
      : house.server.app.fetch(request);
  const { listener, port } = await new Promise<{ listener: ReturnType<typeof serve>; port: number }>((resolve) => {
    const opened = serve({ fetch, hostname: '127.0.0.1', port: 0 }, (info) =>
      resolve({ listener: opened, port: info.port }),
    );
  });
  const browser = await openBrowser();
  const { page } = await visit(browser, signedInAs(house, house.cast.reviewer.id));
  await page.goto(`http://127.0.0.1:${port}/review`);
  await page.evaluate(watchPaints);
  const [judged, swapped]: [number[], number[]] = [[], []];
  const answered: number[] = [];
  for (let i = 0; i < count; i++) {
    still = await page.locator('#main').innerHTML();
    swapped.push((await painted(page, 'x')).paintedMs);
    const verdict = await painted(page, 'd');
    judged.push(verdict.paintedMs);
    answered.push(verdict.answeredMs);
  }
  const cleared = house.server.db.sqlite.prepare("SELECT count(*) FROM flag WHERE status = 'cleared'").pluck().get();
  const note = `${cleared} judged of ${flags.length} flags`;
  for (const [part, name, most] of [
    [0.5, 'median', undefined],
    [0.95, 'p95', 50],
  ] as const) {
    const beside = { name: 'raw swap of a still fragment', value: at(swapped, part) };
    const bound = most === undefined ? {} : { most };
    figure({
      name: `key to next picture painted, ${name}`,
      value: at(judged, part),
      unit: 'ms',
      beside,
      note,
      ...bound,
    });
    figure({ name: `its answer taken in, ${name}`, value: at(answered, part), unit: 'ms' });
  }
  await browser.close();
  listener.close();
  house.close();
}

type Painted = { readonly paintedMs: number; readonly answeredMs: number };

async function painted(page: Page, key: string): Promise<Painted> {
  await page.evaluate('void (globalThis.next = nextPaint())');
  await page.keyboard.press(key);
  const times = await page.evaluate<Painted>('globalThis.next');
  await page.waitForTimeout(betweenMs);
  return times;
}

/**
 * In the page, as text: the time from the last key until another picture stands on the desk, decoded, and its frame was
 * handed to the screen; and until the server's answer is in the page.
 */
const watchPaints = `
  let pressedAt = 0;
  addEventListener('keydown', (event) => {
    pressedAt = event.timeStamp;
    if (event.key === 'x') htmx.ajax('GET', '/bench/still', { target: '#main', swap: 'innerHTML show:none' });
  }, true);
  const since = () => performance.now() - pressedAt;
  const another = (id) => new Promise((resolve) => {
    const before = document.getElementById(id);
    const watch = new MutationObserver(() => {
      const now = document.getElementById(id);
      if (now === null || now === before) return;
      watch.disconnect();
      resolve(now);
    });
    watch.observe(document.getElementById('main'), { childList: true, subtree: true });
  });
  const shown = async (picture) => {
    await picture.decode();
    await new Promise((resolve) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    }));
    return since();
  };
  globalThis.nextPaint = async () => {
    const [paintedMs, answeredMs] = await Promise.all([another('frame').then(shown), another('around').then(since)]);
    return { paintedMs, answeredMs };
  };`;

function at(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}
