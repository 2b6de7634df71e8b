// A thermometer belongs to the place where it hangs: no shop's breach is told under another's name, and page and finding agree.
import { describe, expect, it } from 'vitest';
import { dinerLot } from '../../../server/trace/diner/diner-store.ts';
import { checkChain } from '../../../server/trace/finding/check-chain.ts';
import { openFindings } from '../../../server/trace/finding/finding-store.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerProduct } from '../../../server/trace/place/register-place.ts';
import { caseUri, events, hour, type Json, lotUri, openChainHouse, places, products } from '../../support/cast.ts';

const belly = lotUri(products.belly, 'C1');
const { wholesaler, dingxiang, haiwei } = places;

const measured = (readings: readonly (readonly [hours: number, celsius: number])[]) => ({
  sensorElementList: [
    {
      sensorReport: readings.map(([hours, value]) => ({
        ...{ type: 'Temperature', time: new Date(hour(hours)).toISOString(), value, uom: 'CEL' },
      })),
    },
  ],
});

/** Pork for two shops: warm at Haiwei for two hours, cold at Dingxiang all the time. */
function twoShops(more: readonly Json[] = [], range = { minC: 0, maxC: 4 }) {
  const house = openChainHouse();
  registerProduct(house, { gtin: products.belly, name: '五花肉', unit: 'KGM', coldChain: range });
  const send = (to: string) => [
    events.ship(hour(1), wholesaler, to, [[belly, 5, 'KGM']]),
    events.receive(hour(2), to, wholesaler, [[belly, 5, 'KGM']]),
  ];
  const look = (site: string, readings: readonly (readonly [number, number])[]) =>
    events.observe(hour(7), site, [[belly, 5, 'KGM']], measured(readings));
  house.capture([
    events.commission(hour(0), wholesaler, [[belly, 10, 'KGM']]),
    ...send(dingxiang),
    ...send(haiwei),
    look(
      dingxiang,
      [3, 4, 5, 6].map((at) => [at, 2]),
    ),
    look(haiwei, [
      [3.5, 3],
      [4.5, 9],
      [5.5, 8],
      [6.5, 2],
    ]),
    ...more,
  ]);
  checkChain(house);
  const lot = lotByCode(house.db, belly);
  if (lot === undefined) throw new Error('no lot');
  const question = { lot, serial: null, now: hour(8), kitchens: () => [], reportHref: null };
  const at = (site: string) => dinerLot(house.db, { ...question, at: site });
  return { at, findings: openFindings(house.db, { limit: 9, kind: 'excursion' }) };
}

describe('a breach of the cold chain', () => {
  it('is told at the shop whose thermometer showed it, and at no other', () => {
    const { at, findings } = twoShops();
    expect(at(haiwei).stations.map(({ breaches }) => breaches.length)).toEqual([0, 1]);
    expect(at(dingxiang).stations.flatMap(({ breaches }) => breaches)).toEqual([]);
    expect(findings).toMatchObject([{ siteId: haiwei, detail: { times: 1, minutes: 120, worstC: 9 } }]);
  });

  it('is as long and as high on the page as in the finding', () => {
    const { at, findings } = twoShops();
    const breach = { fromAt: hour(4.5), untilAt: hour(6.5), worstC: 9 };
    expect(at(haiwei).cold?.breaches).toMatchObject([breach]);
    expect(at(haiwei).stations[1]?.breaches).toMatchObject([breach]);
    expect(findings[0]?.detail).toMatchObject({ minutes: 120, worstC: 9 });
  });

  it('shows a diner the curve of the way to this shop, without the other shop’s thermometer', () => {
    expect(twoShops().at(dingxiang).cold).toMatchObject({ breaches: [] });
    expect(
      twoShops()
        .at(dingxiang)
        .cold?.readings.map(({ value }) => value),
    ).toEqual([2, 2, 2, 2]);
  });

  it('on the road is neither the sender’s nor the shop’s: the logger was only read out there', () => {
    const logged = events.receive(
      hour(2.5),
      dingxiang,
      wholesaler,
      [[belly, 1, 'KGM']],
      measured([
        [1.2, 9],
        [1.8, 11],
        [2.6, 3],
      ]),
    );
    const { at, findings } = twoShops([logged]);
    expect(at(dingxiang).stations.flatMap(({ breaches }) => breaches)).toEqual([]);
    expect(at(dingxiang).cold?.breaches).toMatchObject([{ worstC: 11 }]);
    expect(findings.map(({ siteId, detail }) => [siteId, detail['worstC']])).toEqual(
      expect.arrayContaining([
        [null, 11],
        [haiwei, 9],
      ]),
    );
  });

  it('has as its worst value the one furthest outside, not the one furthest from zero', () => {
    const thawed = events.observe(
      hour(7.5),
      dingxiang,
      [[belly, 5, 'KGM']],
      measured([
        [7.1, -21],
        [7.2, -6],
        [7.3, -19],
      ]),
    );
    const { findings } = twoShops([thawed], { minC: -20, maxC: -18 });
    expect(findings.find(({ siteId }) => siteId === dingxiang)?.detail).toMatchObject({ worstC: 2 });
  });

  it('on a box is a breach of what was in it, also where the packing is told afterwards, and not where it was told wrongly', () => {
    const house = openChainHouse();
    registerProduct(house, { gtin: products.belly, name: '五花肉', unit: 'KGM', coldChain: { minC: 0, maxC: 4 } });
    const packed = events.pack(hour(1), wholesaler, caseUri(1), [[belly, 5, 'KGM']]);
    const found = () => {
      checkChain(house);
      return openFindings(house.db, { limit: 9, kind: 'excursion' }).map(({ detail }) => detail['worstC']);
    };
    house.capture([
      events.commission(hour(0), wholesaler, [[belly, 5, 'KGM']]),
      events.observe(hour(3), wholesaler, [], {
        epcList: [caseUri(1)],
        ...measured([
          [2, 9],
          [3, 9],
        ]),
      }),
    ]);
    expect(found()).toEqual([]);
    house.capture([packed]);
    expect(found()).toEqual([9]);
    house.capture([events.declareWrong(packed, hour(5))]);
    expect(found()).toEqual([]);
  });
});
