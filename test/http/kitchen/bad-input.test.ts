// What people really send: each is refused clearly, and nothing is lost by it.
import { beforeEach, describe, expect, it } from 'vitest';
import { addDistrict } from '../../../server/accounts/person/district.ts';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { takeFlag } from '../../../server/kitchen/desk/take-flag.ts';
import { leaseMs } from '../../../server/kitchen/flag/decision.ts';
import { flagById } from '../../../server/kitchen/flag/flag-store.ts';
import { plainView } from '../../../server/kitchen/flag/queue.ts';
import { stepsOf } from '../../../server/kitchen/order/order-store.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { type Cast, frameOf, jpeg, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
let sites: string[];

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
  sites = [cast.restaurant.siteId];
  changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
});

async function flag(): Promise<number> {
  server.clock.pass(2 * 3600_000);
  const at = server.clock.now();
  return recordSample(server.deps, await frameOf(cast.camera, { at, detections: [seen('no_mask', 0.9)] })).flags[0]!;
}

const order = async () =>
  judgeFlag(server.deps, cast.reviewer, { flagId: await flag(), decision: 'confirmed' }).orderId!;
const rows = (table: string) => server.db.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

async function answer(orderId: number, text: string, photo: Buffer, key?: string): Promise<number> {
  const body = new FormData();
  body.set('text', text);
  body.set('photo', new File([Uint8Array.from(photo)], 'p.jpg', { type: 'image/jpeg' }));
  if (key !== undefined) body.set('key', key);
  return (await server.call(`/api/orders/${orderId}/answer`, { as: 'owner', sites, body })).status;
}

describe('a verdict', () => {
  it('on a flag that was judged already is a conflict, and the first one stands', async () => {
    const id = await flag();
    judgeFlag(server.deps, cast.reviewer, { flagId: id, decision: 'cleared' });
    const late = await server.call(`/api/flags/${id}/verdict`, { as: 'reviewer', json: { decision: 'confirmed' } });
    expect([late.status, flagById(server.db, id)?.status, rows('verdict')]).toEqual([409, 'cleared', 1]);
  });

  it('after the lease ran out is taken while nobody else has the flag, and refused when somebody has', async () => {
    const [first, second] = [await flag(), await flag()];
    takeFlag(server.deps, cast.secondReviewer, plainView('desk'));
    server.clock.pass(leaseMs + 1);
    judgeFlag(server.deps, cast.secondReviewer, { flagId: first!, decision: 'cleared' });
    takeFlag(server.deps, cast.secondReviewer, plainView('desk'));
    server.clock.pass(leaseMs + 1);
    takeFlag(server.deps, cast.reviewer, plainView('desk'));
    expect(() => judgeFlag(server.deps, cast.secondReviewer, { flagId: second!, decision: 'cleared' })).toThrow(
      /Another reviewer/,
    );
    expect(flagById(server.db, second!)?.status).toBe('open');
  });

  it('that is none, or of a kind written strangely, is refused at its place', async () => {
    const id = await flag();
    for (const json of [{}, { decision: 'maybe' }, { decision: 'confirmed', violation: '"><script>' }, { decision: 1 }])
      expect(
        (await server.call(`/api/flags/${id}/verdict`, { as: 'reviewer', json })).status,
        JSON.stringify(json),
      ).toBe(400);
    expect(flagById(server.db, id)?.status).toBe('open');
  });
});

describe('an answer', () => {
  it('with a picture that is none, or ten megabytes of text, is refused, and the order waits as before', async () => {
    const id = await order();
    expect(await answer(id, '已整改', Buffer.from('no picture at all'))).toBe(422);
    expect(await answer(id, '洗'.repeat(3_500_000), await jpeg())).toBeGreaterThanOrEqual(400);
    expect(stepsOf(server.db, id).map(({ kind }) => kind)).toEqual(['issued']);
  });

  it('sent twice at once is one, and a better photo is another', async () => {
    const id = await order();
    const photo = await jpeg();
    const twice = await Promise.all([answer(id, '已整改', photo, 'once'), answer(id, '已整改', photo, 'once')]);
    expect(twice.every((status) => status < 300)).toBe(true);
    expect(stepsOf(server.db, id).filter(({ kind }) => kind === 'answered')).toHaveLength(1);
    expect(await answer(id, '换了更清楚的', await jpeg(7))).toBeLessThan(300);
    expect(stepsOf(server.db, id).filter(({ kind }) => kind === 'answered')).toHaveLength(2);
  });
});

describe('an appeal', () => {
  it('after the order was closed is a conflict, and the kitchen’s score stays', async () => {
    const id = await order();
    await answer(id, '已整改', await jpeg());
    await server.call(`/api/orders/${id}/decision`, { as: 'reviewer', json: { decision: 'accepted' } });
    const score = server.db.sqlite.prepare('SELECT score FROM restaurant').pluck().get();
    const late = await server.call(`/api/orders/${id}/appeal`, { as: 'owner', sites, json: { text: '当时戴着口罩' } });
    expect(late.status).toBe(409);
    expect([rows('appeal'), server.db.sqlite.prepare('SELECT score FROM restaurant').pluck().get()]).toEqual([
      0,
      score,
    ]);
  });
});

describe('a report of a miss', () => {
  it('on a kitchen of one’s own, a camera there is not, or by somebody who does not review is refused', async () => {
    const at = flagById(server.db, await flag())!.at;
    const report = (as: 'reviewer' | 'owner' | 'inspector', id: number, own: string[] = []) =>
      server.call(`/api/cameras/${id}/missed`, { as, sites: own, json: { at, violation: 'phone' } });
    expect((await report('reviewer', cast.camera.id, sites)).status).toBe(403);
    expect((await report('reviewer', 9999)).status).toBe(404);
    expect((await report('owner', cast.camera.id, sites)).status).toBe(403);
    expect((await report('inspector', cast.camera.id)).status).toBe(403);
    const east = addDistrict(server.db, { name: '东区' }, cast.admin, server.clock.now());
    const bound = await signedIn(server, { login: 'reviewer-east', role: 'reviewer', districtId: east });
    const foreign = await bound.go(`/api/cameras/${cast.camera.id}/missed`, undefined, {
      json: { at, violation: 'phone' },
    });
    expect(foreign.status).toBe(404);
    expect([rows('flag'), rows('verdict'), rows('rectification_order')]).toEqual([1, 0, 0]);
    expect((await report('reviewer', cast.camera.id)).status).toBe(201);
  });
});
