// Starts a thread written in TypeScript: whoever began this process, its threads read TypeScript by themselves.

import { workerData } from 'node:worker_threads';
import { runSource } from './run-source.mjs';

await runSource(workerData.script);
