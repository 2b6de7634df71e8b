// Style as a test: sizes of files and functions, first lines, marks left behind.
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { type Source, sources } from './sources.ts';

const code = /^(server|inference|views|samples|models|test)\/.*\.(ts|tsx|mjs|js|py)$/;
const product = /^(server|inference|views|samples)\/.*\.(ts|tsx|mjs)$/;
/** Lines a file may have: the longest, nine in ten, and the one in the middle. */
const productLines = { most: 300, p90: 180, median: 80 };
const testLines = 400;
const functionLines = { most: 60, p90: 30 };

describe('the source stays small and plain', () => {
  it('no file of the product is longer than 300 lines, no other than 400', () => {
    const most = (path: string) => (product.test(path) ? productLines.most : testLines);
    expect(
      sources(code)
        .filter(({ path, lines }) => lines.length > most(path))
        .map(({ path, lines }) => `${path}: ${lines.length}`),
    ).toEqual([]);
  });

  it('half the files of the product have at most 80 lines, nine in ten at most 180', () => {
    const lines = sources(product).map((file) => file.lines.length);
    expect(share(lines, 0.5)).toBeLessThanOrEqual(productLines.median);
    expect(share(lines, 0.9)).toBeLessThanOrEqual(productLines.p90);
  });

  it('no function is longer than 60 lines, nine in ten have at most 30', () => {
    const found = sources(product).flatMap(functionsOf);
    const long = found.filter(({ lines }) => lines > functionLines.most);
    expect(long.map(({ place, lines }) => `${place}: ${lines} lines`)).toEqual([]);
    expect(
      share(
        found.map(({ lines }) => lines),
        0.9,
      ),
    ).toBeLessThanOrEqual(functionLines.p90);
  });

  it('what a call says can be read at the call: no bare boolean, no more than six things in a row', () => {
    const found = sources(product).flatMap(unreadableAtTheCall);
    expect(found).toEqual([]);
  });

  it('no line is wider than what fits beside another file', () => {
    const wide = sources(/\.py$/).flatMap(({ path, lines }) =>
      lines.flatMap((line, index) => (line.length > 120 ? [`${path}:${index + 1}`] : [])),
    );
    expect(wide).toEqual([]);
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

type Found = { readonly place: string; readonly lines: number };

function functionsOf({ path, text }: Source): Found[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const start = file.getLineAndCharacterOfPosition(node.getStart()).line;
      const lines = file.getLineAndCharacterOfPosition(node.getEnd()).line - start + 1;
      found.push({ place: `${path}:${start + 1}`, lines });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The inner loops of `inference` hand single numbers on: an object for each pixel row would be made and thrown away. */
const handsNumbersOn = /^inference\//;

function unreadableAtTheCall({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node)) {
      const name = `${path}: ${node.name?.text}`;
      const isExported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
      if (isExported && node.parameters.some(isBoolean)) found.push(`${name} takes a boolean`);
      if (node.parameters.length > 6 && !handsNumbersOn.test(path))
        found.push(`${name} takes ${node.parameters.length}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isBoolean({ type, initializer }: ts.ParameterDeclaration): boolean {
  const isGiven = initializer?.kind === ts.SyntaxKind.TrueKeyword || initializer?.kind === ts.SyntaxKind.FalseKeyword;
  return type?.kind === ts.SyntaxKind.BooleanKeyword || isGiven;
}

/** The value that this share of all does not exceed. */
function share(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? 0;
}
