// What the clock finds: lots near and past their expiry where they still are, goods on the way too long, what was lost.
import { describe, expect, it } from 'vitest';
import { changeFindingRule } from '../../../server/trace/finding/change-finding-rule.ts';
import { checkChain } from '../../../server/trace/finding/check-chain.ts';
import { openFindings } from '../../../server/trace/finding/finding-store.ts';
import { watchLots } from '../../../server/trace/finding/watch-lots.ts';
import { registerProduct } from '../../../server/trace/place/register-place.ts';
import {
  type ChainHouse,
  dayOne,
  events,
  hour,
  inspector,
  type Json,
  lotUri,
  openChainHouse,
  places,
  products,
} from '../../support/cast.ts';

const day = 86_400_000;
const belly = lotUri(products.belly, 'B1');
const mince = lotUri(products.mince, 'M1');
const expires = (date: string): Json => ({ ilmd: { 'cbvmda:itemExpirationDate': date } });
const found = (house: ChainHouse) =>
  openFindings(house.db, { limit: 100 }).map(({ kind, siteId, detail }) => ({ kind, siteId, ...detail }));

/** 10 kg made on 20 November, to be used by the 24th; 6 of them went to 鼎香. */
function house(): ChainHouse {
  const opened = openChainHouse();
  registerProduct(opened, { gtin: products.belly, name: '五花肉', unit: 'KGM' });
  opened.setNow(dayOne + 6 * 3_600_000);
  opened.capture([
    events.commission(hour(0), places.wholesaler, [[belly, 10, 'KGM']], expires('2026-11-24')),
    events.ship(hour(1), places.wholesaler, places.dingxiang, [[belly, 6, 'KGM']]),
    events.receive(hour(2), places.dingxiang, places.wholesaler, [[belly, 6, 'KGM']]),
  ]);
  checkChain(opened);
  watchLots(opened);
  return opened;
}

describe('expiry by the clock', () => {
  it('says nothing while there is time', () => {
    expect(found(house())).toEqual([]);
  });

  it('names every place that still has some, with how much, near its end and after it', () => {
    const opened = house();
    opened.setNow(dayOne + 4 * day);
    expect(watchLots(opened)).toBe(1);
    const expiresAt = Date.parse('2026-11-24T23:59:59.999+08:00');
    expect(found(opened)).toMatchObject([
      { kind: 'expiring', siteId: places.dingxiang, onHand: 6, unit: 'KGM', expiresAt },
      { kind: 'expiring', siteId: places.wholesaler, onHand: 4, unit: 'KGM', expiresAt },
    ]);
    opened.setNow(dayOne + 6 * day);
    watchLots(opened);
    expect(found(opened).map(({ kind, siteId }) => [kind, siteId])).toEqual([
      ['expired', places.dingxiang],
      ['expired', places.wholesaler],
    ]);
    expect(watchLots(opened)).toBe(0);
  });

  it('is closed by itself when the goods are gone', () => {
    const opened = house();
    opened.setNow(dayOne + 6 * day);
    watchLots(opened);
    const destroyed = { ...events.sell(hour(140), places.dingxiang, [[belly, 6, 'KGM']]), bizStep: 'destroying' };
    opened.capture([destroyed]);
    checkChain(opened);
    expect(found(opened)).toMatchObject([{ kind: 'expired', siteId: places.wholesaler }]);
  });

  it('a lot received or sold after its time is a finding at that place, which destroying it is not', () => {
    const opened = house();
    opened.setNow(dayOne + 8 * day);
    const destroyed = { ...events.sell(hour(141), places.wholesaler, [[belly, 1, 'KGM']]), bizStep: 'destroying' };
    opened.capture([
      events.ship(hour(120), places.wholesaler, places.haiwei, [[belly, 2, 'KGM']]),
      events.receive(hour(130), places.haiwei, places.wholesaler, [[belly, 2, 'KGM']]),
      events.sell(hour(140), places.dingxiang, [[belly, 1, 'KGM']]),
      destroyed,
    ]);
    checkChain(opened);
    const late = found(opened).filter(({ kind }) => kind.startsWith('expired_'));
    expect(late).toMatchObject([
      { kind: 'expired_served', siteId: places.dingxiang, amount: 1 },
      { kind: 'expired_received', siteId: places.haiwei, amount: 2 },
    ]);
  });

  it('a sale declared wrong takes its finding with it', () => {
    const opened = house();
    opened.setNow(dayOne + 8 * day);
    const sale = events.sell(hour(140), places.dingxiang, [[belly, 1, 'KGM']]);
    opened.capture([sale]);
    checkChain(opened);
    expect(found(opened).some(({ kind }) => kind === 'expired_served')).toBe(true);
    opened.capture([events.declareWrong(sale, hour(150))]);
    checkChain(opened);
    expect(found(opened).some(({ kind }) => kind === 'expired_served')).toBe(false);
  });
});

describe('on the way too long', () => {
  it('a shipment nobody scanned in becomes a finding when its time is up, with no event to wake it', () => {
    const opened = openChainHouse();
    opened.setNow(hour(2));
    opened.capture([
      events.commission(hour(0), places.wholesaler, [[belly, 10, 'KGM']]),
      events.ship(hour(1), places.wholesaler, places.dingxiang, [[belly, 10, 'KGM']]),
    ]);
    checkChain(opened);
    watchLots(opened);
    expect(found(opened)).toEqual([]);
    opened.setNow(hour(50));
    expect(watchLots(opened)).toBe(1);
    expect(found(opened)).toMatchObject([
      { kind: 'unscanned', missing: 'receipt', amount: 10, siteId: places.dingxiang },
    ]);
  });

  it('goods shipped to nobody named are told of at the place they left, until somebody receives them', () => {
    const opened = openChainHouse();
    opened.setNow(hour(2));
    opened.capture([
      events.commission(hour(0), places.wholesaler, [[belly, 10, 'KGM']]),
      events.ship(hour(1), places.wholesaler, undefined, [[belly, 7, 'KGM']]),
    ]);
    checkChain(opened);
    opened.setNow(hour(60));
    watchLots(opened);
    expect(found(opened)).toMatchObject([{ kind: 'transit', amount: 7, unit: 'KGM', siteId: places.wholesaler }]);
    opened.capture([events.receive(hour(58), places.haiwei, places.wholesaler, [[belly, 7, 'KGM']])]);
    checkChain(opened);
    expect(found(opened)).toEqual([]);
  });
});

describe('losses', () => {
  const lossy = (made: number) => {
    const opened = openChainHouse();
    registerProduct(opened, { gtin: products.mince, name: '肉馅', unit: 'KGM' });
    opened.capture([
      events.commission(hour(1), places.haiwei, [[belly, 10, 'KGM']]),
      events.transform(hour(2), places.haiwei, [[belly, 10, 'KGM']], [[mince, made, 'KGM']]),
    ]);
    checkChain(opened);
    return opened;
  };

  it('a transformation that lost more than half is a finding; one that lost a third is not', () => {
    expect(found(lossy(4))).toMatchObject([
      { kind: 'loss', siteId: places.haiwei, amountIn: 10, amountOut: 4, unit: 'KGM', allowed: 0.5 },
    ]);
    expect(found(lossy(6.5))).toEqual([]);
  });

  it('a product may have a stricter rule, which finds what was passed before, and a milder one, which closes it', () => {
    const opened = lossy(6.5);
    const productId = Number(
      opened.db.sqlite.prepare('SELECT id FROM product WHERE gtin = ?').pluck().get(products.mince),
    );
    const rule = (lossShare: number) =>
      changeFindingRule(opened, { productId, lossShare, transitHours: null, nearDays: null }, inspector);
    rule(0.1);
    expect(found(opened)).toMatchObject([{ kind: 'loss', allowed: 0.1 }]);
    rule(0.4);
    expect(found(opened)).toEqual([]);
  });

  it('a changed rule stands in the ledger', () => {
    const opened = lossy(6);
    changeFindingRule(opened, { productId: 0, lossShare: 0.1, transitHours: 24, nearDays: 5 }, inspector);
    const body = opened.db.sqlite.prepare("SELECT body FROM ledger_entry WHERE kind = 'finding-rule'").pluck().get();
    expect(JSON.parse(body as string)).toMatchObject({ lossShare: 0.1, account: inspector.id });
  });
});
