// The container files that operators copy: they name files, settings and programs that are there. No container is run here.
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../server/config.ts';

type Service = {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly stop_grace_period?: string;
  readonly volumes?: readonly string[];
};
type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
};

const image = readFileSync('docs/deploy/Containerfile', 'utf8');
const { services, volumes } = parse(readFileSync('docs/deploy/compose.yaml', 'utf8'), { merge: true }) as Compose;
const settings = new Set(
  ['server/config.ts', 'server/bucket/bucket-settings.ts']
    .flatMap((path) => readFileSync(path, 'utf8').match(/^ {2}[A-Z0-9_]+(?=:)/gm) ?? [])
    .map((name) => name.trim()),
);
const ofNode = ['NODE_ENV', 'MALLOC_ARENA_MAX'];

/** As compose fills it in where the operator sets `set`. */
const filled = (text: string, set: Readonly<Record<string, string>> = {}) =>
  text.replace(/\$\{(\w+):-([^}]*)\}/g, (_, name: string, otherwise: string) => set[name] ?? otherwise);

function settingsOf(name: string, set: Readonly<Record<string, string>> = {}): Record<string, string> {
  const given = Object.entries(services[name]?.environment ?? {});
  return { ...ofImage(), ...Object.fromEntries(given.map(([key, value]) => [key, filled(String(value), set)])) };
}

function ofImage(): Record<string, string> {
  const line = /^ENV (.+)$/m.exec(image)?.[1] ?? '';
  return Object.fromEntries(line.split(' ').map((pair) => pair.split('=') as [string, string]));
}

it('the image is made of files that are there, and holds all that the program is started from', () => {
  const copied = [...image.matchAll(/^COPY (.+) \S+$/gm)].flatMap((match) => match[1]?.split(' ') ?? []);
  expect(copied.filter((path) => !existsSync(path))).toEqual([]);
  const sources = readFileSync('inference/run-source.mjs', 'utf8');
  const folders = /sourceFolders = \[(.+)\]/.exec(sources)?.[1]?.match(/\w+/g) ?? [];
  expect(folders.length).toBeGreaterThan(3);
  expect(copied).toEqual(expect.arrayContaining([...folders, 'models', 'docs', 'package.json', 'package-lock.json']));
  expect(image).toMatch(/^USER node$/m);
  expect(image.indexOf('USER node')).toBeLessThan(image.indexOf('CMD'));
});

it('every setting that is named is one the program reads, and the values that stand there can be used', () => {
  const named = ['server', 'worker'].flatMap((name) => Object.keys(settingsOf(name)));
  expect(named.filter((name) => !settings.has(name) && !ofNode.includes(name))).toEqual([]);
  expect(readConfig(settingsOf('server'))).toMatchObject({ host: '0.0.0.0', redisUrl: undefined, demo: false });
  const set = { REDIS_URL: 'redis://:word@redis:6379/0', WORKER_KEY: 'k'.repeat(43), WORKER_EYES: '2' };
  expect(readConfig(settingsOf('server', set)).redisUrl).toBe(set.REDIS_URL);
  expect(readConfig(settingsOf('worker', set))).toMatchObject({ workerKey: set.WORKER_KEY, eyes: 2 });
});

it('what is kept lies in a volume, each stop waits longer than the program needs, and each program is there', () => {
  expect(services['server']?.volumes).toEqual([`data:${ofImage()['DATA_DIR']}`]);
  const mounted = Object.values(services).flatMap((service) => service.volumes ?? []);
  expect(mounted.map((line) => line.split(':')[0]).sort()).toEqual(Object.keys(volumes).sort());
  for (const [name, program] of [
    ['server', 'server/main.ts'],
    ['worker', 'server/worker.ts'],
  ] as const) {
    const stopMs = /stopWithinMs = ([\d_]+)/.exec(readFileSync(program, 'utf8'))?.[1]?.replaceAll('_', '');
    const grace = /^(\d+)s$/.exec(services[name]?.stop_grace_period ?? '')?.[1];
    expect(Number(grace) * 1000, name).toBeGreaterThan(Number(stopMs));
  }
  const started = [...(services['worker']?.command ?? []), ...image.split('CMD')[1]!.match(/[\w./-]+/g)!];
  expect(started.filter((word) => word.startsWith('server/')).every((path) => existsSync(path))).toBe(true);
  expect(started).toContain('--worker');
  expect(existsSync(services['server']?.build?.dockerfile ?? '')).toBe(true);
});

it('the Redis of the many machines keeps what it is given and throws nothing away', () => {
  const line = services['redis']?.command?.join(' ');
  expect(line).toContain('--appendonly yes');
  expect(line).toContain('--maxmemory-policy noeviction');
});
