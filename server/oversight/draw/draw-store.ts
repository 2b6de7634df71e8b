// Questions about draws: the list, one of them, and its record for whoever runs it again.
import { type Caller, seesAllSites } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { unseal } from '../../store/seal.ts';
import type { Beacon } from './beacon.ts';
import type { DrawRecord, DrawRule } from './draw-record.ts';
import type { draws } from './draw-tables.ts';
import type { DrawnTarget, Pool } from './lottery.ts';
import { seedPlace } from './start-draw.ts';

type Row = typeof draws.$inferSelect;
/** All but the pool, which may be long. */
export type Draw = Omit<Row, 'rule' | 'pool' | 'seed' | 'beacon' | 'drawn'> & {
  readonly rule: DrawRule;
  readonly beacon: Beacon | null;
  readonly drawn: readonly DrawnTarget[] | null;
};

const columns = `id, title, state, rule, rule_hash AS ruleHash, pool_hash AS poolHash, seed_hash AS seedHash, targets, inspectors,
  round_at AS roundAt, committed_at AS committedAt, committed_by AS committedBy, entry, beacon, drawn, drawn_at AS drawnAt,
  drawn_by AS drawnBy, merged, published_at AS publishedAt`;
const mostDraws = 200;

/** Newest first; those of the caller's part of the city. */
export function listDraws(db: Db, caller: Caller): Draw[] {
  const rows = db.sqlite
    .prepare(
      `SELECT ${columns} FROM draw WHERE @all OR json_extract(rule, '$.leftOut.district') = @district ORDER BY id DESC LIMIT ${mostDraws}`,
    )
    .all({ all: seesAllSites(caller) ? 1 : 0, district: caller.district?.id ?? null });
  return rows.map(read);
}

/** All of them, the oldest first, for the command line. */
export function everyDraw(db: Db): Draw[] {
  return db.sqlite.prepare(`SELECT ${columns} FROM draw ORDER BY id`).all().map(read);
}

export function drawById(db: Db, id: number): Draw | undefined {
  const row = db.sqlite.prepare(`SELECT ${columns} FROM draw WHERE id = ?`).get(id);
  return row === undefined ? undefined : read(row);
}

export function maySeeDraw(caller: Caller, { rule }: Draw): boolean {
  if (caller.role !== 'inspector' && caller.role !== 'admin') return false;
  return seesAllSites(caller) || rule.leftOut.district === caller.district?.id;
}

function read(row: unknown): Draw {
  const { rule, beacon, drawn, ...draw } = row as Draw & { rule: string; beacon: string | null; drawn: string | null };
  return {
    ...draw,
    rule: JSON.parse(rule) as DrawRule,
    beacon: beacon === null ? null : (JSON.parse(beacon) as Beacon),
    drawn: drawn === null ? null : (JSON.parse(drawn) as DrawnTarget[]),
  };
}

export function poolOfDraw(db: Db, id: number): Pool {
  return JSON.parse(String(db.sqlite.prepare('SELECT pool FROM draw WHERE id = ?').pluck().get(id))) as Pool;
}

export function seedOfDraw(db: Db, sealKey: Buffer, id: number): string {
  const sealed = db.sqlite.prepare('SELECT seed FROM draw WHERE id = ?').pluck().get(id) as string;
  return unseal(sealKey, seedPlace(id), sealed);
}

/** What `cli draw verify` reads; undefined before the draw has taken place. */
export function recordOf(db: Db, sealKey: Buffer, draw: Draw): DrawRecord | undefined {
  if (draw.beacon === null || draw.drawn === null) return undefined;
  const { rule, ruleHash, poolHash, seedHash, committedAt: at, entry, beacon, drawn } = draw;
  return {
    rule,
    pool: poolOfDraw(db, draw.id) as DrawRecord['pool'],
    seed: seedOfDraw(db, sealKey, draw.id),
    committed: { ruleHash, poolHash, seedHash, at, entry },
    beacon,
    drawn: drawn as DrawRecord['drawn'],
  };
}
