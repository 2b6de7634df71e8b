// A clock that was far ahead and came home: what it put off until then goes on at once, and nothing is done too early.
import { beforeEach, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../../server/clock.ts';
import { longestSampleSeconds } from '../../../server/kitchen/camera/camera.ts';
import { cameraById, countUnwatched } from '../../../server/kitchen/camera/camera-store.ts';
import { cameras } from '../../../server/kitchen/camera/camera-tables.ts';
import { farthestDueMs, waitAfter } from '../../../server/kitchen/camera/watch.ts';
import { type FlagStanding, hindrance, leaseMs } from '../../../server/kitchen/flag/decision.ts';
import { nextDueAt } from '../../../server/kitchen/sample/sample-schedule.ts';
import { scheduleSamples } from '../../../server/kitchen/sample/schedule-samples.ts';
import { watchCameras } from '../../../server/kitchen/sample/watch-cameras.ts';
import { type Cast, openCast, scriptedEye } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const year = 365 * dayMs;
let server: TestServer;
let cast: Cast;
beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
});
const camera = () => cameraById(server.db, cast.camera.id)!;
const looked = () => {
  const names = ['sample', 'sample-file'];
  return server.deps.queue.claim(names, minuteMs, 10).map((job) => server.deps.queue.complete(job)).length;
};

it('a camera is looked at and watched from then on, and not one day later', () => {
  scheduleSamples(server.deps);
  looked();
  server.clock.pass(year);
  expect([scheduleSamples(server.deps), looked()]).toEqual([1, 1]);
  server.clock.pass(-year);
  expect([scheduleSamples(server.deps), looked()]).toEqual([1, 1]);
  expect(camera().nextDueAt - server.clock.now()).toBeLessThan(2 * camera().sampleEveryMs);
  expect(scheduleSamples(server.deps), 'once').toBe(0);
  server.clock.pass(hourMs);
  expect([watchCameras(server.deps).length, countUnwatched(server.db, server.clock.now())]).toEqual([1, 1]);
});

it('no camera waits so long by itself that it would be taken for one', () => {
  const farthest = nextDueAt(0, longestSampleSeconds * 1000, 20, 1);
  expect(farthest).toBeLessThan(farthestDueMs);
  expect(waitAfter(30_000, 20)).toBe(10 * minuteMs);
  server.db.orm
    .update(cameras)
    .set({ nextDueAt: server.clock.now() + farthest })
    .run();
  expect(scheduleSamples(server.deps)).toBe(0);
});

it('a job that was due at once is due now, also one in the hands of a process that is gone; one put off on purpose waits', () => {
  const { queue } = server.deps;
  server.clock.pass(year);
  queue.enqueue({ name: 'sample', payload: 'held', key: 'sample:1' });
  const [held] = queue.claim(['sample'], minuteMs, 1);
  queue.enqueue({ name: 'sample', payload: 'waiting', key: 'sample:2' });
  queue.enqueue({ name: 'issue', payload: 'in five minutes', runAt: server.clock.now() + 5 * minuteMs });
  server.clock.pass(-year);
  const taken = queue.claim(['sample', 'issue'], minuteMs, 10);
  expect(taken.map(({ payload }) => payload)).toEqual(['held', 'waiting']);
  expect(queue.complete(held!), 'who had it has lost it').toBe(false);
  expect(queue.claim(['sample', 'issue'], minuteMs, 10)).toEqual([]);
  server.clock.pass(hourMs);
  expect(queue.claim(['sample'], minuteMs, 10), 'their leases run out as ever').toHaveLength(2);
});

it('a flag that a reviewer had open then hinders nobody', () => {
  const flag: FlagStanding = {
    status: 'open',
    second: 'none',
    leasedTo: 7,
    leaseUntil: year + leaseMs,
    leasedAt: year,
  };
  const asker = { id: 8, ownShop: false, judgedBefore: false };
  expect(hindrance(flag, asker, 0)).toBeUndefined();
  expect(hindrance({ ...flag, leaseUntil: leaseMs }, asker, 0)).toMatchObject({ code: 'conflict' });
});
