// The sentinel over a server: a spike of complaints becomes an alert with its reason and picture, and is quiet once explained.
import { beforeEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../../server/clock.ts';
import { alertsOf } from '../../../server/oversight/sentinel/alert-store.ts';
import { dayNumber, seriesUntil } from '../../../server/oversight/sentinel/series-store.ts';
import { watchSeries } from '../../../server/oversight/sentinel/watch-series.ts';
import { recordLabTest } from '../../../server/trace/lot/record-lab-test.ts';
import { belly, type JoinedKitchens, openJoinedKitchens, places } from '../../support/joined-kitchens.ts';

let house: JoinedKitchens;
let number = 0;
beforeEach(() => {
  house = openJoinedKitchens();
});
const html = { accept: 'text/html' };

/** As many complaints about Dingxiang, `daysAgo` days ago. */
function complain(count: number, daysAgo: number): void {
  const { db, clock } = house.server;
  const insert = db.sqlite.prepare(
    `INSERT INTO complaint (public_id, ticket, lot_id, site_id, kind, words, happened_at, state, at) VALUES (?, ?, 0, ?, 'hygiene', '有老鼠', 1, 'new', ?)`,
  );
  for (let each = 0; each < count; each++) {
    number += 1;
    insert.run(`p${number}`, `t${number}`, places.dingxiang, clock.now() - daysAgo * dayMs);
  }
}

/** One every other day for nine weeks. */
function usual(): void {
  for (let day = 1; day < 63; day += 2) complain(1, day);
}

const look = () => watchSeries(house.server.deps);
const pageOf = async (options: object = {}) =>
  (await house.server.call('/sentinel', { as: 'inspector', headers: html, ...options })).text();
const explain = (id: number, reason: string) =>
  house.server.call(`/sentinel/${id}/explanation`, { as: 'inspector', form: { reason }, headers: html });

describe('a spike of complaints', () => {
  it('is an alert for city, class and kitchen, with what was expected, a chart and its table; a second look adds none', async () => {
    usual();
    expect(look()).toBe(0);
    expect(await pageOf()).toContain('没有异常');
    complain(9, 0);
    expect(look()).toBe(4);
    expect(look()).toBe(0);
    const page = await pageOf();
    for (const said of [
      '鼎香小馆 · 投诉举报',
      '鼎香小馆 · 投诉举报 · 后厨卫生',
      '全市 · 投诉举报 · 后厨卫生',
      '一天 9 次，按过去八周应为 0.5 次',
      '控制限',
    ])
      expect(page).toContain(said);
    expect(page).toContain('<svg class="chart"');
    expect(page).toContain('2026-11-22');
    expect(await (await house.server.call('/sentinel?lang=en', { as: 'inspector', headers: html })).text()).toContain(
      '9 on 2026-11-22; the eight weeks before lead to expect 0.5.',
    );
  });

  it('that goes on stays one alert; once its reason is written it is quiet, until twice as many come', async () => {
    usual();
    complain(9, 0);
    look();
    house.server.clock.pass(dayMs);
    complain(10, 0);
    expect(look()).toBe(0);
    expect((await explain(1, '')).status).toBe(400);
    expect(await (await explain(1, ' ')).text()).toContain('先写上原因');
    expect((await explain(1, '隔壁店着火，集中投诉')).status).toBe(303);
    expect((await explain(1, '再说一次')).status).toBe(409);
    expect((await explain(99, '没有')).status).toBe(404);
    for (const id of [2, 3, 4]) expect((await explain(id, '同上')).status).toBe(303);
    house.server.clock.pass(dayMs);
    complain(9, 0);
    expect(look()).toBe(0);
    expect(await pageOf()).toContain('隔壁店着火，集中投诉');
    complain(60, 0);
    expect(look()).toBe(4);
  });

  it('is counted in the bar of an inspector, and nobody else reads the page', async () => {
    usual();
    complain(9, 0);
    look();
    expect(await pageOf()).toMatch(/href="\/sentinel"[^>]*>\s*预警\s*<span class="count">4</);
    for (const as of ['owner', 'partner', 'reviewer'] as const)
      expect((await house.server.call('/sentinel', { as })).status).toBe(403);
    expect((await house.server.call('/sentinel')).status).toBe(401);
  });
});

it('a new server raises no alert over its first weeks: nothing came before that it could be a spike against', () => {
  complain(9, 0);
  expect(look()).toBe(0);
  for (let day = 0; day < 40; day++) {
    house.server.clock.pass(dayMs);
    if (day % 3 === 0) complain(1, 0);
    expect(look(), `day ${day}`).toBe(0);
  }
  complain(12, 0);
  expect(look()).toBe(4);
});

it('counts no flag that was cleared or drawn at random, no blind camera among violations, and no test that was passed', () => {
  const { db, clock, deps } = house.server;
  const flag = db.sqlite.prepare(
    `INSERT INTO flag (camera_id, restaurant_id, violation, score, threshold, box, at, picture_hash, picture_width, picture_height, pack_name,
       pack_sha256, status, audit, second) SELECT min(id), restaurant_id, ?, 1, 1, '[]', ?, '', 1, 1, '', '', ?, ?, 'none' FROM camera`,
  );
  flag.run('no_hat', clock.now(), 'open', 0);
  flag.run('no_hat', clock.now(), 'cleared', 0);
  flag.run('no_hat', clock.now(), 'open', 1);
  flag.run('camera_fault', clock.now(), 'open', 0);
  for (const result of ['failed', 'passed'] as const)
    recordLabTest(deps, { lotId: house.lotId(belly), subject: '兽药残留', result, testedAt: clock.now() }, null);
  const today = seriesUntil(db, dayNumber(clock.now()))
    .filter(({ scope, class: name }) => scope === 'city' && name === '')
    .map(({ kind, counts }) => [kind, counts.at(-1)]);
  expect(today).toEqual([
    ['flag', 1],
    ['test', 1],
  ]);
});

describe('an inspector of a district', () => {
  it('is told of its own kitchens and its own sum alone', async () => {
    const { db } = house.server;
    db.sqlite.exec("INSERT INTO district (name, created_at) VALUES ('荷塘区', 1), ('临江区', 1)");
    db.sqlite.prepare('INSERT INTO site_district VALUES (?, 1)').run(places.dingxiang);
    usual();
    complain(9, 0);
    look();
    const scopes = db.sqlite
      .prepare("SELECT DISTINCT scope || ' ' || subject FROM sentinel_alert ORDER BY 1")
      .pluck()
      .all();
    expect(scopes).toEqual(['city ', 'district 1', `kitchen ${places.dingxiang}`]);
    const seenIn = (id: number, sites: string[]) => {
      const district = { id, name: '区', nameEn: null, sites };
      const caller = { id: 1, name: '李', role: 'inspector', sites: [], via: 'token', district } as const;
      return new Set(alertsOf(db, caller, 'open').map(({ scope }) => scope));
    };
    expect([seenIn(1, [places.dingxiang]), seenIn(2, [places.haiwei])]).toEqual([
      new Set(['kitchen', 'district']),
      new Set(),
    ]);
  });
});
