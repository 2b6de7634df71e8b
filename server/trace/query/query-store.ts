// Asks for captured events: by query, page by page, or by hash or eventID, within what a caller may see.
import type { Caller } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { contextOf, rereadEvent } from '../capture/capture-document.ts';
import { selfContained } from '../epcis/json-output.ts';
import type { JsonObject } from '../event/event.ts';
import { hashBytes } from '../event/event-hash-bytes.ts';
import { idsOfHash } from '../event/event-hash-store.ts';
import type { EventQuery } from './query.ts';
import { candidateEvents, eventHashPattern, tooComplex, visibleSql } from './query-scope-store.ts';
import type { Position } from './query-value.ts';

/** `next`: where to go on; undefined on the last page. A page may be short of events and still have a next one. */
export type EventPage = { readonly events: readonly JsonObject[]; readonly next: Position | undefined };

// One page looks at this many rows, and reads this many events whole, before it stops and says where to go on.
const pageWalk = { scanned: 20_000, read: 4_000 };
// Nobody waits for a standing query: it goes in short steps between which others are answered.
const shortWalk = { scanned: 2_000, read: 400 };
const firstLook = 500;
// Times of capture rise with the ids, but for a clock that was set back; by this much it may have been.
const clockSlackMs = 3_600_000;
const mostOfOneName = 100;

type Scanned = { readonly id: number; readonly key: number; readonly hit: 0 | 1 };
type Walk = { readonly ids: readonly number[]; readonly last: Position | undefined; readonly cut: boolean };

/** One page of the events that answer. Throws Problem too_large when there are more than `maxEventCount`. */
export function findEvents(db: Db, caller: Caller, query: EventQuery): EventPage {
  const scan = openScan(db, caller, query, candidateEvents(db, caller, query), idsRecorded(db, query));
  if (query.maxEventCount !== undefined && query.after === undefined) refuseMore(db, scan, query, query.maxEventCount);
  const given = query.after?.given ?? 0;
  const left = (query.eventCountLimit ?? Number.MAX_SAFE_INTEGER) - given;
  const size = Math.min(query.perPage, Math.max(left, 0));
  const walk = walkEvents(db, scan, query, size);
  const next = walk.cut && walk.ids.length < left ? walk.last : undefined;
  return {
    events: eventsOfIds(db, walk.ids),
    next: next === undefined ? undefined : { ...next, given: given + walk.ids.length },
  };
}

/** A stretch of event ids, which rise with the time of capture: those after `after`, up to `until`. */
export type CaptureSpan = { readonly after: number; readonly until: number };

/** `upTo`: every event up to this id was looked at; short of the span's end when there were too many. */
export type Captured = { readonly ids: readonly number[]; readonly upTo: number };

/** The first `size` events of a span that answer, in the order of capture; what a standing query has to tell. */
export function findCaptured(db: Db, caller: Caller, asked: EventQuery, span: CaptureSpan, size: number): Captured {
  const query: EventQuery = { ...asked, orderBy: 'recordTime', direction: 'ASC', after: undefined };
  const scan = openScan(db, caller, query, undefined, [span.after + 1, span.until]);
  const { ids, last, cut } = walkEvents(db, scan, query, size, shortWalk);
  return { ids, upTo: cut ? (last?.id ?? span.after) : span.until };
}

/** 0 when there is none. */
export function newestEvent(db: Db): number {
  return db.sqlite.prepare('SELECT coalesce(max(id), 0) FROM event').pluck().get() as number;
}

/** An event captured before `at`, with none captured since `at` before it; 0 when there is none. */
export function lastEventBefore(db: Db, at: number): number {
  return firstRecorded(db, at - clockSlackMs) - 1;
}

/** Events as a query gives them back; ids that are no event's are left out. */
export function eventsOfIds(db: Db, ids: readonly number[]): JsonObject[] {
  return ids.map((id) => eventJson(db, id)).filter((event) => event !== undefined);
}

/** The event of a hash or eventID with the error declarations that share it; empty for unknown and for another's. */
export function eventsNamed(db: Db, caller: Caller, name: string): JsonObject[] {
  const { sql, values } = visibleSql(caller);
  const byHash = eventHashPattern.test(name);
  const which = byHash ? `(e.id IN (${idsOfHash('@hash')}) OR e.uri = @name)` : 'e.uri = @name';
  const ids = db.sqlite
    .prepare(`SELECT e.id FROM event e WHERE ${which} AND ${sql} ORDER BY e.declared_at, e.id LIMIT ${mostOfOneName}`)
    .pluck()
    .all({ ...values, name, ...(byHash ? { hash: hashBytes(name) } : {}) }) as number[];
  return eventsOfIds(db, ids);
}

type Row = { readonly json: string; readonly context: string; readonly recordedAt: number; readonly hash: string };

/** EPCIS 2.0 §7.4.1: what a query gives back says when it was recorded, and under which id it can be asked for. */
function eventJson(db: Db, id: number): JsonObject | undefined {
  const row = rowOf(db, id);
  if (row === undefined) return undefined;
  const { json, context, recordedAt, hash } = row;
  const { '@context': contexts, ...fields } = selfContained({
    json: JSON.parse(json) as JsonObject,
    context: contextOf(context),
  });
  return {
    '@context': contexts ?? [],
    eventID: `ni:///sha-256;${hash}?ver=CBV2.0`,
    ...fields,
    recordTime: new Date(recordedAt).toISOString(),
  };
}

function rowOf(db: Db, id: number): Row | undefined {
  const statement = rowStatements.get(db) ?? db.sqlite.prepare(rowSql);
  rowStatements.set(db, statement);
  return statement.get(id) as Row | undefined;
}

const rowSql = `SELECT e.json, c.json AS context, e.recorded_at AS recordedAt, lower(hex(e.hash)) AS hash
  FROM event e JOIN event_context c ON c.id = e.context_id WHERE e.id = ?`;
const rowStatements = new WeakMap<Db, ReturnType<Db['sqlite']['prepare']>>();

type Scan = (after: Position | undefined, limit: number) => Scanned[];

/** The rows in the order asked for, each with whether its columns answer; the tests look at the rest. */
function openScan(
  db: Db,
  caller: Caller,
  query: EventQuery,
  candidates: ReadonlySet<number> | undefined,
  [firstId, lastId]: readonly [number, number],
): Scan {
  const visible = visibleSql(caller);
  const columns = columnConditions(query);
  // The ids rise with the time of capture.
  const key = query.orderBy === 'eventTime' ? 'e.at' : 'e.id';
  const [beyond, { direction }] = [query.direction === 'ASC' ? '>' : '<', query];
  const from = candidates === undefined ? 'event e' : 'json_each(@candidates) j CROSS JOIN event e ON e.id = j.value';
  const hit = [...columns.parts, visible.sql].join(' AND ');
  const sqlOf = (after: string) => `SELECT e.id, ${key} AS key, (${hit}) AS hit FROM ${from}
    WHERE ${rangeSql[query.orderBy]} ${after} ORDER BY ${key} ${direction}, e.id ${direction} LIMIT @limit`;
  const first = db.sqlite.prepare(sqlOf(''));
  const further = db.sqlite.prepare(sqlOf(`AND (${key}, e.id) ${beyond} (@key, @id)`));
  const values = {
    ...visible.values,
    ...columns.values,
    ...(candidates === undefined ? {} : { candidates: JSON.stringify([...candidates]) }),
  };
  const bounds = { from: query.fromAt ?? -farthestMs, before: query.beforeAt ?? farthestMs, firstId, lastId };
  return (after, limit) => {
    if (after === undefined) return first.all({ ...values, ...bounds, limit }) as Scanned[];
    const range = narrowed(bounds, query, after);
    return further.all({ ...values, ...range, key: after.key, id: after.id, limit }) as Scanned[];
  };
}

type Bounds = { readonly from: number; readonly before: number; readonly firstId: number; readonly lastId: number };

const farthestMs = Number.MAX_SAFE_INTEGER;
// The plus keeps a column out of the choice of index, which has to be that of the order.
const rangeSql = {
  eventTime: 'e.at >= @from AND e.at < @before AND +e.id BETWEEN @firstId AND @lastId',
  recordTime: 'e.id BETWEEN @firstId AND @lastId AND +e.at >= @from AND +e.at < @before',
};

/** The index is entered where the page before ended, not passed over up to there. */
function narrowed(bounds: Bounds, { orderBy, direction }: EventQuery, { key }: Position): Bounds {
  if (orderBy === 'eventTime') {
    if (direction === 'ASC') return { ...bounds, from: Math.max(bounds.from, key) };
    return { ...bounds, before: Math.min(bounds.before, key + 1) };
  }
  if (direction === 'ASC') return { ...bounds, firstId: Math.max(bounds.firstId, key) };
  return { ...bounds, lastId: Math.min(bounds.lastId, key) };
}

/** Up to `size` ids that answer, and whether anything may follow them. */
function walkEvents(db: Db, scan: Scan, query: EventQuery, size: number, most = pageWalk): Walk {
  const ids: number[] = [];
  let last = query.after;
  let read = 0;
  for (const limit of [Math.max(firstLook, size + 1), most.scanned]) {
    const rows = scan(last, limit);
    for (const row of rows) {
      if (row.hit === 1) {
        if (read === most.read) return { ids, last, cut: true };
        if (query.tests.length > 0) read += 1;
        if (answers(db, row.id, query)) {
          if (ids.length === size) return { ids, last, cut: true };
          ids.push(row.id);
        }
      }
      last = { key: row.key, id: row.id, given: 0 };
    }
    if (rows.length < limit) return { ids, last, cut: false };
  }
  return { ids, last, cut: true };
}

function answers(db: Db, id: number, { tests }: EventQuery): boolean {
  if (tests.length === 0) return true;
  const row = rowOf(db, id);
  const event = row === undefined ? undefined : rereadEvent(row.json, row.context);
  return event !== undefined && tests.every((test) => test(event));
}

/** EPCIS 2.0 §8.2.7.1: nothing is given of an answer larger than the client wants. */
function refuseMore(db: Db, scan: Scan, query: EventQuery, most: number): void {
  const { ids, cut } = walkEvents(db, scan, query, most + 1);
  if (ids.length > most)
    throw tooComplex(`An answer of more than ${most} events`, 'epcisException:QueryTooLargeException');
  if (cut) throw tooComplex(`An answer that may have more than ${most} events`);
}

/** The ids between which everything captured in the asked time lies. */
function idsRecorded(db: Db, { recordedFrom, recordedBefore }: EventQuery): [number, number] {
  const first = recordedFrom === undefined ? 0 : firstRecorded(db, recordedFrom - clockSlackMs);
  const last =
    recordedBefore === undefined ? Number.MAX_SAFE_INTEGER : firstRecorded(db, recordedBefore + clockSlackMs);
  return [first, last];
}

function firstRecorded(db: Db, at: number): number {
  const next = db.sqlite.prepare('SELECT id, recorded_at AS at FROM event WHERE id >= ? ORDER BY id LIMIT 1');
  let low = 0;
  let high = (db.sqlite.prepare('SELECT coalesce(max(id), 0) + 1 FROM event').pluck().get() as number) ?? 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = next.get(middle) as { id: number; at: number } | undefined;
    if (found === undefined || found.at >= at) high = middle;
    else low = found.id + 1;
  }
  return low;
}

function columnConditions(query: EventQuery) {
  const parts: string[] = [];
  const values: Record<string, unknown> = {};
  const oneOf = (
    name: string,
    column: string,
    wanted: readonly string[],
    list = `SELECT value FROM json_each(@${name})`,
  ) => {
    if (wanted.length === 0) return;
    parts.push(`coalesce(${column} IN (${list}), 0)`);
    values[name] = JSON.stringify(wanted);
  };
  const compare = (name: string, sql: string, value: number | undefined) => {
    if (value === undefined) return;
    parts.push(`${sql} @${name}`);
    values[name] = value;
  };
  const sites = (name: string) => `SELECT s.key FROM json_each(@${name}) j JOIN site s ON s.id = j.value`;
  oneOf('kinds', 'e.kind', query.kinds);
  oneOf('actions', 'e.action', query.actions);
  oneOf('bizSteps', 'e.biz_step', query.bizSteps);
  oneOf('dispositions', 'e.disposition', query.dispositions);
  oneOf('readPoints', 'e.read_point_key', query.readPoints, sites('readPoints'));
  oneOf('bizLocations', 'e.biz_location_key', query.bizLocations, sites('bizLocations'));
  compare('recordedFrom', 'e.recorded_at >=', query.recordedFrom);
  compare('recordedBefore', 'e.recorded_at <', query.recordedBefore);
  compare('declaredFrom', 'e.declared_at > 0 AND e.declared_at >=', query.declaredFrom);
  compare('declaredBefore', 'e.declared_at > 0 AND e.declared_at <', query.declaredBefore);
  if (query.onlyDeclarations) parts.push('e.declared_at > 0');
  if (query.eventIds.length > 0) {
    parts.push(`(coalesce(e.uri IN (SELECT value FROM json_each(@eventIds)), 0)
      OR 'ni:///sha-256;' || lower(hex(e.hash)) || '?ver=CBV2.0' IN (SELECT value FROM json_each(@eventIds)))`);
    values['eventIds'] = JSON.stringify(query.eventIds);
  }
  // Last, for it reads the whole text of the rows that are left.
  for (const [index, needle] of query.needles.entries()) {
    parts.push(`instr(e.json, @needle${index}) > 0`);
    values[`needle${index}`] = needle;
  }
  return { parts, values };
}
