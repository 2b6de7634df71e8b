// Single pieces with serial numbers: scanned, they lead to their lot; recalled, the lot takes them along.
import { describe, expect, it } from 'vitest';
import { traceLot } from '../../../server/trace/chain/chain-store.ts';
import { lotByCode, searchExact, searchLot } from '../../../server/trace/lot/lot-store.ts';
import { recallScopeOf } from '../../../server/trace/scope/recall-scope-store.ts';
import {
  type ChainHouse,
  events,
  hour,
  type Json,
  lotUri,
  openChainHouse,
  places,
  products,
} from '../../support/cast.ts';

const lot = lotUri(products.belly, 'A07');
const piece = (serial: number) => `https://id.gs1.org/01/${products.belly}/21/${serial}`;
const pieces = (...serials: number[]): Json => ({ quantityList: undefined, epcList: serials.map(piece) });
const commission = (more: Json) => ({ ...events.commission(hour(0), places.wholesaler, []), ...more });
const found = (house: ChainHouse, code: string) => {
  const search = searchLot(house.db, code);
  return search.found === 'one' ? search.lot.code : search.found;
};
const without = (event: Json): Json =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));

describe('a piece whose beginning names its lot', () => {
  it('leads to the lot, however the piece is written', () => {
    const house = openChainHouse();
    house.capture([without(commission({ ...pieces(1, 2), ilmd: { 'cbvmda:lotNumber': 'A07' } }))]);
    expect(found(house, piece(1))).toBe(lot);
    expect(found(house, `(01)${products.belly}(21)2`)).toBe(lot);
    // Goods are still received as the piece they are.
    const exact = searchExact(house.db, piece(1));
    expect(exact.found === 'one' && exact.lot.code).toBe(piece(1));
  });

  it('also where the piece’s own link carries the batch, which comes before the event’s', () => {
    const house = openChainHouse();
    const link = `https://id.gs1.org/01/${products.belly}/10/B8/21/3`;
    house.capture([
      without(commission({ quantityList: undefined, epcList: [link], ilmd: { 'cbvmda:lotNumber': 'A07' } })),
    ]);
    expect(found(house, piece(3))).toBe(lotUri(products.belly, 'B8'));
  });

  it('of no lot stays a piece', () => {
    const house = openChainHouse();
    house.capture([without(commission(pieces(4)))]);
    expect(found(house, piece(4))).toBe(piece(4));
  });

  it('whose event was declared wrong follows the corrected one', () => {
    const house = openChainHouse();
    const wrong = without(commission({ ...pieces(5), ilmd: { 'cbvmda:lotNumber': 'WRONG' } }));
    house.capture([wrong]);
    house.capture([events.declareWrong(wrong, hour(1))]);
    house.capture([without(commission({ ...pieces(5), ilmd: { 'cbvmda:lotNumber': 'A07' } }))]);
    expect(found(house, piece(5))).toBe(lot);
  });

  it('takes its expiry to the lot', () => {
    const house = openChainHouse();
    const ilmd = { 'cbvmda:lotNumber': 'A07', 'cbvmda:itemExpirationDate': '2026-11-24' };
    house.capture([without(commission({ ...pieces(6), ilmd }))]);
    expect(lotByCode(house.db, lot)?.expiresAt).toBe(Date.parse('2026-11-24T23:59:59.999+08:00'));
  });

  it('is in the chain and, definitely, in the recall of its lot, wherever it went by itself', () => {
    const house = openChainHouse();
    house.capture([
      without(commission({ ...pieces(7, 8), ilmd: { 'cbvmda:lotNumber': 'A07' } })),
      without({ ...events.ship(hour(1), places.wholesaler, places.dingxiang, []), epcList: [piece(7)] }),
      without({ ...events.receive(hour(2), places.dingxiang, places.wholesaler, []), epcList: [piece(7)] }),
    ]);
    const lotId = lotByCode(house.db, lot)!.id;
    const sites = traceLot(house.db, { lotId, direction: 'forward' }).holdings.map(({ siteId }) => siteId);
    expect(new Set(sites)).toEqual(new Set([places.wholesaler, places.dingxiang]));
    const { rows } = recallScopeOf(house.db, lotId);
    expect(rows.length).toBeGreaterThanOrEqual(3);
    expect(new Set(rows.map(({ scope }) => scope))).toEqual(new Set(['definite']));
  });
});
