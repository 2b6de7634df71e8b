// The real model over HTTP and through a sample clip: from pixels to a flag that a reviewer can judge.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../inference/pool.ts';
import type { Pool } from '../../../inference/types.ts';
import { addCamera } from '../../../server/kitchen/camera/add-camera.ts';
import { mostLoginRefusals } from '../../../server/kitchen/camera/watch.ts';
import { scheduleSamples } from '../../../server/kitchen/sample/schedule-samples.ts';
import { workOf } from '../../../server/work.ts';
import { openCast } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const mostSamples = 12;

let eye: Pool;
let server: TestServer;

beforeAll(async () => {
  eye = await openPool({ modelsDir: `${root}models`, workers: 1 });
  server = openTestServer({ eye });
}, 60_000);

afterAll(() => eye.close());

describe('the model that ships', () => {
  it('finds the bare face of a sample kitchen over POST /api/classify', async () => {
    const body = new Uint8Array(readFileSync(`${root}samples/stills/dingxiang-prep.jpg`));
    const answer = await server.call('/api/classify', {
      as: 'worker',
      method: 'POST',
      body,
      headers: { 'content-type': 'image/jpeg' },
    });
    const report = (await answer.json()) as {
      violations: { id: string; box: number[] }[];
      check: { ok: boolean };
      ms: { total: number };
    };
    expect(report.check.ok).toBe(true);
    expect(report.violations.map(({ id }) => id)).toContain('no_mask');
    for (const value of report.violations.flatMap(({ box }) => box)) expect(value).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('hello')],
    ['half a JPEG', readFileSync(`${root}samples/stills/dingxiang-prep.jpg`).subarray(0, 4000)],
  ])('refuses %s with a reason', async (_name, bytes) => {
    const answer = await server.call('/api/classify', {
      as: 'worker',
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: { 'content-type': 'image/jpeg' },
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'unreadable_picture' });
  });

  it('a camera that plays a sample clip is sampled by the schedule until it raises a flag with its frames', async () => {
    const { restaurant, admin } = openCast(server.deps);
    const input = { siteId: restaurant.siteId, place: '切配区', kind: 'clip' as const, sampleEverySeconds: 6 };
    const camera = addCamera(server.deps, admin, input, { path: 'samples/clips/dingxiang-prep.mp4' });
    server.db.sqlite.prepare('UPDATE camera SET login_refusals = ? WHERE id <> ?').run(mostLoginRefusals, camera.id);
    const work = workOf(server.deps);
    let flags: { violation: string; camera: { id: number } }[] = [];
    for (let i = 0; i < mostSamples && flags.length === 0; i++) {
      server.clock.pass(10_000);
      expect(scheduleSamples(server.deps)).toBe(1);
      for (const job of server.deps.queue.claim(['sample', 'sample-file'], 60_000, 1)) {
        await work[job.name]?.(job.payload);
        server.deps.queue.complete(job);
      }
      flags = ((await (await server.call('/api/flags', { as: 'reviewer' })).json()) as { flags: typeof flags }).flags;
    }
    expect(flags).toMatchObject([{ violation: 'no_mask', camera: { id: camera.id } }]);
  }, 120_000);

  it.each([
    ['a clip that is none is refused at its field and nothing is kept', Buffer.from('not a video at all'), 400, 0],
    ['a clip with a picture in it becomes a camera', readFileSync(`${root}samples/clips/dingxiang-prep.mp4`), 201, 1],
  ])('%s', async (_name, bytes, status, added) => {
    const owner = { as: 'owner' as const, sites: ['local:jy23309020041826'] };
    const count = () => Number(server.db.sqlite.prepare('SELECT count(*) FROM camera').pluck().get());
    const before = count();
    const form = new FormData();
    for (const [name, value] of Object.entries({ siteId: owner.sites[0]!, place: '上传', kind: 'clip' }))
      form.set(name, value);
    form.set('file', new File([new Uint8Array(bytes)], 'clip.mp4', { type: 'video/mp4' }));
    const answer = await server.call('/api/cameras', { ...owner, method: 'POST', body: form });
    expect(answer.status).toBe(status);
    expect(count() - before).toBe(added);
    if (status === 400) expect(await answer.json()).toMatchObject({ faults: [{ place: 'file' }] });
  });
});
