// Finds lots: by whatever was typed, pasted or scanned, by id, by product or place.
import { type Db, prepared } from '../../store/db.ts';
import { elementString, humanReadable } from '../code/gs1-element-string.ts';
import { canonicalUri } from '../code/gs1-key.ts';
import { readScan, type ScanReading } from '../code/lot-code.ts';
import type { LotCode, LotCodeRefusal } from '../code/lot-code-kinds.ts';
import { tidy } from '../code/lot-code-own.ts';
import { standsFor } from './lot-merge-store.ts';
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
  /** The device sent no separators, or the case differs: what it may mean, known lots first. A person has to choose. */
  | { readonly found: 'unsure'; readonly readings: readonly LotReading[] }
  | { readonly found: 'none'; readonly key: string }
  | { readonly found: 'unreadable'; readonly refusal: LotCodeRefusal };

/** One meaning of a scan. `given`: the same, written so that it has no other meaning. */
export type LotReading = { readonly given: string; readonly code: LotCode; readonly lot: Lot | undefined };

const mostCandidates = 20;
const mostReadings = 8;

/** Looks up any spelling of a code; a single piece that is of a lot leads to the lot. */
export function searchLot(db: Db, input: string): LotSearch {
  const search = searchExact(db, input);
  return search.found === 'one' ? { found: 'one', lot: wholeLot(db, search.lot) } : search;
}

/** The lot a piece is of, and that a merged code stands for; every other lot itself. */
export function wholeLot(db: Db, lot: Lot): Lot {
  const lotId = (lot.kind === 'instance' ? lotIdOfPiece(db, lot.id) : undefined) ?? lot.id;
  const whole = standsFor(db, lotId);
  return whole === lot.id ? lot : (lotById(db, whole) ?? lot);
}

/** The code as it is kept, an alias, then a batch that only one lot (or a few) has; a piece stays a piece. */
export function searchExact(db: Db, input: string): LotSearch {
  const named = lotNamed(db, tidy(input).slice(0, 2_048));
  if (named !== undefined) return { found: 'one', lot: named };
  const scan = readScan(input);
  const mine = scan.code.ok ? lotNamed(db, scan.code.key) : undefined;
  const rivals = rivalsOf(db, scan.others, mine);
  const [rival] = rivals;
  const contested = rivals.some(({ lot, code }) => lot !== undefined && !isFieldCode(code));
  if (mine !== undefined && !contested) return { found: 'one', lot: mine };
  // The text itself is the name of a lot: nothing has to be guessed.
  if (rival?.lot !== undefined && isFieldCode(rival.code) && rivals.length === 1)
    return { found: 'one', lot: rival.lot };
  if (rival !== undefined) return { found: 'unsure', readings: readingsOf(scan, mine, rivals) };
  if (!scan.code.ok) return { found: 'unreadable', refusal: scan.code };
  return byBatch(db, scan.code);
}

/** The text as it stands, and not a batch of our own that was read out of elements. */
function isFieldCode(code: LotCode): boolean {
  return code.kind === 'own' && code.elements.length === 0;
}

/** Whatever was captured is found by the very name it came under, a sound one or not. */
function lotNamed(db: Db, name: string): Lot | undefined {
  const ask = statementsOf(db);
  const uri = /^(https?|urn):/.test(name) ? canonicalUri(name) : undefined;
  return (ask.byAlias.get(name) ?? ask.byCode.get(name) ?? (uri === undefined ? undefined : ask.byCode.get(uri))) as
    | Lot
    | undefined;
}

/** Other meanings that are known, or likely. */
function rivalsOf(db: Db, others: ScanReading['others'], mine: Lot | undefined): LotReading[] {
  const read = others.map(({ code, trust }) => ({ given: givenOf(code), code, lot: lotNamed(db, code.key), trust }));
  const kept = read.filter(({ lot, trust }) => lot !== undefined || (trust === 'likely' && mine === undefined));
  return kept
    .filter(({ lot }) => lot === undefined || lot.id !== mine?.id)
    .sort((a, b) => Number(a.lot === undefined) - Number(b.lot === undefined))
    .slice(0, mostReadings);
}

function readingsOf({ code }: ScanReading, mine: Lot | undefined, rivals: readonly LotReading[]): LotReading[] {
  if (!code.ok) return [...rivals];
  const asSent = { given: givenOf(code), code, lot: mine };
  return mine === undefined ? [...rivals, asSent] : [asSent, ...rivals];
}

/** With brackets, as printed under a symbol; a value that holds one could not be told apart. */
function givenOf(code: LotCode): string {
  if (code.kind === 'own') return code.key;
  const write = code.elements.some(({ value }) => value.includes('(')) ? elementString : humanReadable;
  return write(code.elements);
}

function byBatch(db: Db, code: LotCode): LotSearch {
  const ask = statementsOf(db);
  const batch = code.kind === 'own' && code.origin === '' ? code.batch : undefined;
  const found = batch === undefined ? [] : (ask.byBatch.all(batch, mostCandidates) as Lot[]);
  const lots = [...new Map(found.map((lot) => wholeLot(db, lot)).map((lot) => [lot.id, lot])).values()];
  const [only] = lots;
  if (only !== undefined) return lots.length === 1 ? { found: 'one', lot: only } : { found: 'several', lots };
  const alike = inOtherCase(db, code);
  return alike.length === 0 ? { found: 'none', key: code.key } : { found: 'unsure', readings: alike };
}

/** `pk-7b` typed for PK-7B: two producers' batches may differ in nothing else, so it is asked. */
function inOtherCase(db: Db, code: LotCode): LotReading[] {
  const ask = statementsOf(db);
  if (code.kind === 'gtin') {
    const lots = ask.byGtinAndBatch.all(code.gtin, code.lot, mostReadings) as Lot[];
    return lots.map((lot) => {
      const elements = code.elements.map((each) => (each.ai === '10' ? { ...each, value: lot.batch ?? '' } : each));
      const meant = { ...code, key: lot.code, lot: lot.batch ?? '', elements };
      return { given: givenOf(meant), code: meant, lot };
    });
  }
  if (code.kind !== 'own' || code.origin !== '') return [];
  const spellings = [...new Set([code.batch.toUpperCase(), code.batch.toLowerCase()])].filter(
    (each) => each !== code.batch,
  );
  const lots = spellings.flatMap((batch) => ask.byBatch.all(batch, mostReadings) as Lot[]);
  return lots.map((lot) => ({
    given: lot.code,
    code: { ...code, key: lot.code, batch: lot.batch ?? code.batch },
    lot,
  }));
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

/** The lots that were ever put into a box. */
export function lotsInBox(db: Db, boxId: number): Lot[] {
  return statementsOf(db).inBox.all(boxId, mostCandidates) as Lot[];
}

const statementsOf = prepared(prepare);

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
    byGtinAndBatch: sql(
      `SELECT ${columns} FROM lot l ${product} WHERE l.gtin = ? AND l.batch = ? COLLATE NOCASE AND l.kind = 'lot' ORDER BY l.id DESC LIMIT ?`,
    ),
    inBox: sql(
      `SELECT ${columns} FROM lot l ${product} WHERE l.kind <> 'container' AND l.id IN (
         SELECT child_id FROM container_change WHERE container_id = ? AND change = 'ADD') ORDER BY l.id DESC LIMIT ?`,
    ),
    newest: sql(`SELECT ${columns} FROM lot l ${product} WHERE l.id < ? AND l.kind = 'lot' ORDER BY l.id DESC LIMIT ?`),
  };
}
