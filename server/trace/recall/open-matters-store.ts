// What stands in the way of closing a recall: silent holders and goods nobody accounts for.
import type { PlaceName } from '../../../views/trace/parts.tsx';
import type { ReportHolding } from '../../../views/trace/report/recall-report.ts';
import type { Db } from '../../store/db.ts';
import { isNoPlace } from '../event/no-place.ts';
import { lotById } from '../lot/lot-store.ts';
import { placesOf } from '../place/place-store.ts';
import { productUnits } from '../scope/recall-lines-store.ts';
import { accountOf } from './recall-account.ts';
import {
  type Recall,
  type RecallAnswer,
  type RecallHolding,
  recallAnswers,
  recallHoldings,
  recallNotices,
} from './recall-store.ts';
import { batchOf } from './recall-view-store.ts';

export const mostHoldings = 2_000;

/** Holders that have not answered, and lots in the definite scope that no answer speaks for. */
export type OpenMatters = {
  readonly silent: readonly string[];
  readonly unaccounted: readonly { readonly unit: string | null; readonly amount: number }[];
};

export function openMattersOf(db: Db, recall: Recall): OpenMatters {
  const rows = recallHoldings(db, recall.id, mostHoldings).filter(
    ({ siteId, scope }) => scope === 'definite' && !isNoPlace(siteId),
  );
  const silent = recallNotices(db, recall.id).filter(({ state }) => state !== 'answered');
  const sums = new Map<string | null, number>();
  for (const { account } of holdingsOf(db, rows, recallAnswers(db, recall.id), readerOfPlaces(db, rows)))
    sums.set(account.unit, (sums.get(account.unit) ?? 0) + (account.unaccounted ?? 0));
  return {
    silent: silent.map(({ siteId }) => siteId),
    unaccounted: [...sums].filter(([, amount]) => amount > 0).map(([unit, amount]) => ({ unit, amount })),
  };
}

export type ReadPlace = (siteId: string) => PlaceName;

export function readerOfPlaces(db: Db, rows: readonly { readonly siteId: string }[]): ReadPlace {
  const places = placesOf(db, [...new Set(rows.map(({ siteId }) => siteId))]);
  return (siteId) =>
    places.get(siteId) ?? { id: siteId, name: null, nameEn: null, kind: null, address: null, addressEn: null };
}

export function holdingsOf(
  db: Db,
  rows: readonly RecallHolding[],
  answers: readonly RecallAnswer[],
  places: ReadPlace,
): ReportHolding[] {
  const products = productUnits(db, [...new Set(rows.map(({ lotId }) => lotId))]);
  return rows.map((row) => ({
    place: places(row.siteId),
    batch: batchOf(lotById(db, row.lotId), row.code),
    scope: row.scope,
    issue: row.issue,
    received: row.received,
    share: row.share,
    account: accountOf(
      row.onHand,
      row.unit,
      answers.filter(({ siteId, lotId }) => siteId === row.siteId && lotId === row.lotId),
      products.get(row.lotId) ?? { unit: undefined, factors: {} },
    ),
  }));
}
