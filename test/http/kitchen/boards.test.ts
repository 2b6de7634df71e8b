// The boards of reviewers, supervisors and owners: their figures are those of the books, and each sees no more than theirs.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../../server/accounts/caller.ts';
import { addDistrict } from '../../../server/accounts/person/district.ts';
import { openSession } from '../../../server/accounts/session/open-session.ts';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { closeOverdueOrders } from '../../../server/kitchen/order/close-overdue.ts';
import { confirmedDelta } from '../../../server/kitchen/order/score.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { registerRestaurant } from '../../../server/kitchen/shop/register-restaurant.ts';
import { type Cast, frameOf, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const hour = 3600_000;
let server: TestServer;
let cast: Cast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
  changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
});

async function raise(count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let i = 0; i < count; i++) {
    server.clock.pass(2 * hour);
    const frame = await frameOf(cast.camera, { at: server.clock.now(), detections: [seen('no_mask', 0.9)] });
    ids.push(...recordSample(server.deps, frame).flags);
  }
  return ids;
}

/** The lines of one chart in a board's CSV: its series, label, value, low and high. */
async function lines(path: string, as: Role, chart: string, sites: string[] = []): Promise<string[][]> {
  const answer = await server.call(path, { as, sites, headers: { 'accept-language': 'en' } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  const rows = (await answer.text())
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
  return rows.filter(([own]) => own === chart).map(([, ...rest]) => rest.slice(0, 5));
}

describe('a reviewer’s board', () => {
  it('shows the own median of each day beside the house’s, without what was interrupted or taken for a group', async () => {
    const ids = await raise(5);
    for (const [index, ms] of [1000, 2000, 3000].entries())
      judgeFlag(server.deps, cast.reviewer, { flagId: ids[index]!, decision: 'cleared', visibleMs: ms });
    judgeFlag(server.deps, cast.reviewer, { flagId: ids[3]!, decision: 'cleared', visibleMs: 40_000 });
    judgeFlag(server.deps, cast.secondReviewer, { flagId: ids[4]!, decision: 'cleared', visibleMs: 9000 });
    const cookie = `bk_session=${openSession(server.db, cast.reviewer.id, server.clock.now())}`;
    const page = await server.call('/review/board.csv', { headers: { cookie, 'accept-language': 'en' } });
    const rows = (await page.text()).split('\n').filter((line) => line.includes('2026-11-22'));
    expect(rows.map((line) => line.trim())).toEqual([
      'pace,Mine,2026-11-22,2,,,seconds',
      'pace,Everybody,2026-11-22,2.5,,,seconds',
      'decisions,Decided,2026-11-22,4,,,count',
    ]);
  });

  it('agreement is of the pairs one was in, each kind with its interval', async () => {
    changeSettings(server.deps, cast.admin, { secondShare: 1 });
    const ids = await raise(4);
    const said = ['confirmed', 'confirmed', 'cleared', 'cleared'] as const;
    const other = ['confirmed', 'cleared', 'cleared', 'cleared'] as const;
    ids.forEach((flagId, i) => {
      judgeFlag(server.deps, cast.reviewer, { flagId, decision: said[i]! });
      judgeFlag(server.deps, cast.secondReviewer, { flagId, decision: other[i]! });
    });
    // Agreed 3 of 4; by chance ½·¼ + ½·¾ = ½: κ = ½.
    expect((await lines('/kitchens/board.csv', 'inspector', 'agreement'))[0]?.slice(1, 3)).toEqual([
      'No mask · 4 pairs',
      '0.5',
    ]);
    // Somebody who judged none of them has none.
    expect(await lines('/review/board.csv', 'reviewer', 'agreement')).toEqual([]);
  });
});

describe('a supervisor’s board', () => {
  it('counts orders given, closed and late by their week, and closure with its interval', async () => {
    const ids = await raise(2);
    for (const flagId of ids) judgeFlag(server.deps, cast.reviewer, { flagId, decision: 'confirmed' });
    server.clock.pass(25 * hour);
    closeOverdueOrders(server.deps);
    const week = (rows: string[][], series: string) => rows.filter(([name]) => name === series).at(-1)?.[2];
    const orders = await lines('/kitchens/board.csv', 'inspector', 'orders');
    expect(['Issued', 'Closed', 'Overdue'].map((series) => week(orders, series))).toEqual(['2', '0', '2']);
    const closure = (await lines('/kitchens/board.csv', 'inspector', 'closure')).at(-1);
    // Wilson, 0 of 2.
    expect(closure?.slice(2, 4)).toEqual(['0', '0']);
    expect(Number(closure?.[4])).toBeCloseTo(0.658, 3);
    expect(await lines('/kitchens/board.csv', 'inspector', 'overdue')).toEqual([
      ['', 'Dingxiang kitchen 2', '2', '', ''],
    ]);
    const scores = await lines('/kitchens/board.csv', 'inspector', 'scores');
    expect(scores.map(([, name, score]) => [name, Number(score)])).toEqual([
      ['Dingxiang kitchen 2', server.db.sqlite.prepare('SELECT score FROM restaurant').pluck().get()],
    ]);
    expect(Number(scores[0]?.[2])).toBeLessThan(100);
  });

  it('shows the reviewers, new flags and what is missed, and of a district only its own', async () => {
    const ids = await raise(2);
    for (const flagId of ids) judgeFlag(server.deps, cast.reviewer, { flagId, decision: 'cleared', visibleMs: 1500 });
    expect(await lines('/kitchens/board.csv', 'inspector', 'people')).toEqual([
      ['', 'reviewer-lin · 2', '1.5', '', ''],
    ]);
    expect((await lines('/kitchens/board.csv', 'inspector', 'miss-rate')).every(([, , value]) => value === '')).toBe(
      true,
    );
    const districtId = addDistrict(server.db, { name: '东区' }, cast.admin, server.clock.now());
    const bound = await signedIn(server, { login: 'inspector-east', role: 'inspector', districtId });
    const csv = await bound.text('/kitchens/board.csv?lang=en');
    expect(csv).not.toContain('reviewer-lin');
    expect(csv).not.toContain('Dingxiang');
  });
});

describe('an owner’s board', () => {
  const sites = () => [cast.restaurant.siteId];

  it('shows the score of each day, confirmed violations, and how long each camera was there', async () => {
    const [first, second] = await raise(2);
    judgeFlag(server.deps, cast.reviewer, { flagId: first!, decision: 'confirmed' });
    judgeFlag(server.deps, cast.reviewer, { flagId: second!, decision: 'cleared' });
    server.clock.pass(48 * hour);
    const now = server.clock.now();
    const midnight = Math.floor((now + 8 * hour) / (24 * hour)) * 24 * hour - 8 * hour;
    const event = server.db.sqlite.prepare(
      'INSERT INTO camera_event (camera_id, at, before, after) VALUES (?, ?, ?, ?)',
    );
    // Yesterday: six hours gone of twenty-four.
    event.run(cast.camera.id, midnight - 18 * hour, 'online', 'offline');
    event.run(cast.camera.id, midnight - 12 * hour, 'offline', 'online');
    const score = await lines('/my/board.csv', 'owner', 'score', sites());
    const [before, after] = [score.at(-4), score.at(-1)];
    expect([before?.[2], after?.[2]]).toEqual(['', String(100 + confirmedDelta('no_mask'))]);
    expect(await lines('/my/board.csv', 'owner', 'kinds', sites())).toEqual([['', 'No mask', '1', '', '']]);
    const uptime = await lines('/my/board.csv', 'owner', 'uptime', sites());
    expect(uptime.slice(-3).map(([, , tone]) => tone)).toEqual(['good', 'warn', 'good']);
    expect(uptime[0]?.[2]).toBe('none');
  });

  it('is of the owner’s own shop alone, and says so when there is no such shop', async () => {
    const wang = { ...cast.owner, id: cast.owner.id, sites: [] };
    const other = registerRestaurant(server.deps, wang, {
      name: '别家',
      nameEn: 'Another’s',
      licence: 'JY23309020041827',
      address: '荷塘路 20 号',
      opensAt: '09:00',
      closesAt: '21:00',
    });
    const ask = (query: string) => server.call(`/my/board${query}`, { as: 'owner', sites: sites() });
    expect((await ask(`?site=${encodeURIComponent(other.siteId)}`)).status).toBe(404);
    const own = await ask('');
    expect(own.status).toBe(200);
    expect(await own.text()).not.toContain('别家');
  });
});
