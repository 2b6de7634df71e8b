// A process apart that dies of certain pictures, for tests of what the server does then.
import { readFileSync } from 'node:fs';
import { register } from 'tsx/esm/api';

register();
process.on('message', ({ job }) => {
  const start = job.image === undefined ? '' : Buffer.from(job.image).toString('latin1', 0, 20);
  if (start.startsWith('fatal')) process.kill(process.pid, 'SIGSEGV');
  if (start.startsWith('for ever')) for (;;) readFileSync('/proc/self/stat');
});
await import('../../inference/apart-worker.ts');
