// Starts a real S3 server for a test: OpenStack Swift of the distribution with its s3api, one process of each kind, on one disk.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './redis.ts';

export type Swift = {
  readonly endpoint: string;
  readonly key: string;
  readonly secret: string;
  /** The process that speaks S3 dies, or comes back. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Bytes of every object as the object server keeps them. */
  readonly disk: string;
  end(): Promise<void>;
};

const kinds = ['account', 'container', 'object'] as const;
const key = 'kitchen:camera';
const secret = 'swift-secret-7';

export async function openSwift(): Promise<Swift> {
  const folder = mkdtempSync(join(tmpdir(), 'swift-'));
  const disk = join(folder, 'disks', 'd1');
  mkdirSync(disk, { recursive: true });
  const children: ChildProcess[] = [];
  const cache = await freePort();
  children.push(run('memcached', '-l', '127.0.0.1', '-p', String(cache), '-u', 'root', '-m', '16'));
  for (const kind of kinds) {
    const port = await freePort();
    const conf = join(folder, `${kind}.conf`);
    writeFileSync(conf, storage(kind, port, folder));
    ring(folder, kind, port);
    children.push(run(`swift-${kind}-server`, conf));
    await listens(port);
  }
  const port = await freePort();
  const conf = join(folder, 'proxy.conf');
  writeFileSync(conf, proxy(port, cache, folder));
  let front: ChildProcess | undefined;
  const swift: Swift = {
    endpoint: `http://127.0.0.1:${port}`,
    key,
    secret,
    disk,
    async start() {
      front = run('swift-proxy-server', conf);
      await listens(port);
    },
    async stop() {
      if (front !== undefined) await ended(front);
    },
    async end() {
      await swift.stop();
      for (const child of children) await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await swift.start();
  return swift;
}

function run(program: string, ...words: string[]): ChildProcess {
  return spawn(program, words, { stdio: 'ignore', env: { ...process.env, SWIFT_TEST: '1' } });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function ring(folder: string, kind: string, port: number): void {
  const builder = join(folder, `${kind}.builder`);
  const build = (...words: string[]) => execFileSync('swift-ring-builder', [builder, ...words], { stdio: 'ignore' });
  build('create', '4', '1', '1');
  build('add', `r1z1-127.0.0.1:${port}/d1`, '1');
  build('rebalance');
}

const plain = ['bind_ip = 127.0.0.1', 'workers = 0', 'user = root'];

function storage(kind: string, port: number, folder: string): string {
  return [
    '[DEFAULT]',
    ...plain,
    `bind_port = ${port}`,
    `devices = ${join(folder, 'disks')}`,
    `swift_dir = ${folder}`,
    'mount_check = false',
    'fallocate_reserve = 0',
    '[pipeline:main]',
    `pipeline = ${kind}-server`,
    `[app:${kind}-server]`,
    `use = egg:swift#${kind}`,
    '',
  ].join('\n');
}

function proxy(port: number, cache: number, folder: string): string {
  return [
    '[DEFAULT]',
    ...plain,
    `bind_port = ${port}`,
    `swift_dir = ${folder}`,
    '[pipeline:main]',
    'pipeline = catch_errors cache s3api tempauth slo proxy-server',
    '[filter:catch_errors]',
    'use = egg:swift#catch_errors',
    '[filter:cache]',
    'use = egg:swift#memcache',
    `memcache_servers = 127.0.0.1:${cache}`,
    '[filter:s3api]',
    'use = egg:swift#s3api',
    '[filter:slo]',
    'use = egg:swift#slo',
    '[filter:tempauth]',
    'use = egg:swift#tempauth',
    `user_${key.replace(':', '_')} = ${secret} .admin`,
    '[app:proxy-server]',
    'use = egg:swift#proxy',
    'account_autocreate = true',
    '',
  ].join('\n');
}

async function listens(port: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Nothing of Swift listens at ${port}.`);
}
