// Which events a caller may see, and which few events can answer a query at all: what the scan of events starts from.
import { type Caller, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { epcisProblem } from '../epcis/binding.ts';
import { hashBytes } from '../event/event-hash-bytes.ts';
import { idsOfHash } from '../event/event-hash-store.ts';
import type { EventQuery } from './query.ts';
import type { Wanted } from './query-test.ts';

// More candidates than this are not gathered: the query has to be narrowed by eventTime.
const mostCandidates = 200_000;
// A pattern may name this many single pieces.
const mostLots = 10_000;

export const eventHashPattern = /^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/;

/** SQL that holds for the events `caller` may see, with its named values: told by themselves, or at their own places. */
export function visibleSql(caller: Caller): {
  readonly sql: string;
  readonly values: Readonly<Record<string, unknown>>;
} {
  if (seesAllSites(caller)) return { sql: '1', values: {} };
  return {
    sql: `(EXISTS (SELECT 1 FROM event_document d WHERE d.id = e.document_id AND d.account_id = @account)
      OR e.biz_location_key IN ${ownSites} OR e.read_point_key IN ${ownSites}
      OR EXISTS (SELECT 1 FROM edge_out x JOIN holding h ON h.id = x.holding_id
        WHERE x.event_id = e.id AND h.site_key IN ${ownSites}))`,
    values: { account: caller.id, sites: JSON.stringify(sitesSeen(caller)) },
  };
}

const ownSites = '(SELECT s.key FROM json_each(@sites) j JOIN site s ON s.id = j.value)';

/** Ids of the only events that can answer; undefined: nothing asked for is indexed, all events have to be looked at. */
export function candidateEvents(db: Db, caller: Caller, query: EventQuery): ReadonlySet<number> | undefined {
  const sets: ReadonlySet<number>[] = [];
  if (query.eventIds.length > 0) sets.push(eventsNamed(db, query.eventIds));
  for (const { type, ids } of query.transactions) sets.push(ofTransactions(db, type, ids));
  for (const wanted of query.matches) sets.push(eventsOfLots(db, wanted, query));
  if (query.onlyDeclarations) sets.push(gathered(db, declarations, {}));
  if (query.bizLocations.length > 0) {
    const ids = idsOf(db, atPlaces, { sites: JSON.stringify(query.bizLocations), ...timesOf(query) });
    if (ids.length <= mostCandidates) sets.push(new Set(ids));
  }
  const [first, ...others] = sets.sort((a, b) => a.size - b.size);
  if (first === undefined) return seesAllSites(caller) ? undefined : eventsOfCaller(db, caller);
  return new Set([...first].filter((id) => others.every((set) => set.has(id))));
}

/** Events of the caller's own documents and places; undefined when they are so many that a scan meets enough of them. */
export function eventsOfCaller(db: Db, caller: Caller): ReadonlySet<number> | undefined {
  const ids = idsOf(db, callerEvents, { account: caller.id, sites: JSON.stringify(sitesSeen(caller)) });
  return ids.length > mostCandidates ? undefined : new Set(ids);
}

function eventsNamed(db: Db, names: readonly string[]): ReadonlySet<number> {
  const byUri = idsOf(db, 'SELECT e.id FROM json_each(@names) j CROSS JOIN event e ON e.uri = j.value', {
    names: JSON.stringify(names),
  });
  const byHash = names
    .filter((name) => eventHashPattern.test(name))
    .flatMap((name) => idsOf(db, idsOfHash('@hash'), { hash: hashBytes(name) }));
  return new Set([...byUri, ...byHash]);
}

function ofTransactions(db: Db, type: string, ids: readonly string[]): ReadonlySet<number> {
  const sql =
    'SELECT b.event_id FROM json_each(@ids) j CROSS JOIN biz_transaction b ON b.transaction_id = j.value AND b.type = @type';
  return gathered(db, sql, { ids: JSON.stringify(ids), type });
}

function eventsOfLots(db: Db, { codes, gtins }: Wanted, query: EventQuery): ReadonlySet<number> {
  const lots = idsOf(db, lotsNamed, { codes: JSON.stringify(codes), gtins: JSON.stringify(gtins) }, mostLots + 1);
  if (lots.length > mostLots) throw tooComplex(`A pattern that more than ${mostLots} pieces match`);
  if (lots.length === 0) return new Set();
  return gathered(db, lotEvents, { lots: JSON.stringify(lots), ...timesOf(query) });
}

function timesOf({ fromAt, beforeAt }: EventQuery) {
  return { from: fromAt ?? Number.MIN_SAFE_INTEGER, before: beforeAt ?? Number.MAX_SAFE_INTEGER };
}

function gathered(db: Db, sql: string, values: Readonly<Record<string, unknown>>): ReadonlySet<number> {
  const ids = idsOf(db, sql, values);
  if (ids.length > mostCandidates) throw tooComplex(`A query that more than ${mostCandidates} events may answer`);
  return new Set(ids);
}

export function tooComplex(what: string, type = 'epcisException:QueryTooComplexException') {
  return epcisProblem('too_large', {
    type,
    detail: `${what} is not given; narrow it by GE_eventTime and LT_eventTime or by another parameter.`,
  });
}

function idsOf(db: Db, sql: string, values: Readonly<Record<string, unknown>>, limit = mostCandidates + 1): number[] {
  return db.sqlite.prepare(`SELECT * FROM (${sql}) LIMIT ${limit}`).pluck().all(values) as number[];
}

const declarations = 'SELECT id FROM event INDEXED BY event_declaration WHERE declared_at > 0';

const atPlaces = `SELECT e.id FROM event e WHERE e.biz_location_key IN ${ownSites} AND e.at >= @from AND e.at < @before`;

// The events of a merged code hang at the lot it stands for; what an event names is looked at afterwards.
const lotsNamed = `SELECT l.id FROM json_each(@codes) j CROSS JOIN lot l ON l.code = j.value
  UNION SELECT m.into_id FROM json_each(@codes) j CROSS JOIN lot l ON l.code = j.value
    CROSS JOIN lot_merge m ON m.from_id = l.id AND m.undone_at IS NULL
  UNION SELECT l.id FROM json_each(@gtins) j CROSS JOIN lot l ON l.gtin = j.value AND l.kind = 'instance'`;

// Lots that move stand in the edges, everything else an event names in the mentions. Edges of voided events are not in
// the index of live edges; those events are few and are looked through.
const lotEvents = `SELECT m.event_id FROM json_each(@lots) j CROSS JOIN mention m
    ON m.lot_id = j.value AND m.at >= @from AND m.at < @before
  ${['edge_in', 'edge_out']
    .map(
      (table) => `UNION SELECT x.event_id FROM json_each(@lots) j CROSS JOIN holding h ON h.lot_id = j.value
    CROSS JOIN ${table} x ON x.holding_id = h.id AND x.voided_by IS NULL AND x.at >= @from AND x.at < @before
  UNION SELECT e.id FROM event e INDEXED BY event_voided CROSS JOIN ${table} x ON x.event_id = e.id
    CROSS JOIN holding h ON h.id = x.holding_id WHERE e.voided_by IS NOT NULL AND h.lot_id IN (SELECT value FROM json_each(@lots))`,
    )
    .join('\n  ')}`;

const callerEvents = `SELECT e.id FROM event_document d CROSS JOIN event e ON e.document_id = d.id WHERE d.account_id = @account
  UNION SELECT e.id FROM event e WHERE e.biz_location_key IN ${ownSites}
  UNION SELECT x.event_id FROM holding h CROSS JOIN edge_out x ON x.holding_id = h.id AND x.voided_by IS NULL WHERE h.site_key IN ${ownSites}
  UNION SELECT x.event_id FROM holding h CROSS JOIN edge_in x ON x.holding_id = h.id AND x.voided_by IS NULL WHERE h.site_key IN ${ownSites}
  UNION SELECT m.event_id FROM holding h CROSS JOIN mention m ON m.lot_id = h.lot_id
    CROSS JOIN event e ON e.id = m.event_id AND e.read_point_key IN ${ownSites} WHERE h.site_key IN ${ownSites}
  UNION SELECT e.id FROM event e INDEXED BY event_voided CROSS JOIN edge_out x ON x.event_id = e.id
    CROSS JOIN holding h ON h.id = x.holding_id AND h.site_key IN ${ownSites} WHERE e.voided_by IS NOT NULL
  UNION SELECT e.id FROM event e INDEXED BY event_voided WHERE e.voided_by IS NOT NULL AND e.read_point_key IN ${ownSites}`;
