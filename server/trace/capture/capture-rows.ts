// The rows a capture writes and the ids it looks up, kept in mind per database; all inside the caller's transaction.
import type { Db } from '../../store/db.ts';
import { type Change, type Content, contentsAfter } from '../chain/chain-contents.ts';
import { readOwnLotKey } from '../code/lot-code-own.ts';
import type { Epc } from '../event/event.ts';
import { noPlaceKeys, siteKeySpan } from '../event/no-place.ts';
import { keepIn } from './bounded-map.ts';
import { captureStatements, type CaptureStatements as Statements } from './capture-statements.ts';

/**
 * What capture remembers of a row of `lot`; `unsourced`: it was received somewhere without saying from where, as known when
 * `voids` receipts had been voided.
 */
export type LotRef = { readonly id: number; isContainer: boolean; unsourced: boolean | undefined; voids: number };

export type EdgeSide = 'in' | 'out';
export type EdgeRow = {
  readonly side: EdgeSide;
  readonly strand: number;
  readonly holdingId: number;
  readonly turn: number;
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly role: number;
};

// Caches only save look-ups: emptied when full, and after every rollback, which may have taken their rows away.
const cachedLots = 200_000;
const cachedHoldings = 400_000;
const cachedContexts = 1_000;
const cachedSites = 100_000;

export type CaptureRows = ReturnType<typeof openRows>;
const opened = new WeakMap<Db, CaptureRows>();

export function captureRows(db: Db): CaptureRows {
  const found = opened.get(db) ?? openRows(db);
  opened.set(db, found);
  return found;
}

function openRows(db: Db) {
  const statements = captureStatements(db);
  const places = openPlaces(statements);
  const lots = openLots(statements, places.holdingId);
  const contexts = openContexts(statements);

  function contentsAt(containerId: number, at: number): Map<number, Content> {
    return contentsAfter(statements.changes.all(containerId, at, at) as Change[]);
  }

  function forget(): void {
    for (const cache of [places, lots, contexts]) cache.forget();
  }

  /** The row of the code itself, also where it stands for another lot. */
  function toldLotId(epc: Epc): number {
    const { id } = lots.lotRef(epc);
    return (statements.ownLotByCode.get(epc.uri) as number | undefined) ?? id;
  }

  return { statements, ...places, ...lots, ...contexts, toldLotId, contentsAt, forget };
}

function openLots(statements: Statements, holdingId: (lotId: number, key: number) => number) {
  const lots = new Map<string, LotRef>();
  let voids = 0;
  const newRef = (id: number): LotRef => ({ id, isContainer: false, unsourced: false, voids });

  function lotRef(epc: Epc): LotRef {
    const known = lots.get(epc.uri);
    if (known !== undefined) return known;
    const ref = findLot(epc.uri) ?? newRef(insertLot(statements, epc));
    keepIn(lots, epc.uri, ref, cachedLots);
    return ref;
  }

  /** The node of a running transformation, which several events with one transformationID share. */
  function processRef(transformationId: string): LotRef {
    const code = `process:${transformationId}`;
    const ref = lots.get(code) ?? findLot(code) ?? newRef(insertProcess(statements, code));
    keepIn(lots, code, ref, cachedLots);
    return ref;
  }

  function lotById(id: number): { readonly ref: LotRef; readonly kind: string } {
    const [code, kind, isContainer, whole] = statements.lotById.get(id) as [string, string, number, number];
    const ref = lots.get(code) ?? { id: whole, isContainer: isContainer === 1, unsourced: undefined, voids };
    keepIn(lots, code, ref, cachedLots);
    return { ref, kind };
  }

  /** Whether the lot was ever received without a source. */
  function isUnsourced(lot: LotRef): boolean {
    if (lot.unsourced === undefined || lot.voids !== voids) {
      lot.unsourced = statements.unsourced.get(lot.id) !== undefined;
      lot.voids = voids;
    }
    return lot.unsourced;
  }

  /** Edges were voided: a receipt without a source may be among them. What is remembered must be what the rows say, or a restart changes it. */
  function doubtSources(): void {
    voids += 1;
  }

  /**
   * A lot received without a source may have come out of any of its shipments, also those that name another
   * destination (a company's number instead of its shop's): from now on they all lead through the lot in transit.
   */
  function openTransit(lot: LotRef): void {
    if (isUnsourced(lot)) return;
    lot.unsourced = true;
    statements.linkShipments.run(holdingId(lot.id, noPlaceKeys.transit), lot.id);
  }

  function findLot(code: string): LotRef | undefined {
    const row = statements.lotByCode.get(code) as [number, number] | undefined;
    return row === undefined ? undefined : { id: row[0], isContainer: row[1] === 1, unsourced: undefined, voids };
  }

  return { lotRef, processRef, lotById, isUnsourced, openTransit, doubtSources, forget: () => lots.clear() };
}

function openPlaces(statements: Statements) {
  const holdings = new Map<number, number>();
  const sites = new Map<string, number>();

  function siteKey(id: string): number {
    const known = sites.get(id);
    if (known !== undefined) return known;
    const found = statements.siteById.get(id) as number | undefined;
    const key = found ?? Number(statements.insertSite.run(id).lastInsertRowid);
    keepIn(sites, id, key, cachedSites);
    return key;
  }

  function holdingId(lotId: number, key: number): number {
    const cacheKey = lotId * siteKeySpan + key;
    const known = key < siteKeySpan ? holdings.get(cacheKey) : undefined;
    if (known !== undefined) return known;
    const found = statements.holding.get(lotId, key) as number | undefined;
    const id = found ?? Number(statements.insertHolding.run(lotId, key).lastInsertRowid);
    if (key < siteKeySpan) keepIn(holdings, cacheKey, id, cachedHoldings);
    return id;
  }

  function forget(): void {
    holdings.clear();
    sites.clear();
  }

  return { siteKey, holdingId, forget };
}

function openContexts(statements: Statements) {
  const contexts = new Map<string, number>();

  function knownContextId(json: string): number | undefined {
    const known = contexts.get(json);
    if (known !== undefined) return known;
    const found = statements.contextByJson.get(json) as number | undefined;
    if (found !== undefined) remember(json, found);
    return found;
  }

  function contextId(json: string): number {
    return knownContextId(json) ?? remember(json, Number(statements.insertContext.run(json).lastInsertRowid));
  }

  function remember(json: string, id: number): number {
    keepIn(contexts, json, id, cachedContexts);
    return id;
  }

  function forget(): void {
    contexts.clear();
  }

  return { knownContextId, contextId, forget };
}

function insertProcess(statements: Statements, code: string): number {
  return Number(statements.insertLot.run(code, 'process', null, null, null, null, null, null).lastInsertRowid);
}

function insertLot(statements: Statements, epc: Epc): number {
  const kind = epc.kind === 'site' || epc.kind === 'party' ? 'other' : epc.kind;
  const product = epc.gtin === undefined ? undefined : (statements.productByGtin.get(epc.gtin) as number | undefined);
  const own = epc.gtin === undefined ? readOwnLotKey(epc.uri) : undefined;
  const { lastInsertRowid } = statements.insertLot.run(
    epc.uri,
    kind,
    epc.gtin ?? null,
    epc.lot ?? null,
    epc.serial ?? null,
    product ?? null,
    own?.origin || null,
    own?.batch ?? null,
  );
  return Number(lastInsertRowid);
}
