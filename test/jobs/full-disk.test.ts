// While the disk is full, what makes room is done and all else waits; with room again everything goes on.
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openMetrics } from '../../server/http/metrics.ts';
import { openQueue } from '../../server/jobs/queue-sqlite.ts';
import { startRunner } from '../../server/jobs/run-jobs.ts';
import { openDatabase } from '../../server/store/db.ts';
import type { Room } from '../../server/store/room.ts';
import { jobsThatMakeRoom } from '../../server/work.ts';
import { fakeClock } from '../support/clock.ts';

it('old pictures and data sets are removed while samples wait, and then samples are taken', async () => {
  const { now } = fakeClock();
  const queue = openQueue(openDatabase(':memory:'), now);
  const done: string[] = [];
  const state = { isFull: true };
  const room: Room = {
    state: () => (state.isFull ? 'full' : 'ok'),
    refused: () => false,
    freeBytes: () => 0,
    takenShare: () => 1,
    ifItFits: (work) => work(),
  };
  const names = ['sample', 'remove-old-pictures', 'remove-old-datasets', 'watch-lots'];
  const work = Object.fromEntries(names.map((name) => [name, () => void done.push(name)]));
  for (const name of names) queue.enqueue({ name, payload: {} });
  const times = { atOnce: 4, leaseMs: 60_000, pollMs: 5 };
  const log = pino({ level: 'silent' });
  const runner = startRunner({
    ...{ queue, work, metrics: openMetrics(), log, clock: now, room, ...times },
    makesRoom: jobsThatMakeRoom,
  });
  await expect.poll(() => done.length).toBe(2);
  expect([...done].sort()).toEqual(['remove-old-datasets', 'remove-old-pictures']);
  expect(queue.counts().waiting).toBe(2);
  state.isFull = false;
  await expect.poll(() => done.length).toBe(4);
  await runner.stop();
});
