// Whether the risk order would have found more, sooner: scores of one day against what became known after it.
import type { ShownTest } from '../../../views/oversight/risk/risk-rules-page.tsx';

/** A place with its score of then, and the critical findings that followed. Who visited it, or whether anybody did, is no part of it. */
export type Tested = { readonly site: string; readonly score: number; readonly critical: number };

export type BackTest = ShownTest;

/** Fewer say nothing: one finding more or less would turn the answer. */
const leastPlaces = 20;
const leastCritical = 10;

export function backTest(tested: readonly Tested[]): BackTest {
  const critical = tested.reduce((sum, each) => sum + each.critical, 0);
  const places = tested.length;
  if (places < leastPlaces || critical < leastCritical) return { enough: false, places, critical };
  const ordered = [...tested].sort((a, b) => b.score - a.score || a.site.localeCompare(b.site));
  const half = Math.floor(places / 2);
  const first = ordered.slice(0, half).reduce((sum, each) => sum + each.critical, 0);
  const inRiskOrder = first / critical;
  const inTurn = half / places;
  return { enough: true, places, critical, inRiskOrder, inTurn, ratio: inRiskOrder / inTurn };
}
