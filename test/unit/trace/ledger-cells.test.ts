// Cells as ledgers really hold them: one column for day or batch, strokes for nothing, slips of capitals, years and keyboards.
import { describe, expect, it } from 'vitest';
import { checkLots } from '../../../server/trace/import/import-lots.ts';
import { noChoices } from '../../../server/trace/import/lot-sheet.ts';
import { check, gtin, told, uri } from '../../support/lot-sheet.ts';

const lotsIn = (text: string) =>
  check(text).entries.map(({ code, producedAt }) => [
    code,
    producedAt && new Date(producedAt + 28_800_000).toISOString().slice(0, 10),
  ]);

describe('the one column of the law, day of production or batch', () => {
  const cells: [cell: string, lot: string, day: string | undefined][] = [
    ['2026-11-20', '20261120', '2026-11-20'],
    ['20261120', '20261120', '2026-11-20'],
    ['B20261120A', 'B20261120A', undefined],
    ['2026.11.20 (A12)', 'A12', '2026-11-20'],
    ['A12/2026-11-20', 'A12', '2026-11-20'],
    ['2026/11/20/A12', 'A12', '2026-11-20'],
    ['批号：A12；生产日期：2026年11月20日', 'A12', '2026-11-20'],
  ];
  it.each(cells)('%s is batch %s, made %s', (cell, lot, day) => {
    for (const heading of ['生产日期或者生产批号', '生产日期/批号', '生产日期（批号）', '批号（生产日期）'])
      expect(lotsIn(`条码,品名,${heading}\n${gtin},猪肉,${cell}`), heading).toEqual([[uri(lot), day]]);
  });

  it('says that a day alone became the batch, and refuses two of either', () => {
    const sheet = (cell: string) => told(check(`条码,品名,生产日期/批号\n${gtin},猪肉,${cell}`));
    expect(sheet('2026-11-20')).toEqual(['C2 note day_as_lot']);
    expect(sheet('2026-11-20 2026-11-22')).toContain('C2 fault day_or_lot');
    expect(sheet('A1 B2')).toContain('C2 fault day_or_lot');
  });

  it('leaves the batch to its own column where the sheet has one', () => {
    expect(lotsIn(`条码,品名,批号,生产日期/批号\n${gtin},猪肉,L1,2026-11-20`)).toEqual([[uri('L1'), '2026-11-20']]);
  });
});

it('a heading that names two other things at once is asked about with both of them', () => {
  const { found } = check(`条码,品名,批号,供货商/联系电话\n${gtin},猪肉,L1,王记 13800001111`);
  expect(found).toMatchObject([{ cell: 'D1', level: 'ask', code: 'several_meanings', shown: 'from fromPhone' }]);
});

describe('a cell that says nothing', () => {
  const words = ['无', '/', '—', '不详', '未说明', '在途', 'N/A'];
  it.each(words)('%s is no supplier, no maker and no certificate', (word) => {
    const sheet = check(
      `条码,品名,批号,数量,供货商,收货方,日期,厂家,检疫证号\n${gtin},猪肉,L1,10kg,${word},鼎香小馆,2026-11-20,${word},${word}`,
    );
    expect(told(sheet)).toEqual(['E2 note names_nobody', 'H2 note names_nobody']);
    expect(sheet.entries).toMatchObject([
      { flow: [{ from: undefined, to: '鼎香小馆' }], fields: { certificates: [] } },
    ]);
    expect(sheet.entries[0]?.fields.madeAt).toBeUndefined();
  });

  it('is not the origin of a batch: the origin is missing, where two farms became one', () => {
    expect(told(check('产地,批次,品名\n/,7,白菜'))).toContain('A2 fault origin_missing');
  });
});

describe('a shelf life', () => {
  const made = '条码,品名,批号,生产日期';
  const until = (heading: string, cell: string) =>
    check(`${made},${heading}\n${gtin},奶,L1,2026-08-31,${cell}`).entries.map(({ expiresAt }) =>
      new Date((expiresAt ?? 0) + 28_800_000).toISOString().slice(0, 10),
    );
  it('of 12 under months is a year, under days twelve days', () => {
    for (const heading of ['保质期（月）', '保质期/月', '保质期(个月)'])
      expect(until(heading, '12')).toEqual(['2027-08-31']);
    for (const heading of ['保质期（天）', '保质天数']) expect(until(heading, '12')).toEqual(['2026-09-12']);
    expect(until('保质期（月）', '18天')).toEqual(['2026-09-18']);
  });

  it('of 12 without a word is refused: a year was taken for twelve days', () => {
    expect(told(check(`${made},保质期\n${gtin},奶,L1,2026-08-31,12`))).toEqual(['E2 fault not_a_shelf_life']);
  });

  it('written as the day on the pack is that day', () => {
    for (const cell of ['至2027-01-01', 'EXP 2027/01/01', '有效期至：2027年1月1日'])
      expect(until('保质期', cell)).toEqual(['2027-01-01']);
  });
});

describe('a batch', () => {
  it('in full-width letters is the batch in plain ones', () => {
    expect(lotsIn(`条码,品名,批号\n${gtin},奶,ＡＢ－１`)).toEqual([[uri('AB-1'), undefined]]);
  });

  it('that differs from another in capitals alone is doubted', () => {
    expect(told(check(`条码,品名,批号\n${gtin},奶,a7\n${gtin},奶,A7`))).toEqual(['C3 doubt other_capitals']);
  });

  it.each(['L1/L2', '"L1,L2"', 'B7 B8', 'L1~L5', 'A01和A02'])('%s is doubted as several', (cell) => {
    expect(told(check(`条码,品名,批号\n${gtin},奶,${cell}`))).toEqual(['C2 doubt several_codes']);
  });

  it.each(['2026/11-A', 'LOT 7', '12/34', 'A1-A2', 'L1/2'])('%s is one', (cell) => {
    expect(told(check(`条码,品名,批号\n${gtin},奶,${cell}`))).toEqual([]);
  });
});

it('a day that has not come is doubted, of production and of delivery', () => {
  const text = `条码,品名,批号,生产日期,供货商,日期\n${gtin},奶,L1,2026-11-24,王记,2026-11-25`;
  const now = Date.parse('2026-11-22T10:00:00+08:00');
  expect(told(checkLots(Buffer.from(text), { ...noChoices, now }))).toEqual([
    'D2 doubt future_day',
    'F2 doubt future_day',
  ]);
  expect(told(checkLots(Buffer.from(text), { ...noChoices, now: Date.parse('2062-12-01') }))).toEqual([]);
});

it('a telephone number that a spreadsheet shortened is refused, as a code is', () => {
  const text = `条码,品名,批号,供货商,联系电话,日期\n${gtin},奶,L1,王记,1.38E+10,2026-11-20`;
  expect(told(check(text))).toEqual(['E2 fault shortened_code']);
});

it('a weight of each piece beside their number is what a piece holds', () => {
  const [lot] = check(`条码,品名,批号,件数,件重\n${gtin},奶,L1,10,12.5kg`).entries;
  expect(lot?.fields.packSize).toEqual({ holds: 12.5, unit: 'kg', pack: '件' });
});

describe('a row whose cells cannot all be right', () => {
  const head = '条码,品名,批号,生产日期,保质期至,供货商,收货方,日期';
  const row = (more: string) => told(check(`${head}\n${gtin},奶,${more}`));

  it('is refused where a whole code and its own columns name two lots or two products', () => {
    const code = `(01)0${gtin}(10)L1`;
    expect(told(check(`追溯码,批号,品名\n${code},L2,奶`))).toEqual(['A2 fault code_contradicts']);
    expect(told(check(`追溯码,条码,品名\n${code},6901234567809,奶`))).not.toEqual([]);
    expect(told(check(`追溯码,条码,批号,品名\n${code},${gtin},Ｌ１,奶`))).toEqual([]);
  });

  it('is doubted where goods move before they are made, after their last day, from a place to itself', () => {
    expect(row('L1,2026-11-22,,王记,,2026-11-20')).toEqual(['H2 doubt moved_before_made']);
    expect(row('L1,,2026-11-01,王记,,2026-11-20')).toEqual(['H2 doubt moved_when_past']);
    expect(row('L1,,,王记,王记,2026-11-20')).toEqual(['G2 doubt same_place']);
    expect(row('L1,2026-11-20,2026-11-20,王记,鼎香小馆,2026-11-20 18:00')).toEqual([]);
  });

  it('is doubted where the product’s number stands for the lot', () => {
    expect(row(`${gtin},,,,,`)).toEqual(['C2 doubt lot_is_gtin']);
  });
});
