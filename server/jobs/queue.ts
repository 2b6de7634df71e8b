// The contract of a queue: it carries work and knows none of it.

export type NewJob = {
  readonly name: string;
  /** Anything JSON can hold. */
  readonly payload: unknown;
  /** Unix ms before which it is not started; now when left out. */
  readonly runAt?: number;
  /** While a job with this key is unfinished, another one is not added. */
  readonly key?: string;
  /** Tries before it is put among the dead; 5 when left out. */
  readonly maxAttempts?: number;
};

export type LeasedJob = {
  readonly id: number;
  readonly name: string;
  readonly payload: unknown;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Presented again at completion; an older fence is refused. */
  readonly fence: number;
};

export type DeadJob = {
  readonly id: number;
  readonly name: string;
  readonly attempts: number;
  readonly error: string;
  readonly endedAt: number;
};

export type QueueCounts = Readonly<Record<'waiting' | 'leased' | 'dead', number>>;

export type Queue = {
  /** Adds a job inside the caller's transaction; false when its key is taken. */
  enqueue(job: NewJob): boolean;
  /** Up to `limit` due jobs of these names, oldest first, leased for `leaseMs`; also those whose lease has run out. */
  claim(names: readonly string[], leaseMs: number, limit: number): LeasedJob[];
  /** False when the lease was lost to another: the effect must then be undone or be idempotent. */
  complete(job: Pick<LeasedJob, 'id' | 'fence'>): boolean;
  /** Holds it for `leaseMs` from now; false when the lease was lost. */
  extend(job: Pick<LeasedJob, 'id' | 'fence'>, leaseMs: number): boolean;
  /** Gives it back as if it had not been tried: the fault lay with nobody's work. False when the lease was lost. */
  giveBack(job: LeasedJob, runAt: number): boolean;
  /** Gives it back for a later try with back-off, or to the dead after the last one. */
  fail(job: LeasedJob, error: string): boolean;
  counts(): QueueCounts;
  /** Since when the oldest waiting job of these names could have been started, unix ms. */
  oldestWaitingAt(names: readonly string[]): number | undefined;
  dead(limit: number): DeadJob[];
  /** Puts a dead job back among the waiting. */
  revive(id: number): boolean;
  /** When the next waiting job is due, unix ms. */
  nextDueAt(): number | undefined;
};
