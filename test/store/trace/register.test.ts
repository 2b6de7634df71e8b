// Lots as people keep them: what is typed becomes events, and what is wrong is named.
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../server/http/problem.ts';
import { chainJson } from '../../../server/trace/chain/chain-json.ts';
import { traceLot } from '../../../server/trace/chain/chain-store.ts';
import { searchLot } from '../../../server/trace/lot/lot-store.ts';
import { registerLot } from '../../../server/trace/lot/register-lot.ts';
import { gtin, inspector, openChainHouse, places, products, supplierWang } from '../../support/cast.ts';

const pork = {
  origin: '平谷',
  batch: '20261120-03',
  product: '五花肉',
  quantity: 40,
  unit: '公斤',
  producedAt: '2026-11-20',
  expiresAt: '2026-11-27',
  flow: [
    { from: '平谷屠宰场', to: '新发地批发', at: '2026-11-20T09:00' },
    { from: '新发地批发', to: '鼎香', at: '2026-11-21T06:30', quantity: 12, unit: 'kg' },
  ],
  certificates: [{ kind: 'quarantine', number: '1100123456', issuedAt: '2026-11-20' }],
};

describe('registering a lot', () => {
  it('turns origin, batch and flow into a chain from the slaughterhouse to the kitchen', () => {
    const house = openChainHouse();
    const registered = registerLot(house, pork, inspector);
    expect(registered).toMatchObject({
      code: 'urn:brightkitchen:lot:batch:%E5%B9%B3%E8%B0%B7:20261120-03',
      accepted: 5,
      duplicate: 0,
    });
    const json = chainJson(traceLot(house.db, { lotId: registered.lotId, direction: 'forward' }));
    expect(json.lots).toMatchObject([
      { depth: 0, product: '五花肉', origin: '平谷', batch: '20261120-03', expiresAt: '2026-11-27T15:59:59.999Z' },
    ]);
    expect(json.edges.map((edge) => [edge.quantity, edge.unit])).toContainEqual([12, 'KGM']);
    expect(json.lots[0]?.sites).toHaveLength(3);
    expect(json.truncated).toBe(false);
  });

  it('takes the same entry twice as one', () => {
    const house = openChainHouse();
    registerLot(house, pork, inspector);
    const entries = house.db.sqlite.prepare('SELECT count(*) FROM event').pluck().get();
    expect(registerLot(house, pork, inspector)).toMatchObject({ accepted: 0, duplicate: 5, captureId: undefined });
    expect(house.db.sqlite.prepare('SELECT count(*) FROM event').pluck().get()).toBe(entries);
  });

  it('finds the lot again by its batch alone, typed with full-width digits', () => {
    const house = openChainHouse();
    const { lotId } = registerLot(house, pork, inspector);
    expect(searchLot(house.db, '２０２６１１２０-03')).toMatchObject({ found: 'one', lot: { id: lotId } });
  });

  it('takes a code that is only a number and a name, without a time, once', () => {
    const house = openChainHouse();
    const first = registerLot(house, { code: '检疫证号：4403001234', quantity: 3, unit: '头' }, supplierWang);
    expect(first.code).toContain('urn:brightkitchen:lot:quarantine:');
    expect(first.accepted).toBe(1);
    expect(registerLot(house, { code: '检疫证号：4403001234' }, supplierWang).accepted).toBe(0);
  });

  it('links a cut to the carcass it was made from', () => {
    const house = openChainHouse();
    const carcass = registerLot(
      house,
      {
        gtin: products.carcass,
        lot: 'C-9',
        quantity: 90,
        unit: 'kg',
        madeAt: places.slaughterhouse,
        producedAt: '2026-11-19',
      },
      inspector,
    );
    const cut = registerLot(
      house,
      {
        gtin: products.belly,
        lot: 'B-9',
        quantity: 20,
        unit: 'kg',
        madeAt: places.slaughterhouse,
        producedAt: '2026-11-20',
        madeFrom: [{ code: carcass.code, quantity: 20, unit: 'kg' }],
      },
      inspector,
    );
    const chain = traceLot(house.db, { lotId: cut.lotId, direction: 'backward' });
    expect(chain.lots.map((lot) => [lot.code, lot.depth])).toEqual([
      [cut.code, 0],
      [carcass.code, 1],
    ]);
  });

  it('names every fault of an entry with its place, and stores nothing', () => {
    const house = openChainHouse();
    const wrong = {
      gtin: `${gtin(7).slice(0, 13)}${(Number(gtin(7)[13]) + 1) % 10}`,
      lot: 'X',
      unit: 'furlong',
      producedAt: 'soon',
      flow: [{ at: '2026-13-01' }],
    };
    try {
      registerLot(house, wrong, inspector);
      expect.unreachable('the entry was taken');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      expect(error.faults.map((fault) => fault.place).sort()).toEqual(
        ['/flow/0', '/flow/0/at', '/gtin', '/producedAt', '/unit'].sort(),
      );
    }
    expect(house.db.sqlite.prepare('SELECT count(*) FROM lot').pluck().get()).toBe(0);
  });
});
