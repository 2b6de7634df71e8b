// From which entry on the graph can be built again: what was captured under other rules, or before the ledger held enough, cannot.
import { type PlanBody, readPlan } from '../ledger/baseline.ts';
import type { Db } from '../store/db.ts';
import { graphRules } from '../trace/capture/graph-rules.ts';
import type { GraphEnd } from './copy-graph.ts';

export type GraphFloor = {
  /** undefined: from no entry yet; the program has to be started once, so that it says how things stand. */
  readonly from: number | undefined;
  /** What is taken as it stands; undefined: nothing, all of it can be built. */
  readonly copied: GraphEnd | undefined;
};

export function graphFloor(db: Db): GraphFloor {
  const last = lastOfOtherRules(db);
  if (last === undefined) return { from: 0, copied: undefined };
  const plan = planAfter(db, last);
  if (plan === undefined) return { from: undefined, copied: endOf(numbersNow(db)) };
  return { from: plan.seq + 1, copied: endOf(plan.upTo) };
}

/** Also what came before the first plan: until then nobody noted what else changed places and lots. */
function lastOfOtherRules({ sqlite }: Db): number | undefined {
  const first = sqlite
    .prepare("SELECT min(seq) FROM ledger_entry WHERE subject = 'tables' AND kind = 'plan'")
    .pluck()
    .get() as number | null;
  const end = sqlite.prepare('SELECT max(seq) FROM ledger_entry').pluck().get() as number | null;
  const beforePlan = first === null ? end : first === 0 ? null : first - 1;
  const found = sqlite
    .prepare(
      `SELECT max(seq) FROM ledger_entry WHERE kind = 'capture' AND NOT (json_valid(body) AND json_extract(body, '$.graph') IS ?)`,
    )
    .pluck()
    .get(graphRules) as number | null;
  const last = Math.max(found ?? -1, beforePlan ?? -1);
  return last < 0 ? undefined : last;
}

function planAfter({ sqlite }: Db, last: number): { seq: number; upTo: PlanBody['upTo'] } | undefined {
  const row = sqlite
    .prepare(
      "SELECT seq, body FROM ledger_entry WHERE subject = 'tables' AND kind = 'plan' AND seq > ? ORDER BY seq LIMIT 1",
    )
    .get(last) as { seq: number; body: string } | undefined;
  const plan = row && readPlan(row.body);
  return row === undefined || plan === undefined ? undefined : { seq: row.seq, upTo: plan.upTo };
}

function numbersNow({ sqlite }: Db): Record<string, number> {
  const tables = ['event_document', 'event_context', 'event', 'holding', 'lot'];
  const found = tables.map((table) => [
    table,
    sqlite.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get(),
  ]);
  return {
    ...Object.fromEntries(found),
    site: sqlite.prepare('SELECT coalesce(max("key"), 0) FROM site').pluck().get(),
  };
}

function endOf(numbers: Readonly<Record<string, number>>): GraphEnd {
  const end = (table: string) => numbers[table] ?? 0;
  return {
    event_document: end('event_document'),
    event_context: end('event_context'),
    event: end('event'),
    holding: end('holding'),
    lot: end('lot'),
    site: end('site'),
  };
}
