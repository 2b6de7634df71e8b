// The three scopes of a recall: definite (the lot itself), proportional (mass balance), potential (any touch).
import { doubts, goods, of, type Stocks } from '../chain/stock.ts';

export type Scope = 'definite' | 'proportional' | 'potential';

/**
 * Why an amount is not known, or no more than "may contain". `unsaid`: an event names no amount. `units`: kilograms and
 * pieces, and the product says no weight. `mixed`: made of goods whose amounts cannot be compared. `clock`: received before it
 * was sent, followed anyway. `linked`: no amount of recalled goods leads there.
 */
export const scopeReasons = ['unsaid', 'units', 'mixed', 'clock', 'linked'] as const;
export type ScopeReason = (typeof scopeReasons)[number];

export type ScopeRow = {
  readonly holdingId: number;
  readonly lotId: number;
  readonly siteKey: number;
  readonly scope: Scope;
  /** Events between it and the recalled lot. */
  readonly depth: number;
  /** When the recalled goods first reached it, unix ms. */
  readonly reachedAt: number;
  /** All that ever came, and what the books say is there now; null: not known. */
  readonly received: number | null;
  readonly onHand: number | null;
  /**
   * How much of `onHand` is goods of the recalled lot by mass balance, never more than there was of it; `onHand` is what
   * contains them. null where only "may contain" is known.
   */
  readonly share: number | null;
  readonly unit: string | null;
  /** null: everything about it is known. */
  readonly reason: ScopeReason | null;
};

export type Reach = Pick<ScopeRow, 'holdingId' | 'lotId' | 'siteKey' | 'depth' | 'reachedAt' | 'unit'>;

/** What the books at `place` say about a reached holding; `isOwn`: of the recalled lot itself. */
export function scopeRow(reach: Reach, stocks: Stocks, place: number, isOwn: 'own' | 'touched'): ScopeRow {
  const { holdingId, lotId, siteKey, depth, reachedAt, unit } = reach;
  const there = Math.max(0, of(stocks.onHand, place));
  const received = isKnown(stocks.receivedDoubt, place, unit) ? round(of(stocks.received, place)) : null;
  const onHand = isKnown(stocks.onHandDoubt, place, unit) ? round(there) : null;
  const share = isOwn === 'own' ? onHand : shareAt(stocks, place, onHand);
  return {
    holdingId,
    lotId,
    siteKey,
    scope: isOwn === 'own' ? 'definite' : share === null ? 'potential' : 'proportional',
    depth,
    reachedAt,
    received,
    onHand,
    share,
    unit,
    reason: reasonAt(stocks, place, share, unit),
  };
}

function isKnown(doubt: Uint8Array, place: number, unit: string | null): boolean {
  return unit !== null && of(doubt, place) === doubts.none;
}

function shareAt(stocks: Stocks, place: number, onHand: number | null): number | null {
  const known =
    onHand !== null && of(stocks.taintDoubt, place) === doubts.none && of(stocks.taintedReceived, place) > 0;
  return known ? round(Math.min(onHand, of(stocks.tainted, place))) : null;
}

const reasons: Readonly<Record<number, ScopeReason>> = {
  [doubts.unsaid]: 'unsaid',
  [doubts.units]: 'units',
  [doubts.mixed]: 'mixed',
  [doubts.clock]: 'clock',
};

function reasonAt(stocks: Stocks, place: number, share: number | null, unit: string | null): ScopeReason | null {
  const doubt = of(stocks.onHandDoubt, place) || of(stocks.receivedDoubt, place);
  if (share !== null && doubt === doubts.none) return null;
  if (share === null && of(stocks.goods, place) === goods.some && of(stocks.taintDoubt, place) === doubts.clock)
    return 'clock';
  if (doubt !== doubts.none) return reasons[doubt] ?? 'unsaid';
  if (unit === null) return 'unsaid';
  return reasons[of(stocks.taintDoubt, place)] ?? 'linked';
}

/** What stands in the last issue of a holding. */
export type IssuedAmounts = Pick<ScopeRow, 'holdingId' | 'scope' | 'received' | 'onHand' | 'share' | 'unit'>;

/** Holdings that were not issued yet, and those whose amounts are others now. */
export function widenedBy(
  rows: readonly ScopeRow[],
  issued: ReadonlyMap<number, IssuedAmounts>,
): { readonly fresh: readonly ScopeRow[]; readonly moved: readonly ScopeRow[] } {
  const isMoved = (row: ScopeRow, before: IssuedAmounts) =>
    (['scope', 'received', 'onHand', 'share', 'unit'] as const).some((name) => row[name] !== before[name]);
  return {
    fresh: rows.filter((row) => !issued.has(row.holdingId)),
    moved: rows.filter((row) => {
      const before = issued.get(row.holdingId);
      return before !== undefined && isMoved(row, before);
    }),
  };
}

export type ScopeTotals = Readonly<
  Record<
    Scope,
    {
      readonly holdings: number;
      readonly sites: number;
      readonly onHand: Readonly<Record<string, number>>;
      /** Holdings whose amount is not among the sums, because nobody knows it. */
      readonly unknown: number;
    }
  >
>;

/**
 * Sums by scope and unit. Definite: what is left of the lot. Proportional: the recalled goods inside what was made of
 * it. Potential: everything that was touched, whole.
 */
export function scopeTotals(rows: readonly ScopeRow[]): ScopeTotals {
  const touched = rows.filter((row) => row.scope !== 'definite');
  return {
    definite: totalOf(
      rows.filter((row) => row.scope === 'definite'),
      (row) => row.onHand,
    ),
    proportional: totalOf(
      rows.filter((row) => row.scope === 'proportional'),
      (row) => row.share,
    ),
    potential: totalOf(touched, (row) => row.onHand),
  };
}

function totalOf(rows: readonly ScopeRow[], amountOf: (row: ScopeRow) => number | null) {
  const onHand: Record<string, number> = {};
  let unknown = 0;
  for (const row of rows) {
    const amount = amountOf(row);
    if (row.unit === null || amount === null) unknown += 1;
    else onHand[row.unit] = round((onHand[row.unit] ?? 0) + amount);
  }
  return { holdings: rows.length, sites: new Set(rows.map((row) => row.siteKey)).size, onHand, unknown };
}

/** To a millionth: below what any scale shows, above what sums of fractions are off by. */
function round(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
