// The thread that folds the log: it copies until nothing is left or others write faster.
import { parentPort, workerData } from 'node:worker_threads';
import { openForFolding } from './db.ts';
import { isFullDisk } from './full-disk.ts';

if (parentPort === null) throw new Error('This is a thread of fold-log.ts.');
const port = parentPort;
const database = openForFolding((workerData as { path: string }).path);
// The log begins anew only when all of it is copied at some moment: what was written meanwhile is little, and soon copied too.
const mostRounds = 8;

port.on('message', (asked: 'fold' | 'end') => {
  if (asked === 'end') {
    database.close();
    port.close();
    return;
  }
  let left = fold();
  for (let round = 1; left > 0 && round < mostRounds; round++) left = fold();
  port.postMessage(left);
});

/** On a full disk nothing is copied, and the log stays as it is until there is room. */
function fold(): number {
  try {
    return database.fold();
  } catch (error) {
    if (!isFullDisk(error)) throw error;
    return 1;
  }
}
