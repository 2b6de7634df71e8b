// The thread that checks one large sheet and answers with what it says.
import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '../../http/problem.ts';
import type { AsideAnswer } from './check-aside.ts';
import { checkLots } from './import-lots.ts';
import type { SheetChoices } from './lot-sheet.ts';

const { bytes, choices } = workerData as { bytes: Uint8Array; choices: SheetChoices };
parentPort?.postMessage(answer());

function answer(): AsideAnswer {
  try {
    return { sheet: checkLots(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), choices) };
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, options: error.options };
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
