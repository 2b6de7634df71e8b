// Opens the two Bull queues between the server and its workers: one carries jobs out, one carries answers back.

import Bull, { type Queue } from 'bull';

/** The job's own name is its id in Bull too, so that the same one is never there twice. */
export interface Carried {
  readonly body: string;
}

export type CarrierQueue = Queue<Carried>;

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
  const queue = new Bull<Carried>(name, {
    prefix,
    redis: redisOptions(url),
    settings: { lockDuration: lockMs, stalledInterval: stalledEveryMs, maxStalledCount: mostStalls },
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  queue.on('error', onError);
  hearNaming(queue, onError);
  // The connection's first failure is an event as well; what waits for it must not end the program.
  queue.isReady().catch(() => undefined);
  return queue;
}

/** Bull names a worker's connection and waits for nobody: closed in that moment, its rejection would end the program. */
function hearNaming(queue: CarrierQueue, onError: (error: Error) => void): void {
  const named = queue as CarrierQueue & { setWorkerName(): Promise<void> };
  const setWorkerName = named.setWorkerName.bind(named);
  named.setWorkerName = () => setWorkerName().catch(onError);
}

/** host, port, user, password and database of redis:// or rediss://, and nothing else: an address sets no options. */
function redisOptions(text: string) {
  const url = new URL(text);
  const part = (value: string) => (value === '' ? undefined : decodeURIComponent(value));
  const username = part(url.username);
  const password = part(url.password);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 6379),
    db: Number(url.pathname.slice(1) || 0),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
    maxRetriesPerRequest: null,
    enableReadyCheck: false,
    retryStrategy: (times: number) => Math.min(2_000, 100 * times),
  };
}
