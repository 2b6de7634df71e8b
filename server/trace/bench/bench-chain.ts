// Turns a traced chain into what the bench draws: both directions in one, steps counted along the goods' way, amounts once.
import type {
  ChainEnd,
  ChainJoin,
  Chain as DrawnChain,
  ChainHolding as DrawnHolding,
} from '../../../views/trace/chain/chain.ts';
import type { AnswerState, LotState, PlaceName } from '../../../views/trace/parts.tsx';
import type { ChainEdge } from '../chain/chain.ts';
import type { Chain, ChainHolding } from '../chain/chain-store.ts';

export type HoldingFacts = {
  readonly received: number | null;
  readonly onHand: number | null;
  readonly share: number | null;
  readonly unit: string | null;
  readonly scope: 'definite' | 'proportional' | 'potential' | null;
  readonly reachedAt: number | null;
};

export type BenchParts = {
  /** The lots asked for: one, or those compared. */
  readonly lotIds: ReadonlySet<number>;
  readonly places: ReadonlyMap<string, PlaceName>;
  /** As every page shows them, by lot id. */
  readonly states: ReadonlyMap<number, LotState>;
  readonly facts: ReadonlyMap<number, HoldingFacts>;
  /** The holder's last answer, by site id. */
  readonly answers: ReadonlyMap<string, AnswerState>;
  /** Event id → bare business step. */
  readonly steps: ReadonlyMap<number, string | null>;
};

export function drawnChain(chains: readonly Chain[], parts: BenchParts): DrawnChain {
  const holdings = new Map(
    chains.flatMap((chain) => chain.holdings.map((holding) => [holding.holdingId, holding] as const)),
  );
  const edges = new Map(
    chains.flatMap((chain) => chain.edges.map((edge) => [`${edge.eventId} ${edge.from} ${edge.to}`, edge] as const)),
  );
  const linked = withoutNoPlaces([...edges.values()], holdings);
  const lots = new Map(chains.flatMap((chain) => chain.lots.map((lot) => [lot.lotId, lot] as const)));
  const begun = new Set(rootsOf(parts, holdings, linked));
  const depths = depthsOf(chains, parts.lotIds, holdings, begun);
  const drawn = [...holdings.values()]
    .filter(({ siteId }) => !isNoPlace(siteId) || holdings.size === 1)
    .map((holding): DrawnHolding => {
      const lot = lots.get(holding.lotId);
      const facts = parts.facts.get(holding.holdingId);
      const depth = depths.get(holding.holdingId) ?? 0;
      return {
        key: holding.holdingId,
        depth,
        code: holding.code,
        short: lot?.originBatch ?? lot?.batch ?? holding.code.slice(-20),
        productName: lot?.name ?? null,
        productNameEn: lot?.nameEn ?? null,
        lotState: parts.states.get(holding.lotId) ?? 'ok',
        place: placeOf(holding, parts.places),
        reachedAt: facts?.reachedAt ?? holding.at,
        received: facts?.received ?? null,
        onHand: facts?.onHand ?? null,
        share: facts?.share ?? null,
        unit: facts?.unit ?? null,
        scope: begun.has(holding.holdingId) ? 'here' : scopeOf(holding, parts.lotIds, depth, facts),
        answer: depth < 0 ? null : (parts.answers.get(holding.siteId) ?? null),
      };
    });
  return { holdings: drawn, joins: joinsOf(linked, parts.steps) };
}

/** Where the lot itself begins: its holdings that none of its own lead to; the one with most of it first. */
function rootsOf(
  parts: BenchParts,
  holdings: ReadonlyMap<number, ChainHolding>,
  edges: readonly ChainEdge[],
): number[] {
  const own = [...holdings.values()].filter(({ lotId, siteId }) => parts.lotIds.has(lotId) && !isNoPlace(siteId));
  const ids = new Set(own.map(({ holdingId }) => holdingId));
  const reached = new Set(edges.filter(({ from }) => ids.has(from)).map(({ to }) => to));
  const begun = own.filter(({ holdingId }) => !reached.has(holdingId)).map(({ holdingId }) => holdingId);
  const received = (id: number) => parts.facts.get(id)?.received ?? 0;
  return begun.sort((a, b) => received(b) - received(a));
}

type Step = { readonly from: number; readonly to: number };

/**
 * Steps from where the asked lots begin, by the way of the walk that met a holding: below 0 what the goods came from, above 0
 * where they went, however the drawing ranks it. What both walks meet (goods worked again) counts as where they went.
 */
function depthsOf(
  chains: readonly Chain[],
  lotIds: ReadonlySet<number>,
  holdings: ReadonlyMap<number, ChainHolding>,
  begun: ReadonlySet<number>,
): Map<number, number> {
  const own = (id: number) => lotIds.has(holdings.get(id)?.lotId ?? 0);
  const [ahead, back]: [ChainEdge[], ChainEdge[]] = [[], []];
  for (const chain of chains) {
    for (const edge of withoutNoPlaces(chain.edges, holdings)) {
      if (chain.direction === 'forward' || (own(edge.from) && own(edge.to))) ahead.push(edge);
      else back.push(edge);
    }
  }
  const down = stepsAlong(ahead.filter(({ to }) => !begun.has(to)).sort((a, b) => a.at - b.at));
  const up = stepsAlong(
    back
      .filter(({ from }) => !own(from))
      .sort((a, b) => b.at - a.at)
      .map(({ from, to }) => ({ from: to, to: from })),
  );
  const depths = new Map<number, number>();
  for (const chain of chains) {
    for (const { holdingId } of chain.holdings) {
      if (begun.has(holdingId)) depths.set(holdingId, 0);
      else if (chain.direction === 'forward' || own(holdingId))
        depths.set(holdingId, Math.max(1, down.get(holdingId) ?? 1));
      else if (!depths.has(holdingId)) depths.set(holdingId, -Math.max(1, up.get(holdingId) ?? 1));
    }
  }
  return depths;
}

function isNoPlace(siteId: string): boolean {
  return siteId === 'transit' || siteId === 'unknown' || siteId === 'process';
}

/** An edge as it is drawn. `leftAt`: when the goods went onto the road they came from. */
type Way = ChainEdge & { readonly leftAt?: number };

/** What passed through "on the road" is drawn from place to place: the road itself is not somewhere to send an inspector. */
function withoutNoPlaces(edges: readonly ChainEdge[], holdings: ReadonlyMap<number, ChainHolding>): Way[] {
  const hidden = (holdingId: number) => isNoPlace(holdings.get(holdingId)?.siteId ?? 'unknown');
  const out: Way[] = edges.filter(({ from, to }) => !hidden(from) && !hidden(to));
  const leaving = new Map<number, ChainEdge[]>();
  for (const on of edges) {
    if (!hidden(on.from) || hidden(on.to)) continue;
    leaving.set(on.from, [...(leaving.get(on.from) ?? []), on]);
  }
  for (const into of edges.filter(({ from, to }) => !hidden(from) && hidden(to))) {
    for (const on of leaving.get(into.to) ?? []) {
      if (on.at < into.at || into.from === on.to) continue;
      out.push({ ...on, from: into.from, leftAt: into.at });
    }
  }
  return out;
}

/** Each holding one step after the furthest that leads to it, in the order of time; a return does not push its sender on. */
function stepsAlong(edges: readonly Step[]): Map<number, number> {
  const depths = new Map<number, number>();
  const started = new Set<number>();
  for (const { from, to } of edges) {
    started.add(from);
    if (!depths.has(from)) depths.set(from, 0);
    if (!started.has(to)) depths.set(to, Math.max(depths.get(to) ?? 0, (depths.get(from) ?? 0) + 1));
  }
  return depths;
}

function placeOf(holding: ChainHolding, places: ReadonlyMap<string, PlaceName>): PlaceName {
  const { siteId, siteName, siteNameEn, siteKind } = holding;
  return (
    places.get(siteId) ?? {
      id: siteId,
      name: siteName,
      nameEn: siteNameEn,
      kind: siteKind,
      address: null,
      addressEn: null,
    }
  );
}

function scopeOf(
  holding: ChainHolding,
  lotIds: ReadonlySet<number>,
  depth: number,
  facts: HoldingFacts | undefined,
): DrawnHolding['scope'] {
  if (lotIds.has(holding.lotId)) return 'definite';
  return depth > 0 ? (facts?.scope ?? 'none') : 'none';
}

type Moved = {
  readonly edge: ChainEdge;
  at: number;
  untilAt: number;
  leftAt: number | null;
  gotAt: number | null;
  shipped: number | null;
  received: number | null;
  other: number | null;
  readonly unit: string | null;
};

/** One join per pair of places for movements (a shipment and its receipt tell of the same goods), one per event for mixtures. */
function joinsOf(edges: readonly Way[], steps: ReadonlyMap<number, string | null>): ChainJoin[] {
  const moved = new Map<string, Moved>();
  const mixed = new Map<number, ChainEdge[]>();
  for (const edge of edges) {
    if (edge.mixes) {
      mixed.set(edge.eventId, [...(mixed.get(edge.eventId) ?? []), edge]);
      continue;
    }
    const key = `${edge.from} ${edge.to}`;
    const sum = moved.get(key) ?? {
      edge,
      at: edge.at,
      untilAt: edge.at,
      leftAt: null,
      gotAt: null,
      shipped: null,
      received: null,
      other: null,
      unit: edge.unitIn ?? edge.unitOut,
    };
    const step = steps.get(edge.eventId);
    const part = step === 'shipping' ? 'shipped' : step === 'receiving' ? 'received' : 'other';
    sum[part] = plus(sum[part], edge.quantityIn ?? edge.quantityOut);
    sum.at = Math.min(sum.at, edge.at);
    sum.untilAt = Math.max(sum.untilAt, edge.at);
    sum.leftAt = earliest(sum.leftAt, edge.leftAt ?? (step === 'shipping' ? edge.at : null));
    sum.gotAt = earliest(sum.gotAt, step === 'receiving' ? edge.at : null);
    moved.set(key, sum);
  }
  const movements = [...moved].map(
    ([key, { edge, at, untilAt, leftAt, gotAt, shipped, received, other, unit }]): ChainJoin => {
      const told = shipped === null ? received : received === null ? shipped : Math.max(shipped, received);
      const quantity = plus(told, other);
      return {
        key,
        at,
        untilAt,
        leftAt,
        gotAt,
        from: [{ holding: edge.from, quantity, unit }],
        to: [{ holding: edge.to, quantity, unit }],
      };
    },
  );
  return [...movements, ...[...mixed].map(([eventId, members]) => mixtureOf(eventId, members))];
}

function mixtureOf(eventId: number, members: readonly ChainEdge[]): ChainJoin {
  const from = new Map<number, ChainEnd>();
  const to = new Map<number, ChainEnd>();
  for (const edge of members) {
    from.set(edge.from, { holding: edge.from, quantity: edge.quantityOut, unit: edge.unitOut });
    to.set(edge.to, { holding: edge.to, quantity: edge.quantityIn, unit: edge.unitIn });
  }
  const at = members[0]?.at ?? 0;
  const ends = { from: [...from.values()], to: [...to.values()] };
  return { key: `e${eventId}`, at, untilAt: at, leftAt: null, gotAt: null, ...ends };
}

function plus(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : a + b;
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
