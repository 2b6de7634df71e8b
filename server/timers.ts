// What happens by the clock: cameras fall due, orders run late, the ledger is signed, the log file is folded in.
import type { Deps } from './deps.ts';
import type { Runner } from './jobs/run-jobs.ts';

const checkpointMs = 60_000;
const walTruncateMs = 300_000;

/** Starts the timers; the returned function stops them. */
export function startTimers({ queue, db, metrics }: Deps, runner: Runner): () => void {
  const timers = [
    setInterval(() => {
      queue.enqueue({ name: 'checkpoint', payload: {}, key: 'checkpoint' });
      runner.wake();
    }, checkpointMs),
    setInterval(() => {
      const [state] = db.sqlite.pragma('wal_checkpoint(TRUNCATE)') as { log: number }[];
      metrics.walBytes.set(Math.max(0, state?.log ?? 0) * 4096);
    }, walTruncateMs),
  ];
  return () => timers.forEach(clearInterval);
}
