// A traced chain as `GET /api/trace` answers it: codes instead of ids, ISO times, nothing of the database.
import type { Chain, ChainHolding } from './chain-store.ts';

export type ChainJson = {
  /** Canonical code of the lot asked about. */
  readonly lot: string;
  readonly direction: 'backward' | 'forward';
  readonly lots: readonly {
    readonly code: string;
    /** Transformations between it and the lot asked about. */
    readonly depth: number;
    readonly kind: string;
    readonly status: string;
    readonly product: string | null;
    readonly productEn: string | null;
    readonly origin: string | null;
    readonly batch: string | null;
    readonly producedAt: string | null;
    readonly expiresAt: string | null;
    /** Site ids that hold or held it. */
    readonly sites: readonly string[];
  }[];
  /** In the direction the goods went. */
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly fromSite: string;
    readonly toSite: string;
    /** Hash of the event. */
    readonly event: string;
    readonly at: string;
    readonly quantity: number | null;
    readonly unit: string | null;
    readonly transforms: boolean;
  }[];
  readonly events: readonly {
    readonly hash: string;
    readonly eventID: string | null;
    readonly type: string;
    readonly action: string | null;
    readonly bizStep: string | null;
    readonly disposition: string | null;
    readonly eventTime: string;
    readonly site: string | null;
  }[];
  readonly truncated: boolean;
  /** holdings, depth or edges; null when whole. */
  readonly truncatedBy: string | null;
};

export function chainJson(chain: Chain): ChainJson {
  const holdings = new Map(chain.holdings.map((holding) => [holding.holdingId, holding]));
  const hashes = new Map(chain.events.map((event) => [event.eventId, event.hash]));
  return {
    lot: chain.code,
    direction: chain.direction,
    lots: lotsJson(chain),
    edges: chain.edges.map((edge) => ({
      ...endsOf(holdings.get(edge.from), holdings.get(edge.to)),
      event: hashes.get(edge.eventId) ?? '',
      at: isoTime(edge.at),
      quantity: edge.quantityOut ?? edge.quantityIn,
      unit: edge.quantityOut === null ? edge.unitIn : edge.unitOut,
      transforms: edge.mixes,
    })),
    events: chain.events.map((event) => ({
      hash: event.hash,
      eventID: event.uri,
      type: event.kind,
      action: event.action,
      bizStep: event.bizStep,
      disposition: event.disposition,
      eventTime: isoTime(event.at),
      site: event.siteId,
    })),
    truncated: chain.truncated,
    truncatedBy: chain.cutBy ?? null,
  };
}

function lotsJson(chain: Chain): ChainJson['lots'] {
  const sites = new Map<number, string[]>();
  for (const { lotId, siteId } of chain.holdings) sites.set(lotId, [...(sites.get(lotId) ?? []), siteId]);
  return chain.lots.map((lot) => ({
    code: lot.code,
    depth: lot.depth,
    kind: lot.kind,
    status: lot.status,
    product: lot.name,
    productEn: lot.nameEn,
    origin: lot.origin,
    batch: lot.originBatch ?? lot.batch,
    producedAt: lot.producedAt === null ? null : isoTime(lot.producedAt),
    expiresAt: lot.expiresAt === null ? null : isoTime(lot.expiresAt),
    sites: sites.get(lot.lotId) ?? [],
  }));
}

function endsOf(from: ChainHolding | undefined, to: ChainHolding | undefined) {
  return { from: from?.code ?? '', to: to?.code ?? '', fromSite: from?.siteId ?? '', toSite: to?.siteId ?? '' };
}

/** ISO 8601 in UTC. A time outside what a Date holds stays a number of milliseconds in text. */
function isoTime(at: number): string {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : String(at);
}
