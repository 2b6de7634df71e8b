// What happens by the clock: cameras fall due, orders run late, the ledger is signed, the log file is folded in.

import type { Deps } from './deps.ts';
import type { Runner } from './jobs/run-jobs.ts';
import { followPackSet } from './kitchen/pack/follow-pack-set.ts';
import { scheduleSamples } from './kitchen/sample/schedule-samples.ts';
import { scheduleLooks } from './kitchen/shadow/look-at-judged.ts';
import { logMetrics } from './store/log-metrics.ts';

const scheduleMs = 1_000;
const packsMs = 3_000;
const overdueMs = 60_000;
const remindMs = 600_000;
const watchMs = 600_000;
const retentionMs = 600_000;
const recoverMs = 6 * 3600_000;
const checkpointMs = 60_000;
const walTruncateMs = 300_000;

/** Starts the timers; the returned function stops them. */
export function startTimers(deps: Deps, runner: Runner): () => void {
  const { queue, db, metrics } = deps;
  const timers = [
    setInterval(() => {
      if (scheduleSamples(deps) > 0) runner.wake();
    }, scheduleMs),
    setInterval(() => {
      followPackSet(deps).catch((err: unknown) => deps.log.error({ err }, 'the eye could not follow its set of packs'));
      if (scheduleLooks(deps)) runner.wake();
    }, packsMs),
    setInterval(() => void queue.enqueue({ name: 'close-overdue', payload: {}, key: 'close-overdue' }), overdueMs),
    setInterval(
      () => void queue.enqueue({ name: 'remove-old-pictures', payload: {}, key: 'remove-old-pictures' }),
      retentionMs,
    ),
    setInterval(
      () => void queue.enqueue({ name: 'remove-old-datasets', payload: {}, key: 'remove-old-datasets' }),
      retentionMs,
    ),
    setInterval(() => void queue.enqueue({ name: 'forget-drafts', payload: {}, key: 'forget-drafts' }), retentionMs),
    setInterval(() => void queue.enqueue({ name: 'watch-lots', payload: {}, key: 'watch-lots' }), watchMs),
    setInterval(() => void queue.enqueue({ name: 'remind-recall', payload: {}, key: 'remind-recall' }), remindMs),
    setInterval(() => void queue.enqueue({ name: 'recover-scores', payload: {}, key: 'recover-scores' }), recoverMs),
    setInterval(() => {
      queue.enqueue({ name: 'checkpoint', payload: {}, key: 'checkpoint' });
      runner.wake();
    }, checkpointMs),
    setInterval(() => {
      const [state] = db.sqlite.pragma('wal_checkpoint(TRUNCATE)') as { log: number }[];
      logMetrics(metrics).bytes.set(Math.max(0, state?.log ?? 0) * 4096);
    }, walTruncateMs),
  ];
  return () => timers.forEach(clearInterval);
}
