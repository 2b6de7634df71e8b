// What `npm run shots` runs: starts the sample district, visits each page in a browser and writes its picture to docs/shots.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { desk, enterAs, openBrowser, phone, visit } from '../support/browser.ts';
import { pause, runCli, type ServerProcess, startServer } from '../support/process.ts';
import { type Shot, shots } from './pictures.ts';

const folder = fileURLToPath(new URL('../../docs/shots/', import.meta.url));
const largestBytes = 60 * 1024;
const flagsWithinMs = 180_000;
/** Whose order the owner's page shows: 鼎香小馆, of the account `owner`. */
const ownersSite = '6912345000406';

const server = await startServer({ environment: { DEMO: 'on' } });
const browser = await openBrowser();
try {
  const places = await prepare(server);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const shot of shots) {
    const bytes = await smallPicture(await pictureOf(browser, shot, places), shot.screen);
    writeFileSync(`${folder}${shot.name}.webp`, bytes);
    process.stdout.write(`${shot.name}: ${Math.round(bytes.length / 1024)} KB\n`);
  }
} finally {
  await browser.close();
  await server.end('SIGTERM');
  rmSync(server.dataDir, { recursive: true, force: true });
}

type Places = Readonly<Record<string, string>>;

/** Waits for flags of the sample cameras, confirms one of the owner's, and finds the open recall. */
async function prepare({ dataDir }: ServerProcess): Promise<Places> {
  const reviewer = runCli(dataDir, 'token', '--role', 'reviewer', '--name', 'shots');
  const inspector = runCli(dataDir, 'token', '--role', 'inspector', '--name', 'shots');
  const deadline = Date.now() + flagsWithinMs;
  let order = '';
  while (Date.now() < deadline) {
    const { flags } = await ask<{ flags: Flag[] }>(reviewer, '/api/flags');
    const masks = flags.filter(({ violation }) => violation === 'no_mask');
    const own = masks.find(({ restaurant }) => restaurant.siteId === ownersSite);
    if (order === '' && own !== undefined) {
      const verdict = { decision: 'confirmed' };
      const { orderId } = await ask<{ orderId: number }>(reviewer, `/api/flags/${own.id}/verdict`, verdict);
      order = String(orderId);
    }
    if (order !== '' && masks.some(({ status }) => status === 'open')) break;
    await pause(1_000);
  }
  if (order === '') throw new Error('The sample cameras of the owner raised no flag.');
  const { recalls } = await ask<{ recalls: { id: string }[] }>(inspector, '/api/recalls');
  return { ':order': order, ':recall': recalls[0]?.id ?? '' };
}

type Flag = { id: number; violation: string; status: string; restaurant: { siteId: string } };

async function ask<T>(token: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${server.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function pictureOf(open: Browser, shot: Shot, places: Places): Promise<Buffer> {
  const size = shot.screen === 'desk' ? desk : phone;
  const { page, close } = await visit(open, {
    locale: shot.lang,
    viewport: { width: shot.screen === 'desk' ? 1280 : size.width, height: shot.height },
    deviceScaleFactor: shot.screen === 'desk' ? 1 : 1.5,
    colorScheme: 'light',
  });
  if (shot.login !== undefined) await enterAs(page, server.url, shot.login);
  const path = shot.path.replace(/:\w+/g, (name) => places[name] ?? name);
  await page.goto(`${server.url}${path}${path.includes('?') ? '&' : '?'}lang=${shot.lang}`);
  await settle(page, shot);
  const bytes = await page.screenshot({ type: 'png' });
  await close();
  return bytes;
}

async function settle(page: Page, { wait, from }: Shot): Promise<void> {
  if (wait !== undefined) await page.locator(wait).first().waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  if (from !== undefined) await page.locator(from).first().scrollIntoViewIfNeeded();
}

/** As sharp as fits into sixty kilobytes. */
async function smallPicture(png: Buffer, screen: Shot['screen']): Promise<Buffer> {
  const width = screen === 'desk' ? 1080 : 520;
  for (let quality = 82; quality > 20; quality -= 8) {
    const bytes = await sharp(png).resize({ width }).webp({ quality, effort: 6 }).toBuffer();
    if (bytes.length <= largestBytes) return bytes;
  }
  throw new Error('A picture does not fit into sixty kilobytes: show less of the page.');
}
