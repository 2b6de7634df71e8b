// Samples on their way to real workers through a real Redis: a worker is killed in the middle of one, Redis is killed and
// wiped, the server's half starts anew. Each job is recorded once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { openCarrierQueue } from '../../inference/carrier-queue.ts';
import { openDetector } from '../../inference/detector.ts';
import type { ModelPack } from '../../inference/types.ts';
import { packDigests, queuePrefix, sealMessage } from '../../inference/worker-messages.ts';
import { type Carrier, ticketOf } from '../../server/jobs/carrier.ts';
import { openBullCarrier } from '../../server/jobs/queue-bull.ts';
import { addCamera } from '../../server/kitchen/camera/add-camera.ts';
import { recordCarried } from '../../server/kitchen/sample/carry-sample.ts';
import { workerKeyOf } from '../../server/store/secrets.ts';
import { figure } from '../support/figure.ts';
import { openCast } from '../support/kitchen-cast.ts';
import { openRedis, type TestRedis } from '../support/redis.ts';
import { blindEye, openTestServer } from '../support/server.ts';
import { writePacks, yoloxPack } from '../support/tiny-packs.ts';

const isLong = process.env['SOAK'] === 'on';
const cameraCount = isLong ? 250 : 8;
/** Times that Redis is killed while jobs are out, and wiped each fifth time: 20 times in 5,000 jobs. */
const restarts = isLong ? 20 : 1;
const redis = await openRedis();
afterAll(() => redis.end());

it(
  'killed workers, a killed Redis and a new server lose no sample and record none twice',
  () => walk(redis),
  isLong ? 3_600_000 : 240_000,
);

async function walk(store: TestRedis): Promise<void> {
  const modelsDir = await writePacks(yoloxPack());
  const view = join(modelsDir, 'view.jpg');
  await writeFile(view, await largePicture());
  const house = openHouse(store, await packsOf(modelsDir), view);
  const workers: Worker[] = [];
  const start = () => workers.push(startWorker(store.url, house.key, modelsDir));
  let carrier = house.openCarrier();
  try {
    start();
    await expect.poll(() => carrier.hasRoom(), { timeout: 60_000 }).toBe(true);

    const names = () => carrier.known().map(({ name, eyes, isSilent }) => ({ name, eyes, isSilent }));
    await expect.poll(names, { timeout: 20_000 }).toEqual([{ name: 'back kitchen', eyes: 1, isSilent: false }]);

    await house.send(carrier);
    await expect.poll(() => house.recorded(), { timeout: 60_000 }).toBeGreaterThan(0);
    await workers[0]!.end('SIGKILL');
    start();
    await house.allRecorded(1);

    await house.send(carrier);
    await store.kill();
    await store.start();
    await house.allRecorded(2);

    // A rolling renewal: the new one is up, the old one is told to stop while it has jobs in hand.
    start();
    await expect.poll(() => carrier.state().workers, { timeout: 60_000 }).toBe(2);
    await house.send(carrier);
    await expect.poll(() => house.recorded(), { timeout: 60_000 }).toBeGreaterThan(2 * cameraCount);
    expect(await workers[1]!.end('SIGTERM')).toBe(0);
    await house.allRecorded(3);
    expect(await parcelsIn(store)).toEqual([]);

    await house.send(carrier);
    await store.kill('wipe');
    await store.start();
    await house.allRecorded(4);

    await house.send(carrier);
    await carrier.close();
    carrier = house.openCarrier();
    await house.allRecorded(5);

    for (let restart = 1; restart <= restarts; restart++) {
      await house.send(carrier);
      await store.kill(restart % 5 === 0 ? 'wipe' : undefined);
      await store.start();
      await house.allRecorded(5 + restart);
    }
    figure('R6', `Redis killed ${restarts + 2} times in ${house.recorded()} jobs, each recorded once`);
    expect(house.deps.queue.counts()).toEqual({ waiting: 0, leased: 0, dead: 0 });
  } finally {
    await Promise.all([carrier.close(), ...workers.map((worker) => worker.end('SIGKILL'))]);
    await rm(modelsDir, { recursive: true });
  }
}

/** The server's half: cameras, the queue in SQLite, and what is recorded of each. */
function openHouse({ url }: TestRedis, packs: readonly ModelPack[], view: string) {
  const { deps, db } = openTestServer({ eye: { ...blindEye, packs } });
  const { restaurant, owner } = openCast(deps);
  const ids = Array.from({ length: cameraCount }, (_, index) => {
    const address = `http://192.0.2.${index + 20}/view.jpg`;
    const input = { siteId: restaurant.siteId, place: `灶台 ${index}`, kind: 'snapshot', url: address } as const;
    return addCamera(deps, owner, { ...input, sampleEverySeconds: 30 }).id;
  });
  const key = workerKeyOf(deps.secrets);
  const counts = () => {
    const rows = db.sqlite
      .prepare('SELECT camera_id AS id, sum(sampled) AS n FROM sample_day GROUP BY camera_id')
      .all();
    return new Map((rows as { id: number; n: number }[]).map(({ id, n }) => [id, n]));
  };
  return {
    deps,
    key,
    openCarrier: (): Carrier =>
      openBullCarrier({
        url,
        prefix: queuePrefix(key),
        key,
        outbox: deps.queue,
        log: deps.log,
        leaseMs: 20_000,
        onAnswer: (job, body) => recordCarried(deps, key, job, body),
      }),
    /** One job a camera, as the schedule adds them; the worker finds its picture in a file instead of on the network. */
    async send(carrier: Carrier): Promise<void> {
      for (const cameraId of ids)
        deps.queue.enqueue({ name: 'sample', payload: { cameraId }, key: `sample:${cameraId}` });
      for (const job of deps.queue.claim(['sample'], 60_000, cameraCount)) {
        const { cameraId } = job.payload as { cameraId: number };
        const camera = { id: String(cameraId), kind: 'picture', path: view, allow: [], always: true } as const;
        const body = { camera, picture: 'always', packs: packDigests(packs), ...wayOf(cameraId) } as const;
        await carrier.carry(job, sealMessage(key, 'job', ticketOf(job), body));
      }
    },
    recorded: () => [...counts().values()].reduce((sum, n) => sum + n, 0),
    async allRecorded(times: number): Promise<void> {
      const wanted = new Map(ids.map((id) => [id, times]));
      await expect
        .poll(() => deps.queue.counts().leased, { timeout: isLong ? 600_000 : 90_000, interval: 200 })
        .toBe(0);
      expect(counts()).toEqual(wanted);
    },
  };
}

/** Every other job is of a server of before, which takes its answer as text alone. */
function wayOf(cameraId: number): { answers?: 'parcel' } {
  return cameraId % 2 === 0 ? { answers: 'parcel' } : {};
}

type Worker = { end(signal: NodeJS.Signals): Promise<number | null> };

function startWorker(url: string, key: Buffer, modelsDir: string): Worker {
  const child = spawn(process.execPath, ['server/start.mjs', '--worker'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: {
      ...process.env,
      REDIS_URL: url,
      WORKER_KEY: key.toString('base64url'),
      WORKER_NAME: 'back kitchen',
      MODELS_DIR: modelsDir,
      EYES: '1',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return {
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

/** What workers laid beside their answers and nobody took away. */
async function parcelsIn({ url }: TestRedis): Promise<string[]> {
  const queue = openCarrierQueue(url, 'any', 'answers', () => undefined);
  const left = await queue.client.keys('*:parcel:*');
  await queue.close();
  return left;
}

async function packsOf(modelsDir: string): Promise<readonly ModelPack[]> {
  const detector = await openDetector({ modelsDir });
  await detector.close();
  return detector.packs;
}

/** Large enough that a worker is killed in the middle of one; where there are many, it is killed among them. */
function largePicture(): Promise<Buffer> {
  return sharp({
    create: {
      width: isLong ? 640 : 4000,
      height: isLong ? 480 : 3000,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer();
}
