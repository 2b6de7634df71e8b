// A worker that dies of certain pictures, for tests of what the pool does then: by an exception, or by hanging.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ToThread } from '../../inference/pool-messages.ts';

const { modelsDir } = workerData as { modelsDir: string };
const notes = path.join(modelsDir, 'crashes');

parentPort?.on('message', ({ job }: ToThread) => {
  const image =
    job && 'image' in job
      ? Buffer.from(job.image.buffer, job.image.byteOffset, job.image.byteLength).toString('latin1', 0, 40)
      : '';
  if (image.startsWith('always fatal')) process.exit(7);
  // Fatal the first time only: the folder remembers, because this thread will not.
  if (image.startsWith('fatal once') && !read().includes(image)) {
    writeFileSync(notes, `${read()}${image}\n`);
    throw new Error('the decoder fell over');
  }
});

function read(): string {
  try {
    return readFileSync(notes, 'utf8');
  } catch {
    return '';
  }
}

await import('../../inference/pool-worker.ts');
