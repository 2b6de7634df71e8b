// What does not add up in the books of a lot: each finding with its place and its numbers.
import { hourMs } from '../../clock.ts';
import type { Stock } from '../chain/balance.ts';
import { expiryState, type Life } from '../lot/expiry.ts';
import type { LossRule } from './loss.ts';

export const findingKinds = [
  /** More left a place than ever came. */
  'negative',
  /** Shipper and receiver name different amounts. */
  'differ',
  /** Shipped and never received, or received and never shipped: 未扫码. */
  'unscanned',
  /** A transformation made more than was put in. */
  'gain',
  /** A transformation lost more of what was put in than its rule allows. */
  'loss',
  /** Shipped to nobody named and received by nobody for too long. */
  'transit',
  /** An amount in a unit that the product has no factor for. */
  'unit',
  /** Goods without a batch: 未赋码. */
  'uncoded',
  /** Outside the product's temperature range: 断链. */
  'excursion',
  /** Still there, days before its expiry. */
  'expiring',
  /** Still there after its expiry. */
  'expired',
  /** Received, and used or served, after its expiry. */
  'expired_received',
  'expired_served',
  /** Said of this place by somebody who does not speak for it, and not decided yet. */
  'foreign',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export type Finding = {
  readonly kind: FindingKind;
  /** The same fault has the same subject. */
  readonly subject: string;
  readonly lotId: number | null;
  readonly siteKey: number | null;
  readonly eventId: number | null;
  /** When it went wrong, unix ms. */
  readonly at: number;
  readonly detail: Readonly<Record<string, string | number | null>>;
};

export type HoldingBooks = {
  readonly holdingId: number;
  readonly lotId: number;
  readonly siteKey: number;
  readonly stock: Stock;
  readonly unit: string | null;
};

// Scales differ by a few grams in a kilogram; what differs less is not worth a person's time.
const tolerance = 0.005;

/** Findings of one place's books at `now`; `life` is the lot's; null: its expiry is not known. */
export function findingsOfHolding(
  books: HoldingBooks,
  { life, rule }: { readonly life: Life | null; readonly rule: LossRule },
  now: number,
): Finding[] {
  const { stock, unit } = books;
  if (unit === null) return [];
  const findings: Finding[] = [];
  if (!Number.isNaN(stock.negativeAt)) {
    findings.push(
      finding(books, 'negative', stock.negativeAt, {
        lowest: round(stock.lowest),
        received: round(stock.received),
        left: round(stock.left),
        unit,
      }),
    );
  }
  const least = tolerance * Math.max(stock.received, 1e-6);
  const [short, over] = [stock.awaited > least, stock.ahead > least];
  const shippedAt = Number.isNaN(stock.shippedAt) ? 0 : stock.shippedAt;
  if (stock.receipts > 0 && stock.shipments > 0 && (short || over)) {
    const difference = round(stock.ahead - stock.awaited);
    findings.push(finding(books, 'differ', shippedAt, { difference, unit }));
  } else if (short && stock.receipts === 0 && now - shippedAt > rule.transitHours * hourMs) {
    findings.push(finding(books, 'unscanned', shippedAt, { missing: 'receipt', amount: round(stock.awaited), unit }));
  } else if (over && stock.shipments === 0) {
    findings.push(finding(books, 'unscanned', now, { missing: 'shipment', amount: round(stock.ahead), unit }));
  }
  if (life !== null) findings.push(...aged(books, life, rule, now));
  return findings;
}

/** Goods still there near or past their end. */
function aged(books: HoldingBooks, life: Life, { nearDays }: LossRule, now: number): Finding[] {
  const { onHand, received } = books.stock;
  const { state, since } = expiryState(life, nearDays, now);
  if (state === 'good' || onHand <= tolerance * Math.max(received, 1e-6)) return [];
  const detail = { onHand: round(onHand), unit: books.unit, expiresAt: life.expiresAt };
  return [finding(books, state === 'past' ? 'expired' : 'expiring', since, detail)];
}

function finding(books: HoldingBooks, kind: FindingKind, at: number, detail: Finding['detail']): Finding {
  const { holdingId, lotId, siteKey } = books;
  return { kind, subject: `${kind}/holding/${holdingId}`, lotId, siteKey, eventId: null, at, detail };
}

function round(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
