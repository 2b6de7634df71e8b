// Every promise has a test: the table of promises is held against the test files.
import { describe, expect, it } from 'vitest';
import { sources } from './sources.ts';

const promised = [
  ...Array.from({ length: 16 }, (_, index) => `R${index + 1}`),
  ...Array.from({ length: 11 }, (_, index) => `S${index + 1}`),
];
const [page] = sources(/^docs\/promises\.md$/);
const tests = new Map(sources(/^test\/.*\.ts$/).map(({ path, text }) => [path, text]));

type Row = { readonly id: string; readonly tests: string; readonly lastRun: string; readonly figure: string };
const rows = (page?.lines ?? []).filter((line) => /^\| [RS]\d+ \|/.test(line)).map(rowOf);

function rowOf(line: string): Row {
  const [id = '', , tests = '', lastRun = '', figure = ''] = line.slice(2, -2).split(' | ');
  return { id, tests, lastRun, figure };
}

/** `file` “name”, “another”; `file` “name”. */
function namedTests({ id, tests: cell }: Row) {
  return cell.split(/; (?=`)/).flatMap((part) => {
    const file = /`(test\/[\w./-]+\.ts)`/.exec(part)?.[1] ?? '';
    return [...part.matchAll(/“([^”]+)”/g)].map(([, name = '']) => ({ id, file, name }));
  });
}

describe('the table of promises', () => {
  it('names each promise once, in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(promised);
  });

  it('names for each at least one test that is there, by its words', () => {
    for (const row of rows) expect(namedTests(row).length, row.id).toBeGreaterThan(0);
    const gone = rows.flatMap(namedTests).filter(({ file, name }) => !(tests.get(file) ?? '').includes(name));
    expect(gone).toEqual([]);
  });

  it('says when each was run last, in which form, and what was measured', () => {
    const silent = rows.filter(
      ({ lastRun }) => !/^(short|long), \d{4}-\d\d-\d\d$/.test(lastRun) && lastRun !== 'not since this table began',
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});
