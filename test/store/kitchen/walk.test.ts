// One frame, walked through the store to a person's decision and a closed order.
import { beforeEach, describe, expect, it } from 'vitest';
import { cameraById, cameraTimeline } from '../../../server/kitchen/camera/camera-store.ts';
import { clearGroup } from '../../../server/kitchen/desk/clear-group.ts';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { takeFlag } from '../../../server/kitchen/desk/take-flag.ts';
import { undoVerdict } from '../../../server/kitchen/desk/undo-verdict.ts';
import { flagById, framesOf } from '../../../server/kitchen/flag/flag-store.ts';
import { plainView } from '../../../server/kitchen/flag/queue.ts';
import { judgedPairs } from '../../../server/kitchen/flag/verdict-store.ts';
import { visibleOrder } from '../../../server/kitchen/order/order-store.ts';
import { restaurantById } from '../../../server/kitchen/restaurant/restaurant-store.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { type Cast, frameOf, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;

let cast: Cast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
});

const noMask = [seen('no_mask', 0.87)];

/** Frames half a minute apart; returns the flags they raised. */
async function frames(count: number, detections = noMask): Promise<number[]> {
  const raised: number[] = [];
  for (let i = 0; i < count; i++) {
    server.clock.pass(30_000);
    raised.push(...recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now(), detections })).flags);
  }
  return raised;
}

async function oneFlag(): Promise<number> {
  const raised = await frames(2);
  expect(raised).toHaveLength(1);
  return raised[0]!;
}

const ledgerKinds = () => server.db.sqlite.prepare('SELECT kind FROM ledger_entry ORDER BY seq').pluck().all();

describe('a frame becomes a flag', () => {
  it('two frames of three without a mask are one flag, with its picture, frames and ledger entry', async () => {
    const id = await oneFlag();
    const flag = flagById(server.db, id);
    expect(flag).toMatchObject({ violation: 'no_mask', score: 0.87, threshold: 0.6, status: 'open', audit: 0 });
    expect(server.deps.blobs.get(flag!.pictureHash)).toBeDefined();
    expect(framesOf(server.db, id).map((frame) => frame.shown)).toEqual([1, 1]);
    expect(ledgerKinds()).toContain('flag');
  });

  it('a happening that goes on is one flag, and its later frames are shown as after', async () => {
    const id = await oneFlag();
    expect(await frames(4)).toEqual([]);
    expect(framesOf(server.db, id)).toHaveLength(4);
  });

  it('a new happening after quiet frames is a new flag', async () => {
    await oneFlag();
    await frames(3, []);
    expect(await frames(2)).toHaveLength(1);
  });

  it('the same sample delivered twice is recorded once', async () => {
    await frames(1);
    server.clock.pass(30_000);
    const sample = await frameOf(cast.camera, { at: server.clock.now(), detections: noMask });
    expect(recordSample(server.deps, sample).flags).toHaveLength(1);
    expect(recordSample(server.deps, sample)).toEqual({ flags: [], repeated: true });
  });

  it('old frames that nothing shows are forgotten with their pictures, but for the first of each hour', async () => {
    await frames(12, []);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM frame').pluck().get()).toBe(6);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM hour_frame').pluck().get()).toBe(1);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM picture').pluck().get()).toBe(7);
  });

  it('an unflagged frame is put before a reviewer when the draw falls on it', async () => {
    changeSettings(server.deps, cast.admin, { auditShare: 1 });
    const [id] = await frames(1, [seen('mask', 0.9)]);
    expect(flagById(server.db, id!)).toMatchObject({ audit: 1, status: 'open' });
  });
});

describe('a camera that goes away', () => {
  const miss = (at: number) =>
    recordSample(server.deps, {
      ok: false,
      cameraId: String(cast.camera.id),
      at,
      fault: { code: 'timeout', detail: '' },
    });

  it('is offline after three misses, not after one, and back with its first picture', async () => {
    await frames(1, []);
    for (const expected of ['online', 'online', 'offline']) {
      server.clock.pass(30_000);
      miss(server.clock.now());
      expect(cameraById(server.db, cast.camera.id)?.state).toBe(expected);
    }
    await frames(1, []);
    expect(cameraById(server.db, cast.camera.id)?.state).toBe('online');
    expect(cameraTimeline(server.db, cast.camera.id, 0).map((event) => event.after)).toEqual([
      'online',
      'offline',
      'online',
    ]);
  });

  it('a covered lens becomes one flag after three frames', async () => {
    await frames(1, []);
    const raised: number[] = [];
    for (let i = 0; i < 5; i++) {
      server.clock.pass(30_000);
      const faults = [{ kind: 'covered' as const, reading: 0.9, limit: 0.5 }];
      raised.push(
        ...recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now(), faults, looked: false }))
          .flags,
      );
    }
    expect(raised).toHaveLength(1);
    expect(flagById(server.db, raised[0]!)?.violation).toBe('camera_fault');
  });
});

describe('a reviewer decides', () => {
  it('a lease keeps a flag from a second reviewer until it runs out', async () => {
    const id = await oneFlag();
    expect(takeFlag(server.deps, cast.reviewer, plainView('desk'))?.flag.id).toBe(id);
    expect(takeFlag(server.deps, cast.secondReviewer, plainView('desk'))).toBeUndefined();
    expect(() => judgeFlag(server.deps, cast.secondReviewer, { flagId: id, decision: 'cleared' })).toThrow(
      /another reviewer/i,
    );
    server.clock.pass(120_001);
    expect(takeFlag(server.deps, cast.secondReviewer, plainView('desk'))?.flag.id).toBe(id);
  });

  it('a confirmed flag costs points and sends an order with a deadline', async () => {
    const id = await oneFlag();
    const { orderId, status } = judgeFlag(server.deps, cast.reviewer, { flagId: id, decision: 'confirmed' });
    expect(status).toBe('confirmed');
    expect(visibleOrder(server.db, cast.owner, orderId!)).toMatchObject({
      state: 'issued',
      dueAt: server.clock.now() + 24 * 3600_000,
    });
    expect(restaurantById(server.db, cast.restaurant.id)?.score).toBe(97);
  });

  it('a cleared flag never counts against the kitchen', async () => {
    const id = await oneFlag();
    expect(judgeFlag(server.deps, cast.reviewer, { flagId: id, decision: 'cleared' }).orderId).toBeUndefined();
    expect(restaurantById(server.db, cast.restaurant.id)?.score).toBe(100);
  });

  it('a repeated request with its key gives one verdict', async () => {
    const id = await oneFlag();
    const verdict = { flagId: id, decision: 'confirmed' as const, key: 'k1' };
    const first = judgeFlag(server.deps, cast.reviewer, verdict);
    expect(judgeFlag(server.deps, cast.reviewer, verdict).verdictId).toBe(first.verdictId);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM verdict').pluck().get()).toBe(1);
    expect(() => judgeFlag(server.deps, cast.reviewer, { ...verdict, decision: 'cleared' })).toThrow(/another verdict/);
  });

  it('nobody judges their own shop', async () => {
    const id = await oneFlag();
    const insider = { ...cast.reviewer, sites: [cast.restaurant.siteId] };
    expect(takeFlag(server.deps, insider, plainView('desk'))).toBeUndefined();
    expect(() => judgeFlag(server.deps, insider, { flagId: id, decision: 'cleared' })).toThrow(/own shop/);
  });

  it('undo finds the verdict before, however often another was given and taken back', async () => {
    const first = await oneFlag();
    await frames(3, []);
    const [second] = await frames(2);
    judgeFlag(server.deps, cast.reviewer, { flagId: first, decision: 'cleared' });
    for (let times = 0; times < 101; times++) {
      judgeFlag(server.deps, cast.reviewer, { flagId: second!, decision: 'cleared' });
      undoVerdict(server.deps, cast.reviewer);
    }
    expect(undoVerdict(server.deps, cast.reviewer).flagId).toBe(first);
  });

  it('undo goes back many steps, withdraws the order and restores the score', async () => {
    const first = await oneFlag();
    await frames(3, []);
    const [second] = await frames(2);
    judgeFlag(server.deps, cast.reviewer, { flagId: first, decision: 'cleared' });
    const { orderId } = judgeFlag(server.deps, cast.reviewer, { flagId: second!, decision: 'confirmed' });
    expect(undoVerdict(server.deps, cast.reviewer).flagId).toBe(second);
    expect(visibleOrder(server.db, cast.owner, orderId!)?.state).toBe('withdrawn');
    expect(restaurantById(server.db, cast.restaurant.id)?.score).toBe(100);
    expect(undoVerdict(server.deps, cast.reviewer).flagId).toBe(first);
    expect(takeFlag(server.deps, cast.reviewer, plainView('desk'))?.flag.id).toBe(first);
    expect(() => undoVerdict(server.deps, cast.reviewer)).toThrow(/no verdict/);
  });

  it('an unsure flag goes to another person, and two doubts clear it', async () => {
    const id = await oneFlag();
    judgeFlag(server.deps, cast.reviewer, { flagId: id, decision: 'unsure' });
    expect(takeFlag(server.deps, cast.reviewer, plainView('unsure'))).toBeUndefined();
    expect(() => judgeFlag(server.deps, cast.reviewer, { flagId: id, decision: 'cleared' })).toThrow(/second person/);
    expect(takeFlag(server.deps, cast.secondReviewer, plainView('unsure'))?.flag.id).toBe(id);
    expect(judgeFlag(server.deps, cast.secondReviewer, { flagId: id, decision: 'unsure' }).status).toBe('cleared');
  });

  it('a blind second look that disagrees makes the flag doubtful and a third person settles it', async () => {
    changeSettings(server.deps, cast.admin, { secondShare: 1 });
    const id = await oneFlag();
    const { orderId } = judgeFlag(server.deps, cast.reviewer, { flagId: id, decision: 'confirmed' });
    expect(takeFlag(server.deps, cast.reviewer, plainView('desk'))).toBeUndefined();
    expect(takeFlag(server.deps, cast.secondReviewer, plainView('desk'))?.flag.id).toBe(id);
    expect(judgeFlag(server.deps, cast.secondReviewer, { flagId: id, decision: 'cleared' }).status).toBe('unsure');
    expect(judgedPairs(server.db)).toEqual([['confirmed', 'cleared']]);
    expect(judgeFlag(server.deps, cast.admin, { flagId: id, decision: 'cleared' }).status).toBe('cleared');
    expect(visibleOrder(server.db, cast.owner, orderId!)?.state).toBe('withdrawn');
  });

  it('flags alike are cleared together, and only the one at hand counts as looked at', async () => {
    const first = await oneFlag();
    await frames(3, []);
    const [second] = await frames(2);
    expect(clearGroup(server.deps, cast.reviewer, first, { visibleMs: 900 })).toBe(1);
    expect(flagById(server.db, second!)?.status).toBe('cleared');
    expect(server.db.sqlite.prepare('SELECT flag_id, seen FROM verdict ORDER BY id').raw().all()).toEqual([
      [first, 1],
      [second, 0],
    ]);
  });

  it('verdicts cannot be changed or deleted', async () => {
    judgeFlag(server.deps, cast.reviewer, { flagId: await oneFlag(), decision: 'cleared' });
    expect(() => server.db.sqlite.exec(`UPDATE verdict SET decision = 'confirmed'`)).toThrow(/append-only/);
    expect(() => server.db.sqlite.exec('DELETE FROM verdict')).toThrow(/append-only/);
  });
});
