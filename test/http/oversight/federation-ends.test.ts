// How things end between a city and its districts: who ended a recall first, whose it was, a claim taken back, a place that was settled.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { closeRecall } from '../../../server/trace/recall/close-recall.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { documentOf, events, type Json, lotUri, places, products } from '../../support/cast.ts';
import { belly, type CityOfTwo, count, openCityOfTwo, rows, tell } from '../../support/city-of-two.ts';
import { person } from '../../support/kitchen-cast.ts';
import type { Loopback } from '../../support/loopback.ts';

let cities: CityOfTwo;
let city: Loopback;
let east: Loopback;
let west: Loopback;

beforeAll(async () => {
  cities = await openCityOfTwo();
  ({ city, east, west } = cities);
  city.tokenOf('inspector');
  await cities.turn();
  await cities.turn();
}, 60_000);
afterAll(() => cities.down());

const recallOf = (server: Loopback, reason: string) => {
  const lotId = lotByCode(server.db, belly)?.id ?? 0;
  return startRecall(server.deps, { lotId, reason }, null).recallId;
};
const close = (server: Loopback, id: number) =>
  closeRecall(server.deps, id, { note: '处置完成', whenOpen: 'accept' }, person(server.deps, 'admin', `closes-${id}`));
const recallsOf = (server: Loopback) => rows(server, 'SELECT reason, state FROM recall ORDER BY id');
const carried = () => rows(city, 'SELECT server_id AS of, state, begun FROM federated_recall ORDER BY server_id');
const notices = () => rows(city, "SELECT title, body, href FROM notice WHERE kind = 'recall'");

it('a recall that a district had open already is taken for the city’s, and stays open there when the city’s ends', async () => {
  recallOf(west, '本区先召回');
  const id = recallOf(city, '全市召回');
  await cities.turn();
  await cities.turn();
  expect([recallsOf(east), recallsOf(west)]).toEqual([
    [{ reason: '全市召回', state: 'open' }],
    [{ reason: '本区先召回', state: 'open' }],
  ]);
  expect(carried()).toEqual([
    { of: cities.ids.east, state: 'open', begun: 1 },
    { of: cities.ids.west, state: 'open', begun: null },
  ]);
  close(city, id);
  await cities.turn();
  expect([recallsOf(east)[0]?.['state'], recallsOf(west)[0]?.['state']]).toEqual(['closed', 'open']);
  expect(notices()).toEqual([]);
  close(west, 1);
});

it('a district that ends the city’s recall first is told of once, and nothing is begun there again', async () => {
  city.db.sqlite.prepare('DELETE FROM federated_recall').run();
  const id = recallOf(city, '又一次召回');
  await cities.turn();
  const [{ there } = { there: 0 }] = rows(west, 'SELECT max(id) AS there FROM recall') as { there: number }[];
  close(west, there);
  for (let turns = 0; turns < 3; turns++) await cities.turn();
  expect(notices()).toEqual([
    {
      title: '西区先结束了召回',
      body: expect.stringContaining(belly),
      href: `/recalls/${rows(city, `SELECT public_id AS id FROM recall WHERE id = ${id}`)[0]?.['id']}`,
    },
  ]);
  expect(recallsOf(west).map(({ state }) => state)).toEqual(['closed', 'closed']);
  expect(carried().map(({ state }) => state)).toEqual(['open', 'closed']);
  const page = await (await city.call('/federation?lang=en', { as: 'admin', headers: { accept: 'text/html' } })).text();
  expect(page).not.toMatch(/Recalls not carried yet<\/dt><dd>[1-9]/);
  // Both end it at the same moment: what is over there already is over here, without anybody being troubled.
  const [{ last } = { last: 0 }] = rows(east, 'SELECT max(id) AS last FROM recall') as { last: number }[];
  close(east, last);
  close(city, id);
  await cities.turn();
  expect(carried().map(({ state }) => state)).toEqual(['closed', 'closed']);
  expect(notices()).toHaveLength(1);
  expect(rows(city, 'SELECT fault FROM federated_contact')).toEqual([{ fault: null }, { fault: null }]);
});

it('a claim that was taken back in its district is decided by nobody here', async () => {
  const body = (event: Json) => documentOf([event]).toString();
  const send = (event: Json) =>
    east.call('/epcis/capture', {
      ...{ as: 'partner', sites: [places.dingxiang], method: 'POST', body: body(event) },
      headers: { 'content-type': 'application/ld+json' },
    });
  const said = events.commission(east.clock.now() - 5_000, places.slaughterhouse, [
    [lotUri(products.belly, 'W1'), 5, 'KGM'],
  ]);
  expect((await send(said)).status).toBe(202);
  await vi.waitFor(() => expect(count(east, 'SELECT 1 FROM event_claim')).toBe(1));
  await cities.turn();
  expect(rows(city, 'SELECT decision FROM event_claim')).toEqual([{ decision: null }]);
  expect((await send(events.declareWrong(said, east.clock.now()))).status).toBe(202);
  await vi.waitFor(() => expect(count(east, 'SELECT 1 FROM event WHERE voided_by IS NOT NULL')).toBe(1));
  const [{ event } = { event: '' }] = rows(
    east,
    "SELECT 'ni:///sha-256;' || lower(hex(e.hash)) || '?ver=CBV2.0' AS event FROM event e JOIN event_claim k ON k.event_id = e.id",
  ) as { event: string }[];
  const states = await east.call(`/api/claims/states?events=${encodeURIComponent(event)}`, { as: 'inspector' });
  expect(await states.json()).toEqual({ states: [{ event, state: 'withdrawn' }] });
  // The city asks before the declaration has come.
  await cities.follow();
  expect(rows(city, 'SELECT decision FROM event_claim')).toEqual([{ decision: null }]);
  expect(rows(city, 'SELECT fault FROM federated_contact')).toEqual([{ fault: null }, { fault: null }]);
  await cities.turn();
  expect(
    count(city, 'SELECT 1 FROM event e JOIN event_claim k ON k.event_id = e.id WHERE e.voided_by IS NOT NULL'),
  ).toBe(1);
});

it('settling whose a place is leaves said whatever else is wrong with a server', async () => {
  tell(west, [events.observe(west.clock.now() - 2_000, places.slaughterhouse, [[belly, 1, 'KGM']])]);
  await cities.turn();
  const faults = () => rows(city, 'SELECT server_id AS of, fault FROM federated_contact ORDER BY server_id');
  expect(faults()[1]).toEqual({ of: cities.ids.west, fault: 'foreign' });
  city.db.sqlite.prepare("UPDATE federated_contact SET fault = 'token' WHERE server_id = ?").run(cities.ids.east);
  const form = { site: places.slaughterhouse, server: String(cities.ids.east) };
  const settled = await city.call('/federation/places', { as: 'admin', headers: { accept: 'text/html' }, form });
  expect(settled.status).toBe(303);
  expect(faults()).toEqual([
    { of: cities.ids.east, fault: 'token' },
    { of: cities.ids.west, fault: null },
  ]);
});
