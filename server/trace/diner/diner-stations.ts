// Turns a traced chain into the stations a diner reads: places in the order of time, and how far the lot's own way is told.
import type { DinerStation } from '../../../views/trace/diner/diner-lot.ts';
import type { Chain, ChainHolding } from '../chain/chain-store.ts';
import { isNoPlace } from '../event/no-place.ts';

export type StationPlace = {
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly kind: string | null;
  readonly address: string | null;
  readonly addressEn: string | null;
};

export type StationBreach = {
  readonly fromAt: number;
  readonly untilAt: number;
  readonly worstC: number;
  readonly siteId: string | null;
  readonly tooWarm: 'warm' | 'cold';
};

export type Stations = {
  readonly stations: readonly DinerStation[];
  readonly cut: 'cut' | 'whole';
  readonly onward: number /** Where the told way ends; undefined when it ends at several places. */;
  readonly endsAt: string | undefined;
  /** The places told of. */
  readonly told: ReadonlySet<string>;
};

const mostStations = 14;

/**
 * `at`: the site the reader stands in. Where the lot went to several places, only the way they share is told, and the way
 * to `at`: who else buys from whom is nobody's business.
 */
export function stationsOf(
  chain: Chain,
  lotId: number,
  places: ReadonlyMap<string, StationPlace>,
  breaches: readonly StationBreach[],
  at: string | undefined,
): Stations {
  const { shown, onward } = ownWay(chain, lotId, at);
  const told = chain.holdings.filter(
    (holding) => (holding.lotId === lotId ? shown.has(holding.holdingId) : true) && !isNoPlace(holding.siteId),
  );
  const bySite = new Map<string, ChainHolding[]>();
  for (const holding of told) bySite.set(holding.siteId, [...(bySite.get(holding.siteId) ?? []), holding]);
  const order = siteOrder(chain);
  const visits = [...bySite]
    .map(([siteId, holdings]) => visitOf(chain, siteId, holdings))
    .sort((a, b) => (order.get(a.siteId) ?? 0) - (order.get(b.siteId) ?? 0) || a.at - b.at);
  const kept = visits.slice(-mostStations);
  const placed = breachesBySite(kept, breaches);
  const endsAt = at ?? (onward === 0 ? kept.at(-1)?.siteId : undefined);
  const stations = kept.map((visit) =>
    station(visit, places.get(visit.siteId), placed.get(visit.siteId) ?? [], visit.siteId === endsAt),
  );
  return {
    stations,
    cut: kept.length < visits.length ? 'cut' : 'whole',
    onward,
    endsAt,
    told: new Set(visits.map(({ siteId }) => siteId)),
  };
}

/** Each place one step after the furthest it was reached from: a date without a time must not turn the way around. */
function siteOrder(chain: Chain): Map<string, number> {
  const siteOf = new Map(chain.holdings.map(({ holdingId, siteId }) => [holdingId, siteId]));
  const order = new Map<string, number>();
  const left = new Set<string>();
  for (const { from, to } of [...chain.edges].sort((a, b) => a.at - b.at)) {
    const [source, target] = [siteOf.get(from) ?? '', siteOf.get(to) ?? ''];
    left.add(source);
    if (source !== target && !left.has(target))
      order.set(target, Math.max(order.get(target) ?? 0, (order.get(source) ?? 0) + 1));
  }
  return order;
}

type Visit = {
  readonly siteId: string;
  readonly at: number;
  readonly steps: readonly string[];
  readonly ingredients: number;
};

/** The lot's own holdings that may be told, and to how many ends it went that are not. */
function ownWay(chain: Chain, lotId: number, at: string | undefined): { shown: ReadonlySet<number>; onward: number } {
  const own = chain.holdings.filter((holding) => holding.lotId === lotId);
  const ids = new Set(own.map(({ holdingId }) => holdingId));
  const next = new Map<number, Set<number>>();
  for (const { from, to } of chain.edges) {
    if (ids.has(from) && ids.has(to)) next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const siteOf = new Map(own.map(({ holdingId, siteId }) => [holdingId, siteId]));
  const ends = own
    .filter(({ holdingId, siteId }) => !isNoPlace(siteId) && !leadsOn(holdingId, next, siteOf))
    .map(({ holdingId }) => holdingId);
  const here = own.filter(({ siteId }) => siteId === at).map(({ holdingId }) => holdingId);
  const wanted = here.length > 0 ? here : ends;
  const reach = new Map(own.map(({ holdingId }) => [holdingId, reachable(holdingId, next)]));
  const shown = own.filter(({ holdingId }) => {
    const reached = reach.get(holdingId) ?? new Set();
    return here.length > 0 ? wanted.some((id) => reached.has(id)) : wanted.every((id) => reached.has(id));
  });
  return {
    shown: new Set(shown.map(({ holdingId }) => holdingId)),
    onward: here.length > 0 || ends.length < 2 ? 0 : ends.length,
  };
}

/** Whether the goods are known to have gone on from here to another place. */
function leadsOn(
  holdingId: number,
  next: ReadonlyMap<number, ReadonlySet<number>>,
  siteOf: ReadonlyMap<number, string>,
): boolean {
  for (const id of reachable(holdingId, next)) {
    if (id !== holdingId && !isNoPlace(siteOf.get(id) ?? 'unknown')) return true;
  }
  return false;
}

function reachable(start: number, next: ReadonlyMap<number, ReadonlySet<number>>): Set<number> {
  const found = new Set([start]);
  for (const id of found) for (const further of next.get(id) ?? []) found.add(further);
  return found;
}

function visitOf(chain: Chain, siteId: string, holdings: readonly ChainHolding[]): Visit {
  const ids = new Set(holdings.map(({ holdingId }) => holdingId));
  const events = chain.events.filter((event) => event.siteId === siteId);
  const arrivals = chain.edges.filter(({ to }) => ids.has(to)).map(({ at }) => at);
  const departures = chain.edges.filter(({ from }) => ids.has(from)).map(({ at }) => at);
  // A shipment's time is when it left: where the goods went is told by what was recorded there, if anything was.
  const times = events.length > 0 ? events.map(({ at }) => at) : [...arrivals, ...departures];
  const mixed = new Set(chain.edges.filter((edge) => edge.mixes && ids.has(edge.to)).map(({ from }) => from));
  return {
    siteId,
    at: times.length === 0 ? (holdings[0]?.at ?? 0) : Math.min(...times),
    steps: [
      ...new Set(
        events.map((event) => (event.kind === 'TransformationEvent' ? 'transforming' : (event.bizStep ?? 'other'))),
      ),
    ],
    ingredients: mixed.size,
  };
}

/** A breach is told where it was measured, and at nobody else's: what broke on the road stands in the curve. */
function breachesBySite(visits: readonly Visit[], breaches: readonly StationBreach[]): Map<string, StationBreach[]> {
  const placed = new Map<string, StationBreach[]>();
  for (const breach of breaches) {
    const known = visits.find(({ siteId }) => siteId === breach.siteId);
    if (known !== undefined) placed.set(known.siteId, [...(placed.get(known.siteId) ?? []), breach]);
  }
  return placed;
}

function station(
  visit: Visit,
  place: StationPlace | undefined,
  breaches: readonly StationBreach[],
  here: boolean,
): DinerStation {
  return {
    name: place?.name ?? null,
    nameEn: place?.nameEn ?? null,
    kind: place?.kind ?? null,
    address: place?.address ?? null,
    addressEn: place?.addressEn ?? null,
    at: visit.at,
    steps: visit.steps,
    ingredients: visit.ingredients,
    breaches: breaches.map(({ fromAt, untilAt, worstC, tooWarm }) => ({ fromAt, untilAt, worstC, tooWarm })),
    here: here ? 'here' : 'passed',
  };
}
