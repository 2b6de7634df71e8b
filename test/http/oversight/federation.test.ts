// Three servers on loopback: two districts and their city, which traces and recalls across them whatever happens on the way.

import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addServer } from '../../../server/oversight/federation/add-server.ts';
import { secretsOf, serverById } from '../../../server/oversight/federation/federation-store.ts';
import { followServer } from '../../../server/oversight/federation/follow-server.ts';
import { takeDelivery } from '../../../server/oversight/federation/take-delivery.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { claimsAmong } from '../../../server/trace/query/claimed-store.ts';
import { closeRecall } from '../../../server/trace/recall/close-recall.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { serveSubscription } from '../../../server/trace/subscription/serve-subscription.ts';
import { signatureOf } from '../../../server/trace/subscription/webhook.ts';
import { documentOf, events, lotUri, places, products } from '../../support/cast.ts';
import { belly, type CityOfTwo, carcass, count, openCityOfTwo, rows, tell } from '../../support/city-of-two.ts';
import { person } from '../../support/kitchen-cast.ts';
import { type Loopback, network } from '../../support/loopback.ts';

let city: Loopback;
let east: Loopback;
let west: Loopback;
let ids: CityOfTwo['ids'];
let turn: CityOfTwo['turn'];
let down: CityOfTwo['down'];
const html = { accept: 'text/html' };

const pageOf = async (server: Loopback) =>
  (await server.call('/federation?lang=en', { as: 'admin', headers: html })).text();

beforeAll(async () => {
  ({ city, east, west, ids, turn, down } = await openCityOfTwo());
}, 60_000);
afterAll(() => down());

describe('a city over two districts', () => {
  it('takes the history of both, each event once and as the word of its server, and traces across them', async () => {
    await turn();
    await turn();
    expect(count(city, 'SELECT 1 FROM event')).toBe(4);
    const authors = rows(
      city,
      'SELECT DISTINCT a.name FROM event_document d JOIN account a ON a.id = d.account_id ORDER BY 1',
    );
    expect(authors).toEqual([{ name: '东区' }, { name: '西区' }]);
    const asked = await city.call(`/api/trace?direction=forward&code=${encodeURIComponent(carcass)}`, {
      as: 'inspector',
    });
    const { lots } = (await asked.json()) as { lots: { code: string; site?: string }[] };
    expect(lots.map(({ code }) => code)).toEqual(expect.arrayContaining([carcass, belly]));
    const { servers } = (await (await city.call('/api/federation', { as: 'inspector' })).json()) as {
      servers: object[];
    };
    expect(servers).toMatchObject([
      { name: '东区', events: 3, sites: 1, fault: null },
      { name: '西区', events: 1, sites: 1, fault: null },
    ]);
  });

  it('carries its recall to the holders of each district, and brings their answers back once', async () => {
    const lotId = lotByCode(city.db, carcass)?.id ?? 0;
    startRecall(city.deps, { lotId, reason: '检出违禁药物', reasonEn: 'A banned drug was found', grade: 1 }, null);
    await turn();
    expect(rows(east, 'SELECT reason FROM recall')).toEqual([{ reason: '检出违禁药物' }]);
    // The west never heard of the carcass: what it holds of it is recalled there.
    const there = rows(
      west,
      'SELECT l.code, s.id AS site FROM recall r JOIN lot l ON l.id = r.lot_id JOIN recall_notice n ON n.recall_id = r.id JOIN site s ON s.key = n.site_key',
    );
    expect(there).toContainEqual({ code: belly, site: places.haiwei });
    const holder = { as: 'owner', sites: [places.haiwei] } as const;
    const { recalls } = (await (await west.call('/api/recalls', holder)).json()) as { recalls: { id: string }[] };
    const answered = await west.call(`/api/recalls/${recalls[0]?.id}/answers`, {
      ...holder,
      json: { action: 'quarantined', quantity: 15, unit: 'kg', note: '张三锁进冷库' },
    });
    expect(answered.status).toBe(201);
    await turn();
    await turn();
    const kept = rows(
      city,
      'SELECT a.action, a.quantity, a.note, s.id AS site FROM recall_answer a JOIN recall_notice n ON n.id = a.notice_id JOIN site s ON s.key = n.site_key',
    );
    expect(kept).toEqual([{ action: 'quarantined', quantity: 15, note: null, site: places.haiwei }]);
    expect(await pageOf(city)).toContain('Answers brought back</dt><dd>1</dd>');
    expect([count(east, 'SELECT 1 FROM recall'), count(west, 'SELECT 1 FROM recall')]).toEqual([1, 1]);
    expect(rows(east, 'SELECT grade FROM recall')).toEqual([{ grade: 1 }]);

    const [given = 0] = ((await answered.json()) as { answers: number[] }).answers;
    const back = await west.call(`/api/recalls/${recalls[0]?.id}/answers/${given}/taken-back`, {
      ...holder,
      method: 'POST',
    });
    expect(back.status).toBe(200);
    await turn();
    await turn();
    expect(rows(city, 'SELECT n.state FROM recall_notice n JOIN recall_answer a ON a.notice_id = n.id')).toEqual([
      { state: 'seen' },
    ]);
    expect(count(city, 'SELECT 1 FROM recall_answer_taken_back')).toBe(1);
  });

  it('ends in the districts what the city began there, and leaves a district’s own recall open', async () => {
    const own = lotByCode(east.db, belly)?.id ?? 0;
    startRecall(east.deps, { lotId: own, reason: '本区自查' }, null);
    await turn();
    const [{ id } = { id: 0 }] = rows(city, 'SELECT id FROM recall') as { id: number }[];
    const admin = person(city.deps, 'admin', 'closes-the-recall');
    closeRecall(city.deps, id, { note: '全部销毁', whenOpen: 'accept' }, admin);
    await east.down();
    await turn();
    expect(rows(west, 'SELECT state, closing_note AS note FROM recall')).toEqual([
      { state: 'closed', note: '全部销毁' },
    ]);
    await east.up();
    await turn();
    await turn();
    expect(rows(east, 'SELECT reason, state FROM recall ORDER BY id')).toEqual([
      { reason: '检出违禁药物', state: 'closed' },
      { reason: '本区自查', state: 'open' },
    ]);
    expect(rows(city, "SELECT 1 FROM federated_recall WHERE state <> 'closed'")).toEqual([]);
  });

  it('says that a district is down, and takes what happened meanwhile when it is back', async () => {
    await west.down();
    await turn();
    expect(await pageOf(city)).toContain('It cannot be reached');
    tell(west, [events.observe(west.clock.now() - 1_000, places.haiwei, [[belly, 15, 'KGM']])]);
    await west.up();
    await turn();
    expect(await pageOf(city)).not.toContain('It cannot be reached');
    expect(count(city, 'SELECT 1 FROM event')).toBe(5);
  });

  it('loses nothing while the city itself is down, and doubles nothing that comes twice', async () => {
    await city.down();
    tell(east, [events.observe(east.clock.now() - 1_000, places.slaughterhouse, [[belly, 25, 'KGM']])]);
    for (const { id } of rows(east, 'SELECT id FROM subscription') as { id: number }[])
      await serveSubscription({ ...east.deps, network }, { subscriptionId: id });
    expect(count(city, 'SELECT 1 FROM event')).toBe(5);
    await city.up();
    await turn();
    expect(count(city, 'SELECT 1 FROM event')).toBe(6);
    // The district gives its subscription up: another is made, from an hour before the last that came.
    east.db.sqlite.prepare("UPDATE subscription SET state = 'given_up'").run();
    await turn();
    await turn();
    expect(count(city, 'SELECT 1 FROM event')).toBe(6);
    expect(rows(east, 'SELECT state FROM subscription')).toEqual([{ state: 'active' }]);
  });

  it('leaves out what a district tells of another’s places, and says so', async () => {
    const before = count(city, 'SELECT 1 FROM event');
    const at = west.clock.now() - 2_000;
    tell(west, [
      events.observe(at, places.slaughterhouse, [[belly, 1, 'KGM']]),
      events.observe(at + 1_000, places.haiwei, [[belly, 14, 'KGM']]),
    ]);
    await turn();
    expect(count(city, 'SELECT 1 FROM event')).toBe(before + 1);
    const page = await pageOf(city);
    expect(page).toContain('It told of places of another district');
    expect(page).toContain('Places that two districts tell of');
    expect(page).toContain('西区 told of it too, 1 time, and that was left out');
    const { toldTwice } = (await (await city.call('/api/federation', { as: 'inspector' })).json()) as {
      toldTwice: object[];
    };
    expect(toldTwice).toMatchObject([{ site: places.slaughterhouse, owner: ids.east, besides: ids.west, events: 1 }]);
  });

  it('gives a place to the district that an administrator names, and asks it for what was left out', async () => {
    const admin = { as: 'admin', headers: html } as const;
    const settle = (site: string, server: number) =>
      city.call('/federation/places', { ...admin, form: { site, server: String(server) } });
    expect((await settle(places.haiwei, ids.west)).status).toBe(404);
    expect((await settle(places.slaughterhouse, 99)).status).toBe(404);
    const before = count(city, 'SELECT 1 FROM event');
    expect((await settle(places.slaughterhouse, ids.west)).status).toBe(303);
    expect(await pageOf(city)).not.toContain('Places that two districts tell of');
    await turn();
    await turn();
    expect(count(city, 'SELECT 1 FROM event')).toBe(before + 1);
    expect(rows(city, `SELECT server_id AS of FROM federated_site WHERE site_id = '${places.slaughterhouse}'`)).toEqual(
      [{ of: ids.west }],
    );
    expect(rows(west, "SELECT state FROM subscription WHERE state = 'active'")).toHaveLength(1);
    // The east speaks on of a place that is its own: now it is the one that is left out.
    tell(east, [events.observe(east.clock.now() - 500, places.slaughterhouse, [[belly, 24, 'KGM']])]);
    await turn();
    expect(count(city, 'SELECT 1 FROM event')).toBe(before + 1);
    expect((await settle(places.slaughterhouse, ids.east)).status).toBe(303);
    await turn();
    await turn();
    expect(count(city, 'SELECT 1 FROM event')).toBe(before + 2);
  });

  it('keeps a district’s claims as claims, and settles each as the district does', async () => {
    const at = east.clock.now() - 1_000;
    const claim = (step: number, place: string, lot: string) =>
      east.call('/epcis/capture', {
        ...{ as: 'partner', sites: [places.dingxiang], headers: { 'content-type': 'application/ld+json' } },
        ...{ method: 'POST', body: documentOf([events.commission(at + step, place, [[lot, 5, 'KGM']])]).toString() },
      });
    const lots = ['K1', 'K2', 'K3'].map((serial) => lotUri(products.belly, serial));
    for (const [step, lot] of lots.entries()) expect((await claim(step, places.slaughterhouse, lot)).status).toBe(202);
    expect((await claim(9, places.wholesaler, lotUri(products.belly, 'K9'))).status).toBe(202);
    await vi.waitFor(() => expect(count(east, 'SELECT 1 FROM event_claim')).toBe(4));
    await turn();
    const there = () =>
      rows(city, 'SELECT decision FROM event_claim ORDER BY event_id').map(({ decision }) => decision);
    const holdings = () =>
      count(
        city,
        `SELECT 1 FROM holding h JOIN lot l ON l.id = h.lot_id WHERE l.code LIKE '%/10/K_' OR l.code LIKE '%/10/K__'`,
      );
    expect([there(), holdings()]).toEqual([[null, null, null, null], 0]);
    // A claim about a place makes it nobody's.
    expect(count(city, `SELECT 1 FROM federated_site WHERE site_id = '${places.wholesaler}'`)).toBe(0);
    const open = rows(east, 'SELECT event_id AS id FROM event_claim ORDER BY event_id').map(({ id }) => id);
    const decide = (id: unknown, verdict: string) =>
      east.call(`/api/claims/${id}/decision`, { as: 'inspector', json: { verdict } });
    expect((await decide(open[0], 'confirm')).status).toBe(204);
    expect((await decide(open[1], 'deny')).status).toBe(204);
    await turn();
    expect([there(), holdings()]).toEqual([['accepted', 'denied', null, null], 1]);
    // What a delivery of then or of now would call claims: a denied one is one for whoever hears of it later, too.
    const claimed = (when: number) => claimsAmong(east.db, open as number[], when).length;
    expect([claimed(at - 60_000), claimed(east.clock.now() + 60_000)]).toEqual([4, 3]);
    // Asked for everything once more, what was denied comes as what it is.
    city.db.sqlite.prepare('UPDATE federated_contact SET again = 1 WHERE server_id = ?').run(ids.east);
    await turn();
    await turn();
    expect([there(), holdings()]).toEqual([['accepted', 'denied', null, null], 1]);
  });

  it('takes no delivery with a wrong signature, and none at an address that is nobody’s', async () => {
    const before = count(city, 'SELECT 1 FROM event');
    const [{ inbox } = { inbox: '' }] = rows(city, 'SELECT inbox FROM federated_server') as { inbox: string }[];
    const body = documentOf([events.observe(city.clock.now(), places.slaughterhouse, [[belly, 2, 'KGM']])]).toString();
    const at = Math.floor(city.clock.now() / 1_000);
    const forged = `t=${at},v1=${createHmac('sha256', 'guessed').update(`${at}.${body}`).digest('hex')}`;
    const send = (to: string) =>
      fetch(`${city.local}/federation/inbox/${to}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'GS1-Signature': forged, 'Bright-Kitchen-Delivery': 'forged' },
        body,
      });
    expect((await send(inbox)).status).toBe(401);
    expect((await send('nobody')).status).toBe(404);
    const followed = serverById(city.db, ids.east);
    if (followed === undefined) throw new Error('The east is not followed.');
    const { key } = secretsOf(city.deps, followed);
    const take = (deliveryId: string, signedAt: number) =>
      takeDelivery(city.deps, followed.inbox, { signature: signatureOf(key, body, signedAt), deliveryId, body });
    // Rightly signed, but a quarter of an hour ago or ahead: somebody sends again what was overheard.
    for (const off of [-16, 16])
      expect(() => take('late', city.clock.now() + off * 60_000)).toThrow(
        'The signature is not that of this subscription',
      );
    expect(take('once', city.clock.now())).toMatchObject({ accepted: 1, known: 0 });
    expect(take('once', city.clock.now())).toMatchObject({ accepted: 0, known: 1 });
    expect(take('twice', city.clock.now())).toMatchObject({ accepted: 0, known: 1 });
    expect(rows(city, "SELECT count(*) AS n FROM federated_delivery WHERE delivery_id IN ('once', 'twice')")).toEqual([
      { n: 2 },
    ]);
    expect(count(city, 'SELECT 1 FROM event')).toBe(before + 1);
    expect(await pageOf(city)).toContain('wrong signature');
  });

  it('says that a token is not taken, refuses an address that may not be called, and stops following when told to', async () => {
    const admin = { as: 'admin', headers: html } as const;
    const twice = { name: '北区', address: 'http://93.184.215.250', token: 'a-token-of-nobody-at-all' };
    const by = person(city.deps, 'admin', 'presses-twice');
    const pressed = await Promise.allSettled([1, 2].map(() => addServer({ ...city.deps, network }, twice, by)));
    expect(pressed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const form = { name: '南区', address: west.url, token: 'a-token-of-nobody-at-all' };
    const refused = async (address: string) =>
      (await city.call('/federation', { ...admin, form: { ...form, address } })).text();
    expect(await refused('http://127.0.0.1:1')).toContain('不开放的网络');
    expect(await refused(`${west.url}/x`)).toContain('只写地址本身');
    expect(await refused(west.url)).toContain('已经接入');
    expect((await city.call(`/federation/${ids.west}/removed`, { ...admin, form: {} })).status).toBe(303);
    expect((await city.call('/federation', { ...admin, form })).status).toBe(303);
    const [{ id } = { id: 0 }] = rows(city, 'SELECT max(id) AS id FROM federated_server') as { id: number }[];
    await followServer({ ...city.deps, network }, { id });
    expect(await pageOf(city)).toContain('It does not take the token');
    expect((await city.call('/federation', { as: 'inspector', headers: html })).status).toBe(403);
  });
});
