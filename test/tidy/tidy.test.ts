// Style as a test: sizes of files and functions, first lines, marks left behind, test names.
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { type Source, sources } from './sources.ts';

const code = /^(server|inference|views|samples|models|test)\/.*\.(ts|tsx|mjs|js|py)$/;
const mostFileLines = 400;
const mostFunctionLines = 70;

describe('the source stays small and plain', () => {
  it('no file is longer than 400 lines', () => {
    expect(
      sources(code)
        .filter(({ lines }) => lines.length > mostFileLines)
        .map(({ path, lines }) => `${path}: ${lines.length}`),
    ).toEqual([]);
  });

  it('no function is longer than 70 lines', () => {
    const typed = sources(/^(server|inference|views|samples)\/.*\.tsx?$/);
    expect(typed.flatMap(longFunctions)).toEqual([]);
  });

  it('every file opens with one sentence saying what it is for', () => {
    const silent = sources(code).filter(({ lines }) => !/^(\/\/|\/\*|#|""")/.test(firstLine(lines)));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('nothing is left behind: no marks, no skipped or narrowed tests, no suppressed types', () => {
    const mark = new RegExp(
      [
        'TO' + 'DO',
        'FIX' + 'ME',
        'XX' + 'X\\b',
        'HA' + 'CK\\b',
        '@ts-ig' + 'nore',
        '\\b(it|test|describe)\\.(sk' + 'ip|on' + 'ly|to' + 'do)\\b',
      ].join('|'),
    );
    const found = sources(code).flatMap(({ path, lines }) =>
      lines.flatMap((line, index) => (mark.test(line) ? [`${path}:${index + 1}`] : [])),
    );
    expect(found).toEqual([]);
  });

  it('no default exports but where a tool asks for one', () => {
    const found = sources(/^(server|inference|views|samples)\/.*\.tsx?$/).filter(
      ({ path, text }) => /^export default/m.test(text) && !path.endsWith('drizzle.config.ts'),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});

function firstLine(lines: readonly string[]): string {
  return lines.find((line) => line.trim() !== '' && !line.startsWith('#!')) ?? '';
}

function longFunctions({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) {
      const start = file.getLineAndCharacterOfPosition(node.getStart()).line;
      const length = file.getLineAndCharacterOfPosition(node.getEnd()).line - start + 1;
      if (length > mostFunctionLines) found.push(`${path}:${start + 1}: ${length} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
