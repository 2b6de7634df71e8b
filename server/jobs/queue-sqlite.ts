// The queue inside the database: a job is a row, added in the same transaction as the change it follows.
import type { Clock } from '../clock.ts';
import type { Db } from '../store/db.ts';
import type { DeadJob, LeasedJob, NewJob, Queue, QueueCounts } from './queue.ts';

type Row = { id: number; name: string; payload: string; attempts: number; fence: number };

const defaultAttempts = 5;
const firstBackOffMs = 1_000;
const longestBackOffMs = 300_000;
const keptDoneMs = 3_600_000;
// No lease is longer: one that ends later was given by a clock that was ahead.
const longestLeaseMs = 3_600_000;

export function openQueue(db: Db, clock: Clock): Queue {
  const statements = prepare(db);
  return {
    enqueue: (job) => enqueue(statements, job, clock()),
    claim: (names, leaseMs, limit) =>
      db.sqlite.transaction(() => claim(statements, names, clock(), leaseMs, limit)).immediate(),
    complete: (job) => statements.complete.run({ id: job.id, fence: job.fence, now: clock() }).changes === 1,
    extend: (job, leaseMs) =>
      statements.extend.run({ id: job.id, fence: job.fence, until: clock() + leaseMs }).changes === 1,
    giveBack: (job, runAt) => statements.giveBack.run({ id: job.id, fence: job.fence, runAt }).changes === 1,
    fail: (job, error) => fail(statements, job, error, clock()),
    counts: () => counts(statements),
    oldestWaitingAt: (names) =>
      (statements.oldest.get({ names: JSON.stringify(names) }) as { at: number | null }).at ?? undefined,
    dead: (limit) => statements.dead.all({ limit }) as DeadJob[],
    revive: (id) => statements.revive.run({ id, now: clock() }).changes === 1,
    nextDueAt: () => (statements.nextDue.get() as { at: number | null }).at ?? undefined,
  };
}

type Statements = ReturnType<typeof prepare>;

function prepare(db: Db) {
  const sql = (text: string) => db.sqlite.prepare(text);
  return {
    // The key is cleared when a job ends, so that the same work can be asked for again.
    insert: sql(`INSERT INTO job (name, key, payload, state, run_at, max_attempts, created_at)
      VALUES (@name, @key, @payload, 'waiting', @runAt, @maxAttempts, @now) ON CONFLICT (key) DO NOTHING`),
    oldest: sql(`SELECT min(run_at) AS at FROM job
      WHERE state = 'waiting' AND name IN (SELECT value FROM json_each(@names))`),
    due: sql(
      // One that was due at once by a clock that was ahead is due now: its key would hold up all that come after it.
      `SELECT id FROM job WHERE state = 'waiting' AND name = @name AND (run_at <= @now OR (run_at = created_at AND created_at > @now))
       ORDER BY run_at, id LIMIT @limit`,
    ),
    lost: sql(
      `SELECT id FROM job WHERE state = 'leased' AND (lease_until <= @now OR lease_until > @now + ${longestLeaseMs}) AND name = @name ORDER BY lease_until LIMIT @limit`,
    ),
    lease: sql(`UPDATE job SET state = 'leased', lease_until = @until, fence = fence + 1, attempts = attempts + 1
      WHERE id = @id RETURNING id, name, payload, attempts, fence`),
    bury: sql(`UPDATE job SET state = 'dead', key = NULL, ended_at = @now, error = coalesce(error, 'The lease ran out at the last try.')
      WHERE state = 'leased' AND lease_until <= @now AND attempts >= max_attempts`),
    complete: sql(`UPDATE job SET state = 'done', key = NULL, lease_until = NULL, ended_at = @now
      WHERE id = @id AND fence = @fence AND state = 'leased'`),
    extend: sql(`UPDATE job SET lease_until = @until WHERE id = @id AND fence = @fence AND state = 'leased'`),
    giveBack: sql(`UPDATE job SET state = 'waiting', lease_until = NULL, run_at = @runAt, attempts = attempts - 1
      WHERE id = @id AND fence = @fence AND state = 'leased'`),
    retry: sql(`UPDATE job SET state = 'waiting', lease_until = NULL, run_at = @runAt, error = @error
      WHERE id = @id AND fence = @fence AND state = 'leased' AND attempts < max_attempts`),
    giveUp: sql(`UPDATE job SET state = 'dead', key = NULL, lease_until = NULL, ended_at = @now, error = @error
      WHERE id = @id AND fence = @fence AND state = 'leased'`),
    forget: sql(
      `DELETE FROM job WHERE id IN (SELECT id FROM job WHERE state = 'done' AND ended_at < @before LIMIT 500)`,
    ),
    counts: sql(`SELECT state, count(*) AS n FROM job WHERE state <> 'done' GROUP BY state`),
    dead: sql(
      `SELECT id, name, attempts, coalesce(error, '') AS error, ended_at AS endedAt FROM job WHERE state = 'dead' ORDER BY ended_at DESC LIMIT @limit`,
    ),
    revive: sql(
      `UPDATE job SET state = 'waiting', attempts = 0, run_at = @now, ended_at = NULL WHERE id = @id AND state = 'dead'`,
    ),
    nextDue: sql(`SELECT min(run_at) AS at FROM job WHERE state = 'waiting'`),
  };
}

function enqueue(statements: Statements, job: NewJob, now: number): boolean {
  const { changes } = statements.insert.run({
    name: job.name,
    key: job.key ?? null,
    payload: JSON.stringify(job.payload),
    runAt: job.runAt ?? now,
    maxAttempts: job.maxAttempts ?? defaultAttempts,
    now,
  });
  return changes === 1;
}

function claim(
  statements: Statements,
  names: readonly string[],
  now: number,
  leaseMs: number,
  limit: number,
): LeasedJob[] {
  statements.bury.run({ now });
  statements.forget.run({ before: now - keptDoneMs });
  const taken: LeasedJob[] = [];
  for (const name of names) {
    for (const query of [statements.lost, statements.due]) {
      const found = query.all({ name, now, limit: limit - taken.length }) as { id: number }[];
      for (const { id } of found) taken.push(leased(statements.lease.get({ id, until: now + leaseMs }) as Row));
    }
  }
  return taken;
}

function leased(row: Row): LeasedJob {
  return { id: row.id, name: row.name, payload: JSON.parse(row.payload), attempt: row.attempts, fence: row.fence };
}

function fail(statements: Statements, job: LeasedJob, error: string, now: number): boolean {
  const kept = error.slice(0, 2_000);
  const runAt = now + Math.min(longestBackOffMs, firstBackOffMs * 4 ** (job.attempt - 1));
  const held = { id: job.id, fence: job.fence, error: kept };
  return (
    statements.retry.run({ ...held, runAt }).changes === 1 || statements.giveUp.run({ ...held, now }).changes === 1
  );
}

function counts(statements: Statements): QueueCounts {
  const rows = statements.counts.all() as { state: keyof QueueCounts; n: number }[];
  return { waiting: 0, leased: 0, dead: 0, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
}
