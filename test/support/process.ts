// Starts the real server as a process of its own, on a free port and an own data directory, and ends it however a test wants.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readyWithinMs = 60_000;
/** What `npm start` gives to node. */
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
const startWords = scripts.start.split(' ').slice(1);

export type ServerProcess = {
  readonly url: string;
  readonly dataDir: string;
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly output: () => string;
  /** Sends the signal and waits for the end; the exit status, or the signal that ended it. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | NodeJS.Signals>;
};

export type ProcessOptions = {
  readonly dataDir?: string;
  readonly port?: number;
  readonly environment?: Record<string, string>;
};

export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'bright-kitchen-'));
}

/** Waits until /readyz says so. */
export async function startServer(options: ProcessOptions = {}): Promise<ServerProcess> {
  const started = await launch(options);
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline && started.child.exitCode === null) {
    if (await isReady(started.url)) return started;
    await pause(50);
  }
  const output = started.output();
  await started.end('SIGKILL');
  throw new Error(`The server did not become ready:\n${output}`);
}

/** Starts it and waits for nothing. */
export async function launch({
  dataDir = newDataDir(),
  port,
  environment = {},
}: ProcessOptions = {}): Promise<ServerProcess> {
  const chosen = port ?? (await freePort());
  const child = spawn(process.execPath, startWords, {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(chosen), DATA_DIR: dataDir, DEMO: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? 1)),
  );
  return {
    url: `http://127.0.0.1:${chosen}`,
    dataDir,
    child,
    output: () => output,
    end: (signal) => {
      if (signal !== undefined && child.exitCode === null) child.kill(signal);
      return ended;
    },
  };
}

/** Runs a command of the command line against a data directory; what it prints, trimmed. Throws when it fails. */
export function runCli(dataDir: string, ...words: string[]): string {
  return execFileSync(process.execPath, ['server/start.mjs', '--cli', ...words], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir },
    encoding: 'utf8',
  }).trim();
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Processes that were started by `pid` and their children, by id. */
export function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  const parents = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const found: number[] = [];
  for (let level = [pid]; level.length > 0; ) {
    level = parents.filter(([, parent]) => level.includes(parent)).map(([child]) => child);
    found.push(...level);
  }
  return found;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).status === 200;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
