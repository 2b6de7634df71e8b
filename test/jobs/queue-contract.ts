// The contract every queue keeps, run against each driver.
import { describe, expect, it } from 'vitest';
import type { Queue } from '../../server/jobs/queue.ts';

export type QueueFixture = { readonly queue: Queue; readonly pass: (ms: number) => void };

const leaseMs = 10_000;

export function queueContract(name: string, open: () => QueueFixture): void {
  describe(`${name} keeps the queue's contract`, () => {
    it('hands a job out once, and not again while it is leased', () => {
      const { queue } = open();
      queue.enqueue({ name: 'sample', payload: { camera: 12 } });
      const [job] = queue.claim(['sample'], leaseMs, 5);
      expect(job?.payload).toEqual({ camera: 12 });
      expect(queue.claim(['sample'], leaseMs, 5)).toEqual([]);
    });

    it('hands out the oldest first and no more than asked for', () => {
      const { queue, pass } = open();
      for (const camera of [1, 2, 3]) {
        queue.enqueue({ name: 'sample', payload: camera });
        pass(1);
      }
      expect(queue.claim(['sample'], leaseMs, 2).map(({ payload }) => payload)).toEqual([1, 2]);
    });

    it('keeps a job back until it is due', () => {
      const { queue, pass } = open();
      queue.enqueue({ name: 'remind', payload: 1, runAt: 1_000_000_060_000 });
      expect(queue.claim(['remind'], leaseMs, 5)).toEqual([]);
      pass(60_000);
      expect(queue.claim(['remind'], leaseMs, 5)).toHaveLength(1);
    });

    it('adds no second job under a key that is waiting, and does once the first has ended', () => {
      const { queue } = open();
      expect(queue.enqueue({ name: 'sample', payload: 1, key: 'camera/12' })).toBe(true);
      expect(queue.enqueue({ name: 'sample', payload: 2, key: 'camera/12' })).toBe(false);
      const [job] = queue.claim(['sample'], leaseMs, 5);
      expect(queue.complete(job!)).toBe(true);
      expect(queue.enqueue({ name: 'sample', payload: 3, key: 'camera/12' })).toBe(true);
    });

    it('gives a job to another once its lease has run out, and refuses the one who lost it', () => {
      const { queue, pass } = open();
      queue.enqueue({ name: 'sample', payload: 1 });
      const [lost] = queue.claim(['sample'], leaseMs, 5);
      pass(leaseMs + 1);
      const [taken] = queue.claim(['sample'], leaseMs, 5);
      expect(taken?.id).toBe(lost?.id);
      expect(queue.complete(lost!)).toBe(false);
      expect(queue.complete(taken!)).toBe(true);
    });

    it('tries a failed job again later, and puts it among the dead after the last try with its reason', () => {
      const { queue, pass } = open();
      queue.enqueue({ name: 'sample', payload: 1, maxAttempts: 2 });
      queue.fail(queue.claim(['sample'], leaseMs, 1)[0]!, 'no keyframe');
      expect(queue.claim(['sample'], leaseMs, 1)).toEqual([]);
      pass(600_000);
      queue.fail(queue.claim(['sample'], leaseMs, 1)[0]!, 'no keyframe again');
      expect(queue.dead(10)).toMatchObject([{ name: 'sample', attempts: 2, error: 'no keyframe again' }]);
      expect(queue.counts()).toEqual({ waiting: 0, leased: 0, dead: 1 });
    });

    it('a job that keeps killing its worker ends among the dead', () => {
      const { queue, pass } = open();
      queue.enqueue({ name: 'sample', payload: 1, maxAttempts: 2 });
      for (let attempt = 0; attempt < 2; attempt++) {
        expect(queue.claim(['sample'], leaseMs, 1)).toHaveLength(1);
        pass(leaseMs + 1);
      }
      expect(queue.claim(['sample'], leaseMs, 1)).toEqual([]);
      expect(queue.counts().dead).toBe(1);
    });

    it('a dead job can be put back', () => {
      const { queue } = open();
      queue.enqueue({ name: 'sample', payload: 1, maxAttempts: 1 });
      const [job] = queue.claim(['sample'], leaseMs, 1);
      queue.fail(job!, 'broken');
      expect(queue.revive(job!.id)).toBe(true);
      expect(queue.claim(['sample'], leaseMs, 1)).toHaveLength(1);
      expect(queue.revive(job!.id)).toBe(false);
    });

    it('hands out only the names asked for', () => {
      const { queue } = open();
      queue.enqueue({ name: 'sample', payload: 1 });
      expect(queue.claim(['remind'], leaseMs, 5)).toEqual([]);
    });
  });
}
