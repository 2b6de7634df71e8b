// Sheets as kitchens and stalls send them, of the kinds that others' systems stumbled over: read, or refused at the right cell.
import { describe, expect, it } from 'vitest';
import { checkLots } from '../../../server/trace/import/import-lots.ts';
import { noChoices } from '../../../server/trace/import/lot-sheet.ts';

const check = (text: string) => checkLots(Buffer.from(text), noChoices);
const told = (text: string) => {
  const sheet = check(text);
  return [...sheet.found, ...sheet.rows.flatMap(({ found }) => found)].map(({ code, cell }) => `${code} ${cell}`);
};
const head = '产地,批次,品名,数量';

describe('a sheet of a kitchen', () => {
  it('with a name in two lines of its cell has one name', () => {
    const [lot] = check(`${head}\n云溪,A,"小\n白菜",3\n`).entries;
    expect(lot?.fields.product).toBe('小白菜');
    expect(check(`${head}\n云溪,A,"Baby\nspinach",3`).entries[0]?.fields.product).toBe('Baby spinach');
  });

  it('with a formula where a code has to be is refused there', () => {
    expect(told(`${head}\n云溪,"=T(""0014"")",菜,1`)).toEqual(['formula_code B2']);
    expect(told(`${head}\n云溪,"=""0014""",菜,1`)).toEqual([]);
    for (const formula of ['=A1+1', '=$B$2', '=2+3', '= A2', '=B2&"x"'])
      expect(told(`${head}\n云溪,${JSON.stringify(formula).replaceAll('\\"', '""')},菜,1`), formula).toEqual([
        'formula_code B2',
      ]);
    for (const batch of ['=L-07', '=A1B', '=ABC']) expect(told(`${head}\n云溪,${batch},菜,1`), batch).toEqual([]);
  });

  it('with a code shortened by whatever program is refused there; a batch that looks like one is not', () => {
    expect(told('GTIN,批号,品名,数量\n6.90123456789E12,A,肉,1')).toEqual(['shortened_code A2']);
    expect(told(`${head}\n云溪,1E5,菜,1`)).toEqual([]);
  });

  it('with hours of shelf life has the day they end on', () => {
    const [lot] = check(`${head},生产日期,保质期\n云溪,A,盒饭,3,2026-11-20,24小时`).entries;
    expect(lot?.expiresAt).toBe(Date.parse('2026-11-22T00:00:00+08:00') - 1);
  });

  it('with 26年11月20日 means 2026, and with 26.11.20 is asked', () => {
    expect(check(`${head},生产日期\n云溪,A,菜,3,26年11月20日`).entries[0]?.producedAt).toBe(
      Date.parse('2026-11-20T00:00:00+08:00'),
    );
    expect(told(`${head},生产日期\n云溪,A,菜,3,26.11.20`)).toEqual(['ambiguous_day E2']);
  });

  it('that counts by 提 and 排 is taken, and one with a supplier and no day says what is missing', () => {
    expect(check(`${head}\n云溪,A,牛奶,3提\n云溪,B,鸡蛋,2排`).entries.map(({ amount }) => amount.unit)).toEqual([
      'PK',
      'PK',
    ]);
    expect(told(`${head},供货商\n云溪,A,菜,3,王记`)).toEqual(['no_day E2']);
  });
});
