// The parts that not every machine has: the published corpora, a redis-server, strace, another clock, a disk to
// fill. Their tests run where the part is, or where it is required; elsewhere the last lines of `npm test` say what was not checked.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `../shared`, beside the repository. */
export const corporaFolder = fileURLToPath(new URL('../../../shared', import.meta.url));

type Part = { readonly name: string; readonly variable: string; readonly tests: string };

const parts = JSON.parse(readFileSync(new URL('./parts.json', import.meta.url), 'utf8')) as Part[];

const looks: Readonly<Record<string, () => boolean>> = {
  corpora: areCorporaHere,
  redis: () => onPath('redis-server'),
  strace: () => onPath('strace') && works('strace', '-qq', '-e', 'trace=none', 'true'),
  faketime: () => onPath('faketime'),
  openssl: () => onPath('openssl'),
  'small disk': canMount,
  swift: () => ['swift-proxy-server', 'swift-ring-builder', 'memcached'].every(onPath),
};

export function areCorporaHere(): boolean {
  return existsSync(join(corporaFolder, 'corpora'));
}

/** What vitest leaves out. With `CORPORA=required`, `REDIS=required` and so on a missing part is a failure of its tests instead. */
export function testsLeftOut(): string[] {
  const missing = parts
    .filter(({ name, variable }) => process.env[variable] !== 'required' && looks[name]?.() !== true)
    .map(({ tests }) => `${tests}**`);
  return process.env['SOAK'] === 'on' ? missing : [...missing, ...longTests];
}

/** Minutes each, for all places or clocks at once: `npm run soak` runs them (or SOAK=on), `npm test` would outgrow its half hour. */
const longTests = [
  'test/browser/typed-markup.test.ts',
  'test/model/kept-cameras.test.ts',
  'test/reliability/faketime/**',
  'test/reliability/stop-under-load.test.ts',
  'test/reliability/swift/**',
  'test/reliability/three-servers.test.ts',
];

function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'bright-kitchen-mount-'));
  const mounted = works('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder);
  if (mounted) works('umount', '-l', folder);
  rmdirSync(folder);
  return mounted;
}

function works(program: string, ...words: string[]): boolean {
  return spawnSync(program, words, { stdio: 'ignore' }).status === 0;
}

function onPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}
