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
  readonly first: readonly ScopeRow[];
};

export function summaryOf({ rows, truncated }: RecallScope, most: number): ScopeSummary {
  return {
    holdings: rows.length,
    sites: new Set(rows.map(({ siteKey }) => siteKey).filter((key) => key > noPlaceKeys.process)).size,
    totals: scopeTotals(rows),
    truncated,
    first: rows.slice(0, most),
  };
}
