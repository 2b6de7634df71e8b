// The embedded queue against the contract, and what only it promises: a job is part of the transaction it was added in.
import { expect, it } from 'vitest';
import { openQueue } from '../../server/jobs/queue-sqlite.ts';
import { openDatabase, writeTransaction } from '../../server/store/db.ts';
import { fakeClock } from '../support/clock.ts';
import { queueContract } from './queue-contract.ts';

queueContract('the SQLite queue', () => {
  const clock = fakeClock();
  return { queue: openQueue(openDatabase(':memory:'), clock.now), pass: clock.pass };
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
