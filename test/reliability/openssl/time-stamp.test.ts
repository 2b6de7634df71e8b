// Evidence of a verdict under an outside authority's time: stamped by openssl, checked by us and by openssl, offline.
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { readStamp } from '../../../server/kitchen/evidence/stamp-faults.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { openBundle } from '../../../server/ledger/evidence-bundle.ts';
import { readTimeStamp, timeStampQuery } from '../../../server/ledger/time-stamp.ts';
import { type Cast, frameOf, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';
import { type Authority, openAuthority, opensslVerifies } from '../../support/time-stamp-authority.ts';

let authority: Authority;
let stranger: Authority;
let server: TestServer;
let cast: Cast;
let flagId: number;

beforeAll(async () => {
  authority = await openAuthority();
  stranger = await openAuthority('Another authority');
  server = openTestServer({ eye: scriptedEye(), environment: { TSA_URL: authority.url } });
  cast = openCast(server.deps);
  changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
  const at = server.clock.now();
  flagId = recordSample(server.deps, await frameOf(cast.camera, { at, detections: [seen('no_mask', 0.8)] })).flags[0]!;
  judgeFlag(server.deps, cast.reviewer, { flagId, decision: 'confirmed' });
});
afterAll(() => {
  authority.close();
  stranger.close();
});

async function taken(): Promise<Buffer> {
  const response = await server.call(`/api/flags/${flagId}/evidence`, { as: 'admin', method: 'POST' });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

const root = (of: Authority) => new X509Certificate(readFileSync(of.root)).raw;

describe('a time stamp over the evidence of a verdict', () => {
  it('says when it was, and how far the server’s clock is off, and openssl says the same', async () => {
    const { files, faults } = openBundle(await taken());
    expect(faults).toEqual([]);
    const [token, sums] = [files.get('timestamp.tsr')!, files.get('sums.json')!];
    expect(opensslVerifies(token, sums, authority.root)).toBe(true);
    const { stamped, faults: none } = await readStamp(files, root(authority));
    expect(none).toEqual([]);
    const said = JSON.parse(String(files.get('timestamp.json')));
    expect(said).toMatchObject({ of: 'sums.json', authority: authority.url, time: stamped?.time, fault: null });
    // The authority lives in real time, the server in the test's.
    expect(said.offsetMs).toBe(server.clock.now() - said.time);
    expect(said.withinMs).toBe(1000);
  });

  it('is held against every byte, against the authority that is trusted, and against a time told otherwise', async () => {
    const { files } = openBundle(await taken());
    const changed = (path: string, bytes: Buffer | undefined) => {
      const told = new Map(files);
      if (bytes === undefined) told.delete(path);
      else told.set(path, bytes);
      return told;
    };
    const sums = Buffer.from(files.get('sums.json')!);
    sums[40] = sums[40]! ^ 1;
    const token = Buffer.from(files.get('timestamp.tsr')!);
    token[token.length - 5] = token[token.length - 5]! ^ 1;
    const time = Buffer.from(String(files.get('timestamp.json')).replace(/"time": (\d+)/, '"time": 1'));
    const faultsOf = async (told: ReadonlyMap<string, Buffer>, of: Authority = authority) =>
      (await readStamp(told, root(of))).faults.map(({ place, detail }) => `${place}: ${detail}`);
    expect(await faultsOf(changed('sums.json', sums))).toEqual(['timestamp.tsr: It stamps other bytes than these.']);
    expect(await faultsOf(changed('timestamp.tsr', token))).toHaveLength(1);
    expect(await faultsOf(changed('timestamp.json', time))).toEqual([
      'timestamp.json: It tells another time than the one that is stamped.',
    ]);
    expect(await faultsOf(changed('timestamp.tsr', undefined))).toHaveLength(1);
    expect(await faultsOf(files, stranger)).toHaveLength(1);
    expect(opensslVerifies(files.get('timestamp.tsr')!, files.get('sums.json')!, stranger.root)).toBe(false);
  });

  it('is checked by the command line offline, with the authority’s certificate or without', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'stamped-')), 'bundle.zip');
    writeFileSync(file, await taken());
    const cli = (...more: string[]) =>
      spawnSync('node', ['server/start.mjs', '--cli', 'verify', '--bundle', file, ...more], { encoding: 'utf8' });
    const trusted = cli('--tsa', authority.root, '--json');
    expect([trusted.status, JSON.parse(trusted.stdout).whole]).toEqual([0, true]);
    expect(JSON.parse(trusted.stdout).stamped.signer).toMatch(/^[0-9a-f]{64}$/);
    const other = cli('--tsa', stranger.root, '--json');
    expect([other.status, JSON.parse(other.stdout).faults[0].place]).toEqual([1, 'timestamp.tsr']);
  }, 120_000);

  it('of an old answer, a refusal or no answer is none: the evidence is given, and says why it has none', async () => {
    const old = openBundle(await taken()).files.get('timestamp.tsr');
    if (old === undefined) throw new Error('There is no stamp to repeat.');
    for (const bytes of [
      old,
      Buffer.from('<html>no</html>'),
      Buffer.from([0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02]),
    ]) {
      authority.answerWith(bytes);
      const { files, faults } = openBundle(await taken());
      expect([faults, files.has('timestamp.tsr')]).toEqual([[], false]);
      expect(JSON.parse(String(files.get('timestamp.json')))).toMatchObject({ time: null });
      expect(JSON.parse(String(files.get('timestamp.json'))).fault).toMatch(/It |The /);
    }
    authority.answerWith(undefined);
  });

  it('answers one question, and no other', async () => {
    const nonce = Buffer.alloc(8, 7);
    const query = timeStampQuery(Buffer.from('x'), nonce);
    const answer = await fetch(authority.url, { method: 'POST', body: Uint8Array.from(query) });
    const token = Buffer.from(await answer.arrayBuffer());
    expect(await readTimeStamp(token, Buffer.from('x'), { nonce })).toMatchObject({ accuracyMs: 1000 });
    expect(await readTimeStamp(token, Buffer.from('x'), { nonce: Buffer.alloc(8, 9) })).toEqual({
      fault: 'It answers another question than the one asked.',
    });
  });
});
