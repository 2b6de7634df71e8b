// Declares every room's figures when the server opens, so that they are told from the first scrape, and reads the gauges at each.
import type { Deps } from './deps.ts';
import { requestMetrics } from './http/metrics.ts';
import { jobMetrics } from './jobs/job-metrics.ts';
import { countUnwatched } from './kitchen/camera/camera-store.ts';
import { flagMetrics } from './kitchen/flag/flag-metrics.ts';
import { sampleLagMs } from './kitchen/sample/sample-lag.ts';
import { sampleMetrics } from './kitchen/sample/sample-metrics.ts';
import { shadowMetrics } from './kitchen/shadow/shadow-metrics.ts';
import { witnessStates } from './ledger/tables.ts';
import { witnessMetrics } from './ledger/witness-metrics.ts';
import { witnessStandings } from './ledger/witness-store.ts';
import { logMetrics } from './store/log-metrics.ts';
import { roomMetrics } from './store/room.ts';
import { captureMetrics } from './trace/capture/capture-metrics.ts';

/** The returned function reads what is only known at the moment: the queue, the pool, other machines. */
export function openScrape({ metrics, queue, eye, machines, room, db, clock, config }: Deps): () => void {
  for (const declare of [requestMetrics, sampleMetrics, flagMetrics, shadowMetrics, captureMetrics, logMetrics])
    declare(metrics);
  const jobs = jobMetrics(metrics);
  const { pool, unwatched, lag } = sampleMetrics(metrics);
  const { witnesses } = witnessMetrics(metrics);
  return () => {
    unwatched.set(countUnwatched(db, clock()));
    lag.set(sampleLagMs({ queue, clock }) / 1000);
    const standings = witnessStandings(db, config.witnesses);
    for (const state of [...witnessStates, 'unasked'] as const)
      witnesses.set({ state }, standings.filter((one) => one.state === state).length);
    roomMetrics(metrics).freeBytes.set(room.freeBytes());
    for (const [state, count] of Object.entries(queue.counts())) jobs.queued.set({ state }, count);
    const { queued, running, done, dropped, crashes, requeued } = eye.metrics();
    for (const [state, count] of Object.entries({ queued, running, done, dropped, crashes, requeued }))
      pool.set({ state }, count);
    for (const [state, value] of Object.entries(machines?.carrier.state() ?? {}))
      jobs.carrier.set({ state }, Number(value));
  };
}
