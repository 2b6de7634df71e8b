// Sheets of lots as real hands send them: every encoding, heading, day, amount and spoilt code, each with what is right.

import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { Problem } from '../../../server/http/problem.ts';
import { checkLots } from '../../../server/trace/import/import-lots.ts';
import { type LotSheet, noChoices } from '../../../server/trace/import/lot-sheet.ts';
import { type SheetFiles, workbookOf } from '../../support/workbook-files.ts';

const gtin = '6901234567892';
const uri = (lot: string) => `https://id.gs1.org/01/0${gtin}/10/${lot}`;

function check(text: string): LotSheet {
  return checkLots(Buffer.from(text));
}

/** `B2 fault cut_code`, of the sheet and its rows. */
function told(sheet: LotSheet): string[] {
  return [...sheet.found, ...sheet.rows.flatMap(({ found }) => found)].map(
    ({ cell, level, code }) => `${cell} ${level} ${code}`,
  );
}

function refusal(bytes: Buffer): string | undefined {
  try {
    checkLots(bytes);
  } catch (error) {
    if (error instanceof Problem) return error.faults[0]?.code ?? error.code;
    throw error;
  }
  return undefined;
}

const utf16 = (text: string, order: 'le' | 'be') => {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};
const bom = '\ufeff';
// 产地,批次,品名 / 平谷,X1,五花肉 in GB 18030.
const gb = Buffer.from('b2fab5d82cc5fab4ce2cc6b7c3fb0ac6bdb9c82c58312ccee5bba8c8e20a', 'hex');

describe('the bytes of a sheet', () => {
  const text = '产地,批次,品名\n平谷,X1,五花肉\n';
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(bom + text)],
    ['UTF-16 little end first', utf16(text, 'le')],
    ['UTF-16 little end first with a mark', utf16(bom + text, 'le')],
    ['UTF-16 big end first', utf16(text, 'be')],
    ['UTF-16 big end first with a mark', utf16(bom + text, 'be')],
    ['GB 18030', gb],
    ['tabs in UTF-16, as Excel saves Unicode text', utf16(bom + text.replaceAll(',', '\t'), 'le')],
    ['semicolons', Buffer.from(text.replaceAll(',', ';'))],
    ['bars', Buffer.from(text.replaceAll(',', '|'))],
    ['Chinese commas', Buffer.from(text.replaceAll(',', '，'))],
    ['a line that names the mark', Buffer.from(`sep=;\r\n${text.replaceAll(',', ';')}`)],
    [
      'a tab after each cell, as banks and shops save',
      Buffer.from(text.replaceAll(',', '\t,').replaceAll('\n', '\t\n')),
    ],
    [
      'commas in quotes and a title with tabs above',
      Buffer.from(`台账\t\t\n"产地","批次","品名"\n"平谷","X1","五花肉"\n`),
    ],
  ])('are read in %s', (_, bytes) => {
    expect(checkLots(bytes).entries).toMatchObject([{ origin: '平谷', batch: 'X1', fields: { product: '五花肉' } }]);
  });

  it.each([
    ['a workbook of Excel 97', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old_excel'],
    [
      'a workbook with a password',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'locked_workbook',
    ],
    [
      'a web page called .xls',
      Buffer.from('<html xmlns:x="urn:x"><table><tr><td>批号</td></tr></table></html>'),
      'web_page',
    ],
    [
      'an XML workbook of Excel 2003',
      Buffer.from('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
      'xml_workbook',
    ],
    [
      'an OpenDocument table',
      workbookOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }),
      'open_document',
    ],
    ['a binary workbook', workbookOf({ 'xl/workbook.bin': 'x' }), 'binary_workbook'],
    ['events', Buffer.from('{"@context":[],"type":"EPCISDocument","epcisBody":{}}'), 'event_document'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'pdf'],
    ['a photo', Buffer.from('ffd8ffe000104a464946', 'hex'), 'picture'],
    ['text in no encoding', Buffer.from('b2fa2cff0affffff', 'hex'), 'not_text'],
    ['quotes that do not close', Buffer.from('"批号,品名\nB1,x\n'), 'not_csv'],
    ['a sentence', Buffer.from('hello\nworld'), 'no_columns'],
    ['nothing', Buffer.alloc(0), 'no_columns'],
  ])('are refused by their name when they are %s', (_, bytes, code) => {
    expect(refusal(bytes)).toBe(code);
  });
});

describe('where a table stands', () => {
  it('is found below titles, past notes, with totals, signatures and repeated headings left out', async () => {
    const rows = (lines: string[][]) => lines.map((line) => line.map((value) => ({ value })));
    const book = await writeExcelFile([
      { sheet: '填写说明', data: rows([['请按要求填写'], ['产地要写到乡镇']]) },
      {
        sheet: '11月',
        data: rows([
          ['进货查验台账（2026年11月）'],
          ['单位：鼎香餐饮'],
          ['商品条码', '批 号', '品名＊', '进货数量(公斤)'],
          [gtin, 'B1', '猪肉', '1,200'],
          ['商品条码', '批 号', '品名＊', '进货数量(公斤)'],
          [gtin, 'B2', '猪肉', '20斤'],
          ['合计', '', '', '1210'],
          ['制表人：张三', '', '', ''],
        ]),
      },
    ]).toBuffer();
    const sheet = checkLots(Buffer.from(book));
    expect(sheet).toMatchObject({ name: '11月', headingRow: 3, passedOver: [5, 7, 8], state: 'ready' });
    expect(sheet.entries.map(({ code, amount }) => [code, amount.quantity, amount.unit])).toEqual([
      [uri('B1'), 1200, 'KGM'],
      [uri('B2'), 10, 'KGM'],
    ]);
  });

  it('is asked for where two sheets hold lots', async () => {
    const data = (lot: string) => [
      ['条码', '批号', '品名'].map((value) => ({ value })),
      [gtin, lot, '肉'].map((value) => ({ value })),
    ];
    const book = Buffer.from(
      await writeExcelFile([
        { sheet: '10月', data: data('A') },
        { sheet: '11月', data: data('B') },
      ]).toBuffer(),
    );
    expect(told(checkLots(book))).toEqual(['A1 ask several_sheets']);
    expect(checkLots(book, { ...noChoices, sheet: '11月' }).entries).toMatchObject([{ code: uri('B') }]);
  });

  const merged = (merges: string, rows: string): SheetFiles => ({
    'xl/workbook.xml': '<workbook><sheets><sheet name="1"/></sheets></workbook>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData><mergeCells>${merges}</mergeCells></worksheet>`,
  });
  const row = (...texts: string[]) =>
    `<row>${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;

  it('has two rows of headings where groups are merged', () => {
    const book = merged(
      '<mergeCell ref="A1:A2"/><mergeCell ref="D1:E1"/>',
      row('条码', '批号', '品名', '供货者', '', '日期') +
        row('', '', '', '名称', '地址', '') +
        row(gtin, 'B1', '肉', '王记', '临江路', '2026.11.20'),
    );
    const sheet = checkLots(workbookOf(book));
    expect(sheet.headings.map(({ name, meaning }) => [name, meaning])).toEqual([
      ['条码', 'gtin'],
      ['批号', 'lot'],
      ['品名', 'product'],
      ['供货者 名称', 'from'],
      ['供货者 地址', 'fromAddress'],
      ['日期', 'at'],
    ]);
    expect(sheet.entries[0]?.flow).toMatchObject([{ from: '王记' }]);
  });

  it('repeats what stands in a merged cell or is the same as above, but no amount', () => {
    const book = merged(
      '<mergeCell ref="C2:C3"/><mergeCell ref="D2:D3"/>',
      row('条码', '批号', '品名', '数量') +
        row(gtin, 'B1', '猪肉', '5') +
        row(gtin, 'B2', '', '') +
        row('同上', 'B3', '〃', '6'),
    );
    const sheet = checkLots(workbookOf(book));
    expect(told(sheet)).toEqual(['D3 fault merged_amount']);
    expect(sheet.rows.map(({ cells }) => [cells.gtin, cells.product])).toEqual(
      Array.from({ length: 3 }, () => [gtin, '猪肉']),
    );
  });
});

describe('headings', () => {
  it('stop the import when nobody knows them, with what they are near to, and rows are not blamed for it', () => {
    const sheet = check(`条 码,批号,品 名,数量(kg),菜价\n${gtin},B1,猪肉,10,8.5`);
    expect(told(sheet)).toEqual(['E1 ask unknown_column']);
    expect(sheet.entries).toEqual([]);
    expect(told(check(`条形码号,批号,名 目\n${gtin},B1,猪肉`))).toEqual([
      'A1 ask unknown_column',
      'C1 ask unknown_column',
    ]);
  });

  it('without anything under them do not stop it, and values without a heading do', () => {
    expect(told(check(`条码,批号,品名,从未填过\n${gtin},B1,猪肉,`))).toEqual([]);
    expect(told(check(`条码,批号,品名\n${gtin},B1,猪肉,12`))).toEqual(['D1 ask unknown_column']);
  });

  it('that mean the same, or a day without a supplier, have to be told apart', () => {
    expect(told(check(`条码,批号,品名,商品名称\n${gtin},B1,猪肉,五花`))).toEqual(['D1 ask repeated_column']);
    expect(told(check(`条码,批号,品名,日期\n${gtin},B1,猪肉,2026-11-20`))).toEqual(['D1 ask idle_date']);
  });

  it('of two columns with one name can be said to hold two things', () => {
    const text = `条码,批号,品名,日期,日期\n${gtin},B1,猪肉,2026-11-20,2026-11-27`;
    const headings = { 日期: 'producedAt', '日期#2': 'expiresAt' } as const;
    const [lot] = checkLots(Buffer.from(text), { ...noChoices, headings }).entries;
    expect(lot).toMatchObject({
      producedAt: Date.parse('2026-11-20T00:00+08:00'),
      expiresAt: Date.parse('2026-11-28T00:00+08:00') - 1,
    });
  });
});

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
