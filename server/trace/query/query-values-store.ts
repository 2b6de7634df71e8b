// Lists what captured events name, for the resources of EPCIS 2.0 §12: steps, dispositions, places, types and EPCs.
import { type Caller, seesAllSites } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { seesLot } from '../chain/lot-visibility-store.ts';
import { placeOf } from '../event/gs1-epc.ts';
import { eventsOfCaller, visibleSql } from './query-scope-store.ts';

export const valueKinds = ['eventTypes', 'bizSteps', 'dispositions', 'bizLocations', 'readPoints'] as const;
export type ValueKind = (typeof valueKinds)[number];

/** `truncated`: only the newest events were looked at. `next`: what the next page starts after. */
export type ValuePage = {
  readonly values: readonly string[];
  readonly next: string | undefined;
  readonly truncated: boolean;
};

const mostEvents = 20_000;
const mostLotsLookedAt = 2_000;

const expressions: Readonly<Record<ValueKind, string>> = {
  eventTypes: `CASE e.kind WHEN 'OtherEvent' THEN json_extract(e.json, '$.type') ELSE e.kind END`,
  bizSteps: 'e.biz_step',
  dispositions: 'e.disposition',
  bizLocations: `json_extract(e.json, '$.bizLocation.id')`,
  readPoints: `json_extract(e.json, '$.readPoint.id')`,
};

/** What the newest events name, in the order of their texts; places by their canonical URIs. */
export function valuesNamed(db: Db, caller: Caller, kind: ValueKind, after: string, limit: number): ValuePage {
  const ids = newestEvents(db, caller);
  const { sql, values } = visibleSql(caller);
  const found = db.sqlite
    .prepare(
      `SELECT DISTINCT ${expressions[kind]} AS value FROM json_each(@ids) j CROSS JOIN event e ON e.id = j.value WHERE ${sql}`,
    )
    .pluck()
    .all({ ...values, ids: JSON.stringify(ids.slice(0, mostEvents)) }) as unknown[];
  const isPlace = kind === 'bizLocations' || kind === 'readPoints';
  const texts = found.filter((value) => typeof value === 'string').map((text) => (isPlace ? placeOf(text).uri : text));
  const rest = [...new Set(texts)].sort().filter((text) => text > after);
  const shown = rest.slice(0, limit);
  return { values: shown, next: rest.length > limit ? shown.at(-1) : undefined, truncated: ids.length > mostEvents };
}

/** Newest first; one more than are looked at, when there are more. */
function newestEvents(db: Db, caller: Caller): number[] {
  const own = seesAllSites(caller) ? undefined : eventsOfCaller(db, caller);
  if (own !== undefined) return [...own].sort((a, b) => b - a).slice(0, mostEvents + 1);
  return db.sqlite
    .prepare('SELECT id FROM event ORDER BY id DESC LIMIT ?')
    .pluck()
    .all(mostEvents + 1) as number[];
}

/** EPCs and classes in the order they became known; `after`: the id of the last one of the page before. */
export function epcsNamed(db: Db, caller: Caller, after: number, limit: number): ValuePage {
  const rows = db.sqlite
    .prepare(`SELECT id, code FROM lot WHERE id > ? AND kind <> 'process' ORDER BY id LIMIT ?`)
    .all(after, seesAllSites(caller) ? limit + 1 : mostLotsLookedAt) as { id: number; code: string }[];
  const values: string[] = [];
  let last = after;
  for (const { id, code } of rows) {
    if (values.length === limit) return { values, next: String(last), truncated: false };
    if (seesLot(db, caller, id)) values.push(code);
    last = id;
  }
  const isCut = !seesAllSites(caller) && rows.length === mostLotsLookedAt;
  return { values, next: isCut ? String(last) : undefined, truncated: false };
}
