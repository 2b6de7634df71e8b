// Where the published corpora lie, beside the repository; tests read them there and copy nothing.

import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../shared');
const said = new Set<string>();

/** The path of `../shared/{name}`, or undefined after one plain line saying that it is not here. Throws where CI=true. */
export function sharedPath(name: string): string | undefined {
  const path = join(root, name);
  if (existsSync(path)) return path;
  if (process.env['CI'] === 'true') throw new Error(`../shared/${name} is needed here`);
  if (!said.has(name)) {
    said.add(name);
    process.stdout.write(`not here, so not checked: ../shared/${name}\n`);
  }
  return undefined;
}

/** Runs the body with the folder, or not at all where it is absent (see sharedPath). */
export function withShared<T>(name: string, body: (path: string) => T): T | undefined {
  const path = sharedPath(name);
  return path === undefined ? undefined : body(path);
}

/** Every file below a shared folder whose path matches, sorted; throws where none does. */
export function sharedFiles(folder: string, matching: RegExp): { readonly path: string; readonly name: string }[] {
  return (
    withShared(folder, (top) => {
      const found = filesBelow(top)
        .map((path) => ({ path, name: relative(top, path).split('\\').join('/') }))
        .filter(({ name }) => matching.test(name))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      if (found.length === 0) throw new Error(`no file of ../shared/${folder} matches ${matching}`);
      return found;
    }) ?? []
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
