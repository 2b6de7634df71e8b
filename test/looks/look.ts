// Takes the picture of a page as it looks on any day, and says how much of it differs from the one that was kept.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { desk, phone, visit } from '../support/browser.ts';
import type { SampleSite } from '../support/sample-site.ts';
import { type LookedAt, placesAsked } from './pages.ts';

const kept = fileURLToPath(new URL('./kept/', import.meta.url));
const shown = fileURLToPath(new URL('../.out/looks/', import.meta.url));

/** Half of a page's size: a letter that moved by a pixel shows, and forty pictures stay small. */
const share = 0.5;
const mostHeight = 1_800;
/** A point differs where one of its colours does by more than this, of 255: below lies how browsers smooth letters. */
const tolerated = 40;
/** Of all points. */
const toleratedShare = 0.0015;

export async function takeLook(browser: Browser, site: SampleSite, looked: LookedAt): Promise<Buffer> {
  const size = looked.screen === 'desk' ? { ...desk, width: 1_280 } : phone;
  const { page, close } = await visit(browser, {
    ...{ locale: looked.lang, timezoneId: 'Asia/Shanghai', viewport: size, reducedMotion: 'reduce' },
    colorScheme: looked.colours ?? 'light',
    ...(looked.login === undefined ? {} : site.signedIn(looked.login)),
  });
  await page.clock.setFixedTime(site.clock.now());
  const path = looked.path.replace(/:[a-z]+\b/g, (name) => {
    const sql = placesAsked[name];
    return sql === undefined ? name : site.ask(sql);
  });
  const answer = await page.goto(`${site.base}${path}${path.includes('?') ? '&' : '?'}lang=${looked.lang}`);
  if (answer?.status() !== 200) throw new Error(`${looked.name}: ${path} answered ${answer?.status()}.`);
  await page.waitForLoadState('networkidle');
  const height = await steady(page);
  const png = await page.screenshot({
    clip: { x: 0, y: 0, width: size.width, height: Math.min(height, mostHeight) },
    fullPage: true,
    animations: 'disabled',
    caret: 'hide',
  });
  await close();
  return small(png);
}

/** Takes out what is another at each run (codes drawn by chance, how long something took); the page's height in px. */
function steady(page: Page): Promise<number> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const chance = /[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12,}|[\w+/]{42,}=*|127\.0\.0\.1:\d+/g;
    const taken = /[\d.]+(?=\u00a0| )?(\s?)(毫秒|ms\b)/g;
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      node.nodeValue = (node.nodeValue ?? '').replace(chance, '×××').replace(taken, '0.0 $2');
    }
    for (const input of document.querySelectorAll('input')) input.value = input.value.replace(chance, '×××');
    for (const drawn of document.querySelectorAll<HTMLElement>('.qr, img, canvas, video'))
      drawn.style.visibility = 'hidden';
    return document.documentElement.scrollHeight;
  });
}

/** As it is kept: what is compared went through the same hands. */
async function small(png: Buffer): Promise<Buffer> {
  const { width = 2 } = await sharp(png).metadata();
  return sharp(png)
    .resize({ width: Math.round(width * share) })
    .webp({ quality: 60, effort: 4 })
    .toBuffer();
}

export type Compared = { readonly name: string; readonly share: number; readonly verdict: 'same' | 'other' | 'new' };

/** Of a page that differs, the kept picture, the new one and their difference lie side by side in test/.out/looks. */
export async function compareLook(name: string, taken: Buffer): Promise<Compared> {
  const file = `${kept}${name}.webp`;
  if (!existsSync(file)) return { name, share: 1, verdict: 'new' };
  const [before, after] = await Promise.all([pointsOf(readFileSync(file)), pointsOf(taken)]);
  const [width, height] = [Math.max(before.width, after.width), Math.max(before.height, after.height)];
  const marks = Buffer.alloc(width * height, 255);
  let others = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (isAlike(before, after, x, y)) continue;
      marks[y * width + x] = 0;
      others += 1;
    }
  }
  const differs = others / (width * height);
  if (differs <= toleratedShare) return { name, share: differs, verdict: 'same' };
  await showBeside(name, [readFileSync(file), taken], { marks, width, height });
  return { name, share: differs, verdict: 'other' };
}

export function keepLook(browser: Browser, name: string, taken: Buffer): void {
  mkdirSync(kept, { recursive: true });
  writeFileSync(`${kept}${name}.webp`, taken);
  writeFileSync(`${kept}chromium.txt`, `${major(browser)}\n`);
}

/** Another Chromium smooths and breaks lines otherwise; undefined where it is the one the pictures were kept with. */
export function otherChromium(browser: Browser): string | undefined {
  const before = readFileSync(`${kept}chromium.txt`, 'utf8').trim();
  return before === major(browser)
    ? undefined
    : `not compared: kept with Chromium ${before}, and this is ${major(browser)}`;
}

function major(browser: Browser): string {
  return browser.version().split('.')[0] ?? '';
}

type Points = { readonly data: Buffer; readonly width: number; readonly height: number };

async function pointsOf(picture: Buffer): Promise<Points> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Where only one of them has a point, they differ. */
function isAlike(before: Points, after: Points, x: number, y: number): boolean {
  if (x >= Math.min(before.width, after.width) || y >= Math.min(before.height, after.height)) return false;
  const [a, b] = [(y * before.width + x) * 3, (y * after.width + x) * 3];
  for (let part = 0; part < 3; part += 1)
    if (Math.abs((before.data[a + part] ?? 0) - (after.data[b + part] ?? 0)) > tolerated) return false;
  return true;
}

type Marks = { readonly marks: Buffer; readonly width: number; readonly height: number };

async function showBeside(name: string, pictures: readonly Buffer[], { marks, width, height }: Marks): Promise<void> {
  mkdirSync(shown, { recursive: true });
  const drawn = await sharp(marks, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  const parts = [...pictures, drawn].map((input, index) => ({ input, left: index * (width + 8), top: 0 }));
  const canvas = { width: 3 * width + 16, height, channels: 3 as const, background: '#c0392b' };
  await sharp({ create: canvas }).composite(parts).png().toFile(`${shown}${name}.png`);
}
