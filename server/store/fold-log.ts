// Folds the write-ahead log into the database from a thread of its own, so that no request waits while half a gigabyte is copied.
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';

// A large log is folded under load, a small one once nobody writes. Small logs under load would copy the same pages again and again.
const largeBytes = 192 * 2 ** 20;
const smallBytes = 4 * 2 ** 20;
const lookMs = 1_000;

/** Watches the log of the database at `path`; the returned function stops that and waits for the thread's end. */
export function startFolding(path: string, log: Logger): () => Promise<void> {
  const worker = new Worker(new URL('../../inference/thread.mjs', import.meta.url), {
    workerData: { script: new URL('./fold-log-worker.ts', import.meta.url).href, path },
    execArgv: [],
  });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  let folding = false;
  let [seen, folded] = ['', ''];
  worker.unref();
  worker.on('message', (left: number) => {
    folding = false;
    if (left === 0) folded = seen;
  });
  // The writing connection folds by itself when nobody does, only later.
  worker.on('error', (err) => log.error({ err }, 'the log is not folded beside the server any more'));
  const timer = setInterval(() => {
    const file = statSync(`${path}-wal`, { throwIfNoEntry: false });
    const now = `${file?.size} ${file?.mtimeMs}`;
    const size = file?.size ?? 0;
    const isDue = size > largeBytes || (size > smallBytes && now === seen);
    seen = now;
    if (!isDue || folding || now === folded) return;
    folding = true;
    worker.postMessage('fold');
  }, lookMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    worker.postMessage('end');
    await ended;
  };
}
