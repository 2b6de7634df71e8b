// The risk list over the sample city: who stands on it and why, who may see it, and how its rules are changed.
import { beforeAll, describe, expect, it } from 'vitest';
import { places } from '../../../samples/district/places.ts';
import { insertAccount } from '../../../server/accounts/create-account.ts';
import { sessionCookie } from '../../../server/accounts/guard.ts';
import { openSession } from '../../../server/accounts/session/open-session.ts';
import { dayMs } from '../../../server/clock.ts';
import { scoreAll, scoreRisk } from '../../../server/oversight/risk/write-risk-scores.ts';
import { openSamples } from '../../../server/samples.ts';
import { writeTransaction } from '../../../server/store/db.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

type Place = {
  site: string;
  score: number;
  grade: string;
  tier: string;
  parts: { part: string; points: number; events: { href: string }[] }[];
};

let server: TestServer;

beforeAll(async () => {
  server = openTestServer();
  await openSamples(server.deps);
  scoreAll(server.deps);
}, 120_000);

const listed = async (query = ''): Promise<Place[]> => {
  const answer = await server.call(`/api/risk${query}`, { as: 'inspector' });
  return ((await answer.json()) as { places: Place[] }).places;
};

describe('the risk list', () => {
  it('puts the careless kitchens first, those that did nothing last, and suppliers on a list of their own', async () => {
    const kitchens = await listed('?kind=kitchen');
    expect(kitchens).toHaveLength(25);
    const rank = (gln: string) => kitchens.findIndex(({ site }) => site === gln);
    expect(rank(places.beianSeafood.gln)).toBeLessThan(4);
    expect(rank(places.beianSeafood.gln)).toBeLessThan(rank(places.dingxiang.gln));
    expect(rank(places.mianbao.gln)).toBeGreaterThan(rank(places.dingxiang.gln));
    expect(kitchens.at(-1)).toMatchObject({ score: 0, grade: 'A', tier: 'routine' });
    const suppliers = await listed('?kind=supplier');
    expect(suppliers[0]?.site).toBe(places.jiangbeiFish.gln);
  });

  it('gives each point its reason, and each reason a page that opens', async () => {
    const [worst] = await listed('?kind=kitchen&limit=1');
    const answer = await server.call(`/api/risk/${worst?.site}`, { as: 'inspector' });
    const place = (await answer.json()) as Place;
    expect(place.score).toBeCloseTo(
      place.parts.reduce((sum, { points }) => sum + points, 0),
      5,
    );
    const hrefs = place.parts.flatMap(({ events }) => events.map(({ href }) => href));
    expect(hrefs.length).toBeGreaterThan(3);
    for (const href of new Set(hrefs)) expect((await server.call(href, { as: 'inspector' })).status, href).toBe(200);
  });

  it('is a page, a sheet and one place in both languages', async () => {
    for (const [lang, title] of [
      ['zh-CN', '风险名单'],
      ['en', 'Risk list'],
    ] as const) {
      const headers = { accept: 'text/html', 'accept-language': lang };
      expect(await (await server.call('/risk', { as: 'inspector', headers })).text()).toContain(title);
      const site = `/risk/sites/${places.beianSeafood.gln}`;
      const page = await (await server.call(site, { as: 'inspector', headers })).text();
      expect(page).toContain(lang === 'en' ? 'Confirmed violations' : '属实的违规');
      expect(page).toContain('/orders/');
    }
    const sheet = await (await server.call('/risk.csv?kind=kitchen', { as: 'inspector' })).text();
    expect(sheet.trim().split('\n')).toHaveLength(26);
  });

  it('counts the next visit from the last one', async () => {
    const { db, deps, clock } = server;
    const due = async () =>
      (
        (await (await server.call(`/api/risk/${places.mianbao.gln}`, { as: 'inspector' })).json()) as {
          visitBy: string;
        }
      ).visitBy;
    const visitedAt = clock.now() + dayMs;
    clock.pass(2 * dayMs);
    db.sqlite
      .prepare(
        "INSERT INTO visit (site_id, state, due_at, weight, result, closed_at, created_at) VALUES (?, 'closed', 0, 1, 'pass', ?, 0)",
      )
      .run(places.mianbao.gln, visitedAt);
    scoreAll(deps);
    expect(await due()).toBe(new Date(visitedAt + 180 * dayMs).toISOString());
    db.sqlite.prepare('DELETE FROM visit WHERE closed_at = ?').run(visitedAt);
    clock.pass(-2 * dayMs);
    scoreAll(deps);
  });

  it('is not for shops, and a place nobody knows is not on it', async () => {
    expect((await server.call('/api/risk', { as: 'owner', sites: [places.dingxiang.gln] })).status).toBe(403);
    expect((await server.call('/api/risk/6900000000000', { as: 'inspector' })).status).toBe(404);
    expect((await server.call('/api/risk?limit=0', { as: 'inspector' })).status).toBe(400);
  });

  it('shows an inspector of a district the places of that district, and no other', async () => {
    const { db, app, clock } = server;
    const district = db.sqlite.prepare("SELECT id FROM district WHERE name = '江北区'").pluck().get() as number;
    const account = {
      login: 'jiangbei',
      name: '江北检查员',
      role: 'inspector',
      sites: [],
      districtId: district,
    } as const;
    const id = writeTransaction(db, () => insertAccount(db, { ...account, passwordHash: null }, 'test', clock.now()));
    const cookie = `${sessionCookie}=${openSession(db, id, clock.now())}`;
    const ask = (path: string) => app.request(`http://localhost${path}`, { headers: { cookie } });
    const seen = ((await (await ask('/api/risk?kind=kitchen')).json()) as { places: Place[] }).places;
    expect(seen.map(({ site }) => site)).toContain(places.jiangbeiHotpot.gln);
    expect(seen.map(({ site }) => site)).not.toContain(places.beianSeafood.gln);
    expect((await ask(`/api/risk/${places.jiangbeiHotpot.gln}`)).status).toBe(200);
    for (const path of ['/api/risk', '/risk/sites'])
      expect((await ask(`${path}/${places.beianSeafood.gln}`)).status).toBe(404);
    expect(await (await ask('/board/rows/overdue')).text()).not.toContain('Bei’an Seafood Stalls');
  });
});

describe('the rules of risk', () => {
  it('are open to everybody and say honestly what the order is worth', async () => {
    const page = await (
      await server.call('/risk/rules', { headers: { accept: 'text/html', 'accept-language': 'en' } })
    ).text();
    expect(page).toContain('Who inspected a place, or whether anybody did, plays no part in the score.');
    expect(page).toMatch(/Not enough history yet|times as many/);
    expect(page).not.toContain('method="post"');
  });

  it('are changed by an administrator alone, with a reason, in the ledger, and then everybody is scored anew', async () => {
    const { db, deps } = server;
    const form = {
      flags: '40',
      orders: '10',
      cameras: '5',
      receipts: '10',
      cold: '10',
      tests: '10',
      complaints: '10',
      licence: '5',
      halfLifeDays: '30',
      bFrom: '10',
      cFrom: '30',
      recoverDays: '30',
      visitA: '180',
      visitB: '60',
      visitC: '14',
    };
    const typed = (change: Record<string, string>) =>
      server.call('/risk/rules', {
        as: 'admin',
        form: { ...form, ...change },
        headers: { accept: 'text/html', 'accept-language': 'zh-CN' },
      });
    expect((await server.call('/risk/rules', { as: 'inspector', form })).status).toBe(403);
    const refused = await typed({ flags: '50', reason: '' });
    expect(refused.status).toBe(400);
    const said = await refused.text();
    expect(said).toContain('权重合计应为 100。');
    expect(said).toContain('写明理由');
    expect(db.sqlite.prepare('SELECT count(*) FROM risk_rule').pluck().get()).toBe(0);
    expect((await typed({ reason: '违规更能说明问题' })).status).toBe(303);
    const entry = db.sqlite.prepare("SELECT body FROM ledger_entry WHERE kind = 'risk-rule'").pluck().get();
    expect(String(entry)).toContain('违规更能说明问题');
    expect(scoreRisk(deps)).toBeGreaterThan(30);
    expect(() => db.sqlite.exec("UPDATE risk_rule SET reason = 'other'")).toThrow('never changed');
  });

  it('after something happened only the place it happened to is scored anew, and a clean month brings a grade back', async () => {
    const { deps, db, clock, call } = server;
    const order = db.sqlite
      .prepare("SELECT id FROM rectification_order WHERE state = 'answered' OR state = 'issued' LIMIT 1")
      .pluck()
      .get();
    await call(`/api/orders/${order}/plan`, { as: 'admin', json: { text: '今天整改' } });
    expect(scoreRisk(deps)).toBeLessThanOrEqual(1);
    const gradeOf = () =>
      db.sqlite.prepare('SELECT grade FROM risk_score WHERE site_id = ?').pluck().get(places.laojiefang.gln);
    const before = String(gradeOf());
    expect(before).not.toBe('A');
    clock.pass(200 * dayMs);
    scoreAll(deps);
    expect(String(gradeOf()) < before).toBe(true);
  });
});
