// Model packs over the life of a real server: promoted from the command line while it runs, damaged while it is down.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reds } from '../support/pack-house.ts';
import { newDataDir, type ServerProcess, startServer } from '../support/process.ts';
import { colourPack, writePacks, yoloxPack } from '../support/tiny-packs.ts';

const dataDir = newDataDir();
let environment: Record<string, string>;
let server: ServerProcess;
let candidate: string;

beforeAll(async () => {
  environment = { MODELS_DIR: await writePacks(yoloxPack(), colourPack()) };
  candidate = await writePacks(reds());
  server = await startServer({ dataDir, environment });
}, 120_000);
afterAll(() => server.end('SIGKILL'));

const looking = async () => {
  const { models } = (await (await fetch(`${server.url}/readyz`)).json()) as {
    models: { name: string; version: string }[];
  };
  return models.map(({ name, version }) => `${name} ${version}`);
};

/** What a command prints, whichever way it ends. */
function cli(...words: string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['server/start.mjs', '--cli', ...words], {
    env: { ...process.env, ...environment, DATA_DIR: dataDir },
    encoding: 'utf8',
  });
  return `${stdout}${stderr}`.trim();
}

const pack = (...words: string[]) => cli('pack', ...words);

describe('model packs from the command line', { timeout: 120_000 }, () => {
  it('are added, run in shadow, promoted and brought back while the server runs, and it follows by itself', async () => {
    const file = (name: string) => join(candidate, name);
    const added = JSON.parse(
      pack('add', file('squares-yolox.json'), file('squares-yolox.onnx'), '--json', '--note', 'reds'),
    );
    expect(added).toMatchObject({ id: 2, state: 'candidate', note: 'reds' });
    expect(pack('add', file('squares-yolox.json'))).toMatch('This is set 2 already.');
    expect(JSON.parse(pack('shadow', '2', '--share', '0.5', '--json'))).toMatchObject({ state: 'shadow' });
    expect(pack('list')).toMatch(/2 {2}shadow .*squares-yolox 2\.0\.0/);
    expect(pack('promote', '2')).toMatch('--reason');
    pack('promote', '2', '--reason', 'fewer misses');
    await expect.poll(looking).toEqual(['colours 1.0.0', 'squares-yolox 2.0.0']);
    pack('rollback');
    await expect.poll(looking).toEqual(['colours 1.0.0', 'squares-yolox 1.0.0']);
    expect(pack('rollback')).toMatch('replaced none');
    expect(pack('promote', '9', '--reason', 'none such')).toMatch('There is no set 9');
  });

  it('damaged while the server was down, it looks with the shipped ones, and doctor and verify say so', async () => {
    pack('promote', '2', '--reason', 'once more');
    await expect.poll(looking).toEqual(['colours 1.0.0', 'squares-yolox 2.0.0']);
    expect(await server.end('SIGTERM')).toBe(0);
    const [set] = JSON.parse(`[${pack('list', '--json').split('\n').join(',')}]`) as [
      { packs: { name: string; manifestSha256: string }[] },
    ];
    const hash = set.packs.find(({ name }) => name === 'squares-yolox')!.manifestSha256;
    const blob = join(dataDir, 'blobs', hash.slice(0, 2), hash.slice(2));
    rmSync(blob);
    writeFileSync(blob, 'rust', { mode: 0o600 });
    expect(cli('doctor')).toMatch(/is damaged \(squares-yolox\)/);
    server = await startServer({ dataDir, environment });
    expect(await looking()).toEqual(['colours 1.0.0', 'squares-yolox 1.0.0']);
    expect(cli('doctor')).toMatch(/set 1 looks because set 2 could not be opened/);
    expect(cli('verify')).toMatch(/A file of squares-yolox is not what was added/);
  });
});
