// Goods, invoices and payments of an order held against each other: what is rounding, and which pair does not agree.
import { expect, it } from 'vitest';
import { mismatchesOf, sumsOf } from '../../../server/oversight/purchase/purchase.ts';

it('a fen for each line is rounding; one more is a mismatch', () => {
  expect(mismatchesOf({ goods: 10_000, invoiced: 10_002, paid: null }, 2)).toEqual([]);
  expect(mismatchesOf({ goods: 10_000, invoiced: 10_003, paid: null }, 2)).toEqual(['goods_invoice']);
});

it('what was paid is held against the invoice, and against the goods only where no invoice came', () => {
  expect(mismatchesOf({ goods: 900, invoiced: 1_000, paid: 1_000 }, 1)).toEqual(['goods_invoice']);
  expect(mismatchesOf({ goods: 900, invoiced: null, paid: 1_000 }, 1)).toEqual(['goods_payment']);
  expect(mismatchesOf({ goods: null, invoiced: 900, paid: 1_000 }, 1)).toEqual(['invoice_payment']);
});

it('goods have no worth before they came, or while one line has no price', () => {
  const line = (priceFen: number | null) => ({ priceFen, parcels: [{ sent: 3, received: 2 }] });
  expect(sumsOf('received', [line(100), line(50)], []).goods).toBe(300);
  expect(sumsOf('sent', [line(100)], []).goods).toBeNull();
  expect(sumsOf('received', [line(100), line(null)], []).goods).toBeNull();
});
