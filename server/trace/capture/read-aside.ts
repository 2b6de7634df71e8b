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
type Thread = { readonly worker: Worker; readonly jobs: Map<number, Waiting> };

// Below this, carrying a document over takes longer than reading it.
const largestHere = 32_768;
// One thread is left to storing; more than four readers wait for it.
const mostThreads = 4;
// The second job lies ready when the first is done.
const perThread = 2;
const mostWaiting = 64;
// Room for all that reading a thousand events leaves behind: with less, a fifth of the reading is tidying up in the middle of it.
const youngMegabytes = 96;

/** Threads start with the first large document, keep no process alive, and are replaced when one dies. */
export function openDocumentReader(): DocumentReader {
  const crew = newCrew(Math.max(1, Math.min(mostThreads, availableParallelism() - 1)));
  return async (bytes, mediaType) =>
    bytes.length <= largestHere ? readForCapture(bytes, mediaType) : crew.read(bytes, mediaType);
}

function newCrew(most: number) {
  const threads = new Set<Thread>();
  const queue: Waiting[] = [];
  let lastId = 0;

  function assign(): void {
    while (queue.length > 0) {
      const thread = freest();
      if (thread === undefined) return;
      const waiting = queue.shift();
      if (waiting === undefined) return;
      lastId += 1;
      thread.jobs.set(lastId, waiting);
      thread.worker.ref();
      send(thread, { id: lastId, bytes: waiting.bytes, mediaType: waiting.mediaType });
    }
  }

  function freest(): Thread | undefined {
    const [least] = [...threads].sort((a, b) => a.jobs.size - b.jobs.size);
    if (least === undefined || (least.jobs.size > 0 && threads.size < most)) return start();
    return least.jobs.size < perThread ? least : undefined;
  }

  function start(): Thread {
    const script = new URL('./read-aside-worker.ts', import.meta.url).href;
    const worker = new Worker(new URL('../../../inference/thread.mjs', import.meta.url), {
      workerData: { script },
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    });
    const thread: Thread = { worker, jobs: new Map() };
    threads.add(thread);
    worker.on('message', (answer: ReadingAnswer) => {
      const waiting = thread.jobs.get(answer.id);
      thread.jobs.delete(answer.id);
      if (thread.jobs.size === 0) worker.unref();
      assign();
      if (waiting !== undefined) settle(waiting, answer);
    });
    worker.on('error', (cause) => lose(thread, cause));
    worker.on('exit', (code) => lose(thread, new Error(`A reading thread ended with code ${code}.`)));
    return thread;
  }

  function lose(thread: Thread, cause: Error): void {
    threads.delete(thread);
    for (const { reject } of thread.jobs.values()) reject(cause);
    thread.jobs.clear();
    assign();
  }

  return {
    read: (bytes: Buffer, mediaType: string) =>
      new Promise<ReadDocument>((resolve, reject) => {
        if (queue.length >= mostWaiting) {
          const detail = 'Too many documents wait to be read; send it again shortly.';
          reject(new Problem('busy', { detail, headers: { 'retry-after': '1' } }));
          return;
        }
        queue.push({ bytes, mediaType, resolve, reject });
        assign();
      }),
  };
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
