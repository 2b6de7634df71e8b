// Judged frames as data sets, over HTTP: who may ask, what the ledger says, what the zip holds.
import { beforeEach, describe, expect, it } from 'vitest';
import { removeOldDatasets } from '../../../server/kitchen/dataset/remove-old-datasets.ts';
import { workOf } from '../../../server/work.ts';
import { type JudgedCast, judgedFrame, openJudgedCast } from '../../support/judged-cast.ts';
import { scriptedEye } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';
import { readZip } from '../../support/zip-reader.ts';

let server: TestServer;
let cast: JudgedCast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openJudgedCast(server);
});

const form = { reason: 'Retrain the head classifier', faces: 'as-seen' };
const ask = (fields: Record<string, string> = form) => server.call('/datasets', { as: 'admin', form: fields });
const html = { accept: 'text/html', 'accept-language': 'en' };
const entries = () =>
  (
    server.db.sqlite
      .prepare(`SELECT body FROM ledger_entry WHERE kind = 'dataset' ORDER BY seq`)
      .pluck()
      .all() as string[]
  ).map((body) => JSON.parse(body) as Record<string, unknown>);

/** Runs what waits in the queue for this job. */
async function runExports(): Promise<void> {
  const work = workOf(server.deps);
  for (const job of server.deps.queue.claim(['export-dataset'], 60_000, 5)) {
    await work[job.name]?.(job.payload);
    server.deps.queue.complete(job);
  }
}

async function judgeEverywhere(): Promise<void> {
  for (const { camera } of cast.kitchens) await judgedFrame(server, cast, { camera, decision: 'confirmed' });
}

describe('a data set is asked for, written and given out', () => {
  it('an administrator gets a zip of the judged frames, and the ledger holds the reason and each download', async () => {
    await judgeEverywhere();
    expect((await ask()).status).toBe(303);
    await runExports();
    const shown = await (await server.call('/datasets', { as: 'admin', headers: html })).text();
    expect(shown).toContain('Retrain the head classifier');
    expect(shown).toContain('/datasets/1/file');
    const file = await server.call('/datasets/1/file', { as: 'admin' });
    expect(file.headers.get('content-type')).toBe('application/zip');
    const files = readZip(Buffer.from(await file.arrayBuffer()));
    expect([...files.keys()].filter((path) => path.startsWith('images/'))).toHaveLength(3);
    const manifest = JSON.parse(String(files.get('manifest.json'))) as { digest: string; verdicts: number };
    expect(manifest.verdicts).toBe(3);
    const [asked, written, given] = entries();
    expect(asked).toMatchObject({ reason: form.reason });
    expect(written).toMatchObject({ written: manifest.digest });
    expect(given).toMatchObject({ given: manifest.digest });
  });

  it('the file goes after a week, what it was stays known', async () => {
    await judgeEverywhere();
    await ask();
    await runExports();
    server.clock.pass(8 * 24 * 3600_000);
    expect(removeOldDatasets(server.deps)).toBe(1);
    expect((await server.call('/datasets/1/file', { as: 'admin' })).status).toBe(404);
    const shown = await (await server.call('/datasets', { as: 'admin', headers: html })).text();
    expect(shown).toContain('File removed');
    expect(shown).not.toContain('/datasets/1/file');
  });

  it('one kitchen alone is refused in words, not in silence', async () => {
    await judgedFrame(server, cast, { camera: cast.camera, decision: 'confirmed' });
    await ask();
    await runExports();
    const shown = await (await server.call('/datasets', { as: 'admin', headers: html })).text();
    expect(shown).toContain('Only one restaurant has judged frames');
  });

  it('only the chosen kitchens and days are in it', async () => {
    await judgeEverywhere();
    const [first, second] = cast.kitchens;
    const answer = await server.call('/api/datasets', {
      as: 'admin',
      json: { reason: 'A try', kitchen: [first!.siteId, second!.siteId], from: '2026-10-01', to: '2026-12-31' },
    });
    expect(answer.status).toBe(202);
    await runExports();
    const row = (await (await server.call('/api/datasets/1', { as: 'admin' })).json()) as {
      state: string;
      sums: { pictures: { train: number; val: number } };
    };
    expect(row).toMatchObject({ state: 'done', sums: { pictures: { train: 1, val: 1 } } });
  });
});

describe('who may ask, and how', () => {
  it('nobody but an administrator', async () => {
    for (const role of ['reviewer', 'inspector', 'owner', 'partner'] as const) {
      expect((await server.call('/datasets', { as: role })).status, role).toBe(403);
      expect((await server.call('/datasets', { as: role, form })).status, role).toBe(403);
      expect((await server.call('/datasets/1/file', { as: role })).status, role).toBe(403);
    }
  });

  it('without a reason, with days the wrong way round or no days at all, every fault is named', async () => {
    await judgeEverywhere();
    const refused = await server.call('/datasets', {
      as: 'admin',
      form: { reason: ' ', from: '2026-13-40', to: 'soon' },
      headers: html,
    });
    expect(refused.status).toBe(400);
    const text = await refused.text();
    for (const place of ['f-reason', 'f-from', 'f-to']) expect(text).toContain(`href="#${place}"`);
    expect((await ask({ ...form, from: '2026-11-02', to: '2026-11-01' })).status).toBe(400);
    expect(entries()).toEqual([]);
  });

  it('a third one waits until another is done', async () => {
    await judgeEverywhere();
    await ask();
    await ask();
    expect((await ask()).status).toBe(409);
  });
});
