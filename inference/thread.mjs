// Starts a thread written in TypeScript: whoever began this process, its threads read TypeScript by themselves.

import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.script);
