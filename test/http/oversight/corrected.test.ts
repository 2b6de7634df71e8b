// What follows when a verdict is taken back on appeal, or a kitchen comes to lie in another district: every page that told of it tells otherwise.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../server/accounts/caller.ts';
import { setSitesOfDistrict } from '../../../server/accounts/person/district.ts';
import { appealVerdict, decideAppeal } from '../../../server/kitchen/order/appeal-verdict.ts';
import { readZip } from '../../../server/ledger/plain-zip.ts';
import { keepBoards } from '../../../server/oversight/board/keep-boards.ts';
import { placesOfLot } from '../../../server/oversight/complaint/complaint-store.ts';
import { takeComplaintStep } from '../../../server/oversight/complaint/take-complaint-step.ts';
import { scoreAll, scoreRisk } from '../../../server/oversight/risk/write-risk-scores.ts';
import { openSamples } from '../../../server/samples.ts';
import { signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = openTestServer();
  await openSamples(server.deps);
  scoreAll(server.deps);
}, 120_000);

const one = <Row>(sql: string, ...values: unknown[]) => server.db.sqlite.prepare(sql).get(...values) as Row;
const idOf = (login: string) => one<{ id: number }>('SELECT id FROM account WHERE login = ?', login).id;
const text = async (path: string, as: 'inspector' | 'admin' = 'inspector') =>
  (await server.call(path, { as, headers: { accept: 'text/html', 'accept-language': 'en' } })).text();
const json = async <Answer>(path: string) => (await (await server.call(path, { as: 'inspector' })).json()) as Answer;

type Eligible = { id: number; flag: number; site: string; restaurant: number; score: number; violation: string };
const openOrder = () =>
  one<Eligible>(
    `SELECT o.id, o.flag_id AS flag, r.site_id AS site, r.id AS restaurant, r.score, o.violation
     FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
     WHERE o.state = 'issued' AND o.due_at < @now AND o.issued_at > @now - 7 * 86400000
       AND NOT EXISTS (SELECT 1 FROM appeal a WHERE a.order_id = o.id) ORDER BY o.id DESC LIMIT 1`,
    { now: server.clock.now() },
  );

const sheets = async () => {
  const read = readZip(Buffer.from(await (await server.call('/api/open-data/lives.zip')).arrayBuffer()));
  if (!read.ok) throw new Error('The archive cannot be read.');
  return read.files;
};
/** How many lines of the open data are about a kitchen. */
const linesOf = (files: Awaited<ReturnType<typeof sheets>>, site: string): Record<string, number> =>
  Object.fromEntries(
    ['inspections', 'violations', 'corrections'].map((name) => {
      const file = files.find(({ path }) => path === `${name}.csv`)?.bytes.toString('utf8') ?? '';
      return [name, file.split('\n').filter((line) => line.startsWith(`${site},`)).length];
    }),
  );

describe('a verdict that is overturned on appeal', () => {
  it('gives the score back, leaves risk and board, and stays a line without its matter on the record', async () => {
    const order = openOrder();
    expect(order).toBeDefined();
    const { site, id } = order;
    type Record_ = { credit: number; orders: { violation: string | null; state: string; late: boolean }[] };
    type Risk = { score: number };
    const openData = { before: linesOf(await sheets(), site), after: {} };
    const before = { record: await json<Record_>(`/api/records/${site}`), risk: await json<Risk>(`/api/risk/${site}`) };
    expect(await text('/board/rows/overdue')).toContain(`href="/orders/${id}"`);
    expect(await text(`/risk/sites/${site}`)).toContain(`/orders/${id}`);
    const owner: Caller = { id: idOf('owner'), name: 'owner', role: 'owner', sites: [site], via: 'session' };
    const other: Caller = {
      id: idOf('admin'),
      name: 'admin',
      role: 'admin',
      sites: [],
      via: 'session',
    };
    appealVerdict(server.deps, owner, { orderId: id, text: '画面里是抹布' });
    expect(await json<Record_>(`/api/records/${site}`), 'an appeal alone changes nothing').toEqual(before.record);
    decideAppeal(server.deps, other, { orderId: id, decision: 'overturned', note: '确实是抹布' });
    scoreRisk(server.deps);

    const after = { record: await json<Record_>(`/api/records/${site}`), risk: await json<Risk>(`/api/risk/${site}`) };
    expect(after.record.credit).toBeGreaterThan(before.record.credit);
    expect(after.risk.score).toBeLessThan(before.risk.score);
    const withdrawn = (orders: Record_['orders']) => orders.filter(({ state }) => state === 'withdrawn');
    expect(withdrawn(after.record.orders)).toHaveLength(withdrawn(before.record.orders).length + 1);
    expect(withdrawn(after.record.orders).every(({ violation, late }) => violation === null && !late)).toBe(true);
    expect(await text('/board/rows/overdue')).not.toContain(`href="/orders/${id}"`);
    expect(await text(`/risk/sites/${site}`)).not.toContain(`/orders/${id}`);
    openData.after = linesOf(await sheets(), site);
    const { inspections = 0, violations = 0, corrections = 0 } = openData.before;
    const moved = { inspections: inspections - 1, violations: violations - 1, corrections: corrections + 1 };
    expect(openData.after).toEqual(moved);
    // Decided twice, it is refused, and the score is given back once.
    expect(() => decideAppeal(server.deps, other, { orderId: id, decision: 'overturned', note: '再来一次' })).toThrow();
    expect((await json<Record_>(`/api/records/${site}`)).credit).toBe(after.record.credit);
  });
});

it('a complaint that was about another place counts there from now on, and no more where it was', () => {
  const { db, deps } = server;
  scoreRisk(deps);
  const moved = one<{ id: number; site: string; lot: number }>(
    `SELECT c.id, c.site_id AS site, c.lot_id AS lot FROM complaint c WHERE c.state = 'new' AND c.lot_id > 0 AND c.site_id IS NOT NULL
       AND (SELECT count(DISTINCT h.site_key) FROM holding h WHERE h.lot_id = c.lot_id) > 2 ORDER BY c.id DESC LIMIT 1`,
  );
  const other = placesOfLot(db, moved.lot).find(({ id }) => id !== moved.site);
  const scores = () =>
    [moved.site, other?.id].map(
      (site) => one<{ score: number }>('SELECT score FROM risk_score WHERE site_id = ?', site).score,
    );
  const before = scores();
  const admin: Caller = { id: idOf('admin'), name: 'admin', role: 'admin', sites: [], via: 'session' };
  takeComplaintStep(deps, moved.id, { kind: 'linked', words: '', siteId: other?.id ?? '' }, admin);
  expect(scoreRisk(deps)).toBe(2);
  const after = scores();
  expect([(after[0] ?? 0) < (before[0] ?? 0), (after[1] ?? 0) > (before[1] ?? 0)]).toEqual([true, true]);
});

it('a clock that ran a year ahead and was set right again keeps nobody from being scored every night', () => {
  const { deps, clock } = server;
  const year = 365 * 86_400_000;
  clock.pass(year);
  scoreAll(deps);
  clock.pass(-year);
  expect(scoreRisk(deps)).toBeGreaterThan(30);
  expect(one<{ at: number }>('SELECT max(scored_at) AS at FROM risk_score').at).toBe(clock.now());
  expect(scoreRisk(deps)).toBe(0);
});

describe('a kitchen that comes to lie in another district', () => {
  it('is on the list, the board and the kitchens of that district, and no longer on those of the first', async () => {
    const { db, deps, clock } = server;
    const home = one<{ site: string; name: string; district: number }>(
      `SELECT r.site_id AS site, r.name, d.district_id AS district FROM restaurant r JOIN site_district d ON d.site_id = r.site_id
       JOIN rectification_order o ON o.restaurant_id = r.id AND o.state = 'issued' AND o.due_at < ? ORDER BY r.id LIMIT 1`,
      clock.now(),
    );
    const other = one<{ id: number }>('SELECT id FROM district WHERE id <> ? LIMIT 1', home.district);
    const first = await signedIn(server, { login: 'first', role: 'inspector', districtId: home.district });
    const second = await signedIn(server, { login: 'second', role: 'inspector', districtId: other.id });
    const paths = ['/risk?list=kitchens', '/board/rows/overdue', '/kitchens'];
    const seen = async (who: typeof first) =>
      Promise.all(paths.map(async (path) => [path, (await who.text(path)).includes(home.name)] as const));
    const all = paths.map((path) => [path, true]);
    const none = paths.map((path) => [path, false]);
    expect([await seen(first), await seen(second)]).toEqual([all, none]);
    keepBoards(deps);
    const sites = db.sqlite.prepare('SELECT site_id FROM site_district WHERE district_id = ?').pluck();
    const admin: Caller = {
      id: idOf('admin'),
      name: 'admin',
      role: 'admin',
      sites: [],
      via: 'session',
    };
    setSitesOfDistrict(db, other.id, { sites: [...(sites.all(other.id) as string[]), home.site] }, admin, clock.now());
    expect([await seen(first), await seen(second)]).toEqual([none, all]);
    expect(sites.all(home.district)).not.toContain(home.site);
    expect((await first.go(`/risk/sites/${home.site}`)).status).toBe(404);
  });
});
