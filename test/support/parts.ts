// The parts that not every machine has: the published corpora and a redis-server. Their tests run where the part is, or
// where it is required; elsewhere the last lines of `npm test` say what was not checked.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `../shared`, beside the repository. */
export const corporaFolder = fileURLToPath(new URL('../../../shared', import.meta.url));

type Part = { readonly variable: string; readonly tests: string; readonly isThere: () => boolean };

const parts: readonly Part[] = [
  { variable: 'CORPORA', tests: 'test/corpora/**', isThere: areCorporaHere },
  { variable: 'REDIS', tests: 'test/redis/**', isThere: () => onPath('redis-server') },
];

export function areCorporaHere(): boolean {
  return existsSync(join(corporaFolder, 'corpora'));
}

/** What vitest leaves out. With `CORPORA=required` or `REDIS=required` a missing part is a failure of its tests instead. */
export function testsLeftOut(): string[] {
  return parts
    .filter(({ variable, isThere }) => process.env[variable] !== 'required' && !isThere())
    .map(({ tests }) => tests);
}

function onPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}
