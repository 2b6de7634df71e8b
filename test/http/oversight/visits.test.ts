// A visit from its reason to its recheck: the tasks, the check list, the order, the shop's answer, and what is refused.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { openSession } from '../../../server/accounts/session/open-session.ts';
import { districts as districtTable } from '../../../server/accounts/tables.ts';
import { registerRestaurant } from '../../../server/kitchen/shop/register-restaurant.ts';
import { askDueVisits } from '../../../server/oversight/visit/ask-due-visits.ts';
import { askVisit } from '../../../server/oversight/visit/ask-visit.ts';
import { defaultCheckList } from '../../../server/oversight/visit/default-check-list.ts';
import { metresBetween, resultOf } from '../../../server/oversight/visit/visit.ts';
import { checkFiles } from '../../../server/proof/check-files.ts';
import { writeTransaction } from '../../../server/store/db.ts';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { documentOf, events, lotUri, places, products } from '../../support/cast.ts';
import { chrome, type PersonAtWork, signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let chen: PersonAtWork;
let wang: PersonAtWork;
let sites: string[];
const hourMs = 3_600_000;
const admin = { id: 0, name: 'admin', role: 'admin', sites: [], via: 'session' } as const;

beforeEach(async () => {
  server = openTestServer();
  sites = [1, 2, 3].map((shop) => {
    const licence = `JY2330000000000${shop}`;
    const names = { name: `鼎香 ${shop} 店`, nameEn: `Dingxiang ${shop}` };
    return registerRestaurant(server.deps, admin, {
      ...names,
      licence,
      address: `临江路 ${shop} 号`,
      opensAt: '09:00',
      closesAt: '22:00',
    }).siteId;
  });
  chen = await signedIn(server, { login: 'chen', role: 'inspector', name: '陈敏' });
  wang = await signedIn(server, { login: 'wang', role: 'owner', sites: [sites[0] ?? ''] });
});

const photo = () =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: '#789' } })
    .jpeg()
    .toBuffer();
const all = (sql: string) => server.db.sqlite.prepare(sql).all() as Record<string, unknown>[];

function ask(site: number, more: Partial<Parameters<typeof askVisit>[1]> = {}) {
  const asked = {
    siteId: sites[site] ?? '',
    kind: 'plan',
    ref: 'account/1',
    weight: 10,
    inspectors: [chen.id],
  } as const;
  return writeTransaction(server.db, () => askVisit(server.db, { ...asked, at: server.clock.now(), ...more }));
}

/** Every point is met, but for those that are said. */
async function formOf(bad: readonly string[] = [], more: Record<string, string> = {}): Promise<FormData> {
  const form = new FormData();
  for (const { id } of defaultCheckList) form.set(`answer.${id}`, bad.includes(id) ? 'bad' : 'ok');
  for (const id of bad) form.set(`note.${id}`, '冰箱没有温度记录');
  for (const id of bad)
    form.set(`photo.${id}`, new File([new Uint8Array(await photo())], 'p.jpg', { type: 'image/jpeg' }));
  const usual = { key: 'visit-key-1', list: '1', signedName: '王店长', note: '' };
  for (const [name, value] of Object.entries({ ...usual, ...more })) form.set(name, value);
  return form;
}

/** Nobody's sign-in lasts so long: she signs in again. */
function threeDaysLater(): void {
  server.clock.pass(72 * hourMs);
  chen.cookie = `bk_session=${openSession(server.db, chen.id, server.clock.now(), { address: '192.0.2.7', agent: chrome })}`;
  wang.cookie = `bk_session=${openSession(server.db, wang.id, server.clock.now(), { address: '192.0.2.7', agent: chrome })}`;
}

const close = async (id: number, body: FormData, who = chen) =>
  who.go(`/visits/${id}/closed`, undefined, { method: 'POST', body });

describe('an inspector', () => {
  it('sees the riskiest or the nearest first, and one visit where two things ask for it', async () => {
    ask(0, { weight: 5 });
    ask(1, { weight: 90 });
    ask(2, { weight: 40 });
    expect(ask(2, { kind: 'complaint', ref: 'complaint/4', weight: 300 }).merged).toBe(true);
    const order = (page: string) => [...page.matchAll(/href="\/visits\/(\d)"/g)].map(([, id]) => Number(id));
    expect(order(await chen.text('/visits'))).toEqual([3, 2, 1]);
    const place = server.db.sqlite.prepare(
      'INSERT INTO premises (site_id, latitude, longitude, dine_in, account_id, at) VALUES (?, ?, ?, 1, 1, 0)',
    );
    place.run(sites[0], 22.543, 114.058);
    place.run(sites[1], 22.6, 114.1);
    const near = await chen.text('/visits?sort=near&lat=22.54&lon=114.05');
    expect(order(near)).toEqual([1, 2, 3]);
    expect(near).toContain('887 米');
    expect(order(await chen.text(`/visits?sort=near&near=${encodeURIComponent(sites[1] ?? '')}`))).toEqual([2, 1, 3]);
    const answer = await server.call('/api/visits?sort=near&lat=22.6&lon=114.1', { as: 'inspector' });
    const { visits } = (await answer.json()) as { visits: { id: number; reasons: unknown[]; metres: number | null }[] };
    expect(visits.map(({ id }) => id)).toEqual([2, 1, 3]);
    expect(visits.at(-1)?.reasons).toHaveLength(2);
    expect((await server.call('/api/visits?lat=200', { as: 'inspector' })).status).toBe(400);
    const far = '/visits?sort=-near&lat=22.54&lon=114.05';
    expect(order(await chen.text(far))).toEqual([2, 1, 3]);
    expect(order(await chen.text('/visits?q=投诉'))).toEqual([3]);
    expect((await server.call('/api/visits', { as: 'owner' })).status).toBe(403);
  });

  it('finds nothing: the visit is closed, its result can be published, and no order follows', async () => {
    ask(0);
    expect((await close(1, await formOf())).status).toBe(303);
    expect(await chen.text('/visits/1')).toContain('未发现问题');
    expect(all('SELECT * FROM visit_order')).toEqual([]);
    const stranger = () => server.call('/visits/1', { headers: { accept: 'text/html' } });
    expect((await stranger()).status).toBe(404);
    ask(1);
    expect((await chen.go('/visits/2/published', {})).status, 'of one that is open').toBe(409);
    expect((await chen.go('/visits/1/published', {})).status).toBe(303);
    const seen = await (await stranger()).text();
    expect(seen).toContain('未发现问题');
    expect(seen).not.toContain('王店长');
    expect((await chen.go('/visits/1/published', {})).status).toBe(409);
  });

  it('finds a fault: order, the shop mends it, 72 hours later the recheck accepts it', async () => {
    ask(0);
    expect((await close(1, await formOf(['cold']))).status).toBe(303);
    const [order] = all('SELECT state, due_at AS dueAt FROM visit_order');
    expect(order).toEqual({ state: 'issued', dueAt: server.clock.now() + 48 * hourMs });
    const [recheck] = all(`SELECT id, due_at AS dueAt, rechecks_order AS rechecks FROM visit WHERE state = 'open'`);
    expect(recheck).toEqual({ id: 2, dueAt: server.clock.now() + 72 * hourMs, rechecks: 1 });
    expect(await wang.text('/my/visit-orders')).toContain('冷藏、冷冻温度符合要求并有记录');
    const answer = new FormData();
    answer.set('text', '已装温度计');
    answer.set('photo', new File([new Uint8Array(await photo())], 'p.jpg'));
    expect((await wang.go('/my/visit-orders/1/answer', undefined, { method: 'POST', body: answer })).status).toBe(303);
    threeDaysLater();
    expect((await close(2, await formOf([], { key: 'visit-key-2' }))).status).toBe(303);
    expect(all('SELECT state FROM visit_order')).toEqual([{ state: 'accepted' }]);
    expect(all(`SELECT id FROM visit WHERE state = 'open'`)).toEqual([]);
    expect(await wang.text('/my/visit-orders?lang=en')).toContain('Passed the recheck');
  });

  it('finds it not mended: the same order with a new deadline and another recheck, and a critical point stops the shop', async () => {
    ask(0);
    await close(1, await formOf(['cold']));
    const answer = new FormData();
    answer.set('text', '已装温度计');
    answer.set('photo', new File([new Uint8Array(await photo())], 'p.jpg'));
    await wang.go('/my/visit-orders/1/answer', undefined, { method: 'POST', body: answer });
    expect(all('SELECT state, answered_at IS NULL AS open FROM visit_order')).toEqual([{ state: 'answered', open: 0 }]);
    threeDaysLater();
    await close(2, await formOf(['cold', 'pest'], { key: 'visit-key-2' }));
    expect(all('SELECT id, state, items, answered_at IS NULL AS open FROM visit_order')).toEqual([
      { id: 1, state: 'issued', items: '["cold","pest"]', open: 1 },
    ]);
    expect(await chen.text('/visits/2')).toContain('暂停经营');
    expect(all(`SELECT rechecks_order AS o FROM visit WHERE state = 'open'`)).toEqual([{ o: 1 }]);
  });

  it('shows photos and signature to the regulator alone, by signed addresses', async () => {
    ask(0);
    const form = await formOf(['waste']);
    form.set('signature', new File([new Uint8Array(await photo())], 's.png'));
    await close(1, form);
    const hrefs = [...(await chen.text('/visits/1')).matchAll(/src="(\/visits\/1\/photos\/[^"]+)"/g)].map(
      ([, href = '']) => href.replaceAll('&amp;', '&'),
    );
    expect(hrefs).toHaveLength(2);
    expect((await chen.go(hrefs[0]?.split('?')[0] ?? '')).status).toBe(404);
    expect((await wang.go(hrefs[0] ?? '')).status).toBe(403);
  });

  it('sent twice under one key is closed once; closed by another form, it is refused and nothing changes', async () => {
    ask(0);
    const headers = { 'idempotency-key': 'phone-key-77' };
    const send = async (more = {}) =>
      chen.go('/api/visits/1/closed', undefined, {
        method: 'POST',
        body: await formOf(['cold']),
        headers: { ...headers, ...more },
      });
    expect((await send()).status).toBe(201);
    const again = await send();
    expect([again.status, await again.json()]).toEqual([200, { id: 1, result: 'fix', order: 1 }]);
    expect((await send({ 'idempotency-key': 'another-key' })).status).toBe(409);
    const zhao = await signedIn(server, { login: 'zhao', role: 'inspector' });
    const overheard = { method: 'POST', body: await formOf(['cold']), headers };
    expect((await zhao.go('/api/visits/1/closed', undefined, overheard)).status, 'another with her key').toBe(409);
    const page = await close(1, await formOf([], { key: 'another-key' }));
    expect(page.status).toBe(409);
    expect(await page.text()).toContain('这次检查已经完成');
    const english = await chen.go('/visits/1/closed?lang=en', undefined, {
      method: 'POST',
      body: await formOf([], { key: 'another-key' }),
    });
    expect(await english.text()).toContain('This visit is closed already');
    expect(all('SELECT result FROM visit WHERE id = 1')).toEqual([{ result: 'fix' }]);
    expect(all('SELECT count(*) AS n FROM visit_answer')).toEqual([{ n: defaultCheckList.length }]);
  });
});

describe('refused, with nothing changed:', () => {
  it('a form with gaps: every fault with its point, and what was typed stays', async () => {
    ask(0);
    const form = await formOf(['cold'], { signedName: '' });
    form.delete('answer.pest');
    form.set('note.cold', '');
    const page = await (await close(1, form)).text();
    for (const said of ['还没有选', '写明哪里不符合', '店方签字人的姓名']) expect(page).toContain(said);
    expect(page).toContain('name="answer.cold" value="bad" checked');
    const torn = await formOf();
    torn.set('photo.cold', new File(['no picture'], 'p.jpg'));
    expect((await close(1, torn)).status).toBe(422);
    expect(await (await close(1, await formOf([], { list: '9' }))).text()).toContain('不认识这一版');
    expect(all('SELECT state FROM visit')).toEqual([{ state: 'open' }]);
  });

  it('another district, a place of one’s own, another’s order, an answer without a photo, an order that is closed', async () => {
    const district = server.db.orm.insert(districtTable).values({ name: '南山', createdAt: 1 }).returning().get();
    const far = await signedIn(server, { login: 'far', role: 'inspector', districtId: district.id });
    const kin = await signedIn(server, { login: 'kin', role: 'inspector', sites: [sites[0] ?? ''] });
    ask(0);
    expect((await close(1, await formOf(), far)).status).toBe(404);
    expect((await far.go('/visits/1')).status).toBe(404);
    expect((await close(1, await formOf(), kin)).status).toBe(403);
    await close(1, await formOf(['cold']));
    expect((await far.go('/visits/1/published', {})).status).toBe(404);
    expect(all('SELECT 1 FROM visit WHERE published_at IS NOT NULL')).toEqual([]);
    const li = await signedIn(server, { login: 'li', role: 'owner', sites: [sites[1] ?? ''] });
    const answer = (who: PersonAtWork) => who.go('/my/visit-orders/1/answer', { text: '好了' });
    expect((await answer(li)).status).toBe(404);
    expect(await (await answer(wang)).text()).toContain('需要一张整改后的照片');
    await close(2, await formOf([], { key: 'visit-key-2' }));
    expect((await answer(wang)).status).toBe(409);
  });
});

describe('visits', () => {
  it('are asked for by a holder’s silence in a recall and by a complaint that waits, once each', () => {
    const { sqlite } = server.db;
    sqlite.pragma('foreign_keys = OFF');
    const [at, day] = [server.clock.now(), 24 * hourMs];
    const complain = sqlite.prepare(
      `INSERT INTO complaint (public_id, ticket, lot_id, site_id, kind, words, happened_at, state, at) VALUES (?, ?, 1, ?, ?, '坏了', 0, 'new', ?)`,
    );
    complain.run('a', 'a', sites[0], 'illness', at);
    complain.run('b', 'b', sites[1], 'hygiene', at);
    expect(askDueVisits(server.deps)).toBe(1);
    expect(askDueVisits(server.deps)).toBe(0);
    server.clock.pass(4 * day);
    expect(askDueVisits(server.deps)).toBe(1);
    expect(all('SELECT kind, ref FROM visit_reason')).toEqual([
      { kind: 'complaint', ref: 'complaint/1' },
      { kind: 'complaint', ref: 'complaint/2' },
    ]);
  });

  it('are planned by an inspector of a district at places of that district, however many there are elsewhere', async () => {
    const { db } = server;
    const { id } = db.orm.insert(districtTable).values({ name: '东区', createdAt: 1 }).returning().get();
    db.sqlite.prepare('INSERT INTO site_district VALUES (?, ?)').run(sites[2], id);
    const many = db.sqlite.prepare("INSERT INTO site (id, name, kind) VALUES (?, ?, 'farm')");
    db.sqlite.transaction(() => {
      for (let at = 0; at < 2_100; at++) many.run(`local:a-${at}`, `阿 ${at}`);
    })();
    const east = await signedIn(server, { login: 'east', role: 'inspector', districtId: id });
    for (const path of ['/visits', '/complaints/new']) {
      const page = await east.text(path);
      expect([page.includes('鼎香 3 店'), page.includes('鼎香 1 店')], path).toEqual([true, false]);
    }
  });

  it('are asked for where a holder of recalled goods has not answered by the deadline, once', () => {
    const { db, clock, deps } = server;
    const at = clock.now();
    registerPlace(deps, { siteId: sites[0] ?? '', name: '鼎香 1 店', kind: 'restaurant' });
    registerProduct(deps, { gtin: products.belly, name: '五花肉', unit: 'KGM' });
    const uri = lotUri(products.belly, 'A07');
    const list = [events.commission(at - 3_600_000, places.wholesaler, [[uri, 10, 'KGM']])];
    captureDocument(deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
    startRecall(deps, { lotId: lotByCode(db, uri)?.id ?? 0, reason: '瘦肉精' }, null);
    const key = db.sqlite.prepare('SELECT key FROM site WHERE id = ?').pluck().get(sites[0]);
    db.sqlite.prepare("UPDATE recall_notice SET site_key = ?, state = 'sent'").run(key);
    expect(askDueVisits(deps)).toBe(0);
    db.sqlite.exec("UPDATE recall_notice SET state = 'answered'; UPDATE recall SET due_at = due_at - 1e10");
    expect(askDueVisits(deps), 'who has answered is visited by nobody for it').toBe(0);
    db.sqlite.exec("UPDATE recall_notice SET state = 'sent'; UPDATE recall SET due_at = due_at + 1e10");
    clock.pass(30 * 24 * hourMs);
    expect([askDueVisits(deps), askDueVisits(deps)]).toEqual([1, 0]);
    expect(
      all('SELECT r.kind, r.ref, v.site_id AS site FROM visit_reason r JOIN visit v ON v.id = r.visit_id'),
    ).toEqual([{ kind: 'recall', ref: 'recall/1', site: sites[0] }]);
  });

  it('keep their photos and signatures under their hashes: one that is gone is told of', async () => {
    ask(0);
    const form = await formOf(['cold']);
    const signature = await sharp({ create: { width: 60, height: 20, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    form.set('signature', new File([new Uint8Array(signature)], 's.png', { type: 'image/png' }));
    expect((await close(1, form)).status).toBe(303);
    const { db, deps } = server;
    const faults = () => {
      const found: string[] = [];
      checkFiles(
        db,
        deps.blobs,
        join(deps.config.dataDir, 'blobs'),
        (place, what) => found.push(`${place} ${what}`),
        () => {},
      );
      return found;
    };
    expect(faults()).toEqual([]);
    const hash = db.sqlite
      .prepare('SELECT photo_hash FROM visit_answer WHERE photo_hash IS NOT NULL')
      .pluck()
      .get() as string;
    rmSync(join(deps.config.dataDir, 'blobs', hash.slice(0, 2), hash.slice(2)));
    expect(faults()).toEqual([`file ${hash} It is gone (a photo of a visit).`]);
  });

  it('count as closed and closed in time, for each inspector and each district', async () => {
    ask(0, { dueAt: server.clock.now() - 1 });
    ask(1);
    await close(2, await formOf());
    const page = await chen.text('/visits/closure');
    expect(page).toContain('陈敏');
    expect(page.match(/50\.0%/g)).toHaveLength(4);
  });

  it('go by the newest check list, which an administrator writes a point a line', async () => {
    const boss = await signedIn(server, { login: 'boss', role: 'admin' });
    expect((await chen.go('/visits/check-list')).status).toBe(403);
    expect(await (await boss.go('/visits/check-list', { items: 'a\na' })).text()).toContain('写了两遍');
    expect(
      (await boss.go('/visits/check-list', { items: '无堂食标识 | No-seating mark\n虫害 | Pests | !' })).status,
    ).toBe(303);
    ask(0);
    expect(await chen.text('/visits/1')).toContain('无堂食标识');
    const form = await formOf([], { list: '2' });
    form.set('answer.p1', 'ok');
    form.set('answer.p2', 'bad');
    form.set('note.p2', '有鼠迹');
    await close(1, form);
    expect(all('SELECT result, check_list AS list FROM visit WHERE id = 1')).toEqual([{ result: 'stop', list: 2 }]);
    expect(resultOf(defaultCheckList, [{ item: 'cold', answer: 'bad' }])).toBe('fix');
    expect(metresBetween({ lat: 22.5, lon: 114 }, { lat: 22.51, lon: 114 })).toBe(1112);
  });

  it('can be planned for a place that is known, and join one that is due', async () => {
    expect((await chen.go('/visits', { site: sites[0] ?? '', days: '7' })).headers.get('location')).toBe('/visits');
    expect((await chen.go('/visits', { site: sites[0] ?? '', days: '3' })).headers.get('location')).toBe(
      '/visits?merged=1',
    );
    expect(await (await chen.go('/visits', { site: 'local:none', days: '7' })).text()).toContain('没有这个单位');
    expect(await (await chen.go('/visits', { site: sites[0] ?? '', days: 'x' })).text()).toContain('0 到 365');
    expect(all('SELECT count(*) AS n FROM visit')).toEqual([{ n: 1 }]);
  });
});
