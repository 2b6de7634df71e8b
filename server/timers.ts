// What happens by the clock: cameras fall due, orders run late, the ledger is signed, the log file is folded in.

import { hourMs, minuteMs } from './clock.ts';
import type { Deps } from './deps.ts';
import type { Runner } from './jobs/run-jobs.ts';
import { scheduleLearning } from './kitchen/learning/ask-learning.ts';
import { followPackSet } from './kitchen/pack/follow-pack-set.ts';
import { scheduleSamples } from './kitchen/sample/schedule-samples.ts';
import { watchCameras } from './kitchen/sample/watch-cameras.ts';
import { scheduleLooks } from './kitchen/shadow/look-at-judged.ts';
import { tellOfBucket } from './oversight/notice/tell-of-bucket.ts';
import { tellOfUnwatched } from './oversight/notice/tell-of-unwatched.ts';
import { oversightJobsEveryMs } from './oversight/work.ts';
import { logMetrics } from './store/log-metrics.ts';

const scheduleMs = 1_000;
const packsMs = 3_000;
const watchMs = 5_000;
const checkpointMs = minuteMs;
const bucketMs = minuteMs;
const walTruncateMs = 5 * minuteMs;

/** Jobs that the clock asks for, each under its own name so that a second one is not added while one waits. */
const jobsEveryMs = {
  'close-overdue': minuteMs,
  'remove-old-pictures': 10 * minuteMs,
  'remove-old-datasets': 10 * minuteMs,
  'forget-drafts': 10 * minuteMs,
  'watch-lots': 10 * minuteMs,
  // A recall has a job of its own; this finds what a lost job left waiting.
  'issue-recalls': minuteMs,
  'remind-recall': 10 * minuteMs,
  'recover-scores': 6 * hourMs,
  ...oversightJobsEveryMs,
};

/** Starts the timers; the returned function stops them. */
export function startTimers(deps: Deps, runner: Runner): () => void {
  const { queue, db, metrics, room } = deps;
  const every = (ms: number, work: () => void) => setInterval(() => room.ifItFits(work), ms);
  const signLedger = () => {
    queue.enqueue({ name: 'checkpoint', payload: {}, key: 'checkpoint' });
    runner.wake();
  };
  // What was written before the last stop is signed and witnessed at once.
  room.ifItFits(signLedger);
  const timers = [
    every(scheduleMs, () => {
      if (scheduleSamples(deps) > 0) runner.wake();
    }),
    every(packsMs, () => {
      followPackSet(deps).catch((err: unknown) => deps.log.error({ err }, 'the eye could not follow its set of packs'));
      if (scheduleLooks(deps)) runner.wake();
      if (scheduleLearning(deps)) runner.wake();
    }),
    // Here and not as a job: a queue that stands still is one of the reasons.
    every(watchMs, () => tellOfUnwatched(deps, watchCameras(deps))),
    ...Object.entries(jobsEveryMs).map(([name, ms]) =>
      every(ms, () => void queue.enqueue({ name, payload: {}, key: name })),
    ),
    every(checkpointMs, signLedger),
    every(bucketMs, () => tellOfBucket(deps)),
    every(walTruncateMs, () => {
      const [state] = db.sqlite.pragma('wal_checkpoint(TRUNCATE)') as { log: number }[];
      logMetrics(metrics).bytes.set(Math.max(0, state?.log ?? 0) * 4096);
    }),
  ];
  return () => timers.forEach(clearInterval);
}
