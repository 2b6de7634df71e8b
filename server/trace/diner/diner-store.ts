// Everything the public page of a lot shows, asked of the database in one go; what it does not ask for cannot leak.
import type { Cold } from '../../../views/trace/chain/cold-curve.ts';
import type {
  DinerCertificate,
  DinerKitchen,
  DinerLot,
  DinerRecall,
  DinerState,
  DinerTest,
} from '../../../views/trace/diner/diner-lot.ts';
import { type Db, prepared } from '../../store/db.ts';
import { type Chain, traceLot } from '../chain/chain-store.ts';
import { namesOfLot } from '../lot/lot-merge-store.ts';
import type { Lot } from '../lot/lot-store.ts';
import { recallNumber } from '../recall/recall-number.ts';
import { lotStateOf } from '../state/lot-state-store.ts';
import { excursionsByPlace } from './cold-chain.ts';
import { temperaturesOf } from './cold-chain-store.ts';
import { type StationBreach, type StationPlace, stationsOf } from './diner-stations.ts';

export type DinerQuestion = {
  readonly lot: Lot;
  readonly serial: string | null;
  /** The site the reader stands in, when the code said so. */
  readonly at: string | undefined;
  readonly now: number;
  /** What the other half of the house adds. */
  readonly kitchens: (siteIds: readonly string[]) => readonly DinerKitchen[];
  readonly reportHref: string | null;
};

const mostHoldings = 400;
const mostDepth = 60;
const mostReadings = 100_000;

export function dinerLot(db: Db, question: DinerQuestion): DinerLot {
  const { lot, at, now } = question;
  const chain = traceLot(db, { lotId: lot.id, direction: 'backward', maxHoldings: mostHoldings, maxDepth: mostDepth });
  const ask = statementsOf(db);
  const lotIds = JSON.stringify(chain.lots.map(({ lotId }) => lotId));
  const places = new Map(
    (
      ask.places.all(JSON.stringify([...new Set(chain.holdings.map(({ siteId }) => siteId))])) as (StationPlace & {
        id: string;
      })[]
    ).map((row) => [row.id, row]),
  );
  const breaches = breachesOf(db, lot, lotIds);
  const { stations, cut, onward, endsAt, told } = stationsOf(chain, lot.id, places, breaches, at);
  const cold = coldOf(db, lot, told);
  const recall = recallOf(db, lot.id);
  const tests = ask.tests.all(JSON.stringify(namesOfLot(db, lot.id))) as DinerTest[];
  return {
    state: stateOf(db, lot, tests, now),
    recall,
    productName: lot.name,
    productNameEn: lot.nameEn,
    variety: lot.productId === null ? null : ((ask.variety.get(lot.productId) as string | null | undefined) ?? null),
    batch: lot.originBatch ?? lot.batch ?? lot.serial ?? lot.code,
    serial: question.serial,
    origin: lot.origin,
    producedAt: lot.producedAt,
    expiresAt: lot.expiresAt,
    stations,
    stationsCut: cut === 'cut' || chain.truncated ? 'cut' : 'whole',
    onward,
    certificates: certificatesOf(db, chain, lot.id),
    tests,
    cold,
    kitchens: endsAt === undefined ? [] : question.kitchens([endsAt]),
    records: chain.events.length,
    checkedAt: now,
    reportHref: question.reportHref,
  };
}

type RecallRow = {
  id: number;
  startedAt: number;
  closedAt: number | null;
  reason: string;
  reasonEn: string | null;
  advice: string | null;
  adviceEn: string | null;
};

/** The recall that matters most: an open one of the lot, an open one that reaches it, the last closed one. */
function recallOf(db: Db, lotId: number): DinerRecall | null {
  const row = statementsOf(db).recall.get({ lotId }) as RecallRow | undefined;
  if (row === undefined) return null;
  const { startedAt, closedAt, reason, reasonEn, advice, adviceEn } = row;
  const number = recallNumber(row.id, startedAt);
  return { number, issuedAt: startedAt, closedAt, reason, reasonEn, advice, adviceEn };
}

function stateOf(db: Db, lot: Lot, tests: readonly DinerTest[], now: number): DinerState {
  const state = lotStateOf(db, lot, now);
  if (state !== 'ok') return state;
  return tests.length > 0 && tests.every(({ result }) => result === 'passed') ? 'okTested' : 'ok';
}

/** The certificates of the lot and of all it was made from: they follow the carcass when it is split. */
function certificatesOf(db: Db, chain: Chain, lotId: number): DinerCertificate[] {
  const rows = statementsOf(db).certificates.all(JSON.stringify(chain.lots.map((lot) => lot.lotId))) as (Omit<
    DinerCertificate,
    'fromBatch'
  > & { certificateId: number; lotId: number; fromBatch: string | null })[];
  const depths = new Map(chain.lots.map((lot) => [lot.lotId, lot.depth]));
  const nearest = new Map<number, (typeof rows)[number]>();
  for (const row of rows.sort((a, b) => (depths.get(a.lotId) ?? 0) - (depths.get(b.lotId) ?? 0))) {
    if (!nearest.has(row.certificateId)) nearest.set(row.certificateId, row);
  }
  return [...nearest.values()].map(({ kind, number, issuer, issuedAt, expiresAt, uri, fromBatch, ...row }) => ({
    kind,
    number,
    issuer,
    issuedAt,
    expiresAt,
    uri: uri !== null && /^https?:\/\//.test(uri) ? uri : null,
    fromBatch: row.lotId === lotId ? null : fromBatch,
  }));
}

/** Breaches told at the stations, each with its place: the lot's own as they are now, and those of what it was made of. */
function breachesOf(db: Db, lot: Lot, lotIds: string): StationBreach[] {
  const upstream = statementsOf(db).excursions.all(lotIds, lot.id) as PlacedBreach[];
  const { coldMinC: minC, coldMaxC: maxC } = lot;
  const found = excursionsByPlace(temperaturesOf(db, lot.id, mostReadings), { minC, maxC });
  const idOf = statementsOf(db).siteId;
  const own = found.map((breach) => ({ ...breach, maxC, siteId: siteIdOf(idOf.get(breach.siteKey ?? null)) }));
  return [...upstream, ...own]
    .map(({ fromAt, untilAt, worstC, siteId, maxC: most }): StationBreach => {
      return { fromAt, untilAt, worstC, siteId, tooWarm: most === null || worstC > most ? 'warm' : 'cold' };
    })
    .sort((a, b) => a.fromAt - b.fromAt);
}

type PlacedBreach = Omit<StationBreach, 'tooWarm'> & { readonly maxC: number | null };

function siteIdOf(id: unknown): string | null {
  return typeof id === 'string' ? id : null;
}

/**
 * The temperature curve of a lot; null when nobody measured. `told`: the places whose thermometers may be shown, beside those
 * of the road; left out: all.
 */
export function coldOf(db: Db, lot: Lot, told?: ReadonlySet<string>): Cold | null {
  const all = temperaturesOf(db, lot.id, mostReadings);
  const idOf = statementsOf(db).siteId;
  const keys = [...new Set(all.map(({ siteKey }) => siteKey))];
  const hidden = new Set(keys.filter((key) => key !== undefined && told?.has(siteIdOf(idOf.get(key)) ?? '') === false));
  const shown = all.filter(({ siteKey }) => !hidden.has(siteKey));
  if (shown.length === 0) return null;
  const { coldMinC: minC, coldMaxC: maxC } = lot;
  const readings = shown.map(({ at, valueC, minC: min, maxC: max }) => ({ at, value: valueC, min, max }));
  return { readings, minC, maxC, breaches: excursionsByPlace(shown, { minC, maxC }) };
}

const statementsOf = prepared(prepare);

function prepare(db: Db) {
  const sql = (text: string) => db.sqlite.prepare(text);
  const recall =
    'r.id, r.started_at AS startedAt, r.closed_at AS closedAt, r.state, r.reason, r.reason_en AS reasonEn, r.advice, r.advice_en AS adviceEn';
  return {
    places: sql(`SELECT s.id, s.name, s.name_en AS nameEn, s.kind, s.address, s.address_en AS addressEn
      FROM json_each(?) j CROSS JOIN site s ON s.id = j.value`),
    variety: sql('SELECT variety FROM product WHERE id = ?').pluck(),
    recall: sql(`SELECT * FROM (
        SELECT ${recall}, 1 AS own FROM recall r WHERE r.lot_id = @lotId AND r.state IN ('open', 'closed')
        UNION
        SELECT ${recall}, 0 AS own FROM recall_scope x JOIN recall r ON r.id = x.recall_id AND r.state = 'open' AND r.lot_id <> @lotId
          WHERE x.lot_id = @lotId)
      ORDER BY state = 'open' DESC, own DESC, startedAt DESC LIMIT 1`),
    tests: sql(
      `SELECT subject, result, laboratory, tested_at AS testedAt FROM lab_test WHERE lot_id IN (SELECT value FROM json_each(?)) ORDER BY tested_at DESC LIMIT 20`,
    ),
    certificates:
      sql(`SELECT c.id AS certificateId, l.id AS lotId, c.kind, c.number, c.issuer, c.issued_at AS issuedAt, c.expires_at AS expiresAt, c.uri,
        coalesce(l.origin_batch, l.batch, l.serial) AS fromBatch
      FROM json_each(?) j CROSS JOIN lot_certificate x ON x.lot_id = j.value CROSS JOIN certificate c ON c.id = x.certificate_id CROSS JOIN lot l ON l.id = x.lot_id
      ORDER BY CASE c.kind WHEN 'quarantine' THEN 0 WHEN 'quality' THEN 1 ELSE 2 END, c.id LIMIT 40`),
    excursions:
      sql(`SELECT x.from_at AS fromAt, x.until_at AS untilAt, x.worst_c AS worstC, s.id AS siteId, p.cold_max_c AS maxC
      FROM json_each(?) j CROSS JOIN excursion x ON x.lot_id = j.value AND x.lot_id <> ? CROSS JOIN lot l ON l.id = x.lot_id
        LEFT JOIN product p ON p.id = l.product_id LEFT JOIN site s ON s.key = x.site_key
      ORDER BY x.from_at LIMIT 50`),
    siteId: sql('SELECT id FROM site WHERE key = ?').pluck(),
  };
}
