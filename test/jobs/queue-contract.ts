// The contract every way of handing out jobs keeps, run against each driver: rows alone, and rows carried through Redis.
import { afterEach, describe, expect, it } from 'vitest';
import type { LeasedJob, Queue } from '../../server/jobs/queue.ts';

export type QueueFixture = {
  /** The record: rows in SQLite, with both drivers. */
  readonly queue: Pick<Queue, 'enqueue' | 'counts' | 'dead' | 'revive'>;
  /** What a worker gets, oldest first. */
  readonly claim: (names: readonly string[], leaseMs: number, limit: number) => Promise<LeasedJob[]>;
  /** What a worker says when it is done: whether it still counted. */
  readonly complete: (job: LeasedJob) => Promise<boolean>;
  readonly fail: (job: LeasedJob, error: string) => Promise<boolean>;
  readonly pass: (ms: number) => void;
  readonly close?: () => Promise<void>;
};

const leaseMs = 10_000;

export function queueContract(name: string, openFixture: () => QueueFixture | Promise<QueueFixture>): void {
  describe(`${name} keeps the queue's contract`, () => {
    let opened: QueueFixture | undefined;
    const open = async (): Promise<QueueFixture> => {
      opened = await openFixture();
      return opened;
    };
    afterEach(async () => {
      await opened?.close?.();
      opened = undefined;
    });

    it('hands a job out once, and not again while it is leased', async () => {
      const { queue, claim } = await open();
      queue.enqueue({ name: 'sample', payload: { camera: 12 } });
      const [job] = await claim(['sample'], leaseMs, 5);
      expect(job?.payload).toEqual({ camera: 12 });
      expect(await claim(['sample'], leaseMs, 5)).toEqual([]);
    });

    it('hands out the oldest first and no more than asked for', async () => {
      const { queue, claim, pass } = await open();
      for (const camera of [1, 2, 3]) {
        queue.enqueue({ name: 'sample', payload: camera });
        pass(1);
      }
      expect((await claim(['sample'], leaseMs, 2)).map(({ payload }) => payload)).toEqual([1, 2]);
    });

    it('keeps a job back until it is due', async () => {
      const { queue, claim, pass } = await open();
      queue.enqueue({ name: 'remind', payload: 1, runAt: 1_000_000_060_000 });
      expect(await claim(['remind'], leaseMs, 5)).toEqual([]);
      pass(60_000);
      expect(await claim(['remind'], leaseMs, 5)).toHaveLength(1);
    });

    it('adds no second job under a key that is waiting, and does once the first has ended', async () => {
      const { queue, claim, complete } = await open();
      expect(queue.enqueue({ name: 'sample', payload: 1, key: 'camera/12' })).toBe(true);
      expect(queue.enqueue({ name: 'sample', payload: 2, key: 'camera/12' })).toBe(false);
      const [job] = await claim(['sample'], leaseMs, 5);
      expect(await complete(job!)).toBe(true);
      expect(queue.enqueue({ name: 'sample', payload: 3, key: 'camera/12' })).toBe(true);
    });

    it('gives a job to another once its lease has run out, and refuses the one who lost it', async () => {
      const { queue, claim, complete, pass } = await open();
      queue.enqueue({ name: 'sample', payload: 1 });
      const [lost] = await claim(['sample'], leaseMs, 5);
      pass(leaseMs + 1);
      const [taken] = await claim(['sample'], leaseMs, 5);
      expect(taken?.id).toBe(lost?.id);
      expect(await complete(lost!)).toBe(false);
      expect(await complete(taken!)).toBe(true);
    });

    it('tries a failed job again later, and puts it among the dead after the last try with its reason', async () => {
      const { queue, claim, fail, pass } = await open();
      queue.enqueue({ name: 'sample', payload: 1, maxAttempts: 2 });
      await fail((await claim(['sample'], leaseMs, 1))[0]!, 'no keyframe');
      expect(await claim(['sample'], leaseMs, 1)).toEqual([]);
      pass(600_000);
      await fail((await claim(['sample'], leaseMs, 1))[0]!, 'no keyframe again');
      expect(queue.dead(10)).toMatchObject([{ name: 'sample', attempts: 2, error: 'no keyframe again' }]);
      expect(queue.counts()).toEqual({ waiting: 0, leased: 0, dead: 1 });
    });

    it('a job that keeps killing its worker ends among the dead', async () => {
      const { queue, claim, pass } = await open();
      queue.enqueue({ name: 'sample', payload: 1, maxAttempts: 2 });
      for (let attempt = 0; attempt < 2; attempt++) {
        expect(await claim(['sample'], leaseMs, 1)).toHaveLength(1);
        pass(leaseMs + 1);
      }
      expect(await claim(['sample'], leaseMs, 1)).toEqual([]);
      expect(queue.counts().dead).toBe(1);
    });

    it('a dead job can be put back', async () => {
      const { queue, claim, fail } = await open();
      queue.enqueue({ name: 'sample', payload: 1, maxAttempts: 1 });
      const [job] = await claim(['sample'], leaseMs, 1);
      await fail(job!, 'broken');
      expect(queue.revive(job!.id)).toBe(true);
      expect(await claim(['sample'], leaseMs, 1)).toHaveLength(1);
      expect(queue.revive(job!.id)).toBe(false);
    });

    it('hands out only the names asked for', async () => {
      const { queue, claim } = await open();
      queue.enqueue({ name: 'sample', payload: 1 });
      expect(await claim(['remind'], leaseMs, 5)).toEqual([]);
    });
  });
}
