// Starts the process apart: first it gives way to everything else on the machine, then it reads TypeScript by itself.

import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { runSource } from './run-source.mjs';

const lowest = 19;
const firstToGo = '1000';
const lastResort = '/proc/self/oom_score_adj';
// Before anything opens threads of its own: they inherit it.
setPriority(lowest);
// A model that eats all memory takes this process with it, and not the server.
try {
  writeFileSync(lastResort, firstToGo);
} catch {
  // Not Linux, or /proc may not be written here: then the system chooses for itself.
}
await runSource(new URL('./apart-worker.ts', import.meta.url).href);
