// The house as drawn: which folders exist, and which room may import which; it fails when it finds no files.
import { describe, expect, it } from 'vitest';
import { importsOf } from './imports.ts';
import { type Source, sources } from './sources.ts';

const product = sources(/^(server|inference|views)\/.*\.tsx?$/);
const rooms = ['trace', 'kitchen', 'oversight', 'ledger', 'accounts', 'jobs', 'store', 'http'] as const;
type Room = (typeof rooms)[number];

describe('arrows never run back up', () => {
  it('the top level holds the rooms of the house and the root files of a good repository', () => {
    const top = new Set(sources(/./).map(({ path }) => path.split('/')[0]));
    const allowed = [
      'server',
      'inference',
      'views',
      'models',
      'samples',
      'test',
      '.ci',
      '.gitignore',
      '.gitattributes',
      '.editorconfig',
      'biome.json',
      'knip.json',
      'vitest.config.ts',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'README.md',
      'README.zh-CN.md',
      'docs',
      'ARCHITECTURE.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'CHANGELOG.md',
      'LICENSE',
      '.npmrc',
      '.nvmrc',
    ];
    expect([...top].filter((name) => name !== undefined && !allowed.includes(name))).toEqual([]);
  });

  it('inference imports nothing of server or views', () => {
    expect(
      imports(
        (path) => path.startsWith('inference/'),
        (target) => target.startsWith('server/') || target.startsWith('views/'),
      ),
    ).toEqual([]);
  });

  it('trace and kitchen do not import each other', () => {
    expect(imports(inRoom('trace'), inRoom('kitchen'))).toEqual([]);
    expect(imports(inRoom('kitchen'), inRoom('trace'))).toEqual([]);
  });

  it('jobs, ledger, store and http import neither half nor accounts', () => {
    for (const room of ['jobs', 'ledger', 'store', 'http'] as const) {
      for (const above of ['trace', 'kitchen', 'oversight', 'accounts'] as const) {
        expect(imports(inRoom(room), inRoom(above), notRoutes), `${room} → ${above}`).toEqual([]);
      }
    }
  });

  it('views fetch nothing: they import no action, store, table or route', () => {
    const forbidden = (target: string) => target.startsWith('server/') && target !== 'server/http/problem.ts';
    expect(imports((path) => path.startsWith('views/'), forbidden)).toEqual([]);
  });

  it('a noun file is pure: no input or output, no clock, no database', () => {
    const impure = product
      .filter(isNoun)
      .filter(({ text }) =>
        /from 'node:(fs|net|http|child_process|worker_threads)|Date\.now\(\)|new Date\(\)|\.sqlite\b|\.orm\b|[^.\w]fetch\(|writeTransaction/.test(
          text,
        ),
      );
    expect(impure.map(({ path }) => path)).toEqual([]);
  });

  it('one door each: the environment, SQLite, models, Bull', () => {
    expect(withText(/process\.env\b/).filter((path) => path !== 'server/config.ts')).toEqual([]);
    expect(withText(/from 'better-sqlite3'/).filter((path) => path !== 'server/store/db.ts')).toEqual([]);
    expect(withText(/from 'onnxruntime-node'/).filter((path) => path !== 'inference/onnx.ts')).toEqual([]);
    expect(withText(/from 'bull'/)).toEqual(['inference/carrier-queue.ts']);
    const carried = withText(/carrier-queue\.ts'/);
    expect(carried.filter((path) => !/^(server\/jobs|inference)\//.test(path))).toEqual([]);
  });

  it('routes write nothing: only actions open a write transaction', () => {
    const writing = product.filter(
      ({ path, text }) => /-routes\.tsx?$/.test(path) && /writeTransaction|\.insert\(|\.update\(|\.delete\(/.test(text),
    );
    expect(writing.map(({ path }) => path)).toEqual([]);
  });
});

function inRoom(room: Room) {
  return (path: string) => path.startsWith(`server/${room}/`);
}

/** A page of the ledger or the health report shows who is looking, and so may read the caller. */
function notRoutes(source: Source): boolean {
  return !/-routes\.tsx$/.test(source.path);
}

function imports(
  from: (path: string) => boolean,
  to: (target: string) => boolean,
  also: (source: Source) => boolean = () => true,
): string[] {
  return product
    .filter((source) => from(source.path) && also(source))
    .flatMap(importsOf)
    .filter((arrow) => to(arrow.to))
    .map((arrow) => `${arrow.from} → ${arrow.to}`);
}

/** A file of rules: neither an action (its name begins with a verb), nor what asks, keeps, shows or serves. */
function isNoun({ path }: Source): boolean {
  if (nouns.has(path)) return true;
  const name = /^server\/(?:trace|kitchen|oversight)\/(?:[a-z0-9-]+\/)?([a-z0-9-]+)\.tsx?$/.exec(path)?.[1];
  if (name === undefined || /(^|-)(store|routes|tables|worker|data|view|operations)$/.test(name)) return false;
  return !verbs.has(name.split('-')[0] ?? '');
}

const verbs = new Set(
  `accept add allow answer appeal ask blur call cancel capture carry change check classify clear close count decide dismiss drop end enrol explain export file follow forget
  grant halve hold import invite issue judge keep learn lay look mark merge notify open post promote publish put raise read rebuild receive
  record recover register release remind remove rename render reopen replay report-out rest return review run sample schedule seal sell send serve
  set settle ship sign start store subscribe take test try undo unpack update upload visit watch widen withdraw write`.split(
    /\s+/,
  ),
);

const nouns = new Set([
  'server/ledger/merkle.ts',
  'server/ledger/entry.ts',
  'server/ledger/checkpoint.ts',
  'server/accounts/permission.ts',
  'server/accounts/account.ts',
  'server/http/problem.ts',
]);

function withText(pattern: RegExp): string[] {
  return product.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
}
