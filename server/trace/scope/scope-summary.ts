// What is said of a scope before anybody is told: how many hold how much, and the first of them.
import { noPlaceKeys } from '../event/no-place.ts';
import { type ScopeRow, type ScopeTotals, scopeTotals } from './recall-scope.ts';
import type { RecallScope } from './recall-scope-store.ts';

export type ScopeSummary = {
  readonly holdings: number;
  /** Places that hold some of it. */
  readonly sites: number;
  readonly totals: ScopeTotals;
  readonly truncated: boolean;
  /** Those that were asked for. */
  readonly rows: readonly ScopeRow[];
};

/** Which rows are told: the first so many, those of some holdings, or those at some places, by their keys. */
export type RowsAsked =
  | { readonly first: number }
  | { readonly holdings: readonly number[] }
  | { readonly siteKeys: readonly number[] };

export function summaryOf({ rows, truncated }: RecallScope, asked: RowsAsked): ScopeSummary {
  return {
    holdings: rows.length,
    sites: new Set(rows.map(({ siteKey }) => siteKey).filter((key) => key > noPlaceKeys.process)).size,
    totals: scopeTotals(rows),
    truncated,
    rows: rowsAsked(rows, asked),
  };
}

function rowsAsked(rows: readonly ScopeRow[], asked: RowsAsked): readonly ScopeRow[] {
  if ('first' in asked) return rows.slice(0, asked.first);
  if ('holdings' in asked) {
    const ids = new Set(asked.holdings);
    return rows.filter(({ holdingId }) => ids.has(holdingId));
  }
  const keys = new Set(asked.siteKeys);
  return rows.filter(({ siteKey }) => keys.has(siteKey));
}
