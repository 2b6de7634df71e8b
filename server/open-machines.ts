// Opens the way to other machines where a Redis is named: camera samples go out sealed, answers are worked off here.
import { queuePrefix } from '../inference/worker-messages.ts';
import { ConfigFaults } from './config.ts';
import type { Deps } from './deps.ts';
import type { Machines } from './jobs/carrier.ts';
import { examineRedis, unfitness } from './jobs/examine-redis.ts';
import { openBullCarrier } from './jobs/queue-bull.ts';
import { recordCarried } from './kitchen/sample/carry-sample.ts';
import { workerKeyOf } from './store/secrets.ts';

/** How long a job stays out without a sign of it before it is carried again. */
const leaseMs = 60_000;
/** The start waits so long for Redis, so that its greeting can say how it stands; then it goes on without. */
const redisMs = 2_000;

/** A Redis that is away is waited for; throws ConfigFaults for one that would lose jobs. */
export async function openMachines(deps: Deps, redisUrl: string): Promise<Machines> {
  const { queue, log, secrets } = deps;
  const key = workerKeyOf(secrets);
  await refuseUnfit(redisUrl, queuePrefix(key));
  const carrier = openBullCarrier({
    url: redisUrl,
    prefix: queuePrefix(key),
    key,
    outbox: queue,
    log,
    leaseMs,
    onAnswer: (job, body) => recordCarried(deps, key, job, body),
  });
  await carrier.reached(redisMs);
  return { carrier, key };
}

async function refuseUnfit(redisUrl: string, prefix: string): Promise<void> {
  const found = await examineRedis(redisUrl, prefix).catch(() => undefined);
  const unfit = found && unfitness(found);
  if (unfit !== undefined) throw new ConfigFaults([`REDIS_URL — ${unfit}`]);
}
