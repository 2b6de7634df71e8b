// Looks at what was captured since the last time: balances, cold chain, goods without a batch, recalls that reach further.
import type { Deps } from '../../deps.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { type ColdRange, sumOfExcursions } from '../diner/cold-chain.ts';
import { refreshExcursions } from '../diner/cold-chain-store.ts';
import { isClaim } from '../event/claim.ts';
import { widenSoon } from '../recall/widen-recall.ts';
import { lotsTouched } from '../scope/touched-store.ts';
import { checkBooks } from './check-books.ts';
import type { Finding } from './finding.ts';
import { keepFindings, openSubjects } from './finding-store.ts';

type CheckDeps = Pick<Deps, 'db' | 'clock' | 'queue'>;

const mark = 'check-chain';
const eventsPerRun = 1_000;
// Captures and pages go first: without a breath between runs, a large import would hold everybody up until all of it is checked.
const pauseMs = 100;

/** One run of the `check-chain` job. Asks for another when more is waiting. */
export function checkChain(deps: CheckDeps): void {
  writeTransaction(deps.db, () => {
    const from = markOf(deps.db);
    const until = lastOf(deps.db, from);
    if (until === from) return;
    checkEvents(deps, from, until);
    deps.db.sqlite
      .prepare('INSERT INTO trace_mark VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
      .run(mark, until);
    if (lastOf(deps.db, until) > until)
      deps.queue.enqueue({
        name: 'check-chain',
        payload: {},
        key: `check-chain/after/${until}`,
        runAt: deps.clock() + pauseMs,
      });
  });
}

/** Looks again at one event whose meaning has changed since, inside the caller's transaction. */
export function checkEvent(deps: CheckDeps, eventId: number): void {
  checkEvents(deps, eventId - 1, eventId);
}

function checkEvents(deps: CheckDeps, from: number, until: number): void {
  const { db } = deps;
  const now = deps.clock();
  const lots = lotsTouched(db, from, until);
  checkBooks(db, lots, now);
  for (const { lotId, minC, maxC } of cooledLots(db, from, until)) checkColdChain(db, lotId, { minC, maxC }, now);
  noteUncoded(db, from, until, now);
  noteClaims(db, from, until, now);
  for (const recallId of recallsTouched(db, lots)) widenSoon(deps, recallId);
}

/** One finding for each place where a thermometer was outside the range, and one for the road. */
function checkColdChain(db: Db, lotId: number, range: ColdRange, now: number): void {
  const excursions = refreshExcursions(db, lotId, range);
  const places = [...new Set(excursions.map(({ siteKey }) => siteKey))];
  const found = places.flatMap((siteKey): Finding[] => {
    const there = excursions.filter((excursion) => excursion.siteKey === siteKey);
    const sum = sumOfExcursions(there, range);
    if (sum === undefined) return [];
    const subject = `excursion/lot/${lotId}${siteKey === undefined ? '' : `/place/${siteKey}`}`;
    const { fromAt: at } = there[0] ?? { fromAt: now };
    return [{ kind: 'excursion', subject, lotId, siteKey: siteKey ?? null, eventId: null, at, detail: { ...sum } }];
  });
  keepFindings(db, openSubjects(db, [lotId], ['excursion']), found, now);
}

/** Goods that came without a batch (未赋码): one finding for each event and product. */
function noteUncoded(db: Db, from: number, until: number, now: number): void {
  const rows = db.sqlite
    .prepare(
      `SELECT e.id AS eventId, e.at, l.id AS lotId, l.code, coalesce(e.biz_location_key, e.read_point_key) AS siteKey
       FROM event e CROSS JOIN mention m ON m.event_id = e.id CROSS JOIN lot l ON l.id = m.lot_id AND l.kind = 'product'
       WHERE e.id > ? AND e.id <= ? AND e.declared_at = 0 AND e.voided_by IS NULL AND NOT ${isClaim('e.id')}`,
    )
    .all(from, until) as { eventId: number; at: number; lotId: number; code: string; siteKey: number | null }[];
  const found = rows.map(
    ({ eventId, at, lotId, code, siteKey }): Finding => ({
      kind: 'uncoded',
      subject: `uncoded/${eventId}/${lotId}`,
      lotId,
      siteKey,
      eventId,
      at,
      detail: { code },
    }),
  );
  keepFindings(db, [], found, now);
}

type ClaimRow = {
  readonly eventId: number;
  readonly at: number;
  readonly siteKey: number;
  readonly lotId: number | null;
  readonly step: string;
  readonly open: 0 | 1;
};

/** What somebody said of a place that is not theirs: a finding there until it is decided or taken back. */
function noteClaims(db: Db, from: number, until: number, now: number): void {
  const rows = db.sqlite
    .prepare(
      `SELECT e.id AS eventId, e.at, k.site_key AS siteKey, coalesce(e.biz_step, e.kind) AS step,
         k.decision IS NULL AND e.voided_by IS NULL AS open,
         (SELECT m.lot_id FROM mention m INDEXED BY mention_event WHERE m.event_id = e.id LIMIT 1) AS lotId
       FROM (SELECT event_id AS id FROM event_claim WHERE event_id > @from AND event_id <= @until
         UNION SELECT id FROM event INDEXED BY event_voided WHERE voided_by > @from AND voided_by <= @until) n
         CROSS JOIN event_claim k ON k.event_id = n.id CROSS JOIN event e ON e.id = k.event_id`,
    )
    .all({ from, until }) as ClaimRow[];
  const subjectOf = ({ eventId }: ClaimRow) => `foreign/event/${eventId}`;
  const found = rows
    .filter(({ open }) => open === 1)
    .map((row): Finding => {
      const { lotId, siteKey, eventId, at, step } = row;
      return { kind: 'foreign', subject: subjectOf(row), lotId, siteKey, eventId, at, detail: { step } };
    });
  keepFindings(db, rows.map(subjectOf), found, now);
}

/** Lots with a range whose readings may be others than before: told anew, or of a box that was packed or unpacked late. */
function cooledLots(
  db: Db,
  from: number,
  until: number,
): { lotId: number; minC: number | null; maxC: number | null }[] {
  return db.sqlite
    .prepare(
      `WITH told AS (SELECT id, voided_by, declared_at FROM event WHERE id > @from AND id <= @until),
       changed AS (SELECT id FROM told
         UNION SELECT v.id FROM told t CROSS JOIN event v ON v.voided_by = t.id WHERE t.declared_at > 0),
       repacked AS (SELECT c.container_id, c.child_id FROM changed t CROSS JOIN mention m ON m.event_id = t.id
         CROSS JOIN container_change c ON c.container_id = m.lot_id AND c.at = m.at AND c.event_id = t.id)
       SELECT l.id AS lotId, p.cold_min_c AS minC, p.cold_max_c AS maxC FROM lot l CROSS JOIN product p ON p.id = l.product_id
       WHERE (p.cold_min_c IS NOT NULL OR p.cold_max_c IS NOT NULL) AND l.id IN (
         SELECT r.lot_id FROM told t CROSS JOIN sensor_reading r INDEXED BY sensor_reading_event ON r.event_id = t.id
           WHERE t.voided_by IS NULL
         UNION SELECT child_id FROM repacked
         UNION SELECT r.lot_id FROM repacked p CROSS JOIN mention m ON m.lot_id = p.container_id
           CROSS JOIN sensor_reading r INDEXED BY sensor_reading_event ON r.event_id = m.event_id)`,
    )
    .all({ from, until }) as { lotId: number; minC: number | null; maxC: number | null }[];
}

function recallsTouched(db: Db, lots: readonly number[]): number[] {
  return db.sqlite
    .prepare(
      `SELECT DISTINCT r.id FROM json_each(?) j CROSS JOIN recall_scope s ON s.lot_id = j.value
         CROSS JOIN recall r ON r.id = s.recall_id AND r.state = 'open'`,
    )
    .pluck()
    .all(JSON.stringify(lots)) as number[];
}

function markOf(db: Db): number {
  return (
    (db.sqlite.prepare('SELECT value FROM trace_mark WHERE name = ?').pluck().get(mark) as number | undefined) ?? 0
  );
}

function lastOf(db: Db, from: number): number {
  const last = db.sqlite
    .prepare('SELECT max(id) FROM (SELECT id FROM event WHERE id > ? ORDER BY id LIMIT ?)')
    .pluck()
    .get(from, eventsPerRun);
  return (last as number | null) ?? from;
}
