// Whose word counts: what is said of another's place is a claim, and nobody takes back what another said.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../server/accounts/caller.ts';
import { decideClaim } from '../../../server/trace/claim/decide-claim.ts';
import { checkChain } from '../../../server/trace/finding/check-chain.ts';
import { openFindings } from '../../../server/trace/finding/finding-store.ts';
import {
  type Amount,
  type ChainHouse,
  caseUri,
  events,
  hour,
  inspector,
  type Json,
  lotUri,
  openChainHouse,
  places,
  placeUri,
  products,
  supplierWang,
  supplierZhao,
} from '../../support/cast.ts';

const belly = lotUri(products.belly, 'B14');
const mince = lotUri(products.mince, 'M04');
const ownerLi: Caller = { id: 4, name: 'owner Li', role: 'owner', sites: [places.dingxiang], via: 'session' };
const wangsClerk: Caller = { ...supplierWang, id: 5, name: "Wang's clerk" };
const ten: Amount = [belly, 10, 'KGM'];

let house: ChainHouse;
beforeEach(() => {
  house = openChainHouse();
});

/** Everything the graph, the cold chain and the lots hold: what a claim must not touch. */
const books = () =>
  JSON.stringify(
    [
      'SELECT * FROM edge_in ORDER BY 1, 2, 3, 4',
      'SELECT * FROM edge_out ORDER BY 1, 2, 3, 4',
      'SELECT * FROM container_change ORDER BY 1, 2, 3, 4',
      'SELECT * FROM sensor_reading ORDER BY 1, 2, 3, 4',
      'SELECT code, produced_at, expires_at, origin, status, is_container FROM lot WHERE is_container OR expires_at OR origin',
      'SELECT * FROM lot_certificate',
      'SELECT * FROM lot_piece',
    ].map((sql) => house.db.sqlite.prepare(sql).all()),
  );
const eventId = (hash: string | undefined) =>
  house.db.sqlite
    .prepare('SELECT id FROM event WHERE lower(hex(hash)) = ? AND declared_at = 0')
    .pluck()
    .get((hash ?? '').slice('ni:///sha-256;'.length).slice(0, 64)) as number;
const voided = (hash: string | undefined) =>
  house.db.sqlite.prepare('SELECT voided_by FROM event WHERE id = ?').pluck().get(eventId(hash)) !== null;
const ledgerOf = (kind: string) =>
  (
    house.db.sqlite.prepare('SELECT body FROM ledger_entry WHERE kind = ? ORDER BY seq').pluck().all(kind) as string[]
  ).map((body) => JSON.parse(body) as Json);

describe('what is said of another’s place', () => {
  const stocked = () =>
    house.capture([events.commission(hour(0), places.wholesaler, [ten])], supplierWang).events[0]?.hash;

  const foreign: Readonly<Record<string, Json>> = {
    'goods destroyed there': { ...events.sell(hour(1), places.wholesaler, [ten]), bizStep: 'destroying' },
    'goods sold there': events.sell(hour(1), places.wholesaler, [ten]),
    'goods made there': events.commission(hour(1), places.wholesaler, [[mince, 5, 'KGM']], {
      ilmd: { 'cbvmda:itemExpirationDate': '2026-12-01' },
    }),
    'goods seen there, with a temperature': events.observe(hour(1), places.wholesaler, [ten], {
      sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 21, uom: 'CEL' }] }],
    }),
    'goods shipped from there to oneself': events.ship(hour(1), places.wholesaler, places.dingxiang, [ten]),
    'goods received there from oneself': events.receive(hour(1), places.wholesaler, places.dingxiang, [ten]),
    'goods processed there': events.transform(hour(1), places.wholesaler, [ten], [[mince, 9, 'KGM']]),
    'goods packed there': events.pack(hour(1), places.wholesaler, caseUri(1), [ten]),
    'a shipment from there called off': {
      ...events.ship(hour(1), places.wholesaler, places.haiwei, [ten]),
      bizStep: 'void_shipping',
    },
    'goods moved between two others': {
      ...events.observe(hour(1), places.wholesaler, [ten]),
      bizStep: 'arriving',
      sourceList: [{ type: 'location', source: placeUri(places.wholesaler) }],
      destinationList: [{ type: 'location', destination: placeUri(places.haiwei) }],
    },
    'goods shipped to there from nowhere': {
      ...events.ship(hour(1), places.wholesaler, places.haiwei, [ten]),
      readPoint: undefined,
      sourceList: undefined,
    },
  };

  it.each(Object.entries(foreign))('%s: kept as a claim that moves no books, and a finding', (_what, event) => {
    stocked();
    checkChain(house);
    const before = books();
    const answer = house.capture([event], ownerLi);
    expect(answer).toMatchObject({ status: 'accepted', accepted: 1, warned: 1 });
    expect(answer.events[0]?.warnings[0]?.code).toBe('foreign_place');
    expect(books()).toBe(before);
    checkChain(house);
    expect(books()).toBe(before);
    expect(openFindings(house.db, { limit: 9 }).filter(({ kind }) => kind === 'foreign')).toHaveLength(1);
    expect(ledgerOf('capture').at(-1)).toMatchObject({ account: ownerLi.id, claims: [0] });
  });

  it.each(Object.entries(foreign))('%s: counts at once when the place itself says so', (_what, event) => {
    stocked();
    const before = books();
    const answer = house.capture([event], { ...supplierWang, sites: [places.wholesaler, places.haiwei] });
    expect(answer.warned).toBe(0);
    expect(books()).not.toBe(before);
    checkChain(house);
    expect(openFindings(house.db, { limit: 9 }).filter(({ kind }) => kind === 'foreign')).toEqual([]);
    expect(ledgerOf('capture').at(-1)).not.toHaveProperty('claims');
  });

  it('a supplier’s shipment names its receiver and a receipt its shipper: neither is a claim', () => {
    stocked();
    const shipped = house.capture([events.ship(hour(1), places.wholesaler, places.dingxiang, [ten])], supplierWang);
    const received = house.capture([events.receive(hour(2), places.dingxiang, places.wholesaler, [ten])], ownerLi);
    const carried = house.capture([foreign['goods moved between two others']!], {
      ...ownerLi,
      sites: [places.haiwei],
    });
    expect([shipped.warned, received.warned, carried.warned]).toEqual([0, 0, 0]);
  });

  it('an event that names no place of anybody is taken as before', () => {
    const placeless = { ...events.observe(hour(1), places.farm, [ten]), readPoint: undefined, bizLocation: undefined };
    expect(house.capture([placeless], ownerLi).warned).toBe(0);
  });

  it('whoever was granted a place, a room of it or a company’s prefix speaks for it', () => {
    const dock = `https://id.gs1.org/414/${places.wholesaler}/254/dock-2`;
    const atDock = {
      ...events.observe(hour(3), places.wholesaler, [ten]),
      readPoint: { id: dock },
      bizLocation: { id: dock },
    };
    const seen = events.observe(hour(2), places.wholesaler, [ten]);
    const carrier = (grants: string[]): Caller => ({ ...ownerLi, role: 'partner', sites: [], grants });
    const warned = (grants: string[], event: Json) => {
      house = openChainHouse();
      return house.capture([event], carrier(grants)).warned;
    };
    expect(warned([places.wholesaler], seen)).toBe(0);
    expect(warned([places.wholesaler], atDock)).toBe(0);
    expect(warned([places.wholesaler.slice(0, 7)], atDock)).toBe(0);
    expect(warned([dock], seen)).toBe(1);
    expect(warned([places.wholesaler.slice(0, 3)], seen)).toBe(1);
    expect(warned([places.farm], seen)).toBe(1);
  });

  it('a claim about a packed case does not come alive when the case is packed later', () => {
    stocked();
    const moved = events.ship(hour(2), places.wholesaler, places.haiwei, [], { epcList: [caseUri(1)] });
    house.capture([moved], ownerLi);
    house.capture([events.pack(hour(1), places.wholesaler, caseUri(1), [ten])], supplierWang);
    const out = house.db.sqlite.prepare('SELECT count(*) FROM edge_in WHERE event_id = 2').pluck().get();
    expect(out).toBe(0);
  });
});

describe('a claim', () => {
  const destroyed = { ...events.sell(hour(1), places.wholesaler, [ten]), bizStep: 'destroying' };
  const claimed = () => {
    house.capture([events.commission(hour(0), places.wholesaler, [ten])], supplierWang);
    const { hash } = house.capture([destroyed], ownerLi).events[0]!;
    checkChain(house);
    return hash;
  };
  const gone = () =>
    house.db.sqlite.prepare('SELECT count(*) FROM edge_in WHERE role = 6 AND voided_by IS NULL').pluck().get();

  it('counts once the place confirms it, is no finding any more, and stands in the ledger', () => {
    const hash = claimed();
    decideClaim(house, eventId(hash), 'confirm', supplierWang);
    expect(gone()).toBe(1);
    expect(openFindings(house.db, { limit: 9 })).toEqual([]);
    expect(ledgerOf('claim')).toMatchObject([{ event: hash, decision: 'confirmed', account: supplierWang.id }]);
  });

  it('counts once an inspector accepts it, and books that no longer add up are found at once', () => {
    house.capture([events.commission(hour(0), places.wholesaler, [[belly, 4, 'KGM']])], supplierWang);
    const { hash } = house.capture([destroyed], ownerLi).events[0]!;
    checkChain(house);
    decideClaim(house, eventId(hash), 'confirm', inspector);
    expect(openFindings(house.db, { limit: 9 }).map(({ kind }) => kind)).toEqual(['negative']);
  });

  it('stays without effect when it is denied, is decided once, and is nobody else’s to decide', () => {
    const id = eventId(claimed());
    for (const other of [ownerLi, supplierZhao, { ...supplierZhao, speaks: 'everywhere' as const, sites: [] }]) {
      expect(() => decideClaim(house, id, 'confirm', other)).toThrow(/No claim/);
    }
    decideClaim(house, id, 'deny', supplierWang);
    expect(gone()).toBe(0);
    expect(openFindings(house.db, { limit: 9 })).toEqual([]);
    expect(() => decideClaim(house, id, 'confirm', inspector)).toThrow(/decided already/);
    expect(() => house.db.sqlite.prepare("UPDATE event_claim SET decision = 'accepted'").run()).toThrow(/decided once/);
  });

  it('is confirmed when the place sends the same event itself, and is its event from then on', () => {
    const hash = claimed();
    const answer = house.capture([destroyed], supplierWang);
    expect(answer).toMatchObject({ status: 'accepted', duplicate: 1 });
    expect(answer.events[0]?.warnings[0]?.code).toBe('claim_confirmed');
    expect(gone()).toBe(1);
    // Whoever claimed it first cannot take it back now; the place can.
    const back = events.declareWrong(destroyed, hour(5));
    expect(house.capture([back], ownerLi).events[0]?.faults[0]?.code).toBe('not_yours');
    expect(voided(hash)).toBe(false);
    expect(house.capture([back], supplierWang).accepted).toBe(1);
    expect(gone()).toBe(0);
  });

  it('does not keep another event of the same hash from its place: repeating it as a stranger changes nothing', () => {
    claimed();
    expect(house.capture([destroyed], supplierZhao)).toMatchObject({ duplicate: 1, warned: 0 });
    expect(gone()).toBe(0);
  });

  it('can be taken back by whoever made it, and is no finding then', () => {
    const id = eventId(claimed());
    house.capture([events.declareWrong(destroyed, hour(5))], ownerLi);
    checkChain(house);
    expect(openFindings(house.db, { limit: 9 })).toEqual([]);
    expect(() => decideClaim(house, id, 'confirm', supplierWang)).toThrow(/taken back/);
  });
});

describe('an error declaration', () => {
  const sold = events.sell(hour(1), places.wholesaler, [ten]);
  const wrong = events.declareWrong(sold, hour(5));

  it('that comes before another account’s event does not void it when it comes', () => {
    const early = house.capture([wrong], supplierZhao);
    expect(early.events[0]?.warnings[0]?.code).toBe('target_unknown');
    const { hash } = house.capture([sold], supplierWang).events[0]!;
    expect(voided(hash)).toBe(false);
    // The author's own declaration is not lost behind the stranger's.
    house.capture([events.declareWrong(sold, hour(6))], supplierWang);
    expect(voided(hash)).toBe(true);
  });

  it.each([
    ['its author', supplierWang],
    ['an inspector', inspector],
    ['somebody of the author’s organisation', { ...wangsClerk, organisationId: 7 }],
  ])('that comes first from %s voids it when it comes', (_who, declarer) => {
    house.capture([wrong], supplierZhao);
    house.capture([events.declareWrong(sold, hour(6))], declarer);
    const { hash } = house.capture([sold], { ...supplierWang, organisationId: 7 }).events[0]!;
    expect(voided(hash)).toBe(true);
  });

  it.each([
    ['an owner at whose place it happened but who did not say it', { ...ownerLi, sites: [places.wholesaler] }],
    ['a colleague of another organisation', { ...wangsClerk, organisationId: 8 }],
    ['a colleague without an organisation', wangsClerk],
    ['a program that speaks for all places', { ...supplierZhao, speaks: 'everywhere' as const }],
  ])('of %s is refused', (_who, declarer) => {
    const { hash } = house.capture([sold], { ...supplierWang, organisationId: 7 }).events[0]!;
    expect(house.capture([wrong], declarer)).toMatchObject({ status: 'refused' });
    expect(voided(hash)).toBe(false);
  });

  it('reaches its author’s event although a stranger used the same eventID for another', () => {
    const named = { ...sold, eventID: 'urn:uuid:0e1d9dc5-1111-4222-8333-444455556666' };
    const { hash } = house.capture([named], supplierWang).events[0]!;
    const other = { ...events.observe(hour(1), places.farm, [ten]), eventID: named.eventID };
    const theirs = house.capture([other], supplierZhao).events[0]!;
    house.capture([events.declareWrong(named, hour(5))], supplierWang);
    expect([voided(hash), voided(theirs.hash)]).toEqual([true, false]);
  });

  it('of an inspector bound to another district is refused', () => {
    const { hash } = house.capture([sold], supplierWang).events[0]!;
    const elsewhere = { ...inspector, district: { id: 1, name: '东区', nameEn: null, sites: [places.farm] } };
    expect(house.capture([wrong], elsewhere).status).toBe('refused');
    const here = { ...inspector, district: { id: 2, name: '西区', nameEn: null, sites: [places.wholesaler] } };
    expect(house.capture([wrong], here).accepted).toBe(1);
    expect(voided(hash)).toBe(true);
  });
});
