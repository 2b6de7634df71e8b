// Starts a real redis-server on a free port for a test, and kills it or starts it again when the test says so.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type TestRedis = {
  readonly url: string;
  /** SIGKILL, as a power cut would; with `wipe` its files are gone too. */
  kill(wipe?: 'wipe'): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its files. */
  end(): Promise<void>;
};

/** Further lines of its settings, and where else it is reached than by redis://. */
export type RedisMore = { readonly settings?: readonly string[]; readonly port?: number };

/** Throws where there is no redis-server. */
export async function openRedis(more: RedisMore = {}): Promise<TestRedis> {
  if (!isInstalled()) throw new Error('redis-server is not installed: apt-get install redis-server');
  const port = more.port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  let child: ChildProcess | undefined;
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}/0`,
    async start() {
      const settings = [
        '--appendonly',
        'yes',
        '--appendfsync',
        'always',
        '--maxmemory-policy',
        'noeviction',
        '--save',
        '',
      ];
      const where = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
      child = spawn('redis-server', [...where, ...settings, ...(more.settings ?? [])], { stdio: 'ignore' });
      await answers(port);
    },
    async kill(wipe) {
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      child?.kill('SIGKILL');
      await ended;
      if (wipe) rmSync(join(folder, 'appendonlydir'), { recursive: true, force: true });
    },
    async end() {
      if (child?.exitCode === null && child.signalCode === null) await redis.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}

function isInstalled(): boolean {
  try {
    execFileSync('redis-server', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** Waits until something that speaks Redis answers there. */
export async function answers(port: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const said = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
      socket.once('data', (bytes) => resolve(bytes.toString()));
      socket.once('error', () => resolve(''));
      socket.once('data', () => socket.destroy());
    });
    if (/^(\+PONG|-NOAUTH)/.test(said)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('redis-server did not start.');
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
