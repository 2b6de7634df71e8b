// What a reviewer may look at next, how much waits, and which flags are like the one in hand.
import { type Caller, sitesSeen } from '../../accounts/caller.ts';
import { hourMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { everyViolationId, violationKind } from '../violation/violation-kinds.ts';
import { leaseMs } from './decision.ts';
import type { Flag } from './flag-store.ts';
import { lensFaultId, plainView, type QueueFilter, type QueueView, type ReviewQueue } from './queue.ts';

const standingVerdictOfMine = `EXISTS (SELECT 1 FROM verdict v WHERE v.flag_id = f.id AND v.by = @me AND v.decision <> 'undone'
  AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = v.id))`;
const restaurantsIn = (sites: string) =>
  `(SELECT r.id FROM restaurant r WHERE r.site_id IN (SELECT value FROM json_each(${sites})))`;
const free = `(f.leased_to IS NULL OR f.leased_to = @me OR f.lease_until <= @now OR f.lease_until > @now + ${leaseMs})`;
// Laid ready for somebody who looks at another flag: nobody has it before them yet.
const laidReady = 'f.leased_at IS NULL AND f.leased_to IS NOT NULL';
// Word for word as in the index flag_blind, or it is not used.
const blind = `f.second = 'wanted' AND f.status IN ('confirmed', 'cleared') AND NOT ${standingVerdictOfMine}`;

type Part = { readonly from: string; readonly where: string };
const isLens = `f.violation = '${lensFaultId}'`;
const notLens = `f.violation <> '${lensFaultId}'`;
// Named, because the widest index looks as good to the planner as the one that holds only these few.
const fewBlind = 'flag f INDEXED BY flag_blind';
const fewLens = 'flag f INDEXED BY flag_queue_kind';

const queueParts: Readonly<Record<ReviewQueue, readonly Part[]>> = {
  desk: [
    { from: 'flag f', where: `f.status = 'open' AND ${notLens}` },
    { from: fewBlind, where: `${blind} AND ${notLens}` },
  ],
  lens: [
    { from: fewLens, where: `f.status = 'open' AND ${isLens}` },
    { from: fewBlind, where: `${blind} AND ${isLens}` },
  ],
  unsure: [{ from: 'flag f', where: `f.status = 'unsure' AND NOT ${standingVerdictOfMine}` }],
};

type Values = Record<string, string | number>;
type Where = { readonly text: string; readonly values: Values };

/** What this caller may judge, as SQL: never one's own shop, and only one's own part of the city. */
function scopeOf(caller: Caller, filter: QueueFilter, now: number): Where {
  const parts: [string, Values][] = [];
  if (caller.sites.length > 0)
    parts.push([`f.restaurant_id NOT IN ${restaurantsIn('@own')}`, { own: JSON.stringify(caller.sites) }]);
  if (caller.district !== undefined)
    parts.push([`f.restaurant_id IN ${restaurantsIn('@seen')}`, { seen: JSON.stringify(sitesSeen(caller)) }]);
  const { violation, districtId, restaurantId, cameraId, olderHours } = filter;
  if (violation !== undefined) parts.push(['f.violation = @violation', { violation }]);
  if (districtId !== undefined) parts.push([inDistrict, { district: districtId }]);
  if (restaurantId !== undefined) parts.push(['f.restaurant_id = @restaurant', { restaurant: restaurantId }]);
  if (cameraId !== undefined) parts.push(['f.camera_id = @camera', { camera: cameraId }]);
  if (olderHours !== undefined) parts.push(['f.at <= @latest', { latest: now - olderHours * hourMs }]);
  return {
    text: parts.map(([text]) => ` AND ${text}`).join(''),
    values: Object.assign({ me: caller.id, now }, ...parts.map(([, values]) => values)) as Values,
  };
}

const inDistrict = `f.restaurant_id IN (SELECT r.id FROM restaurant r JOIN site_district s ON s.site_id = r.site_id
  WHERE s.district_id = @district)`;

type NextRow = { id: number; at: number; violation: string; doubt: number; heldAt: number | null };
const columns = 'f.id, f.at, f.violation, abs(f.score - f.threshold) AS doubt';

/**
 * Ids of what this reviewer may look at next: what they hold already, what lies ready for them, then in the order that was
 * asked for. Where that is nothing, what lies ready for somebody else.
 */
export function nextFlagIds(db: Db, caller: Caller, view: QueueView, now: number, limit: number): number[] {
  const asked = { db, view, limit, scope: scopeOf(caller, view.filter, now) };
  const found = idsWhere(asked, free);
  return found.length > 0 ? found : idsWhere(asked, laidReady);
}

type Asked = { readonly db: Db; readonly view: QueueView; readonly limit: number; readonly scope: Where };

function idsWhere({ db, view, limit, scope: { text, values } }: Asked, takeable: string): number[] {
  const ask = (sql: string, more: Values = {}) =>
    db.sqlite.prepare(`${sql} LIMIT @limit`).all({ ...values, ...more, limit }) as NextRow[];
  const rows = queueParts[view.queue].flatMap(({ from, where }) => {
    const held = ask(
      `SELECT ${columns}, coalesce(f.leased_at, 0) AS heldAt FROM flag f WHERE f.leased_to = @me AND f.lease_until > @now AND ${where}${text}`,
    );
    const waiting = `SELECT ${columns}, NULL AS heldAt FROM ${from} WHERE ${where} AND ${takeable}${text}`;
    return [...held, ...inOrder(view, waiting, ask, limit)];
  });
  rows.sort((a, b) => (b.heldAt ?? -1) - (a.heldAt ?? -1) || comparing[view.order](a, b) || a.at - b.at || a.id - b.id);
  return [...new Set(rows.map((row) => row.id))].slice(0, limit);
}

const comparing: Readonly<Record<QueueView['order'], (a: NextRow, b: NextRow) => number>> = {
  age: () => 0,
  risk: (a, b) => pointsOf(b.violation) - pointsOf(a.violation),
  doubt: (a, b) => a.doubt - b.doubt,
};

type Ask = (sql: string, more?: Values) => NextRow[];

function inOrder({ order, filter }: QueueView, waiting: string, ask: Ask, limit: number): NextRow[] {
  if (order === 'doubt') return ask(`${waiting} ORDER BY abs(f.score - f.threshold)`);
  if (order === 'age' || filter.violation !== undefined) return ask(`${waiting} ORDER BY f.at`);
  // Kind by kind, so that each question reads an index and stops at once, however much waits.
  const rows: NextRow[] = [];
  for (const kind of kindsByRisk) {
    rows.push(...ask(`${waiting} AND f.violation = @kind ORDER BY f.at`, { kind }));
    if (rows.length >= limit) return rows;
  }
  const others = ask(`${waiting} AND f.violation NOT IN (SELECT value FROM json_each(@kinds)) ORDER BY f.at`, {
    kinds: JSON.stringify(kindsByRisk),
  });
  return [...rows, ...others];
}

function pointsOf(violation: string): number {
  return violationKind(violation).points;
}

const kindsByRisk = [...everyViolationId].sort((a, b) => pointsOf(b) - pointsOf(a));

/** How many this reviewer could judge, every one counted. */
export function countWaiting(db: Db, caller: Caller, view: QueueView, now: number): number {
  const { text, values } = scopeOf(caller, view.filter, now);
  return queueParts[view.queue].reduce((sum, { from, where }) => {
    const sql = `SELECT count(*) FROM ${from} WHERE ${where}${text}`;
    return sum + (db.sqlite.prepare(sql).pluck().get(values) as number);
  }, 0);
}

/** Of each queue, whatever its filters: what the bar says. */
export function waitingCounts(db: Db, caller: Caller, now: number): Record<ReviewQueue, number> {
  const count = (queue: ReviewQueue) => countWaiting(db, caller, plainView(queue), now);
  return { desk: count('desk'), lens: count('lens'), unsure: count('unsure') };
}

const alikeWithinMs = hourMs;
export const mostAlike = 50;

/**
 * Open flags of the same violation at the same camera, within an hour of this one and free to be judged by the caller.
 * None of an audited frame: each of those is looked at.
 */
export function alikeFlagIds(db: Db, caller: Caller, flag: Flag, now: number): number[] {
  if (flag.audit === 1) return [];
  const { text, values } = scopeOf(caller, {}, now);
  const rows = db.sqlite
    .prepare(
      `SELECT f.id FROM flag f WHERE f.camera_id = @camera AND f.violation = @violation AND f.at BETWEEN @from AND @to
        AND f.status = 'open' AND f.id <> @id AND f.audit = 0 AND ${free}${text} ORDER BY f.at LIMIT ${mostAlike}`,
    )
    .pluck()
    .all({
      ...values,
      camera: flag.cameraId,
      violation: flag.violation,
      id: flag.id,
      from: flag.at - alikeWithinMs,
      to: flag.at + alikeWithinMs,
    });
  return rows as number[];
}
