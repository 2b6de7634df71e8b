// The reviewer's queue: filters, orders, lens faults apart, the exact count, leases given back, groups, misses reported.
import { beforeEach, describe, expect, it } from 'vitest';
import { addCamera } from '../../../server/kitchen/camera/add-camera.ts';
import type { Camera } from '../../../server/kitchen/camera/camera-store.ts';
import { judgedFrames } from '../../../server/kitchen/dataset/judged-frame-store.ts';
import { reportMissed } from '../../../server/kitchen/desk/add-missed-report.ts';
import { clearGroup } from '../../../server/kitchen/desk/clear-group.ts';
import { addressOf, readView } from '../../../server/kitchen/desk/desk-query.ts';
import { endLease } from '../../../server/kitchen/desk/end-lease.ts';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { takeFlag } from '../../../server/kitchen/desk/take-flag.ts';
import { flagById, framesOf } from '../../../server/kitchen/flag/flag-store.ts';
import { plainView, type QueueView } from '../../../server/kitchen/flag/queue.ts';
import { countWaiting } from '../../../server/kitchen/flag/queue-store.ts';
import { standingOrderOf } from '../../../server/kitchen/order/order-store.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { type Cast, frameOf, openCast, person, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
let second: Camera;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
  changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
  second = addCamera(server.deps, cast.admin, {
    siteId: cast.restaurant.siteId,
    place: '热灶间',
    kind: 'rtsp',
    url: 'rtsp://192.0.2.15/stream1',
    sampleEverySeconds: 30,
  });
});

async function flagged(detections = [seen('no_mask', 0.8)], camera = cast.camera): Promise<number> {
  server.clock.pass(2 * 3600_000);
  const [id] = recordSample(server.deps, await frameOf(camera, { at: server.clock.now(), detections })).flags;
  return id!;
}

async function quiet(detections: ReturnType<typeof seen>[] = []): Promise<number> {
  server.clock.pass(30_000);
  const at = server.clock.now();
  recordSample(server.deps, await frameOf(cast.camera, { at, detections }));
  return at;
}

const view = (over: Partial<QueueView>): QueueView => ({ ...plainView('desk'), ...over });
const first = (over: Partial<QueueView>) => takeFlag(server.deps, cast.reviewer, view(over))?.flag.id;

describe('the order of the queue', () => {
  it('is by age, by risk or by doubt, as it was asked for', async () => {
    const oldest = await flagged([seen('no_mask', 0.9)]);
    const doubtful = await flagged([seen('no_mask', 0.61)]);
    const heavy = await flagged([seen('cigarette', 0.95)]);
    expect(first({ order: 'age' })).toBe(oldest);
    endAll();
    expect(first({ order: 'risk' })).toBe(heavy);
    endAll();
    expect(first({ order: 'doubt' })).toBe(doubtful);
  });

  it('filters by kind, camera, kitchen and age, and counts exactly what they leave', async () => {
    await flagged();
    const other = await flagged([seen('cigarette', 0.9)], second);
    expect(first({ filter: { violation: 'smoking' } })).toBe(other);
    expect(first({ filter: { cameraId: second.id } })).toBe(other);
    expect(first({ filter: { restaurantId: cast.restaurant.id + 1 } })).toBeUndefined();
    expect(first({ filter: { districtId: 99 } })).toBeUndefined();
    expect(first({ filter: { violation: 'smoking', olderHours: 1 } })).toBeUndefined();
    const now = server.clock.now();
    expect(countWaiting(server.db, cast.reviewer, view({}), now)).toBe(2);
    expect(countWaiting(server.db, cast.reviewer, view({ filter: { olderHours: 1 } }), now)).toBe(1);
  });

  it('stays in the address, and an address that was cut still opens the desk', () => {
    const asked = { violation: 'phone', district: '3', kitchen: '7', camera: '12', hours: '4', order: 'risk' };
    const read = readView('desk', asked);
    const [path, query] = addressOf(read).split('?');
    expect(path).toBe('/review');
    expect(readView('desk', Object.fromEntries(new URLSearchParams(query)))).toEqual(read);
    expect(addressOf(readView('lens', { kitchen: 'x', order: 'best', hours: '', violation: '"' }))).toBe(
      '/review/lens',
    );
  });

  it('counts what this reviewer may judge, second looks among it and not their own', async () => {
    changeSettings(server.deps, cast.admin, { secondShare: 1 });
    judgeFlag(server.deps, cast.reviewer, { flagId: await flagged(), decision: 'confirmed' });
    const count = (who: Cast['reviewer']) => countWaiting(server.db, who, view({}), server.clock.now());
    expect([count(cast.reviewer), count(cast.secondReviewer)]).toEqual([0, 1]);
    expect(count({ ...cast.secondReviewer, sites: [cast.restaurant.siteId] })).toBe(0);
  });

  it('shows a reviewer of one part of the city nothing of another, and takes no verdict there', async () => {
    const id = await flagged();
    const elsewhere = { ...cast.reviewer, district: { id: 1, name: '东区', nameEn: null, sites: ['local:another'] } };
    expect(takeFlag(server.deps, elsewhere, plainView('desk'))).toBeUndefined();
    expect(() => judgeFlag(server.deps, elsewhere, { flagId: id, decision: 'cleared' })).toThrow(/Nothing is kept/);
  });
});

/** Gives back whatever the reviewer holds. */
function endAll(): void {
  server.db.sqlite.prepare('UPDATE flag SET leased_to = NULL, lease_until = NULL, leased_at = NULL').run();
}

describe('faults of the lens', () => {
  it('stand in a queue of their own', async () => {
    await quiet();
    for (let i = 0; i < 3; i++) {
      server.clock.pass(30_000);
      const faults = [{ kind: 'covered' as const, reading: 0.9, limit: 0.5 }];
      recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now(), faults, looked: false }));
    }
    expect(takeFlag(server.deps, cast.reviewer, plainView('desk'))).toBeUndefined();
    expect(takeFlag(server.deps, cast.reviewer, plainView('lens'))?.flag.violation).toBe('camera_fault');
  });
});

describe('a lease', () => {
  it('ends at once when the tab says so, and a late word ends no later one', async () => {
    const id = await flagged();
    const { leaseUntil } = takeFlag(server.deps, cast.reviewer, plainView('desk'))!.flag;
    expect(takeFlag(server.deps, cast.secondReviewer, plainView('desk'))).toBeUndefined();
    server.clock.pass(10);
    takeFlag(server.deps, cast.reviewer, plainView('desk'));
    endLease(server.deps, cast.reviewer, { flagId: id, leaseUntil: leaseUntil! });
    expect(flagById(server.db, id)?.leasedTo).toBe(cast.reviewer.id);
    const now = flagById(server.db, id)?.leaseUntil;
    endLease(server.deps, cast.secondReviewer, { flagId: id, leaseUntil: now! });
    expect(flagById(server.db, id)?.leasedTo).toBe(cast.reviewer.id);
    endLease(server.deps, cast.reviewer, { flagId: id, leaseUntil: now! });
    expect(takeFlag(server.deps, cast.secondReviewer, plainView('desk'))?.flag.id).toBe(id);
  });

  it('lays one more flag ready, which whoever finds nothing else may take', async () => {
    const [one, two, three] = [await flagged(), await flagged(), await flagged()];
    const took = (who: Cast['reviewer']) => takeFlag(server.deps, who, plainView('desk'));
    expect(took(cast.reviewer)).toMatchObject({ flag: { id: one }, next: [{ id: two }, { id: three }] });
    expect(took(cast.secondReviewer)?.flag.id, 'not what lies ready for the first').toBe(three);
    const third = person(server.deps, 'reviewer', 'reviewer-three');
    expect(took(third)?.flag.id, 'rather than nothing').toBe(two);
    judgeFlag(server.deps, cast.reviewer, { flagId: one, decision: 'cleared' });
    expect(took(cast.reviewer)).toBeUndefined();
    expect(() => judgeFlag(server.deps, cast.reviewer, { flagId: two, decision: 'cleared' })).toThrow(/open/);
  });

  it('begins for what lay ready when it is shown, and both go back with the tab', async () => {
    const [one, two] = [await flagged(), await flagged()];
    const took = () => takeFlag(server.deps, cast.reviewer, plainView('desk'))?.flag;
    took();
    expect(flagById(server.db, two)).toMatchObject({ leasedTo: cast.reviewer.id, leasedAt: null });
    server.clock.pass(900);
    judgeFlag(server.deps, cast.reviewer, { flagId: one, decision: 'cleared' });
    expect(took()).toMatchObject({ id: two, leasedAt: server.clock.now() });
    const three = await flagged();
    endLease(server.deps, cast.reviewer, { flagId: two, leaseUntil: took()!.leaseUntil! });
    expect([two, three].map((id) => flagById(server.db, id)?.leasedTo)).toEqual([null, null]);
  });

  it('of another flag ends when the reviewer turns to other filters', async () => {
    const id = await flagged();
    await flagged([seen('cigarette', 0.9)]);
    expect(first({})).toBe(id);
    first({ filter: { violation: 'smoking' } });
    expect(flagById(server.db, id)?.leasedTo).toBeNull();
  });
});

describe('a group that is cleared', () => {
  it('holds only what was on the page', async () => {
    const at = await flagged();
    const more = async () => {
      server.clock.pass(11 * 60_000);
      return recordSample(
        server.deps,
        await frameOf(cast.camera, { at: server.clock.now(), detections: [seen('no_mask', 0.8)] }),
      ).flags[0]!;
    };
    const shown = await more();
    await quiet();
    const since = await more();
    expect(clearGroup(server.deps, cast.reviewer, at, { visibleMs: 900, shown: [shown] })).toBe(1);
    expect([shown, since].map((id) => flagById(server.db, id)?.status)).toEqual(['cleared', 'open']);
  });
});

describe('a violation that the models missed', () => {
  it('is reported from any frame that is kept, leads to an order, and waits for a second person', async () => {
    const at = await quiet();
    await quiet();
    const report = { cameraId: cast.camera.id, at, violation: 'phone' };
    const { flagId, status } = reportMissed(server.deps, cast.reviewer, report);
    expect(status).toBe('confirmed');
    expect(standingOrderOf(server.db, flagId)?.violation).toBe('phone');
    expect(framesOf(server.db, flagId).map((frame) => frame.at)).toEqual([at, at + 30_000]);
    expect(takeFlag(server.deps, cast.secondReviewer, plainView('desk'))?.flag.id).toBe(flagId);
    const [frame] = judgedFrames(server.db, {}, { limit: 5 }).frames;
    expect(frame?.answers).toMatchObject([{ violation: 'phone', answer: 'present', boxes: [] }]);
    expect(() => reportMissed(server.deps, cast.secondReviewer, report)).toThrow(/already/i);
  });

  it('is refused for one’s own shop, another part of the city, a moment without a picture, and a kind there is not', async () => {
    const at = await quiet();
    const report = { cameraId: cast.camera.id, at, violation: 'phone' };
    const own = { ...cast.reviewer, sites: [cast.restaurant.siteId] };
    expect(() => reportMissed(server.deps, own, report)).toThrow(/own shop/);
    const elsewhere = { ...cast.reviewer, district: { id: 1, name: '东区', nameEn: null, sites: ['local:another'] } };
    expect(() => reportMissed(server.deps, elsewhere, report)).toThrow(/Nothing is kept/);
    expect(() => reportMissed(server.deps, cast.reviewer, { ...report, at: at + 1 })).toThrow(/picture/);
    expect(() => reportMissed(server.deps, cast.reviewer, { ...report, violation: 'dragon' })).toThrow(/faults/);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM flag').pluck().get()).toBe(0);
  });
});

describe('frames around a flag', () => {
  it('are there before and after it, also where nothing changed and where frames are far apart', async () => {
    server.db.sqlite.prepare('UPDATE camera SET sample_every_ms = 3600000').run();
    const frameAfter = async (detections: ReturnType<typeof seen>[], looked = true) => {
      server.clock.pass(3600_000);
      return recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now(), detections, looked }));
    };
    await frameAfter([]);
    const [id] = (await frameAfter([seen('no_mask', 0.8)])).flags;
    const own = flagById(server.db, id!)!.at;
    await frameAfter([], false);
    const frames = framesOf(server.db, id!);
    expect(frames.map(({ at }) => Math.sign(at - own))).toEqual([-1, 0, 1]);
    // What did not change is the same picture.
    expect(frames[2]?.hash).toBe(frames[1]?.hash);
  });
});

describe('frames just under a threshold', () => {
  it('are kept to learn from, a few a day, with all that was seen on them', async () => {
    const kept = () => server.db.sqlite.prepare('SELECT violation, score FROM near_miss ORDER BY at').all();
    await quiet([seen('no_mask', 0.45)]);
    expect(kept()).toEqual([]);
    for (let i = 0; i < 12; i++) await quiet([seen('no_mask', 0.55)]);
    expect(kept()).toHaveLength(4);
    expect(kept()[0]).toEqual({ violation: 'no_mask', score: 0.55 });
    const held = server.db.sqlite
      .prepare(
        'SELECT count(*) FROM near_miss n JOIN picture p ON p.hash = n.hash JOIN frame_reading r ON r.hash = n.hash',
      )
      .pluck()
      .get();
    expect(held).toBe(4);
  });
});
