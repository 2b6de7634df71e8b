// The district board over the sample city: its numbers and the rows behind them, the plane, and the door of each role.
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../server/app.tsx';
import { readConfig } from '../../../server/config.ts';
import { marksOf, mostMarks } from '../../../server/oversight/board/plane.ts';
import { scoreAll } from '../../../server/oversight/risk/write-risk-scores.ts';
import { openSamples } from '../../../server/samples.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = openTestServer();
  await openSamples(server.deps);
  scoreAll(server.deps);
}, 120_000);

const read = async (path: string, lang = 'en', as: 'inspector' | 'owner' | 'reviewer' = 'inspector') => {
  const answer = await server.call(path, { as, headers: { accept: 'text/html', 'accept-language': lang } });
  return { status: answer.status, text: await answer.text() };
};

describe('the district board', () => {
  it('shows each number beside what others have published, in both languages', async () => {
    const en = await read('/board');
    for (const said of [
      'Dongguan: 97.7%',
      'Shenzhen: 9 s',
      'Overdue orders',
      'Goods not scanned',
      'not reached',
      'Missed, of all violations',
    ])
      expect(en.text).toContain(said);
    const zh = await read('/board', 'zh-CN');
    for (const said of ['东莞公布 97.7%', '逾期未整改', '未扫码', '江北区']) expect(zh.text).toContain(said);
  });

  it('has as many rows behind a number as the number says, and each row opens', async () => {
    const { text } = await read('/board');
    for (const kind of ['overdue', 'unscanned', 'complaints', 'silent'] as const) {
      const number = Number(new RegExp(`href="/board/rows/${kind}">(\\d+)</a>`).exec(text)?.[1]);
      const rows = (await read(`/board/rows/${kind}`)).text;
      const hrefs = [...rows.matchAll(/<li class="row"><a href="([^"]+)"/g)].map(([, href]) => href ?? '');
      expect(hrefs.length, kind).toBe(number);
      expect(number, kind).toBeGreaterThan(0);
      for (const href of new Set(hrefs)) expect((await read(href)).status, href).toBe(200);
    }
    expect((await read('/board/rows/nothing')).status).toBe(404);
    expect((await read('/board', 'en', 'owner')).status).toBe(403);
  });

  it('draws every kitchen whose place is known once, as a link that says its name', async () => {
    const { text } = await read('/board');
    const marks = [...text.matchAll(/<a href="\/risk\/sites\/\d+" aria-label="([^"]+)"/g)].map(([, said]) => said);
    expect(marks).toHaveLength(25);
    expect(new Set(marks).size).toBe(25);
    expect(marks).toContain('Bei’an Seafood Stalls · At once');
  });

  it('is a sheet too, with the same numbers', async () => {
    const answer = await server.call('/board.csv', { as: 'inspector', headers: { 'accept-language': 'en' } });
    const sheet = await answer.text();
    expect(sheet).toContain('Overdue orders');
    expect(sheet).toContain('Linjiang');
  });
});

it('a map is shown, and its origin allowed, on the board alone and where the operator has set one', async () => {
  const asked = { as: 'inspector', headers: { accept: 'text/html' } } as const;
  const policy = (answer: Response) =>
    / img-src ([^;]*);/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
  const plain = await server.call('/board', asked);
  expect(policy(plain)?.trim()).toBe("'self' blob: data:");
  expect(await plain.text()).not.toMatch(/leaflet|data-tiles/);
  const environment = { TILE_URL: 'https://tiles.example.cn:8443/w/{z}/{x}/{y}.png?key=1', TILE_CREDIT: '© 天地图' };
  const config = readConfig({ ...environment, DATA_DIR: server.deps.config.dataDir });
  const app = createApp({ ...server.deps, config });
  const call = (path: string) =>
    app.request(path, { headers: { ...asked.headers, authorization: `Bearer ${server.tokenOf('inspector')}` } });
  const board = await call('/board');
  expect(policy(board)).toBe("'self' blob: data: https://tiles.example.cn:8443");
  expect(await board.text()).toContain('data-credit="© 天地图"');
  for (const other of ['/risk', '/board/rows/dark', '/sign-in', '/nowhere'])
    expect(policy(await call(other))).not.toContain('tiles.example.cn');
});

it('many kitchens are drawn as squares with their number, none of them lost, the worst named', () => {
  const spots = Array.from({ length: 5_000 }, (_, each) => ({
    site: String(each),
    latitude: (each % 100) / 100,
    longitude: Math.floor(each / 100) / 50,
    state: each === 17 ? ('at_once' as const) : ('routine' as const),
  }));
  const marks = marksOf(spots);
  expect(marks.length).toBeLessThanOrEqual(mostMarks);
  expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
  expect(marks.filter(({ state }) => state === 'at_once')).toHaveLength(1);
  const known = new Set(spots.map(({ latitude, longitude }) => `${latitude},${longitude}`));
  expect(marks.filter(({ at }) => !known.has(String(at)))).toEqual([]);
  expect(marksOf([])).toEqual([]);
});

it('each role has one door that says what waits, the fullest first', async () => {
  const { text } = await read('/today');
  const counts = [...text.matchAll(/figure-value">(\d+)</g)].map(([, count]) => Number(count));
  expect(counts.length).toBeGreaterThan(2);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect((await read('/today', 'zh-CN', 'reviewer')).status).toBe(200);
  for (const as of ['inspector', 'owner', 'reviewer', 'admin', 'partner'] as const) {
    const home = await server.call('/', { as, headers: { accept: 'text/html' } });
    expect([as, home.status, home.headers.get('location')]).toEqual([as, 303, '/today']);
  }
  expect((await server.call('/today', { headers: { accept: 'text/html' } })).status).not.toBe(200);
});
