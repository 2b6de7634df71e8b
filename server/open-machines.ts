// Opens the way to other machines when REDIS_URL is set: camera samples go out sealed, answers are worked off here.
import { queuePrefix } from '../inference/worker-messages.ts';
import type { Deps } from './deps.ts';
import type { Machines } from './jobs/carrier.ts';
import { openBullCarrier } from './jobs/queue-bull.ts';
import { recordCarried } from './kitchen/sample/carry-sample.ts';
import { workerKeyOf } from './store/secrets.ts';

/** How long a job stays out without a sign of it before it is carried again. */
const leaseMs = 60_000;

/** Undefined without REDIS_URL. A Redis that is away is waited for. */
export function openMachines(deps: Deps): Machines | undefined {
  const { config, queue, log, secrets } = deps;
  if (config.redisUrl === undefined) return undefined;
  const key = workerKeyOf(secrets);
  const carrier = openBullCarrier({
    url: config.redisUrl,
    prefix: queuePrefix(key),
    outbox: queue,
    log,
    leaseMs,
    onAnswer: (job, body) => recordCarried(deps, key, job, body),
  });
  return { carrier, key };
}
