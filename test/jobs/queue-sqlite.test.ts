// The embedded queue against the contract, and what only it promises: a job is part of the transaction it was added in.
import { expect, it } from 'vitest';
import { openQueue } from '../../server/jobs/queue-sqlite.ts';
import { openDatabase, writeTransaction } from '../../server/store/db.ts';
import { fakeClock } from '../support/clock.ts';
import { queueContract } from './queue-contract.ts';

queueContract('the SQLite queue', () => {
  const clock = fakeClock();
  const queue = openQueue(openDatabase(':memory:'), clock.now);
  return {
    queue,
    claim: async (names, leaseMs, limit) => queue.claim(names, leaseMs, limit),
    complete: async (job) => queue.complete(job),
    fail: async (job, error) => queue.fail(job, error),
    pass: clock.pass,
  };
});

it('a lease can be held longer by whoever has it, and by nobody else', () => {
  const clock = fakeClock();
  const queue = openQueue(openDatabase(':memory:'), clock.now);
  queue.enqueue({ name: 'sample', payload: 1 });
  const [first] = queue.claim(['sample'], 1_000, 1);
  expect(queue.extend(first!, 60_000)).toBe(true);
  clock.pass(59_000);
  expect(queue.claim(['sample'], 1_000, 1)).toEqual([]);
  clock.pass(2_000);
  const [second] = queue.claim(['sample'], 60_000, 1);
  expect([queue.extend(first!, 60_000), queue.extend(second!, 60_000)]).toEqual([false, true]);
  queue.complete(second!);
  expect(queue.extend(second!, 60_000)).toBe(false);
});

it('a job given back has not been tried, is due when it was said, and is given back by nobody who lost it', () => {
  const clock = fakeClock();
  const queue = openQueue(openDatabase(':memory:'), clock.now);
  queue.enqueue({ name: 'sample', payload: 1, maxAttempts: 1 });
  for (let round = 0; round < 3; round++) {
    const [job] = queue.claim(['sample'], 1_000, 1);
    expect(job?.attempt).toBe(1);
    expect(queue.giveBack(job!, clock.now() + 5_000)).toBe(true);
    expect(queue.giveBack(job!, clock.now())).toBe(false);
    expect(queue.claim(['sample'], 1_000, 1)).toEqual([]);
    clock.pass(5_000);
  }
  expect(queue.counts()).toEqual({ waiting: 1, leased: 0, dead: 0 });
});

it('a job added in a transaction that is undone was never added', () => {
  const db = openDatabase(':memory:');
  const queue = openQueue(db, fakeClock().now);
  expect(() =>
    writeTransaction(db, () => {
      queue.enqueue({ name: 'notify', payload: 1 });
      throw new Error('undone');
    }),
  ).toThrow('undone');
  expect(queue.counts().waiting).toBe(0);
});
