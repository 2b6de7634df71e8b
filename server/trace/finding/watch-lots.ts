// Looks by the clock at lots whose time has come: near their expiry, past it, or too long on the way.
import { dayMs, hourMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { edgeRoles } from '../event/chain-links.ts';
import { expiryTurned, type Life } from '../state/expiry.ts';
import { readRules } from '../state/finding-rule-store.ts';
import { type LossRules, ruleFor } from '../state/loss.ts';
import { checkBooks } from './check-books.ts';

const mark = 'watch-lots';
/** How far back the first look goes: what is older was late already when check-chain saw it. */
const firstLookMs = 7 * dayMs;
const lotsAtOnce = 500;
const mostLots = 50_000;

/** The `watch-lots` job: every lot that turned since the last look; how many were looked at. */
export function watchLots({ db, clock }: Pick<Deps, 'db' | 'clock'>): number {
  const now = clock();
  const before = markOf(db) ?? now - firstLookMs;
  const rules = readRules(db);
  const lots = [...new Set([...turnedLots(db, rules, before, now), ...overdueLots(db, rules, before, now)])];
  for (let from = 0; from < lots.length; from += lotsAtOnce)
    writeTransaction(db, () => checkBooks(db, lots.slice(from, from + lotsAtOnce), now));
  // Last: a look that was cut short is taken again.
  writeTransaction(db, () =>
    db.sqlite
      .prepare('INSERT INTO trace_mark VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
      .run(mark, now),
  );
  return lots.length;
}

function markOf(db: Db): number | undefined {
  return db.sqlite.prepare('SELECT value FROM trace_mark WHERE name = ?').pluck().get(mark) as number | undefined;
}

function turnedLots(db: Db, rules: LossRules, before: number, now: number): number[] {
  const furthest = Math.max(rules.all.nearDays, ...[...rules.ofProduct.values()].map(({ nearDays }) => nearDays));
  const rows = db.sqlite
    .prepare(
      `SELECT id, product_id AS productId, produced_at AS producedAt, expires_at AS expiresAt FROM lot
       WHERE expires_at IS NOT NULL AND expires_at > ? AND expires_at <= ? ORDER BY expires_at LIMIT ${mostLots}`,
    )
    .all(before - dayMs, now + furthest * dayMs) as (Life & { id: number; productId: number | null })[];
  return rows
    .filter((lot) => expiryTurned(lot, ruleFor(rules, lot.productId).nearDays, before, now))
    .map(({ id }) => id);
}

/** Lots of shipments whose time on the way ran out between the two looks. */
function overdueLots(db: Db, rules: LossRules, before: number, now: number): number[] {
  const hours = new Set([
    rules.all.transitHours,
    ...[...rules.ofProduct.values()].map(({ transitHours }) => transitHours),
  ]);
  const ask = db.sqlite
    .prepare(
      `SELECT DISTINCT h.lot_id FROM event e INDEXED BY event_at CROSS JOIN edge_out o ON o.event_id = e.id AND o.role = ${edgeRoles.shipped} AND o.voided_by IS NULL
         CROSS JOIN holding h ON h.id = o.holding_id WHERE e.at > ? AND e.at <= ? LIMIT ${mostLots}`,
    )
    .pluck();
  return [...hours].flatMap((each) => ask.all(before - each * hourMs - 1, now - each * hourMs) as number[]);
}
