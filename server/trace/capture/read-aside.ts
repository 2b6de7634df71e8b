// Reads large documents in threads beside the one that stores, so that reading and storing go on at once.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Fault, Problem } from '../../http/problem.ts';
import { type KeptDocument, type ReadDocument, readForCapture } from './capture-document.ts';
import { type PackedEvents, unpackEvents } from './draft-pack.ts';

/** Like readForCapture, in time. Rejects with Problem `busy` when too many wait. */
export type DocumentReader = (bytes: Buffer, mediaType: string) => Promise<ReadDocument>;

export type ReadingJob = { readonly id: number; readonly bytes: Uint8Array; readonly mediaType: string };
export type ReadingAnswer = { readonly id: number } & (
  | { readonly kept: KeptDocument; readonly events: PackedEvents; readonly eventsDigest: string }
  | { readonly faults: readonly Fault[] }
  | { readonly error: string }
);

type Waiting = {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly resolve: (read: ReadDocument) => void;
  readonly reject: (error: Error) => void;
};
type Thread = { readonly worker: Worker; readonly jobs: Map<number, Waiting>; late: NodeJS.Timeout | undefined };

// Below this, carrying a document over takes longer than reading it.
const largestHere = 32_768;
// One thread is left to storing; more than four readers wait for it.
const mostThreads = 4;
// The second job lies ready when the first is done.
const perThread = 2;
const mostWaiting = 64;
// Room for all that reading a thousand events leaves behind: with less, a fifth of the reading is tidying up in the middle of it.
const youngMegabytes = 96;
// The largest document that is taken (32 MB) reads in a few seconds.
const longestMs = 60_000;

export type ReaderOptions = { readonly script?: URL; readonly longestMs?: number };

/** Threads start with the first large document, keep no process alive, and are replaced when one dies or hangs. */
export function openDocumentReader(options: ReaderOptions = {}): DocumentReader {
  const crew = new ReadingCrew(Math.max(1, Math.min(mostThreads, availableParallelism() - 1)), options);
  return async (bytes, mediaType) =>
    bytes.length <= largestHere ? readForCapture(bytes, mediaType) : crew.read(bytes, mediaType);
}

class ReadingCrew {
  readonly #most: number;
  readonly #script: URL;
  readonly #longestMs: number;
  readonly #threads = new Set<Thread>();
  readonly #queue: Waiting[] = [];
  #lastId = 0;

  constructor(most: number, options: ReaderOptions) {
    this.#most = most;
    this.#script = options.script ?? new URL('./read-aside-worker.ts', import.meta.url);
    this.#longestMs = options.longestMs ?? longestMs;
  }

  read(bytes: Buffer, mediaType: string): Promise<ReadDocument> {
    return new Promise((resolve, reject) => {
      if (this.#queue.length >= mostWaiting) {
        reject(busy('Too many documents wait to be read; send it again shortly.'));
        return;
      }
      this.#queue.push({ bytes, mediaType, resolve, reject });
      this.#assign();
    });
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      const thread = this.#freest();
      const waiting = thread && this.#queue.shift();
      if (thread === undefined || waiting === undefined) return;
      this.#lastId += 1;
      thread.jobs.set(this.#lastId, waiting);
      thread.worker.ref();
      thread.late ??= this.#watch(thread);
      send(thread, { id: this.#lastId, bytes: waiting.bytes, mediaType: waiting.mediaType });
    }
  }

  #freest(): Thread | undefined {
    const [least] = [...this.#threads].sort((a, b) => a.jobs.size - b.jobs.size);
    if (least === undefined || (least.jobs.size > 0 && this.#threads.size < this.#most)) return this.#start();
    return least.jobs.size < perThread ? least : undefined;
  }

  #start(): Thread {
    const worker = new Worker(new URL('../../../inference/thread.mjs', import.meta.url), {
      workerData: { script: this.#script.href },
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    });
    const thread: Thread = { worker, jobs: new Map(), late: undefined };
    this.#threads.add(thread);
    worker.on('message', (answer: ReadingAnswer) => this.#take(thread, answer));
    worker.on('error', (cause) => this.#lose(thread, cause));
    worker.on('exit', (code) => this.#lose(thread, new Error(`A reading thread ended with code ${code}.`)));
    return thread;
  }

  #take(thread: Thread, answer: ReadingAnswer): void {
    const waiting = thread.jobs.get(answer.id);
    thread.jobs.delete(answer.id);
    clearTimeout(thread.late);
    thread.late = thread.jobs.size === 0 ? undefined : this.#watch(thread);
    if (thread.jobs.size === 0) thread.worker.unref();
    this.#assign();
    if (waiting !== undefined) settle(waiting, answer);
  }

  /** A thread that answers nothing for so long hangs in the document it has in hand, and would hold its job for ever. */
  #watch(thread: Thread): NodeJS.Timeout {
    const late = setTimeout(() => {
      const detail = `The document was not read within ${this.#longestMs / 1000} s. Send it in smaller parts.`;
      this.#lose(thread, busy(detail));
      void thread.worker.terminate();
    }, this.#longestMs);
    return late.unref();
  }

  #lose(thread: Thread, cause: Error): void {
    clearTimeout(thread.late);
    this.#threads.delete(thread);
    for (const { reject } of thread.jobs.values()) reject(cause);
    thread.jobs.clear();
    this.#assign();
  }
}

function busy(detail: string): Problem {
  return new Problem('busy', { detail, headers: { 'retry-after': '1' } });
}

/** Bytes that have their memory for themselves are handed over, others copied. */
function send({ worker }: Thread, job: ReadingJob): void {
  const { buffer, byteLength } = job.bytes;
  const isOwn = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  worker.postMessage(job, isOwn ? [buffer] : []);
}

function settle({ resolve, reject }: Waiting, answer: ReadingAnswer): void {
  if ('error' in answer) reject(new Error(answer.error));
  else if ('faults' in answer) reject(new Problem('invalid_input', { faults: answer.faults }));
  else resolve({ kept: answer.kept, events: unpackEvents(answer.events), eventsDigest: answer.eventsDigest });
}
