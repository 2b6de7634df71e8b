// Threads of one kind and their work: a bounded queue, the oldest waiting job dropped first, a crash that loses none.

import { Worker } from 'node:worker_threads';
import { type Answer, closing, type FromThread, type Job, type ThreadSettings, unpackError } from './pool-messages.ts';
import type { ModelPack } from './types.ts';

export interface CrewOptions {
  readonly script: URL;
  readonly settings: ThreadSettings;
  readonly threads: number;
  /** Jobs one thread works on at the same time. */
  readonly perThread: number;
  /** Jobs that may wait; one more pushes out the oldest. */
  readonly maxQueue: number;
  /** A job that takes longer has lost its thread. */
  readonly jobMs: number;
  /** Gives up on threads that are still getting ready. */
  readonly signal?: AbortSignal | undefined;
}

export interface CrewCounts {
  readonly queued: number;
  readonly running: number;
  readonly done: number;
  readonly dropped: number;
  readonly crashes: number;
  readonly requeued: number;
}

/** The job waited until newer ones pushed it out. */
export class JobDropped extends Error {
  constructor() {
    super('More frames came than could be checked; this one was the oldest.');
    this.name = 'JobDropped';
  }
}

/** The job ended its thread every time it was tried. */
export class JobCrashed extends Error {
  constructor(reason: string) {
    super(`The frame ended its worker ${maxTries} times: ${reason}`);
    this.name = 'JobCrashed';
  }
}

/** The first try and two more, each in a fresh thread. */
const maxTries = 3;
const restartMs = 5_000;
/** The slowest model takes less than a second to load and to run; many threads on few cores take several. */
const silentMs = 20_000;

interface Waiting {
  readonly id: number;
  readonly job: Job;
  tries: number;
  resolve(answer: Answer): void;
  reject(cause: Error): void;
}

interface Thread {
  readonly worker: Worker;
  readonly jobs: Map<number, { readonly entry: Waiting; readonly timer: NodeJS.Timeout }>;
}

export class Crew {
  readonly #options: CrewOptions;
  readonly #threads = new Set<Thread>();
  /** Not ready yet. */
  readonly #starting = new Set<Worker>();
  readonly #queue: Waiting[] = [];
  #nextId = 1;
  #closed = false;
  #closing: Promise<void> | undefined;
  #done = 0;
  #dropped = 0;
  #crashes = 0;
  #requeued = 0;
  #packs: readonly ModelPack[] = [];
  #whenIdle: () => void = () => undefined;

  /** Resolves when every thread is ready; throws what the first one was refused for. */
  static async open(options: CrewOptions): Promise<Crew> {
    options.signal?.throwIfAborted();
    const crew = new Crew(options);
    options.signal?.addEventListener('abort', () => void crew.close(), { once: true });
    const opened = await Promise.allSettled(Array.from({ length: options.threads }, () => crew.#start()));
    const refused = opened.find((each) => each.status === 'rejected');
    if (!refused) return crew;
    await crew.close();
    throw refused.reason;
  }

  private constructor(options: CrewOptions) {
    this.#options = options;
  }

  get packs(): readonly ModelPack[] {
    return this.#packs;
  }

  counts(): CrewCounts {
    const running = [...this.#threads].reduce((sum, { jobs }) => sum + jobs.size, 0);
    return {
      queued: this.#queue.length,
      running,
      done: this.#done,
      dropped: this.#dropped,
      crashes: this.#crashes,
      requeued: this.#requeued,
    };
  }

  /** Throws JobDropped, JobCrashed, or the error the thread answered with. */
  run(job: Job): Promise<Answer> {
    if (this.#closed) return Promise.reject(new Error('The pool is closed.'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ id: this.#nextId++, job, tries: 0, resolve, reject });
      this.#assign();
      if (this.#queue.length <= this.#options.maxQueue) return;
      this.#dropped++;
      this.#queue.shift()?.reject(new JobDropped());
    });
  }

  /** Finishes what waits and runs, then ends the threads. Give it no new job after this. */
  async drain(): Promise<void> {
    if (this.#queue.length > 0 || this.counts().running > 0) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve;
      });
    }
    await this.close();
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.#closed = true;
    this.#whenIdle();
    for (const entry of this.#queue.splice(0)) entry.reject(new Error('The pool is closed.'));
    await Promise.all([...this.#starting, ...[...this.#threads].map(({ worker }) => worker)].map(stop));
  }

  #start(): Promise<void> {
    const worker = new Worker(new URL('./thread.mjs', import.meta.url), {
      workerData: { ...this.#options.settings, script: this.#options.script.href },
      execArgv: [],
    });
    const thread: Thread = { worker, jobs: new Map() };
    this.#starting.add(worker);
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromThread) => {
        if ('ready' in message) {
          this.#packs = message.ready;
          this.#starting.delete(worker);
          this.#threads.add(thread);
          this.#assign();
          resolve();
        } else if ('refused' in message) {
          reject(unpackError(message.refused));
          void stop(worker);
        } else this.#answered(thread, message);
      });
      worker.on('error', (cause) => {
        reject(cause);
        this.#lost(thread, cause.message);
      });
      worker.on('exit', (code) => {
        this.#starting.delete(worker);
        reject(new Error(`A worker ended with code ${code} before it was ready.`));
        this.#lost(thread, `it ended with code ${code}`);
      });
    });
  }

  #assign(): void {
    for (const thread of this.#threads) {
      while (thread.jobs.size < this.#options.perThread) {
        const entry = this.#queue.shift();
        if (!entry) return;
        entry.tries++;
        const timer = setTimeout(() => this.#lost(thread, 'it took too long'), this.#options.jobMs);
        thread.jobs.set(entry.id, { entry, timer });
        thread.worker.postMessage({ id: entry.id, job: entry.job });
      }
    }
  }

  #answered(thread: Thread, message: Extract<FromThread, { id: number }>): void {
    const running = thread.jobs.get(message.id);
    if (!running) return;
    clearTimeout(running.timer);
    thread.jobs.delete(message.id);
    this.#done++;
    if ('error' in message) running.entry.reject(unpackError(message.error));
    else running.entry.resolve(message.answer);
    this.#assign();
    this.#noticeIdle();
  }

  #noticeIdle(): void {
    if (this.#queue.length === 0 && this.counts().running === 0) this.#whenIdle();
  }

  /** Its jobs go back to the front of the queue, and a fresh thread takes its place. */
  #lost(thread: Thread, reason: string): void {
    if (!this.#threads.delete(thread)) return;
    void stop(thread.worker);
    if (this.#closed) {
      this.#abandon(thread);
      return;
    }
    this.#crashes++;
    for (const { entry, timer } of [...thread.jobs.values()].reverse()) {
      clearTimeout(timer);
      if (entry.tries >= maxTries) entry.reject(new JobCrashed(reason));
      else {
        this.#requeued++;
        this.#queue.unshift(entry);
      }
    }
    this.#noticeIdle();
    this.#replace();
  }

  /** The folder or the machine may have changed under us: nobody waits for a thread that cannot start, but it is tried again. */
  #replace(): void {
    this.#start().catch((cause: Error) => {
      if (this.#closed) return;
      if (this.#threads.size === 0) for (const entry of this.#queue.splice(0)) entry.reject(cause);
      this.#noticeIdle();
      setTimeout(() => this.#closed || this.#replace(), restartMs).unref();
    });
  }

  #abandon(thread: Thread): void {
    for (const { entry, timer } of thread.jobs.values()) {
      clearTimeout(timer);
      entry.reject(new Error('The pool is closed.'));
    }
  }
}

/**
 * Asks the thread to close what it holds and end. A thread that is ended while onnxruntime works in it takes the whole
 * process along (its answer finds no JavaScript to go to, and it aborts), so it is ended only when it has long been silent.
 */
async function stop(worker: Worker): Promise<void> {
  // -1 is what a thread that has ended is called.
  if (worker.threadId === -1) return;
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.postMessage({ id: closing });
  const timer = setTimeout(() => void worker.terminate(), silentMs);
  await ended;
  clearTimeout(timer);
}
