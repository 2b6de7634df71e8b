// A lookout walked through the store: from somebody at the door of the store-room to a flag with the frames that led to it.
import { beforeEach, describe, expect, it } from 'vitest';
import { cameraById } from '../../../server/kitchen/camera/camera-store.ts';
import type { Lookout } from '../../../server/kitchen/camera/lookout.ts';
import { flagById, framesOf } from '../../../server/kitchen/flag/flag-store.ts';
import { changeCameraRules } from '../../../server/kitchen/rule/change-camera-rules.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { sampleSpec } from '../../../server/kitchen/sample/sample-spec.ts';
import { type Cast, type FrameScript, frameOf, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { lookoutOf } from '../../support/lookouts.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
});

const somebody = [seen('person', 0.8, [0.1, 0.2, 0.2, 0.6])].map((one) => ({ ...one, sizePx: 90 }));
const camera = () => cameraById(server.db, cast.camera.id)!;

function watch(...lookouts: Lookout[]): void {
  changeCameraRules(server.deps, cast.owner, cast.camera.id, { ...camera().rules, lookouts });
}

/** One look so many seconds after the last. */
async function look(seconds: number, script: Omit<FrameScript, 'at'> = { detections: somebody }): Promise<number[]> {
  server.clock.pass(seconds * 1000);
  return [...recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now(), ...script })).flags];
}

const entryOf = (subject: string): unknown =>
  JSON.parse(String(server.db.sqlite.prepare('SELECT body FROM ledger_entry WHERE subject = ?').pluck().get(subject)));
const count = (table: string) => server.db.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

describe('a lookout', () => {
  it('reports somebody who stays, once, with the zone and the frames since they came', async () => {
    watch(lookoutOf({ holdSeconds: 60 }));
    await look(30, {});
    for (let i = 0; i < 4; i++) expect(await look(15)).toEqual([]);
    const [id] = await look(15);
    expect(flagById(server.db, id!)).toMatchObject({
      violation: 'intrusion',
      zone: '冷库门口',
      status: 'open',
      packName: 'lookout',
      box: [0.1, 0.2, 0.2, 0.6],
    });
    const frames = framesOf(server.db, id!);
    expect(frames.length).toBeGreaterThanOrEqual(5);
    expect(frames.at(0)?.at).toBeLessThanOrEqual(server.clock.now() - 60_000);
    const { stills } = entryOf(`flag/${id}`) as { stills: { at: number; picture: string }[] };
    const before = frames.filter(({ at, shown }) => shown === 1 && at < server.clock.now());
    expect(stills).toEqual(before.map(({ at, hash }) => ({ at, picture: hash })));
    expect(stills.length).toBeGreaterThanOrEqual(4);
    expect(await look(30)).toEqual([]);
    expect(count('lookout_frame')).toBe(0);
  });

  it('keeps a few frames of however long a stretch, its first among them', async () => {
    watch(lookoutOf({ holdSeconds: 600 }));
    await look(30);
    const began = server.clock.now();
    for (let i = 0; i < 19; i++) await look(30);
    expect(count('lookout_frame')).toBe(6);
    const [id] = await look(30);
    expect(framesOf(server.db, id!)[0]?.at).toBe(began);
    expect(framesOf(server.db, id!).length).toBeLessThanOrEqual(9);
  });

  it('is looked at soon again when something begins, so that its time can be told', async () => {
    watch(lookoutOf({ holdSeconds: 8 }));
    await look(30);
    expect(camera().nextDueAt).toBeLessThanOrEqual(server.clock.now() + 2000);
  });

  it('says nothing of the time a camera was away, and a restart forgets nothing', async () => {
    watch(lookoutOf({ holdSeconds: 60 }));
    await look(30);
    expect(await look(600)).toEqual([]);
    await look(30);
    // Nothing of it lies in the process: another one reads the same rows.
    expect(await look(30)).toHaveLength(1);
  });

  it('saved again as it is goes on; changed, it begins anew', async () => {
    watch(lookoutOf({ holdSeconds: 60 }));
    await look(30);
    watch(lookoutOf({ holdSeconds: 60, name: '冷库' }));
    await look(30);
    expect(await look(30)).toHaveLength(1);
    watch(lookoutOf({ holdSeconds: 61 }));
    expect([await look(30), count('lookout_memory')]).toEqual([[], 1]);
    watch();
    expect([count('lookout_memory'), count('lookout_frame')]).toEqual([0, 0]);
  });

  it('outside its hours nobody is reported, and what had begun is over', async () => {
    watch(lookoutOf({ holdSeconds: 60, when: 'closed' }));
    // Dingxiang is open around the clock.
    for (let i = 0; i < 5; i++) expect(await look(30)).toEqual([]);
    expect(count('lookout_frame')).toBe(0);
  });

  it('costs a camera without one nothing, and asks the models to look where nothing has been seen for long', async () => {
    await look(30);
    expect(count('lookout_memory')).toBe(0);
    expect(sampleSpec(server.deps, camera()).always).toBeUndefined();
    watch(lookoutOf());
    expect(sampleSpec(server.deps, camera()).always).toBe(true);
    await look(30);
    expect(sampleSpec(server.deps, camera()).always).toBeUndefined();
    for (let i = 0; i < 4; i++) await look(30, { looked: false });
    expect(sampleSpec(server.deps, camera()).always).toBe(true);
  });

  it('a picture that stayed on another machine moves nothing: a flag shows its own', async () => {
    watch(lookoutOf({ holdSeconds: 0 }));
    await look(30, {});
    server.clock.pass(30_000);
    const sample = await frameOf(cast.camera, { at: server.clock.now(), detections: somebody });
    expect(recordSample(server.deps, { ...sample, picture: Buffer.alloc(0) }).flags).toEqual([]);
    expect(await look(30)).toHaveLength(1);
  });
});
