// A shop's legal day: the data ticks what it knows, the officer confirms the rest, the week signs itself off, parents may look.
import { beforeEach, describe, expect, it } from 'vitest';
import { evidenceChecks } from '../../../server/evidence.ts';
import { verifyLedger } from '../../../server/ledger/verify.ts';
import { checkDays } from '../../../server/oversight/day/check-days.ts';
import { draftReport } from '../../../server/oversight/day/report-store.ts';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { documentOf, events, lotUri, places, products } from '../../support/cast.ts';
import { signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const html = { accept: 'text/html' };
const owner = { as: 'owner', sites: [places.dingxiang] } as const;
const other = { as: 'owner', sites: [places.haiwei] } as const;
const base = `/my/day/${places.dingxiang}`;
const lot = lotUri(products.belly, 'A07');
const day = 86_400_000;

const textOf = async (path: string, who: object = owner) => (await server.call(path, { ...who, headers: html })).text();
const post = (path: string, form: Record<string, string> = {}, who: object = owner) =>
  server.call(path, { ...who, form, headers: html });
const json = async (path = '', who: object = owner) =>
  (await server.call(`/api/day/${places.dingxiang}${path}`, who)).json() as Promise<DayJson>;
type DayJson = {
  state: string;
  missed: string[];
  lateReports: Record<string, number>;
  items: { item: string; state: string; words?: string }[];
};
const stateOf = ({ items }: DayJson, item: string) => items.find((each) => each.item === item)?.state;
const count = (sql: string) => server.db.sqlite.prepare(`SELECT count(*) FROM ${sql}`).pluck().get();

/** The account behind a test's token. */
const accountOf = (who: { readonly sites: readonly string[] }) =>
  String(server.db.sqlite.prepare('SELECT account_id FROM account_site WHERE site_id = ?').pluck().get(who.sites[0]));

const proved = () =>
  verifyLedger({
    db: server.db,
    publicKey: server.deps.secrets.ledgerPublicKey,
    checks: evidenceChecks(server.db, server.deps.config.dataDir),
  }).faults;

async function nameAll(): Promise<void> {
  for (const office of ['officer', 'head']) await post(`${base}/offices`, { office, account: accountOf(owner) });
}

const fine = { all: '1', 'answer-morning': 'ok', 'answer-expiry': 'ok' };

beforeEach(async () => {
  server = openTestServer();
  for (const siteId of [places.wholesaler, places.dingxiang, places.haiwei])
    registerPlace(server.deps, { siteId, name: siteId === places.dingxiang ? '鼎香小馆' : siteId, kind: 'restaurant' });
  registerProduct(server.deps, { gtin: products.belly, name: '冷鲜五花肉', unit: 'KGM' });
  for (const who of [owner, other]) server.tokenOf(who.as, who.sites);
});

function goodsArrive(): void {
  const now = server.clock.now();
  const list = [
    events.ship(now - 7_200_000, places.wholesaler, places.dingxiang, [[lot, 6, 'KGM']]),
    events.receive(now - 3_600_000, places.dingxiang, places.wholesaler, [[lot, 6, 'KGM']]),
  ];
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
}

describe('the list of the day', () => {
  it('ticks what the data knows, says what it does not know, and finds a delivery without papers', async () => {
    await nameAll();
    goodsArrive();
    const found = await json();
    expect(
      ['recalls', 'expiry', 'receipts', 'temperature', 'morning', 'disinfection'].map((item) => stateOf(found, item)),
    ).toEqual(['proved', 'proved', 'problem', 'unknown', 'asked', 'asked']);
    expect(stateOf(found, 'samples')).toBeUndefined();
    const page = await textOf(base);
    for (const said of ['缺票证 1 批', '没有温度读数', '/my/purchases', '其余全部正常']) expect(page).toContain(said);
    expect(await textOf(`${base}?lang=en`)).toContain('1 lot received, 1 without a certificate');
  });

  it('is done by one press with a line for what is wrong, and what nobody answered is asked for', async () => {
    await nameAll();
    goodsArrive();
    const refused = await post(base, { all: '1' });
    expect(refused.status).toBe(400);
    const page = await refused.text();
    for (const said of ['请选择。', '请写明情况和处理。']) expect(page).toContain(said);
    expect(count('day_check')).toBe(0);
    const done = await post(base, { ...fine, 'words-receipts': '供应商下午补送证明', 'answer-temperature': 'unknown' });
    expect(done.status).toBe(303);
    const kept = await json();
    expect(
      ['receipts', 'temperature', 'morning', 'disinfection', 'recalls'].map((item) => stateOf(kept, item)),
    ).toEqual(['exception', 'unknown', 'confirmed', 'confirmed', 'proved']);
    expect(await textOf(base)).toContain('供应商下午补送证明');
    expect((await post(base, fine)).status).toBe(409);
    expect((await post(`${base}/lines`, { item: 'oil', words: '油桶漏油，已更换' })).status).toBe(303);
    expect(await textOf(base)).toContain('油桶漏油');
    expect(count('day_check')).toBe(1);
  });

  it('is the named officer’s alone, and nobody sees another shop’s', async () => {
    expect((await post(base, fine)).status).toBe(409);
    expect(await textOf(base)).toContain('还没有指定食品安全员');
    expect((await post(`${base}/offices`, { office: 'officer', account: accountOf(other) })).status).toBe(400);
    await nameAll();
    await nameAll();
    expect(count('day_office'), 'the same person again changes nothing').toBe(2);
    const helper = { as: 'owner', sites: [places.dingxiang, places.haiwei] } as const;
    server.tokenOf(helper.as, helper.sites);
    expect((await post(base, fine, helper)).status).toBe(403);
    for (const path of [base, `${base}/settings`, `${base}/week/2026-11-16`])
      expect((await server.call(path, { ...other, headers: html })).status).toBe(404);
    expect((await server.call(`/api/day/${places.dingxiang}`, { as: 'inspector' })).status).toBe(200);
    expect((await server.call(`/api/day/${places.dingxiang}`, { as: 'reviewer' })).status).toBe(403);
    expect((await server.call(`/api/day/${places.dingxiang}?day=yesterday`, owner)).status).toBe(400);
  });

  it('asks of each person how they are this morning; no one press answers for them', async () => {
    await nameAll();
    for (const name of ['小李', '老王'])
      await post(`${base}/staff`, { name, certificate: `JK-${name}`, expiresOn: '2026-12-31' });
    const page = await textOf(base);
    for (const said of ['name="staff-1"', 'name="staff-2"', '健康证至 2026-12-31']) expect(page).toContain(said);
    expect(page).not.toContain('name="answer-morning"');
    const refused = await post(base, { ...fine, 'staff-1': 'well' });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('请逐人选择')]);
    expect(await (await post(`${base}?lang=en`, { ...fine, 'staff-1': 'well' })).text()).toContain('each person');
    const unwell = { ...fine, 'staff-1': 'well', 'staff-2': 'unwell' };
    expect(await (await post(base, unwell)).text()).toContain('请写明情况和处理');
    expect(count('day_morning')).toBe(0);
    expect((await post(base, { ...unwell, 'words-morning': '发烧，回家休息' })).status).toBe(303);
    expect(stateOf(await json(), 'morning')).toBe('exception');
    expect(await textOf(base)).toContain('小李 正常、老王 异常');
    expect(proved()).toEqual([]);
  });

  it('waits in the bar of whoever is named for it until it is done, and then the week for whoever signs it', async () => {
    const waits = async () =>
      /<li class="card"><a href="\/my\/day"><span class="figure-value">(\d+)</.exec(await textOf('/today'))?.[1];
    expect(await waits()).toBeUndefined();
    await nameAll();
    expect(await waits()).toBe('1');
    await post(base, fine);
    expect(await waits()).toBeUndefined();
    server.clock.pass(7 * day);
    expect(await waits()).toBe('2');
  });

  it('knows whose health certificate has run out', async () => {
    await nameAll();
    expect((await post(`${base}/staff`, { name: '小李', certificate: 'JK-0001', expiresOn: 'soon' })).status).toBe(400);
    await post(`${base}/staff`, { name: '小李', certificate: 'JK-0001', expiresOn: '2026-12-31' });
    expect(stateOf(await json(), 'health')).toBe('proved');
    server.clock.pass(60 * day);
    expect(stateOf(await json(), 'health')).toBe('problem');
    expect((await post(`${base}/staff/1/left`)).status).toBe(303);
    expect((await post(`${base}/staff/1/left`)).status).toBe(404);
    expect(stateOf(await json(), 'health')).toBe('unknown');
    await post(`${base}/staff`, { name: '老王', certificate: 'JK-0002', expiresOn: '2027-01-21' });
    expect(stateOf(await json(), 'health'), 'on its last day it still counts').toBe('proved');
    server.clock.pass(day);
    expect(stateOf(await json(), 'health')).toBe('problem');
  });
});

describe('a week', () => {
  it('shows the days nobody did, is signed once by the named person as it was read, and proves itself', async () => {
    await nameAll();
    await post(base, fine);
    const path = `${base}/week/2026-11-22`;
    const hashIn = async () => /name="hash" value="([0-9a-f]{64})"/.exec(await textOf(path))?.[1] ?? '';
    expect(await textOf(path)).toContain('结束后才能签名');
    expect(
      (
        await post(path, {
          hash: draftReport(server.db, places.dingxiang, 'week', '2026-11-22', server.clock.now()).hash,
        })
      ).status,
    ).toBe(409);
    server.clock.pass(day);
    const hash = await hashIn();
    expect((await post(path, { hash: '0'.repeat(64) })).status).toBe(409);
    const hand = await signedIn(server, { login: 'hand', role: 'owner', sites: [places.dingxiang] });
    expect((await hand.go(path, { hash })).status, 'of the shop, and not named for it').toBe(403);
    expect(count('day_report')).toBe(0);
    expect((await post(path, { hash })).status).toBe(303);
    expect((await post(path, { hash })).status).toBe(409);
    expect(await textOf(path)).toContain(hash);
    expect(proved()).toEqual([]);
    expect(() => server.db.sqlite.exec("UPDATE day_report SET body = '{}'")).toThrow(/never updated/);
    server.db.sqlite.exec("DROP TRIGGER day_report_unchanged; UPDATE day_report SET body = '{}'");
    expect(JSON.stringify(proved())).toContain('not what was signed');
  });

  it('with a day missed is a finding, told to the officer once, until a signed report owns up to it', async () => {
    await nameAll();
    await post(base, fine);
    server.clock.pass(2 * day);
    for (let look = 0; look < 2; look++) expect(checkDays(server.deps)).toBe(1);
    expect((await json()).missed).toEqual(['2026-11-23']);
    expect(await textOf('/my/findings')).toContain('1 天没有做日管控');
    expect(await textOf('/days', { as: 'inspector' })).toContain('鼎香小馆');
    expect(count('notice')).toBe(1);
    await post(`${base}/closed`);
    server.clock.pass(day);
    expect(checkDays(server.deps)).toBe(1);
    expect(count('notice'), 'yesterday was done: nobody is told of the day before it again').toBe(1);
    server.clock.pass(5 * day);
    const path = `${base}/week/2026-11-23`;
    const hash = /name="hash" value="([0-9a-f]{64})"/.exec(await textOf(path))?.[1] ?? '';
    expect((await post(path, { hash })).status).toBe(303);
    expect((await json()).missed).toEqual([]);
  });

  it('may be signed until the third day after it, and is late from the fourth on', async () => {
    await nameAll();
    server.clock.pass(3 * day);
    expect((await json()).lateReports).toEqual({ week: 0, month: 0 });
    server.clock.pass(day);
    expect((await json()).lateReports).toEqual({ week: 1, month: 0 });
  });

  it('unsigned after its grace is late, and so is a month', async () => {
    await nameAll();
    server.clock.pass(16 * day);
    const { lateReports, missed } = await json();
    expect(lateReports).toEqual({ week: 2, month: 1 });
    expect(missed).toHaveLength(16);
    expect((await textOf(`${base}/month/2026-11-01`)).match(/缺失/g)?.length).toBe(9);
  });
});

describe('a school', () => {
  const meal = { meal: 'lunch', dish: '红烧肉', grams: '130' };
  const lotId = () => String(server.db.sqlite.prepare('SELECT id FROM lot WHERE code = ?').pluck().get(lot));

  it('has a page for parents with the lots of each dish, by a code that can be closed', async () => {
    await nameAll();
    goodsArrive();
    expect((await post(`${base}/meals`, meal)).status).toBe(409);
    await post(`${base}/school`, { step: 'begin' });
    expect((await post(`${base}/meals`, { ...meal, grams: '50' })).status).toBe(400);
    expect((await post(`${base}/meals`, { ...meal, lots: '999' })).status).toBe(400);
    expect((await post(`${base}/meals`, { ...meal, lots: lotId() })).status).toBe(303);
    await post(`${base}/staff`, { name: '小李', certificate: 'JK-0001', expiresOn: '2026-12-31' });
    const link = /href="(\/schools\/[^"]+)"/.exec(await textOf(`${base}/settings`))?.[1] ?? '';
    const page = await textOf(link, {});
    for (const said of ['红烧肉', 'A07', '留样 130 克', '还没有完成', '/01/']) expect(page).toContain(said);
    expect(page).not.toContain('小李');
    expect(await textOf(`${link}?lang=en`, {})).toContain('Sample of 130 g');
    await post(`${base}/school`, { step: 'end' });
    expect((await server.call(link, { headers: html })).status).toBe(404);
  });

  it('is asked about samples: one missing or thrown away before 48 hours is wrong', async () => {
    await nameAll();
    await post(`${base}/school`, { step: 'begin' });
    expect(stateOf(await json(), 'samples')).toBe('unknown');
    await post(`${base}/meals`, meal);
    expect(stateOf(await json(), 'samples')).toBe('proved');
    server.clock.pass(47 * 3_600_000);
    await post(`${base}/meals/1/discarded`);
    expect(stateOf(await json(), 'samples')).toBe('problem');
    expect(await textOf(`${base}/meals`)).toContain('提前处理');
    expect((await post(`${base}/meals/1/discarded`)).status).toBe(409);
    await post(`${base}/meals`, meal);
    server.clock.pass(48 * 3_600_000);
    await post(`${base}/meals/2/discarded`);
    const gone = server.db.sqlite
      .prepare("SELECT body ->> '$.early' FROM ledger_entry WHERE body ->> '$.step' = 'sample-gone' ORDER BY seq")
      .pluck();
    expect(gone.all(), 'the ledger says which of them was early').toEqual([1, 0]);
  });
});
