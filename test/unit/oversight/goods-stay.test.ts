// How long goods count as being in a kitchen when nobody wrote that they were used up.
import { expect, it } from 'vitest';
import { presenceAt, usedUpDays } from '../../../server/oversight/join/goods-stay.ts';

const day = 86_400_000;
const goods = { cameAt: 10 * day, leftAt: null, came: 5, left: 0, expiresAt: null };

it('goods nobody used up are there through the day of their date, and gone after it', () => {
  const dated = { ...goods, expiresAt: 20 * day };
  expect([20, 20.5, 21].map((at) => presenceAt(dated, at * day))).toEqual(['assumed', 'assumed', 'assumed']);
  expect(presenceAt(dated, 21 * day + 1)).toBe('gone');
  expect(presenceAt(dated, 10 * day - 1)).toBe('gone');
});

it('without a date they are taken to be used up after a month', () => {
  expect(presenceAt(goods, (10 + usedUpDays) * day)).toBe('assumed');
  expect(presenceAt(goods, (10 + usedUpDays) * day + 1)).toBe('gone');
});

it('some of them used, the books say that the rest is there; all of them used, nothing is', () => {
  const used = { ...goods, leftAt: 12 * day };
  expect(presenceAt({ ...used, left: 2 }, 13 * day)).toBe('written');
  expect(presenceAt({ ...used, left: 5 }, 13 * day)).toBe('gone');
  expect(presenceAt({ ...used, left: null }, 13 * day)).toBe('assumed');
});
