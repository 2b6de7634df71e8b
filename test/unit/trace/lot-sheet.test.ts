// Sheets of lots as real hands send them: every encoding, heading, day, amount and spoilt code, each with what is right.
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { Problem } from '../../../server/http/problem.ts';
import { checkLots } from '../../../server/trace/import/import-lots.ts';
import { noChoices } from '../../../server/trace/import/lot-sheet.ts';
import { check, gtin, told, uri } from '../../support/lot-sheet.ts';
import { type SheetFiles, workbookOf } from '../../support/workbook-files.ts';

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
    ['nothing', Buffer.alloc(0), 'empty_file'],
    ['empty cells', Buffer.from(',,\n,,\n'), 'empty_file'],
    ['headings alone', Buffer.from('批号,品名,数量,单位,产地\n'), 'no_rows'],
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
