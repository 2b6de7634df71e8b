// A kitchen is renamed, closed and opened again: who may, and what follows for cameras, visits, risk, days, lists and records.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../server/accounts/caller.ts';
import { dayMs } from '../../../server/clock.ts';
import { dueCameras, unnoticedCameras } from '../../../server/kitchen/camera/camera-store.ts';
import { beijingDay } from '../../../server/kitchen/restaurant/hours.ts';
import { nameOfficer } from '../../../server/oversight/day/change-shop.ts';
import { checkDays, gapsOf } from '../../../server/oversight/day/check-days.ts';
import { livesSheets } from '../../../server/oversight/record/lives-store.ts';
import { scoreAll } from '../../../server/oversight/risk/write-risk-scores.ts';
import { askVisit } from '../../../server/oversight/visit/ask-visit.ts';
import type { VisitReasonKind } from '../../../server/oversight/visit/visit.ts';
import { writeTransaction } from '../../../server/store/db.ts';
import { registerPlace } from '../../../server/trace/place/register-place.ts';
import { type Cast, openCast } from '../../support/kitchen-cast.ts';
import { type PersonAtWork, signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
let li: PersonAtWork;
let chen: PersonAtWork;
let site: string;
let owner: Caller;

beforeEach(async () => {
  server = openTestServer();
  cast = openCast(server.deps);
  site = cast.restaurant.siteId;
  registerPlace(server.deps, { siteId: site, name: cast.restaurant.name, kind: 'restaurant' });
  li = await signedIn(server, { login: 'li', role: 'owner', sites: [site] });
  chen = await signedIn(server, { login: 'chen', role: 'inspector', name: '陈敏' });
  owner = { id: li.id, name: 'li', role: 'owner', sites: [site], via: 'session' };
});

const today = () => beijingDay(server.clock.now());
const at = (path: string) => `/kitchens/${cast.restaurant.id}/${path}`;
const close = (who = li, more: Record<string, string> = {}) =>
  who.go(at('closing'), { day: today(), reason: '租约到期', ...more });
const one = (sql: string) => server.db.sqlite.prepare(sql).pluck().get();
const entries = () =>
  (server.db.sqlite.prepare("SELECT body FROM ledger_entry WHERE kind = 'restaurant'").pluck().all() as string[]).map(
    (body) => JSON.parse(body) as { step?: string; by?: number },
  );
const ask = (kind: VisitReasonKind) =>
  writeTransaction(server.db, () =>
    askVisit(server.db, { siteId: site, kind, ref: `${kind}/1`, weight: 1, inspectors: [], at: server.clock.now() }),
  );

describe('a kitchen that is renamed', () => {
  it('is called so at once in both halves, keeps its score, and is found under either name', async () => {
    const before = cast.restaurant.name;
    const form = { name: '鼎香新馆', nameEn: 'New Dingxiang', reason: '许可证已变更名称' };
    expect((await li.go(at('name'), form)).status).toBe(303);
    expect(one('SELECT name FROM restaurant')).toBe('鼎香新馆');
    expect(one(`SELECT name FROM site WHERE id = '${site}'`)).toBe('鼎香新馆');
    expect(one('SELECT score FROM restaurant')).toBe(cast.restaurant.score);
    expect(entries().at(-1)).toMatchObject({ step: 'renamed', before, name: '鼎香新馆', by: li.id });
    expect(await chen.text(`/kitchens?words=${encodeURIComponent(before)}`)).toContain('鼎香新馆');
    expect(await chen.text(`/search?q=${encodeURIComponent(before)}`)).toContain('鼎香新馆');
    expect(await chen.text(`/records/${site}`)).toContain(`曾用名：${before}`);
  });

  it('cannot shake its record off: an owner renames twice in ninety days, and then an inspector does', async () => {
    for (const name of ['一号馆', '二号馆'])
      expect((await li.go(at('name'), { name, reason: '变更' })).status).toBe(303);
    const third = await li.go(at('name'), { name: '三号馆', reason: '变更' });
    expect([third.status, (await third.text()).includes('90 天内已更名两次')]).toEqual([400, true]);
    expect((await chen.go(at('name'), { name: '三号馆', reason: '变更' })).status).toBe(303);
  });

  it('is not renamed without a reason, to nothing, or to the name it has; nothing is written', async () => {
    const size = one('SELECT count(*) FROM ledger_entry');
    for (const form of [
      { name: '新名称', reason: '' },
      { name: ' ', reason: '变更' },
      { name: cast.restaurant.name, nameEn: cast.restaurant.nameEn ?? '', reason: '变更' },
    ])
      expect((await li.go(at('name'), form)).status, JSON.stringify(form)).toBe(400);
    expect(one('SELECT count(*) FROM ledger_entry')).toBe(size);
  });
});

describe('a kitchen that is closed', () => {
  it('is looked at no more and is not blind: no camera is due, missed or counted', async () => {
    server.clock.pass(10 * dayMs);
    li = await signedIn(server, { login: 'li2', role: 'owner', sites: [site] });
    expect(dueCameras(server.db, server.clock.now()).length).toBeGreaterThan(0);
    expect((await close()).status).toBe(303);
    server.clock.pass(dayMs);
    expect(dueCameras(server.db, server.clock.now())).toEqual([]);
    expect(unnoticedCameras(server.db, server.clock.now())).toEqual([]);
  });

  it('is hidden from the list unless asked for, says so on its pages and its door, and stands in the open data', async () => {
    scoreAll(server.deps);
    await close();
    const said = `已于 ${today()} 停业`;
    expect(await chen.text('/kitchens')).not.toContain(cast.restaurant.name);
    expect(await chen.text('/kitchens?only=closed')).toContain(said);
    for (const path of [at('standing'), at('standing').replace('/standing', ''), `/records/${site}`, '/records'])
      expect(await chen.text(path), path).toContain(said);
    expect(await li.text(`/my?site=${site}`)).toContain(said);
    expect(await chen.text(`/records/${site}?lang=en`)).toContain(`Closed on ${today()}`);
    expect(await chen.text(`/search?q=${encodeURIComponent(cast.restaurant.name)}`)).toContain(said);
    const json = (await (await server.call(`/api/records/${site}`)).json()) as Record<string, unknown>;
    expect(json).toMatchObject({ closedOn: today(), grade: null, brightKitchen: false });
    const [businesses] = livesSheets(server.db, { now: server.clock.now(), origin: 'http://x' });
    expect(businesses?.rows[0]?.[businesses.columns.indexOf('closed_on')]).toBe(today());
    expect((await chen.go(`/records/${site}/certificate`)).status).toBe(404);
  });

  it('is called off its planned visit with the reason; one for a recall or a complaint stays due', async () => {
    const { visitId } = ask('plan');
    await close();
    expect(await chen.text(`/visits/${visitId}`)).toContain('该单位停业，检查已取消：租约到期');
    expect(await chen.text('/visits?state=off&who=all')).toContain(`/visits/${visitId}`);
    const late = await chen.go(`/api/visits/${visitId}/closed`, { key: 'k', list: '1', signedName: '王' });
    expect(late.status).toBe(409);
    expect((await chen.go(at('reopening'), {})).status).toBe(303);
    expect(one(`SELECT state FROM visit WHERE id = ${visitId}`)).toBe('open');
    ask('recall');
    await close();
    expect(one(`SELECT state FROM visit WHERE id = ${visitId}`)).toBe('open');
  });

  it('leaves the risk list, and closing for a day washes no grade off', async () => {
    scoreAll(server.deps);
    server.db.sqlite.prepare("UPDATE risk_score SET grade = 'C' WHERE site_id = ?").run(site);
    server.db.sqlite
      .prepare("INSERT INTO risk_grade (site_id, grade, score, rule_id, at) VALUES (?, 'C', 90, 1, ?)")
      .run(site, server.clock.now());
    await close();
    scoreAll(server.deps);
    expect(one(`SELECT count(*) FROM risk_score WHERE site_id = '${site}'`)).toBe(0);
    await li.go(at('reopening'), {});
    scoreAll(server.deps);
    expect(one(`SELECT grade FROM risk_score WHERE site_id = '${site}'`)).not.toBe('A');
  });

  it('owes no daily list or report from that day on; what it missed before stays', async () => {
    nameOfficer(server.deps, site, 'officer', li.id, owner);
    server.clock.pass(2 * dayMs);
    li.cookie = (await signedIn(server, { login: 'li3', role: 'owner', sites: [site] })).cookie;
    expect((await close()).status).toBe(303);
    server.clock.pass(20 * dayMs);
    checkDays(server.deps);
    // The week that ended before it closed was its own to sign; the one that the closing cut short is nobody's.
    const { days, weeks, months } = gapsOf(server.db, site, server.clock.now());
    expect([days, weeks, months]).toEqual([['2026-11-22', '2026-11-23'], 1, 0]);
    server.clock.pass(40 * dayMs);
    checkDays(server.deps);
    expect(one("SELECT count(*) FROM finding WHERE kind = 'day_missed' AND closed_at IS NULL")).toBe(0);
  });

  it('is opened again by its owner within thirty days, with its cameras; later, or closed by an inspector, by an inspector', async () => {
    const cameras = one('SELECT count(*) FROM camera WHERE removed_at IS NULL');
    await close();
    expect((await li.go(at('reopening'), {})).status).toBe(303);
    expect(one('SELECT count(*) FROM camera WHERE removed_at IS NULL')).toBe(cameras);
    await close(chen);
    expect((await li.go(at('reopening'), {})).status).toBe(403);
    expect(await li.text('/notices')).toContain('已登记为停业');
    expect((await chen.go(at('reopening'), {})).status).toBe(303);
    await close();
    server.clock.pass(31 * dayMs);
    const later = await signedIn(server, { login: 'later', role: 'owner', sites: [site] });
    expect((await later.go(at('reopening'), {})).status).toBe(403);
    expect(entries().map(({ step }) => step)).toEqual([
      undefined,
      ...['closed', 'reopened', 'closed', 'reopened', 'closed'],
    ]);
    expect(
      entries()
        .slice(1)
        .every(({ by }) => typeof by === 'number'),
    ).toBe(true);
  });

  it('is not closed twice, by a day to come, or without a reason; nothing is written', async () => {
    const tomorrow = beijingDay(server.clock.now() + dayMs);
    for (const form of [{ day: tomorrow }, { reason: '' }, { day: '2020-01-01' }, { day: 'soon' }]) {
      const size = one('SELECT count(*) FROM ledger_entry');
      const answer = await close(li, form);
      expect([answer.status, one('SELECT count(*) FROM ledger_entry')], JSON.stringify(form)).toEqual([400, size]);
    }
    expect(await (await close(li, { day: tomorrow })).text()).toContain('这一天还没到');
    await close();
    expect((await close()).status).toBe(409);
  });
});
