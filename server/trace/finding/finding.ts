// What does not add up in the books of a lot: each finding with its place and its numbers.
import { hourMs } from '../../clock.ts';
import type { Recount } from '../chain/balance.ts';
import type { Difference } from '../chain/difference.ts';
import { doubts, type Stock } from '../chain/stock.ts';
import { eventOfStep } from '../chain/strand.ts';
import { expiryState, type Life } from '../state/expiry.ts';
import type { LossRule } from '../state/loss.ts';

export const findingKinds = [
  /** More left a place than ever came. */
  'negative',
  /** Shipper and receiver name different amounts. */
  'differ',
  /** Shipped and never received, or received and never shipped: 未扫码. */
  'unscanned',
  /** Received before it was sent: a clock that is off. */
  'early',
  /** A stock taking found another amount than the books said. */
  'recount',
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
  /** Told from outside the chain: a shop's daily checks and reports that nobody did, 日管控缺失. */
  'day_missed',
  /** Bought from a place that is not registered. */
  'unregistered_source',
  /** What was delivered, invoiced and paid do not agree. */
  'trade_mismatch',
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
  /** What shippers to it say otherwise; undefined: nothing was shipped to it or received there. */
  readonly difference: Difference | undefined;
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
  if (books.difference !== undefined) findings.push(...disputed(books, books.difference, rule, now));
  if (life !== null) findings.push(...aged(books, life, rule, now));
  return findings;
}

/** What was signed for counts for the receiver; the difference is a matter of whoever carried it. */
function disputed(books: HoldingBooks, difference: Difference, { transitHours }: LossRule, now: number): Finding[] {
  const { stock, unit } = books;
  const { short, over, unreceived, unreceivedAt, unshipped, unshippedAt, shippedAt, early } = difference;
  const least = tolerance * Math.max(stock.received, 1e-6);
  const findings: Finding[] = [];
  if (Math.max(over, short) > least)
    findings.push(finding(books, 'differ', shippedAt, { difference: round(over > short ? over : -short), unit }));
  if (unreceived > least && now - unreceivedAt > transitHours * hourMs) {
    const detail = { missing: 'receipt', amount: round(unreceived), unit };
    findings.push(finding(books, 'unscanned', unreceivedAt, detail));
  } else if (unshipped > least) {
    const detail = { missing: 'shipment', amount: round(unshipped), unit };
    findings.push(finding(books, 'unscanned', unshippedAt, detail));
  }
  if (early !== undefined) {
    const detail = { hours: round((early.shippedAt - early.receivedAt) / hourMs), times: early.times };
    findings.push(finding(books, 'early', early.receivedAt, detail));
  }
  return findings;
}

/** Goods still there near or past their end. */
function aged(books: HoldingBooks, life: Life, { nearDays }: LossRule, now: number): Finding[] {
  const { onHand, received, onHandDoubt } = books.stock;
  if (onHandDoubt !== doubts.none) return [];
  const { state, since } = expiryState(life, nearDays, now);
  if (state === 'good' || onHand <= tolerance * Math.max(received, 1e-6)) return [];
  const detail = { onHand: round(onHand), unit: books.unit, expiresAt: life.expiresAt };
  return [finding(books, state === 'past' ? 'expired' : 'expiring', since, detail)];
}

/** A stock taking that found more or less than the books said. */
export function recountFinding(books: HoldingBooks, { step, at, books: said, found }: Recount): Finding[] {
  if (Math.abs(found - said) <= tolerance * Math.max(found, said, 1e-6)) return [];
  const detail = { books: round(said), found: round(found), unit: books.unit };
  return [{ ...finding(books, 'recount', at, detail), eventId: eventOfStep(step) }];
}

function finding(books: HoldingBooks, kind: FindingKind, at: number, detail: Finding['detail']): Finding {
  const { holdingId, lotId, siteKey } = books;
  return { kind, subject: `${kind}/holding/${holdingId}`, lotId, siteKey, eventId: null, at, detail };
}

function round(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
