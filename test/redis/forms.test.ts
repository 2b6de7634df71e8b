// Redis as cities run it: through TLS, watched over by sentinels with a main server that dies, and as a cluster. Real processes.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type CarrierQueue, openCarrierQueue } from '../../inference/carrier-queue.ts';
import { examineRedis, unfitness } from '../../server/jobs/examine-redis.ts';
import { openBullCarrier } from '../../server/jobs/queue-bull.ts';
import { answers, freePort, openRedis, type TestRedis } from '../support/redis.ts';

const folder = mkdtempSync(join(tmpdir(), 'redis-forms-'));
const ends: (() => Promise<unknown> | unknown)[] = [() => rmSync(folder, { recursive: true })];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

it('a Redis behind TLS is asked through it, and its certificate is checked', async () => {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2', '-nodes'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-keyout',
      key,
      '-out',
      certificate,
      ...subject,
    ],
    {
      stdio: 'ignore',
    },
  );
  const sealed = await freePort();
  const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate];
  const redis = await run({ settings: ['--tls-port', String(sealed), ...files, '--tls-auth-clients', 'no'] });
  const url = `rediss://127.0.0.1:${sealed}`;
  await expect(examineRedis(url, 'nobody')).rejects.toThrow(/self-signed|certificate/i);
  expect(await examineRedis(redis.url, 'nobody')).toMatchObject({ keeps: true });
  // As an operator does it, whose authority is not the system's: NODE_EXTRA_CA_CERTS is read when a process starts.
  const program = `import { examineRedis } from './server/jobs/examine-redis.ts';
    process.stdout.write(JSON.stringify(await examineRedis('${url}', 'nobody')));`;
  const environment = { ...process.env, NODE_EXTRA_CA_CERTS: certificate };
  const words = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const said = execFileSync(process.execPath, words, { env: environment, encoding: 'utf8' });
  expect(JSON.parse(said)).toMatchObject({ keeps: true, evicts: false });
});

it('sentinels lead to the main server, and to the next one when it dies: what was out is answered', async () => {
  const first = await run({});
  const second = await run({ settings: ['--replicaof', '127.0.0.1', String(portOf(first))] });
  const watch = await freePort();
  const settings = join(folder, 'sentinel.conf');
  const lines = [
    `port ${watch}`,
    `dir ${folder}`,
    // Signed in to like any other server.
    'requirepass watch&word',
    `sentinel monitor kitchens 127.0.0.1 ${portOf(first)} 1`,
    'sentinel down-after-milliseconds kitchens 500',
    'sentinel failover-timeout kitchens 2000',
  ];
  writeFileSync(settings, `${lines.join('\n')}\n`);
  const sentinel = spawn('redis-server', [settings, '--sentinel'], { stdio: 'ignore' });
  ends.push(() => sentinel.kill('SIGKILL'));
  await answers(watch);
  const url = `redis+sentinel://127.0.0.1:${watch}/kitchens?sentinelPassword=watch%26word`;
  expect(unfitness(await examineRedis(url, 'nobody'))).toBeUndefined();
  // A sentinel asks the main server for its copies every ten seconds; one that it does not know cannot follow.
  execFileSync('redis-cli', ['-p', String(portOf(first)), 'wait', '1', '5000']);
  const asked = ['-p', String(watch), '--no-auth-warning', '-a', 'watch&word'];
  const copies = () => execFileSync('redis-cli', [...asked, 'sentinel', 'replicas', 'kitchens']).toString();
  await expect.poll(copies, { timeout: 15_000 }).toContain(String(portOf(second)));

  const answered = await carryThrough(url, () => first.kill());
  expect(answered).toEqual(['1.1', '2.1']);
}, 60_000);

it('a cluster carries jobs and answers, with every key of theirs on one member', async () => {
  const members = [await run(inCluster), await run(inCluster)];
  const [one, two] = members.map((member) => String(portOf(member)));
  execFileSync('redis-cli', ['-p', one!, 'cluster', 'addslotsrange', '0', '8191']);
  execFileSync('redis-cli', ['-p', two!, 'cluster', 'addslotsrange', '8192', '16383']);
  execFileSync('redis-cli', ['-p', one!, 'cluster', 'meet', '127.0.0.1', two!]);
  for (const port of [one!, two!]) {
    const state = () => execFileSync('redis-cli', ['-p', port, 'cluster', 'info']).toString();
    await expect.poll(state, { timeout: 15_000 }).toContain('cluster_state:ok');
  }
  const url = `redis+cluster://127.0.0.1:${one},127.0.0.1:${two}`;
  expect(unfitness(await examineRedis(url, 'nobody'))).toBeUndefined();
  expect(await carryThrough(url, () => undefined)).toEqual(['1.1', '2.1']);
}, 60_000);

const inCluster = { settings: ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'] };

/** One job before `between`, one after it, each answered by a worker of the test's own. */
async function carryThrough(url: string, between: () => Promise<void> | void): Promise<string[]> {
  const prefix = `test-${randomUUID()}`;
  const answered: string[] = [];
  const log = { warn: () => undefined };
  const carrier = openBullCarrier({
    url,
    prefix,
    key: randomBytes(32),
    outbox: { extend: () => true },
    onAnswer: ({ id, fence }, body) => void answered.push(`${body === 'seen' ? '' : body}${id}.${fence}`),
    log,
    leaseMs: 10_000,
    sweepMs: 200,
  });
  const [jobs, back] = (['jobs', 'answers'] as const).map((name) =>
    openCarrierQueue(url, prefix, name, () => undefined),
  );
  answerAll(jobs!, back!);
  try {
    await expect.poll(() => carrier.state(), { timeout: 15_000 }).toMatchObject({ connected: true, workers: 1 });
    await carrier.carry({ id: 1, fence: 1 }, 'look');
    await expect.poll(() => answered, { timeout: 15_000 }).toEqual(['1.1']);
    await between();
    await carrier.carry({ id: 2, fence: 1 }, 'look');
    await expect.poll(() => answered, { timeout: 30_000 }).toHaveLength(2);
    return answered;
  } finally {
    await Promise.all([carrier.close(), jobs!.close(true), back!.close(true)]);
  }
}

function answerAll(jobs: CarrierQueue, back: CarrierQueue): void {
  const answer = (id: string | number) => back.add({ body: 'seen' }, { jobId: id });
  jobs.process(1, async ({ id }) => void (await answer(id))).catch(() => undefined);
}

async function run(more: Parameters<typeof openRedis>[0]): Promise<TestRedis> {
  const redis = await openRedis(more);
  ends.push(() => redis.end());
  return redis;
}

function portOf({ url }: TestRedis): number {
  return Number(new URL(url).port);
}
