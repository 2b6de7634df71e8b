// Jobs carried through a real Redis: the queue's contract holds, and killing worker, Redis or server loses and doubles nothing.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CarrierQueue, openCarrierQueue } from '../../inference/carrier-queue.ts';
import { keepSigning } from '../../inference/worker-sign.ts';
import { type Carrier, type Ticket, ticketOf } from '../../server/jobs/carrier.ts';
import { examineRedis } from '../../server/jobs/examine-redis.ts';
import { openKnownWorkers } from '../../server/jobs/known-workers.ts';
import type { LeasedJob, Queue } from '../../server/jobs/queue.ts';
import { openBullCarrier } from '../../server/jobs/queue-bull.ts';
import { openQueue } from '../../server/jobs/queue-sqlite.ts';
import { closedEye } from '../../server/open-deps.ts';
import { openDatabase } from '../../server/store/db.ts';
import { type QueueFixture, queueContract } from '../jobs/queue-contract.ts';
import { fakeClock } from '../support/clock.ts';
import { openRedis, type TestRedis } from '../support/redis.ts';

const redis = await openRedis();
const never = 1e9;
const key = randomBytes(32);

afterAll(() => redis.end());

type Said = { readonly job: LeasedJob; readonly error?: string };

type Fixture = QueueFixture & { carrier: Carrier; jobs: CarrierQueue; queue: Queue };

/** A worker of the test's own, job by job, beside the server's half: rows, carrier, answers worked off. */
async function openFixture({ url }: TestRedis): Promise<Fixture> {
  const clock = fakeClock();
  const queue = openQueue(openDatabase(':memory:'), clock.now);
  const prefix = `test-${randomUUID()}`;
  const heard = new Map<string, (counted: boolean) => void>();
  const onAnswer = (ticket: Ticket, body: string | Buffer): void => {
    const { job, error } = JSON.parse(String(body)) as Said;
    const counted = error === undefined ? queue.complete(ticket) : queue.fail(job, error);
    heard.get(ticketOf(ticket))?.(counted);
  };
  const log = { warn: () => undefined };
  const carrier = openBullCarrier({ url, prefix, key, outbox: queue, onAnswer, log, leaseMs: 10_000, sweepMs: never });
  const jobs = openCarrierQueue(url, prefix, 'jobs', () => undefined);
  const answers = openCarrierQueue(url, prefix, 'answers', () => undefined);
  await Promise.all([carrier.reached(5_000), jobs.isReady(), answers.isReady()]);
  const say = async (said: Said): Promise<boolean> => {
    const ticket = ticketOf(said.job);
    const counted = new Promise<boolean>((resolve) => heard.set(ticket, resolve));
    await answers.add({ body: JSON.stringify(said) }, { jobId: ticket });
    return counted;
  };
  return {
    queue,
    carrier,
    jobs,
    async claim(names, leaseMs, limit) {
      for (const row of queue.claim(names, leaseMs, limit)) await carrier.carry(row, JSON.stringify(row));
      const taken: LeasedJob[] = [];
      while ((await jobs.getWaitingCount()) > 0) {
        const job = await jobs.getNextJob();
        if (job) taken.push(JSON.parse(job.data.body) as LeasedJob);
      }
      return taken;
    },
    complete: (job) => say({ job }),
    fail: (job, error) => say({ job, error }),
    pass: clock.pass,
    async close() {
      await Promise.all([carrier.close(), jobs.close(), answers.close()]);
    },
  };
}

queueContract('the SQLite queue carried by Bull', () => openFixture(redis));

describe('workers give signs of life', () => {
  const eye = { packs: [], metrics: () => ({ ...closedEye.metrics(), workers: 2, done: looked }) };
  let looked = 0;
  const onError = (error: Error) => {
    throw error;
  };

  it('by which each is known with its pace; one that stops is gone, one that dies is told of', async () => {
    const queue = openCarrierQueue(redis.url, `test-${randomUUID()}`, 'jobs', onError);
    const now = { ms: 0 };
    const known = openKnownWorkers(() => now.ms);
    const signing = ['kitchen-east', 'kitchen-west'].map((name) =>
      keepSigning(queue, key, { eye, name, onError, everyMs: 20 }),
    );
    const strangers = keepSigning(queue, randomBytes(32), { eye, name: 'stranger', onError, everyMs: 20 });
    const heard = async () => {
      await known.listen(queue, key);
      return known.list().map(({ name, eyes, isSilent, looksPerMinute }) => [name, eyes, isSilent, looksPerMinute]);
    };
    try {
      await expect.poll(heard).toEqual([
        ['kitchen-east', 2, false, 0],
        ['kitchen-west', 2, false, 0],
      ]);
      now.ms += 10_000;
      looked = 40;
      await expect.poll(heard).toEqual([
        ['kitchen-east', 2, false, 240],
        ['kitchen-west', 2, false, 240],
      ]);
      await signing[0]?.stop();
      await expect.poll(heard).toEqual([['kitchen-west', 2, false, 240]]);
      const left = await queue.client.hgetall(queue.toKey('signs'));
      await signing[1]?.stop();
      await queue.client.hset(queue.toKey('signs'), left);
      await heard();
      now.ms += 16_000;
      expect(await heard()).toEqual([['kitchen-west', 2, true, 0]]);
      now.ms += 25 * 3600_000;
      await heard();
      expect(await heard()).toEqual([]);
    } finally {
      await Promise.all([...signing, strangers].map((each) => each.stop()));
      await queue.close();
    }
  });
});

describe('a carrier', () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await openFixture(redis);
  });
  afterAll(() => fixture.close?.());

  it('sends a job out once, however often it is asked to', async () => {
    fixture.queue.enqueue({ name: 'sample', payload: 1 });
    const [row] = fixture.queue.claim(['sample'], 10_000, 1);
    for (let time = 0; time < 3; time++) await fixture.carrier.carry(row!, 'body');
    expect(await fixture.jobs.getWaitingCount()).toBe(1);
    expect(fixture.carrier.state()).toMatchObject({ connected: true, carried: 1 });
  });

  it('has no room while nobody is there to take a job', () => {
    expect([fixture.carrier.hasRoom(), fixture.carrier.state().workers]).toEqual([false, 0]);
  });

  it('sends again what lies in Redis but in no list, which a Redis that was wiped under a worker leaves behind', async () => {
    const prefix = `test-${randomUUID()}`;
    const parts = { url: redis.url, prefix, key, outbox: { extend: () => true }, log: { warn: () => undefined } };
    const carrier = openBullCarrier({ ...parts, onAnswer: () => undefined, leaseMs: 100, sweepMs: 20 });
    const jobs = openCarrierQueue(redis.url, prefix, 'jobs', () => undefined);
    try {
      await carrier.carry({ id: 1, fence: 1 }, 'body');
      await jobs.client.lrem(jobs.toKey('wait'), 0, '1.1');
      expect(await jobs.getWaitingCount()).toBe(0);
      await expect.poll(() => jobs.getWaitingCount(), { timeout: 5_000 }).toBe(1);
    } finally {
      await Promise.all([carrier.close(), jobs.close()]);
    }
  });

  it('gives up a question that nobody answers, and says so', async () => {
    expect(await fixture.carrier.ask((ticket) => `for ${ticket}`, 300)).toBeUndefined();
  });

  it('says of a Redis whether it keeps what it is given', async () => {
    expect(await examineRedis(redis.url, 'nobody')).toMatchObject({ keeps: true, evicts: false, workers: 0 });
    await expect(examineRedis('redis://127.0.0.1:1/0', 'nobody')).rejects.toThrow('Redis cannot be used');
  });
});
