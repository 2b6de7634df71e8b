// The page of a running system with workers on other machines: each by its name, and what is wrong with it.
import { expect, it } from 'vitest';
import { createApp } from '../../../server/app.tsx';
import type { KnownWorker } from '../../../server/jobs/known-workers.ts';
import { blindEye, openTestServer } from '../../support/server.ts';

const worker: KnownWorker = {
  name: 'east',
  eyes: 4,
  packs: [],
  dropped: 0,
  crashes: 0,
  looksPerMinute: 731,
  silentMs: 0,
  isSilent: false,
};

/** The page of a house whose carrier knows these workers. */
async function page(known: readonly KnownWorker[], lang = 'en'): Promise<string> {
  const blind = openTestServer({ eye: blindEye });
  const carrier = {
    reached: () => Promise.resolve(),
    carry: () => Promise.resolve(),
    ask: () => Promise.resolve(undefined),
    hasRoom: () => false,
    state: () => ({ connected: true, workers: known.length, carried: 3 }),
    known: () => known,
    close: () => Promise.resolve(),
  };
  const app = createApp({ ...blind.deps, machines: { carrier, key: Buffer.alloc(32) } });
  const authorization = `Bearer ${blind.tokenOf('admin')}`;
  return (
    await app.request('/health', { headers: { accept: 'text/html', 'accept-language': lang, authorization } })
  ).text();
}

it('names each worker with its pace, says since when one is silent, and which has other packs', async () => {
  const html = await page([
    worker,
    { ...worker, name: 'west', isSilent: true, silentMs: 3_600_000, looksPerMinute: 0 },
    { ...worker, name: 'north', packs: ['other'] },
  ]);
  const rows = [...html.matchAll(/<tr><th scope="row">(east|west|north).*?<\/tr>/gs)].map(([row]) => row);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toContain('Looking');
  expect(rows[0]).toContain('731');
  expect(rows[1]).toMatch(/Silent since .*\d\d:\d\d/);
  expect(rows[2]).toContain('Other model packs');
});

it('says how to start the first worker where none has reported', async () => {
  expect(await page([], 'zh-CN')).toMatch(/还没有工作机报到.*npm run worker/s);
});
