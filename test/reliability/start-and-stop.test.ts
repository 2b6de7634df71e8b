// Starting and stopping, as the person who types the command sees it.
import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { descendants, launch, newDataDir, startServer } from '../support/process.ts';
import { writePacks, yoloxPack } from '../support/tiny-packs.ts';

describe('npm start', { timeout: 180_000 }, () => {
  it('an empty server prints the same set-up link at every start until it is used, and keeps it to itself', async () => {
    const dataDir = newDataDir();
    const linkOf = (output: string) => /http:\S+\/set-up\/\S+/.exec(output)?.[0];
    const first = await startServer({ dataDir });
    await expect.poll(() => linkOf(first.output())).toBeDefined();
    expect(await first.end('SIGTERM')).toBe(0);
    const second = await startServer({ dataDir });
    await expect.poll(() => linkOf(second.output())?.split('/').at(-1)).toBe(linkOf(first.output())?.split('/').at(-1));
    expect(statSync(join(dataDir, 'set-up-link')).mode & 0o777).toBe(0o600);
    const answer = await fetch(linkOf(second.output())!);
    expect(answer.status).toBe(200);
    await second.end('SIGTERM');
  });

  it('a second server on the same data refuses and says what to do, and the first goes on', async () => {
    const first = await startServer();
    const second = await launch({ dataDir: first.dataDir });
    expect(await second.end()).toBe(1);
    expect(second.output()).toContain('DATA_DIR');
    expect(second.output()).not.toContain('    at ');
    expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
    await first.end('SIGTERM');
  });

  it('a server on a taken port refuses by name', async () => {
    const first = await startServer();
    const second = await launch({ port: Number(new URL(first.url).port) });
    expect(await second.end()).toBe(1);
    expect(second.output()).toContain('PORT=');
    await first.end('SIGTERM');
  });

  it('wrong settings are all named at once', async () => {
    const server = await launch({ environment: { PORT: 'eighty', DEMO: 'perhaps', PUBLIC_URL: 'here' } });
    expect(await server.end()).toBe(1);
    for (const name of ['PORT=eighty', 'DEMO=perhaps', 'PUBLIC_URL=here']) expect(server.output()).toContain(name);
    expect(server.output()).not.toContain('    at ');
  });

  it('an accelerator that is not there and a pack that was changed are refused by name', async () => {
    const packs = await writePacks(yoloxPack());
    appendFileSync(join(packs, 'squares-yolox.onnx'), 'x');
    for (const [environment, said] of [
      [{ PROVIDER: 'tpu' }, '"tpu" cannot be used here'],
      [{ MODELS_DIR: packs }, 'squares-yolox.onnx has the SHA-256'],
    ] as const) {
      const server = await launch({ environment });
      expect(await server.end()).toBe(1);
      expect(server.output()).toContain(said);
      expect(server.output()).not.toContain('    at ');
    }
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s stops it cleanly and leaves no process behind', async (signal) => {
    const server = await startServer();
    const pid = server.child.pid!;
    const before = descendants(pid);
    expect(await server.end(signal)).toBe(0);
    const alive = before.filter((child) => descendants(1).includes(child));
    expect(alive).toEqual([]);
  });

  it('comes back after kill -9 without a hand', async () => {
    const first = await startServer();
    expect(await first.end('SIGKILL')).toBe('SIGKILL');
    const second = await startServer({ dataDir: first.dataDir });
    expect(await second.end('SIGTERM')).toBe(0);
  });
});
