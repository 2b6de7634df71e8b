// Opens the two Bull queues between the server and its workers: one carries jobs out, one carries answers back.

import Bull, { type Job, type Queue } from 'bull';
import { Cluster, type Redis } from 'ioredis';
import { type RedisAddress, readRedisAddress } from './redis-address.ts';

/** The job's own name is its id in Bull too, so that the same one is never there twice. */
export interface Carried {
  readonly body: string;
}

export type CarrierQueue = Queue<Carried>;
export type CarriedRow = Job<Carried>;

/** A worker that says nothing for this long has lost its job. */
const lockMs = 10_000;
const stalledEveryMs = 5_000;
/** A job that ends its worker this often is not handed out again. */
const mostStalls = 2;

/** Never throws for a Redis that is away: commands wait, and `onError` hears why. */
export function openCarrierQueue(
  url: string,
  prefix: string,
  name: 'jobs' | 'answers',
  onError: (error: Error) => void,
): CarrierQueue {
  const address = readRedisAddress(url);
  if (address === undefined) throw new Error('This is no address of a Redis.');
  const queue = new Bull<Carried>(name, {
    ...connectionOf(address, prefix, onError),
    settings: { lockDuration: lockMs, stalledInterval: stalledEveryMs, maxStalledCount: mostStalls },
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  queue.on('error', onError);
  hearNaming(queue, onError);
  // The connection's first failure is an event as well; what waits for it must not end the program.
  queue.isReady().catch(() => undefined);
  return queue;
}

/** The servers that keep this queue's rows: one, or every main member of a cluster. */
export function serversOf({ client }: CarrierQueue): Redis[] {
  const connection = client as Redis | Cluster;
  return connection instanceof Cluster ? connection.nodes('master') : [client];
}

/** Processes that take its jobs, by the names of their connections; Bull itself asks one member of a cluster alone. */
export async function countWorkers(queue: CarrierQueue): Promise<number> {
  const lists = await Promise.all(serversOf(queue).map((server) => server.client('LIST') as Promise<string>));
  const named = ` name=${(queue as CarrierQueue & { clientName(): string }).clientName()}`;
  return lists
    .join('\n')
    .split('\n')
    .filter((line) => line.includes(named)).length;
}

/** Bull names a worker's connection and waits for nobody: closed in that moment, its rejection would end the program. */
function hearNaming(queue: CarrierQueue, onError: (error: Error) => void): void {
  const named = queue as CarrierQueue & { setWorkerName(): Promise<void> };
  const setWorkerName = named.setWorkerName.bind(named);
  named.setWorkerName = () => setWorkerName().catch(onError);
}

const keepTrying = {
  maxRetriesPerRequest: null,
  enableReadyCheck: false,
  retryStrategy: (times: number) => Math.min(2_000, 100 * times),
  sentinelRetryStrategy: (times: number) => Math.min(2_000, 100 * times),
  // A main server that was made a copy stays connected and refuses every write: whoever is the main one now is asked for anew.
  reconnectOnError: ({ message }: Error) => (message.includes('READONLY') ? 2 : false),
} as const;

/** In a cluster all keys of the queues lie on one member, which their common mark in braces sees to. */
function connectionOf(address: RedisAddress, prefix: string, onError: (error: Error) => void) {
  const { form, hosts, group, database, isSealed, username, password, ...watched } = address;
  const secure = isSealed ? { tls: {} } : {};
  const login = { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) };
  const redis = { ...login, ...secure, ...keepTrying, db: database };
  if (form === 'single') return { prefix, redis: { ...redis, ...hosts[0] } };
  if (form === 'sentinel') {
    const sealed = isSealed ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {};
    return { prefix, redis: { ...redis, ...sealed, ...watched, sentinels: [...hosts], name: group } };
  }
  const { retryStrategy, sentinelRetryStrategy: _, ...redisOptions } = keepTrying;
  return {
    prefix: `{${prefix}}`,
    createClient: () =>
      new Cluster([...hosts], {
        enableReadyCheck: false,
        clusterRetryStrategy: retryStrategy,
        redisOptions: { ...login, ...secure, ...redisOptions },
      }).on('error', onError) as unknown as Redis,
  };
}
