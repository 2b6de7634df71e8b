// What a label's code says of the goods: weight, days, and until when a day lasts.
import { describe, expect, it } from 'vitest';
import { readLotCode } from '../../../server/trace/code/lot-code.ts';
import { scannedFacts } from '../../../server/trace/code/scanned-facts.ts';
import { dayOf, endOfDay, startOfDay } from '../../../server/trace/event/goods-day.ts';

const gtin = '06975123400010';

function factsOf(text: string, at = Date.UTC(2026, 10, 30)) {
  const code = readLotCode(text);
  if (!code.ok) throw new Error(code.fault);
  return scannedFacts(code.elements, at);
}

describe('a label', () => {
  it.each([
    ['(3103)012345', 12.345, 'KGM'],
    ['(3100)000012', 12, 'KGM'],
    ['(3105)000001', 0.00001, 'KGM'],
    ['(3202)001050', 10.5, 'LBR'],
    ['(3153)000750', 0.75, 'LTR'],
    ['(30)24', 24, undefined],
  ])('says how much is in it: %s', (element, quantity, unit) => {
    expect(factsOf(`(01)${gtin}${element}(10)A`).amount).toEqual({ quantity, unit });
  });

  it('of a case counts what is in the case', () => {
    expect(factsOf(`(02)${gtin}(37)12(10)A`).amount).toEqual({ quantity: 12, unit: undefined });
  });

  it('with weight and count is weighed', () => {
    expect(factsOf(`(01)${gtin}(30)6(3102)000150(10)A`).amount).toEqual({ quantity: 1.5, unit: 'KGM' });
  });

  it('that weighs nothing says no amount', () => {
    expect(factsOf(`(01)${gtin}(3103)000000(10)A`).amount).toBeUndefined();
  });

  it.each([
    ['(17)270228', '2027-02-28'],
    ['(17)270200', '2027-02-28'],
    ['(17)280200', '2028-02-29'],
    ['(17)271200', '2027-12-31'],
    ['(15)261130', '2026-11-30'],
    ['(15)261130(17)261224', '2026-12-24'],
    ['(7003)2611301430', '2026-11-30'],
  ])('says the last day of use: %s', (elements, day) => {
    expect(factsOf(`(01)${gtin}${elements}(10)A`).expiresOn).toBe(day);
  });

  it.each([
    ['76', 2026, '2076-11-30'],
    ['77', 2026, '1977-11-30'],
    ['99', 2026, '1999-11-30'],
    ['00', 2026, '2000-11-30'],
    ['00', 2049, '2000-11-30'],
    ['00', 2050, '2100-11-30'],
    ['01', 2051, '2101-11-30'],
    ['02', 2051, '2002-11-30'],
    ['10', 2098, '2110-11-30'],
  ])('with the year %s in %i means %s: half a century either way', (year, now, day) => {
    expect(factsOf(`(01)${gtin}(17)${year}1130(10)A`, Date.UTC(now, 0, 1)).expiresOn).toBe(day);
  });

  it('says when it was made', () => {
    expect(factsOf(`(01)${gtin}(11)261101(17)270101(10)A`)).toMatchObject({
      producedOn: '2026-11-01',
      expiresOn: '2027-01-01',
    });
  });
});

describe('a day on a label', () => {
  it('lasts from midnight to midnight where the goods are', () => {
    expect(new Date(startOfDay('2026-11-30')!).toISOString()).toBe('2026-11-29T16:00:00.000Z');
    expect(new Date(endOfDay('2026-11-30')!).toISOString()).toBe('2026-11-30T15:59:59.999Z');
    expect(dayOf(endOfDay('2026-11-30')!)).toBe('2026-11-30');
  });

  it('is none that the calendar lacks', () => {
    for (const text of ['2026-02-29', '2026-04-31', '2026-13-01', '20261130', '2026-11-30T00:00'])
      expect(endOfDay(text), text).toBeUndefined();
  });
});
