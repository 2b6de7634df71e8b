// What is written twice: runs of six and more lines that stand elsewhere too, letter for letter.
import { expect, it } from 'vitest';
import { type Source, sources } from './sources.ts';

const run = 6;
const mostShare = 0.01;

it('less than one line in a hundred of the product is written twice', () => {
  const files = sources(/^(server|inference|views|samples)\/.*\.(ts|tsx|mjs|js)$/);
  const { repeated, all } = duplicatesIn(files);
  const share = repeated.length / all;
  expect(share, repeated.slice(0, 200).join('\n')).toBeLessThan(mostShare);
});

type Line = { readonly place: string; readonly text: string };

/**
 * Blank lines, comments, imports, lone brackets and names passed on unchanged are left out: they repeat by nature,
 * as in the two dictionaries, which list the same parts.
 */
function telling({ path, lines }: Source): Line[] {
  return lines
    .map((line, index) => ({ place: `${path}:${index + 1}`, text: line.trim() }))
    .filter(({ text }) => /[a-z0-9]/i.test(text) && !/^(\/\/|\*|\/\*|import\b|export \*|\} from )|^\w+,$/.test(text));
}

function duplicatesIn(files: readonly Source[]): { repeated: string[]; all: number } {
  const seen = new Map<string, Line[][]>();
  let all = 0;
  for (const file of files) {
    const lines = telling(file);
    all += lines.length;
    for (let at = 0; at + run <= lines.length; at++) {
      const window = lines.slice(at, at + run);
      const key = window.map(({ text }) => text).join('\n');
      seen.set(key, [...(seen.get(key) ?? []), window]);
    }
  }
  const twice = [...seen.values()].filter((windows) => windows.length > 1).flat(2);
  return { repeated: [...new Set(twice.map(({ place }) => place))].sort(), all };
}
