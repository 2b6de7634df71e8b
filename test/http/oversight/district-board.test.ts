// The district board over the sample city: its numbers and the rows behind them, the plane, and the door of each role.
import { beforeAll, describe, expect, it } from 'vitest';
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
