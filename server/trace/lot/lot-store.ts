// Finds lots: by whatever was typed, pasted or scanned, by id, by product or place.
import type { Db } from '../../store/db.ts';
import { type LotCodeRefusal, readLotCode } from '../code/lot-code.ts';
import { tidy } from '../code/lot-code-own.ts';
import { lotIdOfPiece } from './piece-store.ts';

export type Lot = {
  readonly id: number;
  readonly code: string;
  readonly kind: 'lot' | 'instance' | 'product' | 'container' | 'process' | 'other';
  readonly gtin: string | null;
  readonly batch: string | null;
  readonly serial: string | null;
  readonly origin: string | null;
  readonly originBatch: string | null;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
  readonly status: 'ok' | 'held' | 'recalled';
  readonly productId: number | null;
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly unit: string | null;
  readonly coldMinC: number | null;
  readonly coldMaxC: number | null;
};

export type LotSearch =
  | { readonly found: 'one'; readonly lot: Lot }
  /** The same batch under several products or origins: a person has to choose. */
  | { readonly found: 'several'; readonly lots: readonly Lot[] }
  | { readonly found: 'none'; readonly key: string }
  | { readonly found: 'unreadable'; readonly refusal: LotCodeRefusal };

const mostCandidates = 20;

/** Looks up any spelling of a code; a single piece that is of a lot leads to the lot. */
export function searchLot(db: Db, input: string): LotSearch {
  const search = searchExact(db, input);
  return search.found === 'one' ? { found: 'one', lot: wholeLot(db, search.lot) } : search;
}

/** The lot a piece is of; every other lot itself. */
export function wholeLot(db: Db, lot: Lot): Lot {
  const lotId = lot.kind === 'instance' ? lotIdOfPiece(db, lot.id) : undefined;
  return (lotId === undefined ? undefined : lotById(db, lotId)) ?? lot;
}

/** The canonical key, an alias, then a batch that only one lot (or a few) has; a piece stays a piece. */
export function searchExact(db: Db, input: string): LotSearch {
  const code = readLotCode(input);
  const ask = statementsOf(db);
  const alias = ask.byAlias.get(tidy(input).slice(0, 2_048)) as Lot | undefined;
  if (alias !== undefined) return { found: 'one', lot: alias };
  if (!code.ok) return { found: 'unreadable', refusal: code };
  const exact = (ask.byCode.get(code.key) ?? ask.byAlias.get(code.key)) as Lot | undefined;
  if (exact !== undefined) return { found: 'one', lot: exact };
  const batch = code.kind === 'own' && code.origin === '' ? code.batch : undefined;
  const lots = batch === undefined ? [] : (ask.byBatch.all(batch, mostCandidates) as Lot[]);
  const [only] = lots;
  if (only === undefined) return { found: 'none', key: code.key };
  return lots.length === 1 ? { found: 'one', lot: only } : { found: 'several', lots };
}

export function lotById(db: Db, id: number): Lot | undefined {
  return statementsOf(db).byId.get(id) as Lot | undefined;
}

/** By its canonical code. */
export function lotByCode(db: Db, code: string): Lot | undefined {
  return statementsOf(db).byCode.get(code) as Lot | undefined;
}

export function newestLots(db: Db, limit: number, before = Number.MAX_SAFE_INTEGER): Lot[] {
  return statementsOf(db).newest.all(before, Math.min(limit, 500)) as Lot[];
}

const kept = new WeakMap<Db, ReturnType<typeof prepare>>();

function statementsOf(db: Db) {
  const found = kept.get(db) ?? prepare(db);
  kept.set(db, found);
  return found;
}

function prepare(db: Db) {
  const columns = `l.id, l.code, l.kind, l.gtin, l.batch, l.serial, l.origin, l.origin_batch AS originBatch,
    l.produced_at AS producedAt, l.expires_at AS expiresAt, l.status, l.product_id AS productId, p.name,
    p.name_en AS nameEn, p.unit, p.cold_min_c AS coldMinC, p.cold_max_c AS coldMaxC`;
  const product = 'LEFT JOIN product p ON p.id = l.product_id';
  const sql = (text: string) => db.sqlite.prepare(text);
  return {
    byCode: sql(`SELECT ${columns} FROM lot l ${product} WHERE l.code = ?`),
    byId: sql(`SELECT ${columns} FROM lot l ${product} WHERE l.id = ?`),
    byAlias: sql(`SELECT ${columns} FROM lot_alias a CROSS JOIN lot l ON l.id = a.lot_id ${product} WHERE a.alias = ?`),
    byBatch: sql(
      `SELECT ${columns} FROM lot l ${product} WHERE l.batch = ? AND l.kind = 'lot' ORDER BY l.id DESC LIMIT ?`,
    ),
    newest: sql(`SELECT ${columns} FROM lot l ${product} WHERE l.id < ? AND l.kind = 'lot' ORDER BY l.id DESC LIMIT ?`),
  };
}
