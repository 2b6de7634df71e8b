// The three scopes of a recall: definite (the lot itself), proportional (mass balance), potential (any touch).
import type { Stocks } from '../chain/balance.ts';

export type Scope = 'definite' | 'proportional' | 'potential';

export type ScopeRow = {
  readonly holdingId: number;
  readonly lotId: number;
  readonly siteKey: number;
  readonly scope: Scope;
  /** Events between it and the recalled lot. */
  readonly depth: number;
  /** When the recalled goods first reached it, unix ms. */
  readonly reachedAt: number;
  /** All that ever came, and what the books say is there now; null: the events do not say. */
  readonly received: number | null;
  readonly onHand: number | null;
  /** How much of `onHand` is goods of the recalled lot by mass balance; null where only "may contain" is known. */
  readonly share: number | null;
  readonly unit: string | null;
};

export type Reach = Pick<ScopeRow, 'holdingId' | 'lotId' | 'siteKey' | 'depth' | 'reachedAt' | 'unit'>;

/** What the books at `place` say about a reached holding. */
export function scopeRow(reach: Reach, stocks: Stocks, place: number, recalledLotId: number): ScopeRow {
  const { holdingId, lotId, siteKey, depth, reachedAt, unit } = reach;
  const counted = unit !== null;
  const there = Math.max(0, stocks.onHand[place] ?? 0);
  const received = counted ? round(stocks.received[place] ?? 0) : null;
  const onHand = counted ? round(there) : null;
  const definite = lotId === recalledLotId;
  const known = counted && stocks.vague[place] === 0 && (stocks.taintedReceived[place] ?? 0) > 0;
  const tainted = known ? round(Math.min(there, stocks.tainted[place] ?? 0)) : null;
  const scope = definite ? 'definite' : known ? 'proportional' : 'potential';
  return {
    holdingId,
    lotId,
    siteKey,
    scope,
    depth,
    reachedAt,
    received,
    onHand,
    share: definite ? onHand : tainted,
    unit,
  };
}

export type ScopeTotals = Readonly<
  Record<
    Scope,
    { readonly holdings: number; readonly sites: number; readonly onHand: Readonly<Record<string, number>> }
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
  for (const row of rows) {
    if (row.unit !== null) onHand[row.unit] = round((onHand[row.unit] ?? 0) + (amountOf(row) ?? 0));
  }
  return { holdings: rows.length, sites: new Set(rows.map((row) => row.siteKey)).size, onHand };
}

/** To a millionth: below what any scale shows, above what sums of fractions are off by. */
function round(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
