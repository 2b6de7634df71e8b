// Checks large sheets in a thread of their own, so that nobody waits while twenty thousand rows are read.
import { Worker } from 'node:worker_threads';
import { Problem, type ProblemCode, type ProblemOptions } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import { checkLots } from './import-lots.ts';
import { withKnownNames } from './known-names-store.ts';
import type { LotSheet, SheetChoices } from './lot-sheet.ts';

export type AsideAnswer =
  | { readonly sheet: LotSheet }
  | { readonly code: ProblemCode; readonly options: ProblemOptions }
  | { readonly error: string };

// Below this, starting a thread takes longer than reading the sheet.
const largestHere = 64 * 1024;
const mostThreads = 2;
const longestMs = 180_000;
const memoryMegabytes = 1_536;
let running = 0;

/** Like checkLots, in time, and with what the register knows of its names. Rejects with Problem `busy` while two others are being read. */
export async function checkAside(db: Db, bytes: Buffer, choices: SheetChoices): Promise<LotSheet> {
  return withKnownNames(db, await readAside(bytes, choices), choices);
}

async function readAside(bytes: Buffer, choices: SheetChoices): Promise<LotSheet> {
  if (bytes.length <= largestHere) return checkLots(bytes, choices);
  if (running >= mostThreads) {
    throw new Problem('busy', {
      detail: 'Other sheets are being read; send it again in a minute.',
      headers: { 'retry-after': '30' },
    });
  }
  running += 1;
  try {
    return await inThread(bytes, choices);
  } finally {
    running -= 1;
  }
}

function inThread(bytes: Buffer, choices: SheetChoices): Promise<LotSheet> {
  const worker = new Worker(new URL('../../../inference/thread.mjs', import.meta.url), {
    workerData: { script: new URL('./check-aside-worker.ts', import.meta.url).href, bytes, choices },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  });
  return new Promise<LotSheet>((resolve, reject) => {
    const tooLong = setTimeout(() => reject(tooLarge()), longestMs);
    worker.once('message', (answer: AsideAnswer) => {
      if ('sheet' in answer) resolve(answer.sheet);
      else if ('error' in answer) reject(new Error(answer.error));
      else reject(new Problem(answer.code, answer.options));
    });
    // A thread out of memory has read more than any ledger holds.
    worker.once('error', (cause: Error & { code?: string }) =>
      reject(cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : cause),
    );
    worker.once('exit', (code) => reject(new Error(`The thread that read a sheet ended with code ${code}.`)));
    worker.once('exit', () => clearTimeout(tooLong));
  }).finally(() => worker.terminate());
}

function tooLarge(): Problem {
  return new Problem('too_large', { detail: 'The sheet takes too long to read; send it in parts.' });
}
