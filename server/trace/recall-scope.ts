// The three scopes of a recall: definite (the lot itself), proportional (mass balance), potential (any touch).
import type { Stock } from './balance.ts';

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

export type ScopeInput = Pick<ScopeRow, 'holdingId' | 'lotId' | 'siteKey' | 'depth' | 'reachedAt' | 'unit'> & {
  readonly stock: Stock | undefined;
};

export function scopeRow({ stock, ...row }: ScopeInput, recalledLotId: number): ScopeRow {
  const definite = row.lotId === recalledLotId;
  const counted = stock !== undefined && row.unit !== null;
  const received = counted ? round(stock.received) : null;
  const onHand = counted ? round(Math.max(0, stock.onHand)) : null;
  if (definite) return { ...row, scope: 'definite', received, onHand, share: onHand };
  const known = counted && !stock.vague && stock.taintedReceived > 0;
  return {
    ...row,
    scope: known ? 'proportional' : 'potential',
    received,
    onHand,
    share: known ? round(Math.min(Math.max(0, stock.onHand), stock.tainted)) : null,
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
