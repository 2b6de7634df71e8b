// Traces several lots back at once and asks what they have in common, with the drawing of it.
import type { Chain as DrawnChain } from '../../../views/trace/chain/chain.ts';
import type { PlaceName } from '../../../views/trace/parts.tsx';
import type { Db } from '../../store/db.ts';
import { type Chain, type ChainLot, traceLot } from '../chain/chain-store.ts';
import { placesOf } from '../place/place-store.ts';
import { drawnChain } from './bench-chain.ts';
import { factsOf, statesOfChain } from './bench-store.ts';
import { type CommonLot, type CommonPlace, commonLots, commonPlaces, type Upstream } from './common-source.ts';

export const mostCompared = 6;
const holdingsPerLot = 2_000;
const listed = 20;
/** Downstream lots of a common source are counted up to this many holdings. */
const spreadHoldings = 2_000;

export type Comparison = {
  readonly lots: readonly (CommonLot & {
    readonly lot: ChainLot;
    readonly sites: readonly PlaceName[];
    readonly spread: Spread;
  })[];
  readonly places: readonly (CommonPlace & { readonly place: PlaceName })[];
  readonly drawn: DrawnChain;
  /** Holding id → positions of the compared lots that reach it, where they are two or more. */
  readonly reachedBy: ReadonlyMap<number, readonly number[]>;
  /** Whether a walk stopped at its bound. */
  readonly cut: 'cut' | 'whole';
};

/** How many lots were made from it; `more` where the count stopped. */
export type Spread = { readonly lots: number; readonly more: 'more' | 'all' };

export function compareLots(db: Db, lotIds: readonly number[], now: number): Comparison {
  const chains = lotIds.map((lotId) => traceLot(db, { lotId, direction: 'backward', maxHoldings: holdingsPerLot }));
  const compared = chains.map((chain, position): Upstream => upstreamOf(chain, lotIds[position] ?? 0));
  const known = new Map(chains.flatMap((chain) => chain.lots.map((lot) => [lot.lotId, lot] as const)));
  const common = commonLots(compared);
  const places = commonPlaces(compared).slice(0, listed);
  const names = placesOf(db, [...new Set(chains.flatMap((chain) => chain.holdings.map(({ siteId }) => siteId)))]);
  const sitesOf = new Map<number, Set<string>>();
  for (const { lotId, siteId } of chains.flatMap(({ holdings }) => holdings))
    sitesOf.set(lotId, (sitesOf.get(lotId) ?? new Set()).add(siteId));
  return {
    lots: common.slice(0, listed).flatMap((each) => {
      const lot = known.get(each.lotId);
      if (lot === undefined) return [];
      const sites = [...(sitesOf.get(each.lotId) ?? [])].flatMap((siteId) => names.get(siteId) ?? []);
      return [{ ...each, lot, sites, spread: spreadOf(db, each.lotId) }];
    }),
    places: places.flatMap((each) => {
      const place = names.get(each.siteId);
      return place === undefined ? [] : [{ ...each, place }];
    }),
    drawn: commonPart(drawnOf(db, chains, lotIds, names, now), chains, new Set(common.map(({ lotId }) => lotId))),
    reachedBy: reachedBy(chains),
    cut: chains.some(({ truncated }) => truncated) ? 'cut' : 'whole',
  };
}

function upstreamOf(chain: Chain, lotId: number): Upstream {
  return {
    lotId,
    lots: chain.lots.map((lot) => ({ lotId: lot.lotId, depth: lot.depth })),
    places: chain.holdings
      .filter(({ siteId }) => siteId !== 'transit' && siteId !== 'unknown')
      .map(({ siteId, depth, at }) => ({ siteId, depth, at })),
  };
}

function spreadOf(db: Db, lotId: number): Spread {
  const { lots, truncated } = traceLot(db, { lotId, direction: 'forward', maxHoldings: spreadHoldings });
  return { lots: lots.filter((lot) => lot.lotId !== lotId).length, more: truncated ? 'more' : 'all' };
}

function drawnOf(
  db: Db,
  chains: readonly Chain[],
  lotIds: readonly number[],
  places: ReadonlyMap<string, PlaceName>,
  now: number,
): DrawnChain {
  return drawnChain(chains, {
    lotIds: new Set(lotIds),
    places,
    states: statesOfChain(
      db,
      chains.flatMap(({ lots }) => lots),
      now,
    ),
    facts: factsOf(db, chains),
    answers: new Map(),
    steps: new Map(chains.flatMap(({ events }) => events.map(({ eventId, bizStep }) => [eventId, bizStep] as const))),
  });
}

/** What leads from common lots to the compared ones, and these; all of it where nothing is common. */
function commonPart(drawn: DrawnChain, chains: readonly Chain[], common: ReadonlySet<number>): DrawnChain {
  if (common.size === 0) return drawn;
  const lotOf = new Map(
    chains.flatMap(({ holdings }) => holdings.map(({ holdingId, lotId }) => [holdingId, lotId] as const)),
  );
  const kept = new Set(
    drawn.holdings
      .filter(({ key, scope }) => scope === 'here' || common.has(lotOf.get(key) ?? 0))
      .map(({ key }) => key),
  );
  const waiting = [...kept];
  const next = new Map<number, number[]>();
  for (const { from, to } of drawn.joins)
    for (const { holding } of from) next.set(holding, [...(next.get(holding) ?? []), ...to.map((end) => end.holding)]);
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    for (const to of next.get(key) ?? []) {
      if (kept.has(to)) continue;
      kept.add(to);
      waiting.push(to);
    }
  }
  return { holdings: drawn.holdings.filter(({ key }) => kept.has(key)), joins: drawn.joins };
}

function reachedBy(chains: readonly Chain[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const [position, { holdings }] of chains.entries())
    for (const { holdingId } of holdings) found.set(holdingId, [...(found.get(holdingId) ?? []), position]);
  return new Map([...found].filter(([, positions]) => positions.length >= 2));
}
