// Declares every room's figures when the server opens, so that they are told from the first scrape, and reads the gauges at each.
import type { Deps } from './deps.ts';
import { requestMetrics } from './http/metrics.ts';
import { jobMetrics } from './jobs/job-metrics.ts';
import { flagMetrics } from './kitchen/flag/flag-metrics.ts';
import { sampleMetrics } from './kitchen/sample/sample-metrics.ts';
import { shadowMetrics } from './kitchen/shadow/shadow-metrics.ts';
import { logMetrics } from './store/log-metrics.ts';
import { roomMetrics } from './store/room.ts';
import { captureMetrics } from './trace/capture/capture-metrics.ts';

/** The returned function reads what is only known at the moment: the queue, the pool, other machines. */
export function openScrape({ metrics, queue, eye, machines, room }: Deps): () => void {
  for (const declare of [requestMetrics, sampleMetrics, flagMetrics, shadowMetrics, captureMetrics, logMetrics])
    declare(metrics);
  const jobs = jobMetrics(metrics);
  const { pool } = sampleMetrics(metrics);
  return () => {
    roomMetrics(metrics).freeBytes.set(room.freeBytes());
    for (const [state, count] of Object.entries(queue.counts())) jobs.queued.set({ state }, count);
    const { queued, running, done, dropped, crashes, requeued } = eye.metrics();
    for (const [state, count] of Object.entries({ queued, running, done, dropped, crashes, requeued }))
      pool.set({ state }, count);
    for (const [state, value] of Object.entries(machines?.carrier.state() ?? {}))
      jobs.carrier.set({ state }, Number(value));
  };
}
