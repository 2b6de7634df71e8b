// What is looked at after capture: books that do not add up, a broken cold chain, goods without a batch, a recall that reaches further.
import { describe, expect, it } from 'vitest';
import { excursionsOf } from '../../../server/trace/diner/cold-chain.ts';
import { excursionsOfLot } from '../../../server/trace/diner/cold-chain-store.ts';
import { checkChain } from '../../../server/trace/finding/check-chain.ts';
import { openFindings } from '../../../server/trace/finding/finding-store.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerProduct } from '../../../server/trace/place/register-place.ts';
import { closeRecall } from '../../../server/trace/recall/close-recall.ts';
import { recallHoldings, recallNotices } from '../../../server/trace/recall/recall-store.ts';
import { remindRecalls } from '../../../server/trace/recall/remind-recall.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import {
  type ChainHouse,
  dayOne,
  events,
  hour,
  inspector,
  lotUri,
  openChainHouse,
  places,
  products,
} from '../../support/cast.ts';

const belly = lotUri(products.belly, 'B1');
const kinds = (house: ChainHouse) =>
  openFindings(house.db, { limit: 100 })
    .map((finding) => finding.kind)
    .sort();

describe('after capture', () => {
  it('more sold than ever came is a finding at that place, and is closed when the delivery is told', () => {
    const house = openChainHouse();
    house.capture([events.sell(hour(5), places.dingxiang, [[belly, 3, 'KGM']])]);
    checkChain(house);
    expect(openFindings(house.db, { limit: 10 })).toMatchObject([
      { kind: 'negative', siteId: places.dingxiang, code: belly, detail: { lowest: -3, unit: 'KGM' } },
    ]);
    house.capture([
      events.commission(hour(0), places.wholesaler, [[belly, 3, 'KGM']]),
      events.ship(hour(1), places.wholesaler, places.dingxiang, [[belly, 3, 'KGM']]),
      events.receive(hour(2), places.dingxiang, places.wholesaler, [[belly, 3, 'KGM']]),
    ]);
    checkChain(house);
    expect(kinds(house)).toEqual([]);
  });

  it('what shipper and receiver disagree about is a finding, not a refusal', () => {
    const house = openChainHouse();
    house.capture([
      events.commission(hour(0), places.wholesaler, [[belly, 10, 'KGM']]),
      events.ship(hour(1), places.wholesaler, places.dingxiang, [[belly, 10, 'KGM']]),
      events.receive(hour(2), places.dingxiang, places.wholesaler, [[belly, 9, 'KGM']]),
    ]);
    checkChain(house);
    expect(openFindings(house.db, { limit: 10 })).toMatchObject([
      { kind: 'differ', siteId: places.dingxiang, detail: { difference: -1, unit: 'KGM' } },
    ]);
  });

  it('a box shipped days ago and never scanned in is a finding', () => {
    const house = openChainHouse();
    house.capture([
      events.commission(hour(0), places.wholesaler, [[belly, 10, 'KGM']]),
      events.ship(hour(1), places.wholesaler, places.dingxiang, [[belly, 10, 'KGM']]),
    ]);
    checkChain(house);
    expect(openFindings(house.db, { limit: 10 })).toMatchObject([
      { kind: 'unscanned', detail: { missing: 'receipt', amount: 10 } },
    ]);
  });

  it('goods without a batch, and more made than was put in, are findings', () => {
    const house = openChainHouse();
    const mince = lotUri(products.mince, 'M1');
    house.capture([
      events.observe(hour(1), places.haiwei, [[`https://id.gs1.org/01/${products.prawn}`, 5, 'KGM']]),
      events.commission(hour(1), places.haiwei, [[belly, 10, 'KGM']]),
      events.transform(hour(2), places.haiwei, [[belly, 10, 'KGM']], [[mince, 14, 'KGM']]),
    ]);
    checkChain(house);
    expect(kinds(house)).toEqual(['gain', 'uncoded']);
  });

  it('a voided sale takes its finding with it', () => {
    const house = openChainHouse();
    const sale = events.sell(hour(5), places.dingxiang, [[belly, 3, 'KGM']]);
    house.capture([events.commission(hour(0), places.dingxiang, [[belly, 1, 'KGM']]), sale]);
    checkChain(house);
    expect(kinds(house)).toEqual(['negative']);
    house.capture([events.declareWrong(sale, hour(6))]);
    checkChain(house);
    expect(kinds(house)).toEqual([]);
  });

  it('looks at everything once, however much came', () => {
    const house = openChainHouse();
    for (let n = 0; n < 3; n++) {
      house.capture(
        Array.from({ length: 500 }, (_, index) =>
          events.sell(hour(index / 60), places.dingxiang, [[lotUri(products.belly, `N${n}-${index}`), 1, 'KGM']]),
        ),
      );
    }
    checkChain(house);
    expect(openFindings(house.db, { limit: 1_000 })).toHaveLength(1_000);
    checkChain(house);
    expect(Number(house.db.sqlite.prepare('SELECT count(*) FROM finding').pluck().get())).toBe(1_500);
  });
});

describe('the cold chain', () => {
  const reading = (time: number, celsius: number) => ({ at: time, minC: celsius, maxC: celsius });

  it('is broken from the first reading outside to the first inside again', () => {
    const readings = [reading(0, 2), reading(10, 6), reading(20, 9), reading(30, 3), reading(40, 2)];
    expect(excursionsOf(readings, { minC: 0, maxC: 4 })).toEqual([{ fromAt: 10, untilAt: 30, worstC: 9 }]);
  });

  it('says nothing about the time a logger was silent', () => {
    const later = 10 * 3_600_000;
    expect(excursionsOf([reading(0, 9), reading(later, 9)], { minC: 0, maxC: 4 })).toEqual([
      { fromAt: 0, untilAt: 0, worstC: 9 },
      { fromAt: later, untilAt: later, worstC: 9 },
    ]);
  });

  it('stands on the lot, with a finding, when an event brings readings outside the range of its product', () => {
    const house = openChainHouse();
    registerProduct(house, { gtin: products.belly, name: '五花肉', unit: 'KGM', coldChain: { minC: 0, maxC: 4 } });
    const report = (minutes: number, value: number) => ({
      type: 'Temperature',
      time: new Date(dayOne + minutes * 60_000).toISOString(),
      value,
      uom: 'CEL',
    });
    house.capture([
      events.commission(hour(0), places.wholesaler, [[belly, 10, 'KGM']]),
      events.observe(hour(1), places.wholesaler, [[belly, 10, 'KGM']], {
        sensorElementList: [{ sensorReport: [report(0, 3), report(15, 7.5), report(30, 6), report(45, 3.5)] }],
      }),
    ]);
    checkChain(house);
    const lotId = lotByCode(house.db, belly)!.id;
    expect(excursionsOfLot(house.db, lotId)).toMatchObject([
      { fromAt: dayOne + 900_000, untilAt: dayOne + 2_700_000, worstC: 7.5, siteId: places.wholesaler },
    ]);
    expect(openFindings(house.db, { limit: 5 })).toMatchObject([
      { kind: 'excursion', detail: { times: 1, minutes: 30, worstC: 7.5 } },
    ]);
  });
});

describe('an open recall', () => {
  function recalled() {
    const house = openChainHouse();
    house.capture([events.commission(hour(0), places.wholesaler, [[belly, 10, 'KGM']])]);
    const { recallId } = startRecall(
      house,
      { lotId: lotByCode(house.db, belly)!.id, reason: 'clenbuterol' },
      inspector,
    );
    return { house, recallId };
  }

  it('is widened when a later event shows that the goods went further', () => {
    const { house, recallId } = recalled();
    house.capture([events.ship(hour(2), places.wholesaler, places.haiwei, [[belly, 4, 'KGM']])]);
    checkChain(house);
    expect(recallHoldings(house.db, recallId, 10).map((row) => [row.siteId, row.issue, row.onHand])).toEqual([
      [places.wholesaler, 2, 6],
      [places.haiwei, 2, 4],
    ]);
    expect(recallNotices(house.db, recallId).map((notice) => notice.siteId)).toEqual([
      places.wholesaler,
      places.haiwei,
    ]);
  });

  it('keeps what was issued first, and tells no holder twice', () => {
    const { house, recallId } = recalled();
    house.capture([events.ship(hour(2), places.wholesaler, places.haiwei, [[belly, 4, 'KGM']])]);
    checkChain(house);
    const issued = house.db.sqlite.prepare('SELECT issue, on_hand FROM recall_scope WHERE recall_id = ? ORDER BY 1, 2');
    expect(issued.raw().all(recallId)).toEqual([
      [1, 10],
      [2, 4],
      [2, 6],
    ]);
    expect(recallNotices(house.db, recallId)).toHaveLength(2);
  });

  it('reminds who has not answered by the deadline, and not every minute', () => {
    const { house } = recalled();
    expect(remindRecalls(house)).toBe(0);
    house.setNow(house.clock() + 2 * 86_400_000);
    expect(remindRecalls(house)).toBe(1);
    expect(remindRecalls(house)).toBe(0);
    house.setNow(house.clock() + 12 * 3_600_000);
    expect(remindRecalls(house)).toBe(1);
  });

  it('is closed once, with a note', () => {
    const { house, recallId } = recalled();
    expect(closeRecall(house, recallId, { note: 'all destroyed', whenOpen: 'accept' }, inspector)).toMatchObject({
      state: 'closed',
      closingNote: 'all destroyed',
    });
    expect(() => closeRecall(house, recallId, { note: 'again', whenOpen: 'accept' }, inspector)).toThrow(/closed/);
  });
});
