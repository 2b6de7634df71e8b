// The evidence bundle of a verdict leaves the house and is checked without it: whole, or what was changed is named.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { undoVerdict } from '../../../server/kitchen/desk/undo-verdict.ts';
import { verdictFaults } from '../../../server/kitchen/evidence/check-verdict-bundle.ts';
import { sumsOf } from '../../../server/kitchen/evidence/verdict-bundle-store.ts';
import { flagById } from '../../../server/kitchen/flag/flag-store.ts';
import { appealVerdict } from '../../../server/kitchen/order/appeal-verdict.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { openBundle } from '../../../server/ledger/evidence-bundle.ts';
import { readZip } from '../../../server/ledger/plain-zip.ts';
import { sha256Hex } from '../../../server/store/blobs.ts';
import { type Cast, frameOf, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
let flagId: number;
let openFlag: number;

async function flagged(): Promise<number> {
  server.clock.pass(2 * 3600_000);
  const at = server.clock.now();
  return recordSample(server.deps, await frameOf(cast.camera, { at, detections: [seen('no_mask', 0.8)] })).flags[0]!;
}

beforeAll(async () => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
  changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
  flagId = await flagged();
  judgeFlag(server.deps, cast.reviewer, { flagId, decision: 'cleared' });
  undoVerdict(server.deps, cast.reviewer);
  const { orderId } = judgeFlag(server.deps, cast.reviewer, { flagId, decision: 'confirmed', violation: 'no_hat' });
  appealVerdict(server.deps, cast.owner, { orderId: orderId!, text: '当时戴着帽子' });
  openFlag = await flagged();
});

async function taken(as: 'inspector' | 'admin', json?: object, id = flagId) {
  const response = await server.call(`/api/flags/${id}/evidence`, { as, method: 'POST', ...(json ? { json } : {}) });
  return { status: response.status, zip: Buffer.from(await response.arrayBuffer()) };
}

const faultsOf = (zip: Buffer) => {
  const reading = openBundle(zip);
  return [...reading.faults, ...verdictFaults(reading)];
};

describe('the evidence of a verdict', () => {
  it('is whole, and holds the frame, the boxes, the models, who said what, the order and its appeal', async () => {
    const { status, zip } = await taken('admin');
    expect(status).toBe(200);
    expect(faultsOf(zip)).toEqual([]);
    const { files } = openBundle(zip);
    const said = (path: string) => JSON.parse(files.get(path)?.toString() ?? '');
    expect(said('flag.json')).toMatchObject({
      violation: 'no_mask',
      score: 0.8,
      threshold: 0.6,
      box: [0.4, 0.3, 0.1, 0.15],
    });
    expect(said('models.json').packs[0].sha256).toBe('a'.repeat(64));
    expect(said('verdicts.json').map(({ decision }: { decision: string }) => decision)).toEqual([
      'cleared',
      'undone',
      'confirmed',
    ]);
    expect(said('verdicts.json')[2]).toMatchObject({ violation: 'no_hat', name: 'reviewer-lin' });
    expect(said('orders.json')[0].steps.map(({ step }: { step: string }) => step)).toEqual(['issued', 'appealed']);
    // No authority is set here: what is known of the clock is said, or why nothing is.
    const { offsetMs, offsetUnknown } = said('timestamp.json');
    expect([typeof offsetMs, typeof offsetUnknown].sort()).toEqual(
      offsetMs === null ? ['object', 'string'] : ['number', 'object'],
    );
    expect(said('clock.json').cameraOffsetMs).toBeNull();
    expect(said('clock.json').cameraOffset).toMatch(/tells no time/);
    expect(said('sums.json')['flag.json'].sm3).toMatch(/^[0-9a-f]{64}$/);
    // Without a reason nobody is seen.
    expect([...files.keys()].filter((path) => path.includes('sharp'))).toEqual([]);
  });

  it('holds the very bytes that were flagged for an inspector who says why, and the reason is written down', async () => {
    const { zip } = await taken('inspector', { reason: '行政处罚取证' });
    const hash = flagById(server.db, flagId)!.pictureHash;
    const bytes = openBundle(zip).files.get(`pictures/${hash}-sharp.jpg`);
    expect(bytes && sha256Hex(bytes)).toBe(hash);
    expect(faultsOf(zip)).toEqual([]);
    const opened = server.db.sqlite.prepare('SELECT reason FROM picture_opening').pluck().all();
    expect(opened).toEqual(['行政处罚取证']);
    const entry = server.db.sqlite
      .prepare("SELECT body FROM ledger_entry WHERE kind = 'evidence' ORDER BY seq DESC")
      .pluck()
      .get() as string;
    expect(JSON.parse(entry)).toMatchObject({ sha256: sha256Hex(zip) });
  });

  it('names the one byte that was changed, and the command line says so with status 1', async () => {
    const { zip } = await taken('admin');
    const at = zip.indexOf('"decision": "confirmed"') + '"decision": "c'.length;
    const changed = Buffer.from(zip);
    changed[at] = changed[at]! ^ 1;
    const inFile = readZip(zip);
    if (!inFile.ok) throw new Error(inFile.detail);
    const verdicts = inFile.files.find(({ path }) => path === 'verdicts.json')!.bytes;
    const byte = verdicts.indexOf('"decision": "confirmed"') + '"decision": "c'.length;
    const file = join(mkdtempSync(join(tmpdir(), 'verdict-')), 'changed.zip');
    writeFileSync(file, changed);
    const cli = ['server/start.mjs', '--cli', 'verify', '--bundle', file, '--json'];
    const { status, stdout } = spawnSync('node', cli, { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ whole: false, faults: [{ place: 'verdicts.json', byte }] });
  }, 120_000);

  it('that says anything else than the ledger is found out, though every sum was made anew', async () => {
    const { files, entries } = openBundle((await taken('admin')).zip);
    const lies: [string, string, string][] = [
      ['verdicts.json', '"no_hat"', '"phone"'],
      ['verdicts.json', '"decision": "cleared"', '"decision": "unsure"'],
      ['flag.json', '"threshold": 0.6', '"threshold": 0.5'],
      ['orders.json', '当时戴着帽子', '没有戴帽子'],
    ];
    for (const [path, from, to] of lies) {
      const told = new Map(files);
      const text = files.get(path)!.toString();
      expect(text).toContain(from);
      told.set(path, Buffer.from(text.replace(from, to)));
      told.delete('sums.json');
      const sums = sumsOf(
        [...told]
          .filter(([name]) => !/^(ledger|manifest|key)/.test(name))
          .map(([name, bytes]) => ({ path: name, bytes })),
      );
      told.set('sums.json', Buffer.from(JSON.stringify(sums)));
      expect(
        verdictFaults({ files: told, entries }).map(({ place }) => place),
        `${path}: ${to}`,
      ).toEqual([path]);
    }
  });

  it('is refused while nobody has judged, to an inspector of another district, and to everybody else', async () => {
    expect((await taken('admin', undefined, openFlag)).status).toBe(409);
    expect((await taken('admin', undefined, 9999)).status).toBe(404);
    for (const as of ['owner', 'reviewer', 'partner'] as const)
      expect((await server.call(`/api/flags/${flagId}/evidence`, { as, method: 'POST' })).status).toBe(403);
  });
});
