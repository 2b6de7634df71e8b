// Asks where a lot came from and where it went: a bounded walk, with the lots, places and events it met.
import { type Db, prepared } from '../../store/db.ts';
import { type ChainEdge, chainEdges, lotDepths, withoutProcesses } from './chain.ts';
import { walkFrom } from './chain-walk-store.ts';
import { unitReader } from './edge-store.ts';
import { eventOfStep } from './strand.ts';
import type { Direction, Walk } from './walk.ts';

export type TraceQuestion = {
  readonly lotId: number;
  readonly direction: Direction;
  /** 5,000 when left out, at most 500,000. */
  readonly maxHoldings?: number;
  /** In events; 200 when left out. */
  readonly maxDepth?: number;
  /** Only events at or after, at or before; unix ms. */
  readonly fromAt?: number;
  readonly untilAt?: number;
};

export type ChainLot = {
  readonly lotId: number;
  readonly code: string;
  /** Transformations between it and the lot asked about. */
  readonly depth: number;
  readonly kind: string;
  readonly status: 'ok' | 'held' | 'recalled';
  readonly gtin: string | null;
  readonly batch: string | null;
  readonly origin: string | null;
  readonly originBatch: string | null;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
  readonly productId: number | null;
  readonly name: string | null;
  readonly nameEn: string | null;
};

export type ChainHolding = {
  readonly holdingId: number;
  readonly lotId: number;
  readonly code: string;
  /** Site id; `transit` and `unknown` are no places. */
  readonly siteId: string;
  readonly siteName: string | null;
  readonly siteNameEn: string | null;
  readonly siteKind: string | null;
  /** Events between it and the start. */
  readonly depth: number;
  /** Forward: the earliest time the goods can have been here; backward: the latest; null at the start. */
  readonly at: number | null;
};

export type ChainEvent = {
  readonly eventId: number;
  /** `ni:///sha-256;…?ver=CBV2.0` */
  readonly hash: string;
  readonly uri: string | null;
  readonly kind: string;
  readonly action: string | null;
  readonly bizStep: string | null;
  readonly disposition: string | null;
  readonly at: number;
  readonly zoneMinutes: number;
  /** Where it happened: bizLocation, else readPoint. */
  readonly siteId: string | null;
};

export type Chain = {
  readonly code: string;
  readonly direction: Direction;
  readonly lots: readonly ChainLot[];
  readonly holdings: readonly ChainHolding[];
  readonly edges: readonly ChainEdge[];
  readonly events: readonly ChainEvent[];
  readonly truncated: boolean;
  /** Which bound stopped it. */
  readonly cutBy: 'holdings' | 'depth' | 'edges' | undefined;
};

export const traceBounds = { holdings: 5_000, mostHoldings: 500_000, depth: 200, edges: 50_000 } as const;

/** The chain of a lot. Unknown lot id: an empty chain of an empty code; look the lot up first. */
export function traceLot(db: Db, question: TraceQuestion): Chain {
  const ask = statementsOf(db);
  const start = ask.holdingsOfLot.all({ lotId: question.lotId }) as number[];
  const walk = walkFrom(db, start, question.direction, {
    maxHoldings: Math.min(question.maxHoldings ?? traceBounds.holdings, traceBounds.mostHoldings),
    maxDepth: question.maxDepth ?? traceBounds.depth,
    ...(question.fromAt === undefined ? {} : { fromAt: question.fromAt }),
    ...(question.untilAt === undefined ? {} : { untilAt: question.untilAt }),
  });
  return describe(db, question, walk);
}

type HoldingRow = Omit<ChainHolding, 'depth' | 'at' | 'code'> & { readonly siteKey: number };
type LotRow = Omit<ChainLot, 'depth'>;

function describe(db: Db, question: TraceQuestion, walk: Walk): Chain {
  const ask = statementsOf(db);
  const holdings = new Map(
    (ask.holdings.all(idList(walk.holdings.keys())) as HoldingRow[]).map((row) => [row.holdingId, row]),
  );
  const lotIds = new Set([question.lotId, ...[...holdings.values()].map((row) => row.lotId)]);
  const lots = new Map((ask.lots.all(idList(lotIds)) as LotRow[]).map((row) => [row.lotId, row]));
  const lotOf = (holdingId: number) => holdings.get(holdingId)?.lotId ?? 0;
  const isProcess = (lotId: number) => lots.get(lotId)?.kind === 'process';
  const all = chainEdges(walk, question.direction, unitReader(db), traceBounds.edges);
  const direct = withoutProcesses(all.edges, (holdingId) => isProcess(lotOf(holdingId)), traceBounds.edges);
  const depths = lotDepths([question.lotId], all.edges, question.direction, lotOf, isProcess);
  const cutBy = walk.cutBy ?? (all.cut || direct.cut ? 'edges' : undefined);
  return {
    code: lots.get(question.lotId)?.code ?? '',
    direction: question.direction,
    lots: lotRows(lots, depths, isProcess),
    holdings: holdingRows(walk, holdings, lots, isProcess),
    edges: direct.edges,
    events: eventRows(ask, walk),
    truncated: cutBy !== undefined,
    cutBy,
  };
}

function lotRows(
  lots: Map<number, LotRow>,
  depths: Map<number, number>,
  isProcess: (lotId: number) => boolean,
): ChainLot[] {
  const rows: ChainLot[] = [];
  for (const lot of lots.values()) {
    const depth = depths.get(lot.lotId);
    if (depth !== undefined && !isProcess(lot.lotId)) rows.push({ ...lot, depth });
  }
  return rows.sort((a, b) => a.depth - b.depth || (a.code < b.code ? -1 : 1));
}

function holdingRows(
  walk: Walk,
  holdings: Map<number, HoldingRow>,
  lots: Map<number, LotRow>,
  isProcess: (lotId: number) => boolean,
): ChainHolding[] {
  const rows: ChainHolding[] = [];
  for (const [holdingId, place] of walk.holdings) {
    const [depth, at] = [walk.depth[place] ?? 0, walk.reachedAt[place] ?? 0];
    const row = holdings.get(holdingId);
    if (row === undefined || isProcess(row.lotId)) continue;
    const { siteKey: _, ...holding } = row;
    rows.push({ ...holding, code: lots.get(row.lotId)?.code ?? '', depth, at: Number.isFinite(at) ? at : null });
  }
  return rows;
}

function eventRows(ask: ReturnType<typeof prepare>, walk: Walk): ChainEvent[] {
  const ids = new Set([...walk.steps].map(eventOfStep));
  const rows = ask.events.all(idList(ids)) as (Omit<ChainEvent, 'hash'> & { hash: Buffer })[];
  return rows.map((row) => ({ ...row, hash: hashUri(row.hash) }));
}

export function hashUri(bytes: Buffer): string {
  return `ni:///sha-256;${bytes.toString('hex')}?ver=CBV2.0`;
}

function idList(ids: Iterable<number>): string {
  return `[${[...ids].join(',')}]`;
}

const statementsOf = prepared(prepare);

function prepare(db: Db) {
  const sql = (text: string) => db.sqlite.prepare(text);
  return {
    // Its pieces are goods of the lot, wherever they went by themselves.
    holdingsOfLot: sql(
      `SELECT id FROM holding WHERE lot_id = @lotId
       UNION ALL SELECT h.id FROM lot_piece p CROSS JOIN holding h ON h.lot_id = p.piece_id WHERE p.lot_id = @lotId`,
    ).pluck(),
    holdings:
      sql(`SELECT h.id AS holdingId, h.lot_id AS lotId, h.site_key AS siteKey, s.id AS siteId, s.name AS siteName,
        s.name_en AS siteNameEn, s.kind AS siteKind
      FROM json_each(?) j CROSS JOIN holding h ON h.id = j.value CROSS JOIN site s ON s.key = h.site_key`),
    lots: sql(`SELECT l.id AS lotId, l.code, l.kind, l.status, l.gtin, l.batch, l.origin, l.origin_batch AS originBatch,
        l.produced_at AS producedAt, l.expires_at AS expiresAt, l.product_id AS productId, p.name, p.name_en AS nameEn
      FROM json_each(?) j CROSS JOIN lot l ON l.id = j.value LEFT JOIN product p ON p.id = l.product_id`),
    events: sql(`SELECT e.id AS eventId, e.hash, e.uri, e.kind, e.action, e.biz_step AS bizStep, e.disposition, e.at,
        e.zone_minutes AS zoneMinutes, s.id AS siteId
      FROM json_each(?) j CROSS JOIN event e ON e.id = j.value
        LEFT JOIN site s ON s.key = coalesce(e.biz_location_key, e.read_point_key)
      ORDER BY e.at, e.id`),
  };
}
