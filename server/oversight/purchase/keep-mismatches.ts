// Holds goods, invoices and payments of an order against each other: what does not agree is a finding of the buyer, with its numbers.
import type { Db } from '../../store/db.ts';
import { keepFindings } from '../../trace/finding/finding-store.ts';
import { type Mismatch, mismatchesOf, type Sums, sumsOf } from './purchase.ts';
import { linesOf, moneyOf } from './purchase-store.ts';

const pairs = ['goods_invoice', 'invoice_payment', 'goods_payment'] as const satisfies readonly Mismatch[];

export type OrderSums = { readonly sums: Sums; readonly mismatches: readonly Mismatch[] };

export function orderSums(db: Db, id: number): OrderSums {
  const state = db.sqlite.prepare('SELECT state FROM purchase_order WHERE id = ?').pluck().get(id) as Parameters<
    typeof sumsOf
  >[0];
  const lines = linesOf(db, [id]).get(id) ?? [];
  const sums = sumsOf(state, lines, moneyOf(db, id));
  return { sums, mismatches: mismatchesOf(sums, lines.length) };
}

/** Inside the caller's transaction. */
export function keepMismatches(db: Db, id: number, now: number): void {
  const { sums, mismatches } = orderSums(db, id);
  const siteKey = db.sqlite
    .prepare('SELECT s.key FROM purchase_order o JOIN site s ON s.id = o.buyer WHERE o.id = ?')
    .pluck()
    .get(id) as number | undefined;
  const subject = (pair: Mismatch) => `trade_mismatch/${id}/${pair}`;
  const found = mismatches.map((pair) => ({
    kind: 'trade_mismatch' as const,
    subject: subject(pair),
    lotId: null,
    siteKey: siteKey ?? null,
    eventId: null,
    at: now,
    detail: { order: id, pair, ...sums },
  }));
  keepFindings(db, pairs.map(subject), found, now);
}
