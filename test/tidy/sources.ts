// Lists the project's own source files, for the tests that read them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Source = { readonly path: string; readonly text: string; readonly lines: readonly string[] };

/** Files git knows or would know, whose path fits `pattern`. Throws when there are none: a test over nothing proves nothing. */
export function sources(pattern: RegExp): Source[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const paths = [...new Set(listed.split('\n'))].filter((path) => pattern.test(path)).sort();
  if (paths.length === 0) throw new Error(`No file fits ${pattern}.`);
  return paths.flatMap((path) => {
    const text = read(path);
    return text === undefined ? [] : [{ path, text, lines: text.split('\n') }];
  });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(`${root}/${path}`, 'utf8');
  } catch {
    // Removed in the working tree but not yet in the index.
    return undefined;
  }
}
