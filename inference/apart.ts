// Packs nobody trusts yet are opened and tried in a process apart, at the lowest priority: whatever a model does to it, frames go on.

import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ApartAnswer, ApartJob, FromApart } from './apart-messages.ts';
import type { FitProblem, Layer } from './fit-layer.ts';
import { unpackError } from './pool-messages.ts';
import type { Box, ClassifiedFrame, ClassifyOptions, ModelPack } from './types.ts';

export interface ApartOptions {
  /** 'cpu', or the execution provider of an accelerator. */
  readonly provider?: string;
  /** Another script for the process, for tests of what happens when it dies. */
  readonly script?: URL;
  /** How long it stays when nothing is asked of it, milliseconds. */
  readonly idleMs?: number;
  /** A job that takes longer has lost its process, milliseconds. */
  readonly jobMs?: number;
}

export interface ApartCounts {
  readonly waiting: number;
  readonly done: number;
  /** Times the process ended in the middle of a job. */
  readonly ended: number;
}

export interface Apart {
  /** The packs of the folder, after every check and a trial run. Throws PacksRefused, ProviderMissing, ApartEnded, ApartBusy. */
  check(folder: string): Promise<readonly ModelPack[]>;
  /** Throws PictureRefusal, PacksRefused, ApartEnded, ApartBusy. */
  look(folder: string, image: Buffer, options?: ClassifyOptions): Promise<ClassifiedFrame>;
  /** What the trunk of a pack makes of boxes of a picture, one row a box. Throws NoLastLayer's words, and as `look` does. */
  embed(
    at: { readonly folder: string; readonly pack: string },
    image: Buffer,
    boxes: readonly Box[],
  ): Promise<readonly Float32Array[]>;
  /** Throws ApartEnded, ApartBusy. */
  fit(problem: FitProblem): Promise<Layer>;
  counts(): ApartCounts;
  close(): Promise<void>;
}

/** The process ended while it was at this job; the next job gets a fresh one. */
export class ApartEnded extends Error {
  constructor(reason: string) {
    super(`The process that tries models ended: ${reason}.`);
    this.name = 'ApartEnded';
  }
}

/** More waits already than is worth waiting for. */
export class ApartBusy extends Error {
  constructor() {
    super('The process that tries models has enough to do; this job was left out.');
    this.name = 'ApartBusy';
  }
}

const mostWaiting = 16;
const defaultIdleMs = 60_000;
const defaultJobMs = 60_000;

interface Waiting {
  readonly id: number;
  readonly job: ApartJob;
  resolve(answer: ApartAnswer): void;
  reject(cause: Error): void;
}

/** Starts no process until something is asked of it. One job at a time, in the order they came. */
export function openApart(options: ApartOptions = {}): Apart {
  const { provider = 'cpu' } = options;
  const line = new Line(options);
  return {
    check: async (folder) => answered((await line.ask({ folder, provider })).packs),
    async look(folder, image, classifyOptions = {}) {
      return answered((await line.ask({ folder, provider, image, options: classifyOptions })).frame);
    },
    embed: async (at, image, boxes) => answered((await line.ask({ ...at, provider, image, boxes })).embeddings),
    fit: async (problem) => answered((await line.ask({ fit: problem })).layer),
    counts: () => line.counts(),
    close: () => line.close(),
  };
}

function answered<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The process apart answered something else.');
  return part;
}

/** The jobs that wait, and the process that works on the first of them. */
class Line {
  readonly #options: ApartOptions;
  readonly #waiting: Waiting[] = [];
  #now: Waiting | undefined;
  #child: ChildProcess | undefined;
  #ready = false;
  #timer: NodeJS.Timeout | undefined;
  #nextId = 1;
  #done = 0;
  #ended = 0;
  #closed = false;

  constructor(options: ApartOptions) {
    this.#options = options;
  }

  ask(job: ApartJob): Promise<ApartAnswer> {
    if (this.#closed) return Promise.reject(new ApartEnded('it is closed'));
    if (this.#waiting.length >= mostWaiting) return Promise.reject(new ApartBusy());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id: this.#nextId++, job, resolve, reject });
      this.#next();
    });
  }

  counts(): ApartCounts {
    return {
      waiting: this.#waiting.length + (this.#now === undefined ? 0 : 1),
      done: this.#done,
      ended: this.#ended,
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const entry of this.#waiting.splice(0)) entry.reject(new ApartEnded('it is closed'));
    const child = this.#child;
    if (child === undefined) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await gone;
  }

  #next(): void {
    if (this.#now !== undefined) return;
    const child = this.#child ?? this.#start();
    if (!this.#ready) return;
    clearTimeout(this.#timer);
    this.#now = this.#waiting.shift();
    if (this.#now === undefined) {
      this.#rest(child);
      return;
    }
    // Whoever waits for the answer must not see the program end before it.
    child.ref();
    child.channel?.ref();
    this.#timer = setTimeout(() => child.kill('SIGKILL'), this.#options.jobMs ?? defaultJobMs);
    child.send({ id: this.#now.id, job: this.#now.job });
  }

  /** Nothing to do: it stays a while, because pictures come in rows. */
  #rest(child: ChildProcess): void {
    child.unref();
    child.channel?.unref();
    this.#timer = setTimeout(() => child.kill('SIGKILL'), this.#options.idleMs ?? defaultIdleMs);
    this.#timer.unref();
  }

  #start(): ChildProcess {
    // A folder of its own: a model that names files beside it finds none.
    const cwd = path.join(tmpdir(), 'bright-kitchen-apart');
    mkdirSync(cwd, { recursive: true });
    const script = this.#options.script ?? new URL('./apart-start.mjs', import.meta.url);
    const child = fork(fileURLToPath(script), { serialization: 'advanced', execArgv: [], cwd });
    this.#child = child;
    this.#ready = false;
    child.on('message', (message: FromApart) => this.#heard(message));
    child.once('error', (cause) => this.#lost(child, cause.message));
    child.once('exit', (code, signal) => this.#lost(child, `status ${code ?? signal}`));
    return child;
  }

  #heard(message: FromApart): void {
    if ('ready' in message) {
      this.#ready = true;
      this.#next();
      return;
    }
    const entry = this.#now;
    if (entry === undefined || entry.id !== message.id) return;
    this.#now = undefined;
    this.#done++;
    if ('error' in message) entry.reject(unpackError(message.error));
    else entry.resolve(message.answer);
    this.#next();
  }

  #lost(child: ChildProcess, reason: string): void {
    if (this.#child !== child) return;
    clearTimeout(this.#timer);
    const neverReady = !this.#ready;
    this.#child = undefined;
    this.#ready = false;
    // A process that cannot even start would be started for ever: the first in line is told instead.
    const entry = this.#now ?? (neverReady ? this.#waiting.shift() : undefined);
    this.#now = undefined;
    if (entry !== undefined) {
      this.#ended++;
      entry.reject(new ApartEnded(reason));
    }
    if (this.#waiting.length > 0 && !this.#closed) this.#next();
  }
}
