// The command line as other programs call it: contracts of its answers, over real files and a real data directory.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { newDataDir, runCli, startServer } from '../support/process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bright-kitchen-cli-'));
const dataDir = newDataDir();

beforeAll(async () => {
  const server = await startServer({ dataDir });
  await server.end('SIGTERM');
}, 120_000);

describe('the command line', { timeout: 120_000 }, () => {
  it('classify prints one JSON line a picture, also for one that is none', async () => {
    const grey = join(folder, 'grey.jpg');
    await sharp({ create: { width: 640, height: 360, channels: 3, background: '#050505' } })
      .jpeg()
      .toFile(grey);
    const broken = join(folder, 'broken.jpg');
    writeFileSync(broken, 'no picture');
    const [black, none] = runCli(dataDir, 'classify', '--json', grey, broken)
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(black).toMatchObject({
      file: grey,
      detections: [],
      check: { ok: false },
      violations: [{ id: 'camera_fault' }],
    });
    expect(black.ms.total).toBeGreaterThan(0);
    expect(none).toMatchObject({
      file: broken,
      detections: [],
      violations: [],
      check: { ok: false },
      fault: { code: 'not_a_picture' },
    });
  });

  it('digital-link prints a JSON line a URI from standard input', () => {
    const answer = execFileSync(process.execPath, ['server/start.mjs', '--cli', 'digital-link', '--json'], {
      cwd: root,
      input: 'https://id.gs1.org/01/06912345002028/10/A07\nhttps://id.gs1.org/01/06912345002029\n',
      encoding: 'utf8',
    });
    const [good, bad] = answer
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(good).toEqual({
      uri: 'https://id.gs1.org/01/06912345002028/10/A07',
      ok: true,
      elements: '^010691234500202810A07',
      fault: null,
    });
    expect(bad).toMatchObject({ ok: false, elements: '' });
  });

  it('import takes a whole CSV or nothing, and a trace finds what it took', () => {
    const good = join(folder, 'good.csv');
    writeFileSync(good, 'origin,batch,product,quantity,unit\n云溪,A21,五花肉,36,kg\n');
    expect(runCli(dataDir, 'import', good)).toContain('1 lots');
    const bad = join(folder, 'bad.csv');
    writeFileSync(bad, 'origin,batch,product,quantity,unit\n云溪,A22,五花肉,36,kg\n云溪,A23,五花肉,many,kg\n');
    expect(() => runCli(dataDir, 'import', bad)).toThrow(/row 3/);
    expect(runCli(dataDir, 'import', '--check', good)).toContain('1 rows, 1 lots; nothing stops the import.');
    const [lot] = runCli(dataDir, 'import', '--json', good)
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lot.accepted).toBe(0);
    const chain = JSON.parse(runCli(dataDir, 'trace', lot.code, '--direction', 'backward', '--json'));
    expect(chain).toMatchObject({ lot: lot.code, direction: 'backward', truncated: false });
    expect(() => runCli(dataDir, 'trace', 'A22', '--direction', 'backward', '--json')).toThrow();
  });

  it('a backup restores into an empty directory and verifies there, and overwrites nothing', () => {
    const file = join(folder, 'backup.bk');
    runCli(dataDir, 'backup', file);
    expect(() => runCli(dataDir, 'backup', file)).toThrow(/exists already/);
    const copy = newDataDir();
    runCli(copy, 'restore', file);
    const verify = (dir: string) => JSON.parse(runCli(dir, 'verify', '--json'));
    expect(verify(copy)).toEqual(verify(dataDir));
    expect(verify(copy).whole).toBe(true);
    expect(() => runCli(copy, 'restore', file)).toThrow(/already holds data/);
  });

  it('doctor finds this machine sound', () => {
    const findings = runCli(dataDir, 'doctor', '--json')
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(findings.length).toBeGreaterThan(4);
  });
});
