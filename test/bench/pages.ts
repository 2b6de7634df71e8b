// The first paint of pages nobody has opened before, on a slow phone, and what they weigh; a page of one word beside them.
import { type ServerType, serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { lotCode } from '../../samples/district/event-writer.ts';
import { places } from '../../samples/district/places.ts';
import { recalledLot } from '../../samples/district/pork.ts';
import type { Role } from '../../server/accounts/caller.ts';
import { openBrowser, phone, visit } from '../support/browser.ts';
import { signedIn } from '../support/people.ts';
import { openSmallDistrict } from '../support/small-district.ts';
import { figuresOf } from './figures.ts';

const figure = figuresOf('pages');
const rounds = 3;
const paintMs = 1_000;
/** A phone of the cheapest kind on a bad line, as Lighthouse has it. */
const slow = { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8, processor: 4 } as const;

/** In the page, as text: it may be told after everything is loaded. */
const painted = `new Promise((resolve) => new PerformanceObserver((list) => {
  const found = list.getEntriesByName('first-contentful-paint')[0];
  if (found) resolve(found.startTime);
}).observe({ type: 'paint', buffered: true }))`;

const pages: Readonly<Record<string, readonly string[]>> = {
  nobody: ['/', new URL(lotCode(recalledLot)).pathname, '/search?q=06912345', '/sign-in'],
  owner: ['/my', '/receive', '/my/recalls'],
  reviewer: ['/review', '/review/quality'],
  inspector: ['/today', '/trace', '/recalls', '/risk', '/visits', '/findings'],
  admin: ['/health', '/people'],
};

const house = await openSmallDistrict();
const { listener, url } = await listening();
const browser = await openBrowser();
try {
  const word = await paintOf(browser, `${url}/bench/word`, '');
  figure({ name: 'a page of one word', value: word.ms, unit: 'ms', note: weight(word.bytes) });
  for (const [who, paths] of Object.entries(pages)) {
    const cookie = who === 'nobody' ? '' : await cookieOf(who as Role);
    for (const path of paths) {
      const { ms, bytes } = await paintOf(browser, url + path, cookie);
      const beside = { name: 'a page of one word', value: word.ms };
      figure({
        name: `${who} ${path.split('?')[0]}`,
        value: ms,
        unit: 'ms',
        most: paintMs,
        beside,
        note: weight(bytes),
      });
    }
  }
} finally {
  await browser.close();
  listener.close();
}

type Paint = { readonly ms: number; readonly bytes: number };

/** The median of some first visits, each with nothing kept of the one before. */
async function paintOf(from: Browser, address: string, cookie: string): Promise<Paint> {
  const seen: Paint[] = [];
  for (let round = 0; round < rounds; round++) seen.push(await firstPaint(from, address, cookie));
  seen.sort((a, b) => a.ms - b.ms);
  return seen[Math.floor(rounds / 2)] as Paint;
}

async function firstPaint(from: Browser, address: string, cookie: string): Promise<Paint> {
  const headers = cookie === '' ? {} : { extraHTTPHeaders: { cookie } };
  const { page, close } = await visit(from, { viewport: phone, ...headers });
  const devtools = await page.context().newCDPSession(page);
  let bytes = 0;
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  const { latency, downloadThroughput, uploadThroughput, processor } = slow;
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput,
    uploadThroughput,
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: processor });
  const answer = await page.goto(address, { waitUntil: 'load' });
  if (answer?.status() !== 200) throw new Error(`${address} answered ${answer?.status()}.`);
  const ms = await page.evaluate<number>(painted);
  await close();
  return { ms, bytes };
}

function weight(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB with all it loads`;
}

async function cookieOf(role: Role): Promise<string> {
  const sites = role === 'owner' ? Object.values(places).map(({ gln }) => gln) : [];
  return (await signedIn(house, { login: `slow.${role}`, role, sites })).cookie;
}

async function listening(): Promise<{ listener: ServerType; url: string }> {
  const word = '<!doctype html><title>bench</title><p>word';
  const fetch = (request: Request) =>
    new URL(request.url).pathname === '/bench/word'
      ? new Response(word, { headers: { 'content-type': 'text/html; charset=utf-8' } })
      : house.app.fetch(request);
  return new Promise((resolve) => {
    const listener = serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ listener, url: `http://127.0.0.1:${port}` }),
    );
  });
}
