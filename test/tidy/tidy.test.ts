// Style as a test: sizes of files and functions, first lines, marks left behind.
import { type Function as FunctionNode, type ParamPattern, parseSync, type Span, Visitor } from 'oxc-parser';
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
  const found: Found[] = [];
  const measure = ({ start, end }: Span) => {
    found.push({ place: `${path}:${lineBreaks(text, 0, start) + 1}`, lines: lineBreaks(text, start, end) + 1 });
  };
  visit(path, text, {
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  });
  return found;
}

/** The inner loops of `inference` hand single numbers on: an object for each pixel row would be made and thrown away. */
const handsNumbersOn = /^inference\//;

function unreadableAtTheCall({ path, text }: Source): string[] {
  const found: string[] = [];
  const count = ({ id, params }: FunctionNode) => {
    if (params.length > 6 && !handsNumbersOn.test(path)) found.push(`${path}: ${id?.name} takes ${params.length}`);
  };
  visit(path, text, {
    FunctionDeclaration: count,
    ExportNamedDeclaration: ({ declaration }) => {
      if (declaration?.type === 'FunctionDeclaration' && declaration.params.some(isBoolean))
        found.push(`${path}: ${declaration.id?.name} takes a boolean`);
    },
  });
  return found;
}

function lineBreaks(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function visit(path: string, text: string, visitor: ConstructorParameters<typeof Visitor>[0]): void {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} could not be read: ${errors[0]?.message}`);
  new Visitor(visitor).visit(program);
}

function isBoolean(given: ParamPattern): boolean {
  if (given.type === 'AssignmentPattern')
    return (given.right.type === 'Literal' && typeof given.right.value === 'boolean') || isBoolean(given.left);
  return 'typeAnnotation' in given && given.typeAnnotation?.typeAnnotation.type === 'TSBooleanKeyword';
}

/** The value that this share of all does not exceed. */
function share(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? 0;
}
