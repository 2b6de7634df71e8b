// A worker's sign of life: who it is and how it fares, sealed and laid into Redis every few seconds.

import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { CarrierQueue } from './carrier-queue.ts';
import type { Pool } from './types.ts';
import { openSign, packDigests, sealMessage, type WorkerSign } from './worker-messages.ts';

export const signEveryMs = 5_000;

/** Signs until it is stopped, and then takes its sign away: one that stays behind is of a worker that died. */
export function keepSigning(queue: CarrierQueue, key: Buffer, parts: SignParts): { stop(): Promise<void> } {
  const { eye, name = hostname(), onError, everyMs = signEveryMs } = parts;
  const run = `${name}/${randomBytes(6).toString('base64url')}`;
  let number = 0;
  const sign = async (): Promise<void> => {
    const { workers: eyes, done, dropped, crashes } = eye.metrics();
    const said = { name, eyes, done, dropped, crashes, packs: packDigests(eye.packs), number: number++ };
    await queue.client.hset(placeOf(queue), run, sealMessage(key, 'sign', run, said));
  };
  const once = () => void sign().catch(onError);
  once();
  const timer = setInterval(once, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      if (queue.client.status === 'ready') await queue.client.hdel(placeOf(queue), run).catch(onError);
    },
  };
}

export interface SignParts {
  readonly eye: Pick<Pool, 'packs' | 'metrics'>;
  readonly name?: string;
  readonly everyMs?: number;
  onError(error: Error): void;
}

/** Every sign that lies there, by the run of its worker. What was sealed by nobody we know is left out. */
export async function readSigns(queue: CarrierQueue, key: Buffer): Promise<Map<string, WorkerSign>> {
  const signs = new Map<string, WorkerSign>();
  for (const [run, sealed] of Object.entries(await queue.client.hgetall(placeOf(queue)))) {
    const sign = openSign(key, run, sealed);
    if (sign !== undefined) signs.set(run, sign);
  }
  return signs;
}

export async function forgetSign(queue: CarrierQueue, run: string): Promise<void> {
  await queue.client.hdel(placeOf(queue), run);
}

function placeOf(queue: CarrierQueue): string {
  return queue.toKey('signs');
}
