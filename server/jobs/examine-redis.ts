// Asks a Redis whether it suits a carrier: reachable, keeping what it was given, dropping nothing for want of room.
import { type CarrierQueue, countWorkers, openCarrierQueue, serversOf } from '../../inference/carrier-queue.ts';

export type RedisState = {
  readonly version: string;
  /** Whether it writes what it is given to disk. */
  readonly keeps: boolean;
  /** Whether it would throw jobs away when its memory is full. */
  readonly evicts: boolean;
  readonly workers: number;
};

/** Why this Redis is not used, in words that say how to mend it; undefined when it suits. */
export function unfitness({ keeps, evicts }: Pick<RedisState, 'keeps' | 'evicts'>): string | undefined {
  if (evicts) return 'Redis throws jobs away when its memory is full: set maxmemory-policy noeviction in redis.conf.';
  return keeps ? undefined : 'Redis keeps nothing on disk: set appendonly yes in redis.conf.';
}

const answerMs = 3_000;

/** Throws when it does not answer in time. */
export async function examineRedis(url: string, prefix: string): Promise<RedisState> {
  let trouble = 'it did not answer';
  const queue = openCarrierQueue(url, prefix, 'jobs', ({ message }) => {
    trouble = message;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis cannot be used: ${trouble}`)), answerMs);
  });
  try {
    return await Promise.race([ask(queue), late]);
  } finally {
    clearTimeout(timer);
    queue.client.disconnect();
  }
}

async function ask(queue: CarrierQueue): Promise<RedisState> {
  await queue.isReady();
  const infos = await Promise.all(serversOf(queue).map((server) => server.info()));
  const every = (name: string): string[] =>
    infos.map((info) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '');
  return {
    version: every('redis_version')[0] ?? '',
    keeps: every('aof_enabled').every((value) => value === '1'),
    evicts: every('maxmemory_policy').some((value) => !['', 'noeviction'].includes(value)),
    workers: await countWorkers(queue),
  };
}
