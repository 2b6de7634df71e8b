// Takes due jobs off the queue and runs their actions, a bounded number at a time, until told to stop.

import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Metrics } from '../http/metrics.ts';
import type { Room } from '../store/room.ts';
import { jobMetrics } from './job-metrics.ts';
import type { LeasedJob, Queue } from './queue.ts';

/** Answered by an action whose job ends later, by another hand: its lease is left as it is. */
export const handedOn = Symbol('handed on');

/** Job name → action; whatever it answers but `handedOn` means that the job is done. */
export type Work = Readonly<Record<string, (payload: unknown, job?: LeasedJob) => unknown>>;

export type RunnerOptions = {
  readonly queue: Queue;
  readonly work: Work;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock: Clock;
  /** While the disk is full nothing is taken but what makes room: a job needs room to end. */
  readonly room: Room;
  /** Names of jobs that remove what is kept. */
  readonly makesRoom?: ReadonlySet<string>;
  /** Jobs running at once. */
  readonly atOnce: number;
  readonly leaseMs: number;
  readonly pollMs: number;
  /** Whether jobs of this name can be worked on now; those of another name wait in the queue. */
  readonly isOpen?: (name: string) => boolean;
};

export type Runner = {
  /** Looks for due jobs now instead of at the next poll. */
  wake(): void;
  /** Takes no more jobs and waits for the running ones. */
  stop(): Promise<void>;
};

const fullDiskMs = 5_000;

export function startRunner(options: RunnerOptions): Runner {
  const { queue, work, atOnce, leaseMs, pollMs, room, isOpen = () => true } = options;
  const { makesRoom = new Set() } = options;
  const running = new Set<Promise<void>>();
  let stopped = false;

  const poll = (): void => {
    if (stopped || running.size >= atOnce) return;
    const isFull = room.state() === 'full';
    const names = Object.keys(work).filter((name) => isOpen(name) && (!isFull || makesRoom.has(name)));
    if (names.length === 0) return;
    const jobs = room.ifItFits(() => queue.claim(names, leaseMs, atOnce - running.size)) ?? [];
    for (const job of jobs) {
      const run = runOne(options, job).finally(() => {
        running.delete(run);
        setImmediate(poll);
      });
      running.add(run);
    }
  };
  const timer = setInterval(poll, pollMs);
  setImmediate(poll);
  return {
    wake: () => void setImmediate(poll),
    async stop() {
      stopped = true;
      clearInterval(timer);
      await Promise.allSettled(running);
    },
  };
}

async function runOne({ queue, work, metrics, log, room, clock }: RunnerOptions, job: LeasedJob): Promise<void> {
  const stop = jobMetrics(metrics).seconds.startTimer({ name: job.name });
  let outcome = 'done';
  try {
    const ended = await work[job.name]?.(job.payload, job);
    if (ended === handedOn) outcome = 'handed on';
    else if (!queue.complete(job)) outcome = 'lost';
  } catch (error) {
    outcome = 'failed';
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // It is not the job's fault, and must not use up its tries. Where even this does not fit, the lease runs out.
    if (room.refused(error)) room.ifItFits(() => queue.giveBack(job, clock() + fullDiskMs));
    else {
      log.warn({ job: job.name, id: job.id, attempt: job.attempt, reason }, 'a job failed');
      room.ifItFits(() => queue.fail(job, reason));
    }
  }
  stop();
  jobMetrics(metrics).ended.inc({ name: job.name, outcome });
}
