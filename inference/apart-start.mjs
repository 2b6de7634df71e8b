// Starts the process apart: first it gives way to everything else on the machine, then it reads TypeScript by itself.

import { setPriority } from 'node:os';
import { register } from 'tsx/esm/api';

const lowest = 19;
// Before anything opens threads of its own: they inherit it.
setPriority(lowest);
register();
await import('./apart-worker.ts');
