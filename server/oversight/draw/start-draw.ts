// Commits a draw: pool, rule and seed are fixed by their hashes in the ledger before the named round of the beacon exists.
import { randomBytes } from 'node:crypto';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { canonicalJson } from '../../ledger/entry.ts';
import { writeTransaction } from '../../store/db.ts';
import { seal } from '../../store/seal.ts';
import { type NamedRound, timeOfRound } from './beacon.ts';
import { districtOf, type PoolKind, poolOf, type RiskOf } from './draw-pool-store.ts';
import { type DrawRule, drawFormat, hashOf, hashOfSeed } from './draw-record.ts';
import { sizesOf } from './lottery.ts';

export type NewDraw = {
  readonly title: string;
  readonly kinds: readonly PoolKind[];
  readonly district: number | null;
  readonly size: number;
  readonly inspectorsEach: number;
  readonly recentDays: number;
  readonly beacon: NamedRound;
};

/** A clock may be a little slow, and a round that is out cannot be unknown any more. */
const leastNoticeMs = 30_000;
const mostNoticeMs = 90 * 86_400_000;

/** Its id. Throws Problem `invalid_input` with every fault at its field. */
export function startDraw(
  { db, clock, secrets }: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  caller: Caller,
  asked: NewDraw,
  riskOf: RiskOf,
): number {
  return writeTransaction(db, () => {
    const at = clock();
    const district = districtOf(caller, asked.district);
    const { pool, recent } = poolOf(db, { ...asked, district, now: at }, riskOf);
    refuseImpossible(asked, pool.targets.length, pool.inspectors.length, at);
    const rule: DrawRule = {
      format: drawFormat,
      title: asked.title,
      beacon: asked.beacon,
      sizes: sizesOf(pool.targets, asked.size),
      inspectorsEach: asked.inspectorsEach,
      leftOut: { recentDays: asked.recentDays, recent, district },
    };
    const seed = randomBytes(32).toString('hex');
    const hashes = { ruleHash: hashOf(rule), poolHash: hashOf(pool), seedHash: hashOfSeed(seed) };
    const roundAt = timeOfRound(rule.beacon.source, rule.beacon.round);
    const numbers = { targets: pool.targets.length, inspectors: pool.inspectors.length, roundAt, at };
    const id = Number(
      db.sqlite
        .prepare(
          `INSERT INTO draw (title, state, rule, pool, seed, rule_hash, pool_hash, seed_hash, targets, inspectors, round_at, committed_at, committed_by, entry)
           VALUES (@title, 'committed', @rule, @pool, '', @ruleHash, @poolHash, @seedHash, @targets, @inspectors, @roundAt, @at, @by,
             (SELECT coalesce(max(seq), -1) + 1 FROM ledger_entry))`,
        )
        .run({
          title: asked.title,
          rule: canonicalJson(rule),
          pool: canonicalJson(pool),
          ...hashes,
          ...numbers,
          by: caller.id,
        }).lastInsertRowid,
    );
    db.sqlite.prepare('UPDATE draw SET seed = ? WHERE id = ?').run(seal(secrets.sealKey, seedPlace(id), seed), id);
    const body = {
      step: 'committed',
      ...hashes,
      beacon: rule.beacon,
      roundAt,
      targets: numbers.targets,
      by: caller.id,
    };
    const entry = appendEntry(db, { kind: 'draw', subject: `draw/${id}`, body, at });
    const said = db.sqlite.prepare('SELECT entry FROM draw WHERE id = ?').pluck().get(id);
    if (said !== entry) throw new Error('The commitment of a draw stands in another entry than the draw says.');
    return id;
  });
}

export function seedPlace(id: number) {
  return { table: 'draw', row: id, column: 'seed' };
}

function refuseImpossible({ beacon, size, inspectorsEach }: NewDraw, targets: number, inspectors: number, at: number) {
  const faults: Fault[] = [];
  const fault = (place: string, code: string, detail: string) => faults.push({ place, code, detail });
  const roundAt = timeOfRound(beacon.source, beacon.round);
  if (roundAt <= at + leastNoticeMs)
    fault('/round', 'round_past', 'This round is out already, or nearly: name one that nobody can know yet.');
  if (roundAt > at + mostNoticeMs) fault('/round', 'round_far', 'This round is more than 90 days away.');
  if (targets === 0) fault('/kinds', 'no_targets', 'Nothing is left to draw from: choose more kinds, or fewer days.');
  else if (size > targets) fault('/size', 'too_many', `There are ${targets} to draw from.`);
  if (inspectors < inspectorsEach) fault('/inspectors', 'too_few', `There are ${inspectors} inspectors to send.`);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
}
