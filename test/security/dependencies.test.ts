// What the program is built of is known: exact versions, none below one with a known fault, and a list that others can read.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/store/db.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => JSON.parse(readFileSync(`${root}${path}`, 'utf8'));

/** Below these something is known to be wrong: paths and limits in hono, statements in drizzle, decoders in sharp. */
const floors: Readonly<Record<string, string>> = {
  hono: '4.12.25',
  '@hono/node-server': '1.19.10',
  'drizzle-orm': '0.45.2',
  sharp: '0.35.0',
};
const sqliteFloor = '3.51.3';

type Locked = {
  readonly version?: string;
  readonly dev?: boolean;
  readonly integrity?: string;
  readonly link?: boolean;
};

const numbers = (version: string) => version.split('.').map(Number) as [number, number, number];
function isAtLeast(version: string, floor: string): boolean {
  const [have, want] = [numbers(version), numbers(floor)];
  const first = have.findIndex((part, at) => part !== want[at]);
  return first === -1 || (have[first] ?? 0) > (want[first] ?? 0);
}

describe('what it is built of', () => {
  it.each(['package.json', 'test/mutation/package.json'])(
    '%s asks for one version of each package, and for no range',
    (path) => {
      const { dependencies, devDependencies, optionalDependencies } = read(path);
      const asked = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }) as [
        string,
        string,
      ][];
      expect(asked.length).toBeGreaterThan(1);
      expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    },
  );

  it('every package is locked to its bytes', () => {
    const packages = Object.entries(read('package-lock.json').packages as Record<string, Locked>).filter(
      ([at]) => at !== '',
    );
    expect(packages.length).toBeGreaterThan(200);
    expect(packages.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([at]) => at)).toEqual([]);
  });

  it.each(Object.entries(floors))('%s is nowhere below %s, neither in the list nor as it lies here', (name, floor) => {
    const locked = Object.entries(read('package-lock.json').packages as Record<string, Locked>)
      .filter(([at]) => at.endsWith(`node_modules/${name}`))
      .map(([, { version }]) => version ?? '');
    const here = read(`node_modules/${name}/package.json`).version as string;
    expect(locked).toContain(here);
    expect(locked.filter((version) => !isAtLeast(version, floor))).toEqual([]);
  });

  it(`SQLite is at least ${sqliteFloor}: below it two writers can damage a log`, () => {
    const version = openDatabase(':memory:').sqlite.prepare('SELECT sqlite_version()').pluck().get() as string;
    expect(isAtLeast(version, sqliteFloor)).toBe(true);
  });

  it('the bill of materials names every package that a server runs with, its version, licence and hash', () => {
    const bill = JSON.parse(
      execFileSync('npm', ['run', '-s', 'sbom'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
    );
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX' });
    const named = new Set(
      (bill.components as { name: string; version: string }[]).map(({ name, version }) => `${name}@${version}`),
    );
    const { dependencies } = read('package.json') as { dependencies: Record<string, string> };
    expect(
      Object.entries(dependencies)
        .map(([name, version]) => `${name}@${version}`)
        .filter((one) => !named.has(one)),
    ).toEqual([]);
    const bare = (bill.components as { name: string; hashes?: unknown[]; licenses?: unknown[] }[]).filter(
      ({ hashes }) => (hashes ?? []).length === 0,
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  }, 60_000);
});
