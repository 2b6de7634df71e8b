// A reading thread that never answers, as one would that hangs in a document.
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', () => undefined);
