// The facts that a place's risk is made of, read from both halves: of all places at once, or of a few.
import { dayMs } from '../../clock.ts';
import { violationKind } from '../../kitchen/violation/violation-kinds.ts';
import { type Db, prepared } from '../../store/db.ts';
import type { RiskFact, RiskPart } from './risk.ts';

/** `until`: nothing later is read, and what a day later changed is taken as it is now. */
export type FactQuestion = {
  readonly since: number;
  readonly until: number;
  readonly sites?: readonly string[] | undefined;
};

type Row = { site: string; id: string; at: number; what: string; severity: number };

/** Facts by site id; places without one are missing. */
export function riskFacts(db: Db, { since, until, sites }: FactQuestion): Map<string, RiskFact[]> {
  const asked = {
    since,
    until,
    all: sites === undefined ? 1 : 0,
    sites: JSON.stringify(sites ?? []),
    sinceDay: dayOf(until - uptimeDays * dayMs),
    untilDay: dayOf(until),
    today: dayOf(until),
    soon: dayOf(until + licenceSoonDays * dayMs),
  };
  const facts = new Map<string, RiskFact[]>();
  for (const [part, statement] of Object.entries(statementsOf(db)) as [
    RiskPart,
    ReturnType<typeof prepare>[RiskPart],
  ][])
    for (const row of statement.iterate(asked) as IterableIterator<Row>) add(facts, part, row);
  return facts;
}

function add(facts: Map<string, RiskFact[]>, part: RiskPart, { site, id, at, what, severity }: Row): void {
  const weighed = part === 'flags' ? violationKind(what).points / gravestPoints : severity;
  const fact: RiskFact = { part, at, severity: weighed, what, id };
  const known = facts.get(site);
  if (known === undefined) facts.set(site, [fact]);
  else known.push(fact);
}

const gravestPoints = 5;
const uptimeDays = 30;
const licenceSoonDays = 30;
/** A camera that was away for this share of its frames counts in full. */
const darkInFull = 0.2;
const leastDark = 0.02;

const statementsOf = prepared(prepare);
/** Of kitchens, by `r`; of places, by `s`. */
const kitchens = '(@all OR r.site_id IN (SELECT value FROM json_each(@sites)))';
const places = '(@all OR s.id IN (SELECT value FROM json_each(@sites)))';

function prepare(db: Db) {
  const sql = (text: string) => db.sqlite.prepare(text);
  return {
    flags:
      sql(`SELECT r.site_id AS site, (SELECT max(o.id) FROM rectification_order o WHERE o.flag_id = f.id) AS id, f.at, f.violation AS what, 0 AS severity FROM flag f JOIN restaurant r ON r.id = f.restaurant_id
      WHERE f.status = 'confirmed' AND f.violation <> 'camera_fault' AND f.at > @since AND f.at <= @until AND ${kitchens}`),
    orders:
      sql(`SELECT r.site_id AS site, o.id AS id, o.overdue_at AS at, o.violation AS what, iif(o.state = 'issued', 1.0, 0.5) AS severity
      FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
      WHERE o.overdue_at > @since AND o.overdue_at <= @until AND o.state <> 'withdrawn' AND ${kitchens}`),
    cameras: sql(`SELECT r.site_id AS site, r.id AS id, @until AS at, 'dark' AS what,
        min(1.0, sum(d.missed) * 1.0 / sum(d.sampled + d.missed) / ${darkInFull}) AS severity
      FROM restaurant r JOIN camera c ON c.restaurant_id = r.id AND c.removed_at IS NULL JOIN sample_day d ON d.camera_id = c.id
      WHERE d.day > @sinceDay AND d.day <= @untilDay AND ${kitchens}
      GROUP BY r.id HAVING sum(d.missed) > ${leastDark} * sum(d.sampled + d.missed)`),
    receipts:
      sql(`SELECT s.id AS site, f.lot_id AS id, f.at, f.kind AS what, iif(f.closed_at IS NULL, 0.6, 0.3) AS severity
      FROM finding f JOIN site s ON s.key = f.site_key
      WHERE f.kind IN ('unscanned', 'uncoded', 'foreign', 'negative', 'gain') AND f.at > @since AND f.at <= @until AND ${places}`),
    cold: sql(`SELECT s.id AS site, f.lot_id AS id, f.at, f.kind AS what, 0.8 AS severity FROM finding f JOIN site s ON s.key = f.site_key
      WHERE f.kind = 'excursion' AND f.at > @since AND f.at <= @until AND ${places}`),
    // Whoever had the lot first answers for it; who bought it, for a part.
    tests: sql(`SELECT s.id AS site, l.id AS id, t.at, t.subject AS what,
        iif(h.id = (SELECT min(first.id) FROM holding first JOIN site o ON o.key = first.site_key
          WHERE first.lot_id = l.id AND o.id NOT IN ('unknown', 'transit', 'process')), 1.0, 0.3) AS severity
      FROM lab_test t JOIN lot l ON l.id = t.lot_id JOIN holding h ON h.lot_id = l.id JOIN site s ON s.key = h.site_key
      WHERE t.result = 'failed' AND t.at > @since AND t.at <= @until AND s.id NOT IN ('unknown', 'transit', 'process') AND ${places}`),
    complaints: sql(`SELECT c.site_id AS site, c.id AS id, c.at, c.kind AS what,
        CASE c.kind WHEN 'illness' THEN 1.0 WHEN 'spoiled' THEN 0.7 WHEN 'foreign' THEN 0.7 ELSE 0.4 END AS severity
      FROM complaint c WHERE c.site_id IS NOT NULL AND c.at > @since AND c.at <= @until
        AND (@all OR c.site_id IN (SELECT value FROM json_each(@sites)))`),
    licence:
      sql(`SELECT r.site_id AS site, r.id AS id, @until AS at, iif(r.licence_until < @today, 'expired', 'soon') AS what,
        iif(r.licence_until < @today, 1.0, 0.4) AS severity FROM restaurant r
      WHERE r.licence_until IS NOT NULL AND r.licence_until < @soon AND ${kitchens}`),
  } satisfies Record<RiskPart, unknown>;
}

/** A day in Beijing. */
function dayOf(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
}
