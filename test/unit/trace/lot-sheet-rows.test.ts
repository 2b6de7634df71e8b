// What the rows of a lot sheet say: amounts, days, codes that a spreadsheet spoilt, repeated lots.
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { checkLots } from '../../../server/trace/import/import-lots.ts';
import { noChoices } from '../../../server/trace/import/lot-sheet.ts';
import { check, gtin, told, uri } from '../../support/lot-sheet.ts';

describe('amounts', () => {
  const amountOf = (amount: string, unit = '') => {
    const sheet = check(`条码,批号,品名,数量,单位\n${gtin},B1,x,"${amount}",${unit}`);
    return sheet.state === 'ready' ? [sheet.entries[0]?.amount.quantity, sheet.entries[0]?.amount.unit] : told(sheet);
  };
  it.each([
    ['1,200', '公斤', [1200, 'KGM']],
    ['１２０', '千克', [120, 'KGM']],
    ['120公斤', '', [120, 'KGM']],
    ['12.5 kg', 'ｋｇ', [12.5, 'KGM']],
    ['10', '市斤', [5, 'KGM']],
    ['3', '两', [0.15, 'KGM']],
    ['10', '盒', [10, 'CT']],
    ['10', '瓶', [10, 'BO']],
    ['10', '桶', [10, 'BJ']],
    ['10', '板', [10, 'PU']],
    ['10', '条', [10, 'SR']],
    ['10', '袋', [10, 'BG']],
    ['10箱', '', [10, 'BX']],
    ['10', '', [10, undefined]],
    ['1,5', '公斤', ['D2 fault ambiguous_number']],
    ['约120', '公斤', ['D2 fault about']],
    ['-3', '公斤', ['D2 fault not_positive']],
    ['120公斤', '箱', ['E2 fault unit_contradicts']],
    ['10', '堆', ['E2 fault unknown_unit']],
    ['2框', '', [2, 'BK']],
    ['3堆', '', ['D2 fault unknown_unit']],
    ['一些', '', ['D2 fault not_a_number']],
  ])('%s %s', (amount, unit, right) => {
    expect(amountOf(amount, unit)).toEqual(right);
  });

  it('with a count and a weight are the weight, which needs a unit and may not contradict', () => {
    const of = (text: string) => check(`条码,批号,品名,数量,单位,重量(公斤)\n${gtin},B1,x,${text}`);
    expect(of('10,箱,120').entries).toMatchObject([{ amount: { quantity: 120, unit: 'KGM' } }]);
    expect(told(of('10,公斤,12'))).toEqual(['F2 fault amounts_contradict']);
    expect(told(check(`条码,批号,品名,重量\n${gtin},B1,x,120`))).toEqual(['D2 fault unit_missing']);
  });
});

describe('days', () => {
  const dayOf = (day: string) => {
    const sheet = check(`条码,批号,品名,生产日期\n${gtin},B1,x,${day}`);
    const at = sheet.entries[0]?.producedAt;
    return at === undefined ? told(sheet)[0] : new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
  };
  it.each([
    ['2026-11-20', '2026-11-20T00:00'],
    ['2026/11/20', '2026-11-20T00:00'],
    ['2026年11月20日', '2026-11-20T00:00'],
    ['2026.11.20', '2026-11-20T00:00'],
    ['２０２６年１月５号', '2026-01-05T00:00'],
    ['20261120', '2026-11-20T00:00'],
    ['46346', '2026-11-20T00:00'],
    ['46346.5', '2026-11-20T12:00'],
    ['2026/11/20 9:05:30', '2026-11-20T09:05'],
    ['2026年11月20日 下午3点', '2026-11-20T15:00'],
    ['2026/11/20 12:10 AM', '2026-11-20T00:10'],
    ['2026-11-20T01:00Z', '2026-11-20T09:00'],
    ['2026-11-20(星期五)', '2026-11-20T00:00'],
    ['31/12/2026', '2026-12-31T00:00'],
    ['11/12/2026', 'D2 fault ambiguous_day'],
    ['26.11.20', 'D2 fault ambiguous_day'],
    ['11月20日', 'D2 fault no_year'],
    ['2026-11-31', 'D2 fault no_such_day'],
    ['1026-11-20', 'D2 fault no_such_day'],
    ['昨天', 'D2 fault not_a_time'],
  ])('%s is %s', (day, right) => {
    expect(dayOf(day)).toBe(right);
  });

  it('written as a number are read and told; a use-by holds to the end of its day', () => {
    const sheet = check(`条码,批号,品名,保质期至\n${gtin},B1,x,46346`);
    expect(told(sheet)).toEqual(['D2 note day_by_number']);
    expect(sheet.entries[0]?.expiresAt).toBe(Date.parse('2026-11-21T00:00+08:00') - 1);
  });

  it.each([
    '2026/11/20 0:00',
    '2026-11-20T00:00:00',
    '2026-11-20 00:00:00.000',
    '2026/11/20 12:00:00 AM',
    '2026-11-20T00:00:00Z',
  ])('a use-by that a program wrote as %s holds to the end of its day', (day) => {
    const [lot] = check(`条码,批号,品名,保质期至\n${gtin},B1,x,${day}`).entries;
    expect(lot?.expiresAt).toBe(Date.parse('2026-11-21T00:00+08:00') - 1);
  });

  it.each([
    ['7天', '2026-11-26'],
    ['12个月', '2027-11-19'],
    ['半年', '2027-05-19'],
    ['2026.12.01', '2026-12-01'],
    ['十五天', '2026-12-04'],
  ])('of a shelf life of %s come from the day of production', (life, day) => {
    const [lot] = check(`条码,批号,品名,生产日期,保质期\n${gtin},B1,x,2026-11-19,${life}`).entries;
    expect(lot?.expiresAt).toBe(Date.parse(`${day}T00:00+08:00`) + 86_400_000 - 1);
  });
});

describe('codes a spreadsheet spoilt', () => {
  it.each([
    ['6.90123E+12,B1', ['A2 fault shortened_code']],
    ['36000291452,B1', ['A2 fault lost_zero']],
    [`${gtin},#REF!`, ['B2 fault formula_error']],
    [`${gtin},########`, ['B2 fault formula_error']],
    [`${gtin},"=""0012"""`, '0012'],
    [`${gtin},="0012"`, '0012'],
    [`${gtin},'0012`, '0012'],
    [`${gtin},\`0012\t`, '0012'],
    [`"6 901234 567892",B1`, 'B1'],
    [`${gtin}.0,B1`, 'B1'],
    [`${gtin},无`, ['B2 doubt no_code']],
    [`${gtin},/`, ['B2 doubt no_code']],
    [`${gtin},N/A`, ['B2 doubt no_code']],
    [`${gtin},见包装`, ['B2 doubt no_code']],
    [`${gtin},B1、B2`, ['B2 doubt several_codes']],
    [`${gtin},2026/11/20`, ['B2 doubt day_for_code']],
    [`${gtin},3月4日`, ['B2 doubt day_for_code']],
    [`${gtin},4-Mar`, ['B2 doubt day_for_code']],
    [`${gtin},3-4`, '3-4'],
  ])('%s', (line, right) => {
    const sheet = check(`条码,批号,品名\n${line},x`);
    if (typeof right === 'string') expect(sheet.entries.map(({ code }) => code)).toEqual([uri(right)]);
    else expect(told(sheet)).toEqual(right);
  });

  it('in trace codes: cut after fifteen digits is refused, a whole long number is taken with its zeros', () => {
    const of = (code: string) => check(`追溯码,品名\n${code},猪肉`);
    expect(told(of('11010820261120000000'))).toEqual(['A2 fault cut_code']);
    expect(told(of('110108202611200000'))).toEqual(['A2 doubt perhaps_cut_code']);
    expect(of("'00123456789012345678").entries).toMatchObject([{ batch: '00123456789012345678' }]);
  });

  it('in workbooks: numbers beyond fifteen digits, days and decimals', async () => {
    const book = await writeExcelFile([
      ['追溯码', '商品条码', '批号', '品名'].map((value) => ({ value })),
      [{ type: Number, value: Number('1.1010820261120001e19') }, null, null, { value: '猪肉' }],
      [
        null,
        { type: Number, value: 6901234567892 },
        { type: Date, value: new Date(Date.UTC(2026, 10, 20)), format: 'yyyy/m/d' },
        { value: '鸡蛋' },
      ],
      [null, { type: Number, value: 6901234567892 }, { type: Number, value: 12, format: '000000' }, { value: '鸡蛋' }],
    ]).toBuffer();
    const sheet = checkLots(Buffer.from(book), { ...noChoices, doubts: 'take' });
    expect(told(sheet)).toEqual(['A2 fault cut_code', 'C3 doubt day_for_code']);
    expect(sheet.rows[2]?.cells.lot).toBe('000012');
  });
});

describe('rows', () => {
  const head = '条码,批号,品名,数量,单位,生产日期';
  const of = (...lines: string[]) => check([head, ...lines.map((line) => `${gtin},${line}`)].join('\n'));

  it('of one lot are summed and said to be; what two say differently is told at its cell', () => {
    const summed = of('B1,猪肉,10,公斤,', 'B1,猪 肉,30,斤,2026-11-20');
    expect(told(summed)).toEqual(['D3 note summed_rows']);
    expect(summed.entries).toMatchObject([
      { amount: { quantity: 25, unit: 'KGM' }, producedAt: Date.parse('2026-11-20T00:00+08:00') },
    ]);
    expect(told(of('B1,猪肉,10,公斤,', 'B1,牛肉,20,公斤,'))).toContain('C3 fault contradicts_row');
    expect(told(of('B1,猪肉,10,公斤,', 'B1,猪肉,2,箱,'))).toEqual(['D3 fault units_differ']);
    expect(told(of('B1,猪肉,10,公斤,2026-11-20', 'B1,猪肉,10,公斤,2026-11-21'))).toContain('F3 fault contradicts_row');
  });

  it('just alike are asked about, and summed once somebody says that both count', () => {
    const text = Buffer.from(`${head}\n${gtin},B1,猪肉,10,公斤,\n${gtin},B1,猪肉,10,公斤,`);
    expect(told(checkLots(text))).toContain('B3 doubt repeated_row');
    expect(checkLots(text, { ...noChoices, doubts: 'take' }).entries).toMatchObject([{ amount: { quantity: 20 } }]);
  });

  it('that move one lot the same way at the same time are one movement of both amounts', () => {
    const text = `条码,批号,品名,数量,单位,供货商,收货方,日期\n${gtin},B1,猪肉,10,公斤,甲,乙,2026-11-20\n${gtin},B1,猪肉,15,公斤,甲,乙,2026-11-20\n${gtin},B1,猪肉,5,公斤,乙,丙,2026-11-21`;
    expect(check(text).entries).toMatchObject([
      {
        amount: { quantity: 25 },
        flow: [
          { from: '甲', to: '乙', quantity: 25 },
          { from: '乙', to: '丙', quantity: 5 },
        ],
      },
    ]);
  });

  it('with a single cell may be a note, and are asked about', () => {
    expect(told(check('追溯码,品名,产地\n0012,猪肉,平谷\n以下为冷冻品,,'))).toEqual(['A3 doubt lonely_cell']);
  });
});
