// Asks for captured events: by query, page by page, or by hash or eventID, within what a caller may see.
import { type Caller, seesAllSites } from '../accounts/caller.ts';
import type { Db } from '../store/db.ts';
import { contextOf } from './capture-document.ts';
import { selfContained } from './epcis-json-output.ts';
import type { EventQuery, MatchRole } from './epcis-query.ts';
import type { JsonObject } from './event.ts';

export type FoundEvent = { readonly id: number; readonly key: number; readonly json: JsonObject };

type Row = { readonly id: number; readonly key: number; readonly json: string; readonly context: string };

/** At most `perPage` and one more, which says that there is a next page. */
export function findEvents(db: Db, caller: Caller, query: EventQuery): FoundEvent[] {
  const parts = new Conditions(caller);
  parts.oneOf('e.kind', query.kinds);
  parts.oneOf('e.action', query.actions);
  parts.oneOf('e.biz_step', query.bizSteps);
  parts.oneOf('e.disposition', query.dispositions);
  parts.oneOf('e.uri', query.eventIds);
  parts.siteOneOf('e.read_point_key', query.readPoints);
  parts.siteOneOf('e.biz_location_key', query.bizLocations);
  parts.compare('e.at >=', query.fromAt);
  parts.compare('e.at <', query.beforeAt);
  parts.compare('e.recorded_at >=', query.recordedFrom);
  parts.compare('e.recorded_at <', query.recordedBefore);
  for (const { role, codes } of query.matches) parts.names(role, codes);
  const key = query.orderBy === 'eventTime' ? 'e.at' : 'e.recorded_at';
  const beyond = query.direction === 'ASC' ? '>' : '<';
  if (query.after !== undefined) parts.add(`(${key}, e.id) ${beyond} (?, ?)`, query.after.key, query.after.id);
  const sql = `SELECT e.id, ${key} AS key, e.json, c.json AS context FROM event e JOIN event_context c ON c.id = e.context_id
    WHERE ${parts.sql()} ORDER BY ${key} ${query.direction}, e.id ${query.direction} LIMIT ?`;
  return (db.sqlite.prepare(sql).all(...parts.values, query.perPage + 1) as Row[]).map(found);
}

/** The event of a hash or eventID with the error declarations that share it; empty for unknown and for another's. */
export function eventsNamed(db: Db, caller: Caller, name: string): FoundEvent[] {
  const hash = /^ni:\/\/\/sha-256;([0-9a-f]{64})\?ver=CBV2\.0$/.exec(name)?.[1];
  const parts = new Conditions(caller);
  if (hash === undefined) parts.add('e.uri = ?', name);
  else parts.add('e.hash = ?', Buffer.from(hash, 'hex'));
  const sql = `SELECT e.id, e.at AS key, e.json, c.json AS context FROM event e JOIN event_context c ON c.id = e.context_id WHERE ${parts.sql()} ORDER BY e.declared_at, e.id LIMIT 20`;
  return (db.sqlite.prepare(sql).all(...parts.values) as Row[]).map(found);
}

function found({ id, key, json, context }: Row): FoundEvent {
  return { id, key, json: selfContained({ json: JSON.parse(json) as JsonObject, context: contextOf(context) }) };
}

const edgeTables: Readonly<Record<MatchRole, readonly string[]>> = {
  epc: ['edge_in', 'edge_out'],
  parent: [],
  input: ['edge_in'],
  output: ['edge_out'],
  any: ['edge_in', 'edge_out'],
};

/** What an event's row must fulfil, with the values in the order of their question marks. */
class Conditions {
  readonly #parts: string[] = [];
  readonly values: unknown[] = [];

  constructor(caller: Caller) {
    if (seesAllSites(caller)) return;
    const own = '(SELECT s.key FROM json_each(?) j JOIN site s ON s.id = j.value)';
    const sites = JSON.stringify(caller.sites);
    this.add(
      `(e.document_id IN (SELECT id FROM event_document WHERE account_id = ?) OR e.biz_location_key IN ${own} OR e.read_point_key IN ${own}
        OR EXISTS (SELECT 1 FROM edge_out x JOIN holding h ON h.id = x.holding_id WHERE x.event_id = e.id AND h.site_key IN ${own}))`,
      caller.id,
      sites,
      sites,
      sites,
    );
  }

  add(sql: string, ...values: readonly unknown[]): void {
    this.#parts.push(sql);
    this.values.push(...values);
  }

  oneOf(column: string, values: readonly string[]): void {
    if (values.length > 0) this.add(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values));
  }

  siteOneOf(column: string, siteIds: readonly string[]): void {
    if (siteIds.length > 0)
      this.add(
        `${column} IN (SELECT s.key FROM json_each(?) j JOIN site s ON s.id = j.value)`,
        JSON.stringify(siteIds),
      );
  }

  compare(sql: string, value: number | undefined): void {
    if (value !== undefined) this.add(`${sql} ?`, value);
  }

  /** Lots that move stand in the edges, everything else an event names in the mentions. */
  names(role: MatchRole, codes: readonly string[]): void {
    const lots = '(SELECT l.id FROM json_each(?) j JOIN lot l ON l.code = j.value)';
    const list = JSON.stringify(codes);
    const selects = edgeTables[role].map(
      (table) => `SELECT x.event_id FROM holding h JOIN ${table} x ON x.holding_id = h.id WHERE h.lot_id IN ${lots}`,
    );
    const roles = role === 'any' ? '' : role === 'epc' ? " AND m.role IN ('epc', 'child')" : ` AND m.role = '${role}'`;
    const mentions = `SELECT m.event_id FROM mention m WHERE m.lot_id IN ${lots}${roles}`;
    const kinds =
      role === 'input' || role === 'output'
        ? " AND e.kind = 'TransformationEvent'"
        : role === 'epc'
          ? " AND e.kind <> 'TransformationEvent'"
          : '';
    this.add(`e.id IN (${[...selects, mentions].join(' UNION ')})${kinds}`, ...selects.map(() => list), list);
  }

  sql(): string {
    return this.#parts.length === 0 ? '1' : this.#parts.join(' AND ');
  }
}
