// What `import --check` prints of the tables that others' systems stumbled over: every doubt with its cell, and what would be taken.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isStopped, reportJson, reportLines } from '../../../server/commands/import-report.ts';
import { checkLots } from '../../../server/trace/import/import-lots.ts';
import { noChoices } from '../../../server/trace/import/lot-sheet.ts';

const folder = join(import.meta.dirname, '../../vectors/trace-cases');
const tables = readdirSync(folder).filter(
  (name) =>
    name.startsWith('case-') &&
    readdirSync(join(folder, name)).some(
      (file) => /^input\.(csv|xlsx)$/.test(file) || (name === 'case-16' && file === 'input.txt'),
    ),
);

const sheetOf = (name: string) => {
  const file = readdirSync(join(folder, name)).find((one) => one.startsWith('input.')) ?? '';
  return checkLots(readFileSync(join(folder, name, file)), { ...noChoices, doubts: 'take' });
};
const stop = { doubts: 'stop' } as const;

const printed: Readonly<Record<string, readonly string[]>> = {
  'case-11': [
    'fault A2 (code)',
    'fault A3 (code)',
    '2 rows; nothing can be taken before the cells above are put right.',
  ],
  'case-14': [
    'doubt B2 (lot)',
    'lot   https://id.gs1.org/01/06901234567892/10/2026-11-20: 鸡蛋, no amount',
    '1 rows, 1 lots; the doubts above stop the import until --take-doubts.',
  ],
  'case-16': ['lot   https://id.gs1.org/01/06901234567892/10/B1: 猪肉, no amount'],
  'case-18': ['10 CT', '10 BO', '10 BJ', '10 PU', '10 SR', '5 KGM'],
  'case-20': ['column A1 条 码: gtin', '猪肉, 10 KGM'],
  'case-21': ['sheet S1', 'column A2 条码: gtin'],
  'case-25': ['urn:brightkitchen:lot:batch::00123456789012345678', '2 rows, 2 lots; nothing stops the import.'],
  'case-26': ['猪肉, no amount'],
};

describe('the check of a sheet', () => {
  it('is shown here for every case that is a table', () => {
    expect(tables.sort()).toEqual(Object.keys(printed));
  });

  it.each(tables)('%s prints its headings, its doubts with their cells, and its lots', (name) => {
    const sheet = sheetOf(name);
    const lines = reportLines(sheet, stop).join('\n');
    for (const part of printed[name] ?? []) expect(lines).toContain(part);
    const doubts = [...sheet.found, ...sheet.rows.flatMap(({ found }) => found)];
    for (const { level, cell, detail } of doubts) {
      expect(
        lines
          .split('\n')
          .filter((line) => line.startsWith(level) && line.includes(` ${cell} (`.trimStart()) && line.endsWith(detail)),
      ).toHaveLength(1);
    }
    expect(isStopped(sheet, stop)).toBe(['case-11', 'case-14'].includes(name));
  });

  it('as lines for a program says the same, and doubts stop only until they are taken', () => {
    const sheet = sheetOf('case-14');
    expect(reportJson(sheet)).toMatchObject([
      { level: 'doubt', cell: 'B2', column: 'lot', code: 'day_for_code' },
      { level: 'lot', code: 'https://id.gs1.org/01/06901234567892/10/2026-11-20', product: '鸡蛋' },
    ]);
    expect(isStopped(sheet, { doubts: 'take' })).toBe(false);
    expect(reportLines(sheet, { doubts: 'take' }).at(-1)).toBe('1 rows, 1 lots; nothing stops the import.');
  });
});
