// Workbooks as people upload them: what a cell says, and files that are broken, huge or no workbook at all.
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readWorkbook } from '../../../server/trace/lot/workbook.ts';

const bounds = { rows: 5_000, columns: 60 };

/** A zip of deflated files, as spreadsheet programs write it. */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const [parts, central]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const packed = deflateRawSync(Buffer.from(text));
    const name = Buffer.from(path);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, name, packed);
    central.push(entry, name);
    offset += local.length + name.length + packed.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}

const book = '<workbook><sheets><sheet name="1" id="r1"/></sheets></workbook>';
const sheetOf = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

describe('a workbook', () => {
  it('gives its texts, numbers and days as a person reads them', async () => {
    const made = await writeExcelFile([
      [{ value: '批次' }, { value: '数量' }, { value: '生产日期' }, { value: '商品条码' }],
      [
        { value: '青菜 <1> & 2' },
        { type: Number, value: 12.5 },
        { type: Date, value: new Date(Date.UTC(2026, 10, 19)), format: 'yyyy-mm-dd' },
        { type: Number, value: 6901234567892 },
      ],
      [
        { value: 'A' },
        null,
        { type: Date, value: new Date(Date.UTC(2026, 10, 19, 6, 30)), format: 'yyyy/mm/dd hh:mm' },
      ],
    ]).toBuffer();
    expect(readWorkbook(Buffer.from(made), bounds)).toEqual([
      ['批次', '数量', '生产日期', '商品条码'],
      ['青菜 <1> & 2', '12.5', '2026-11-19', '6901234567892'],
      ['A', '', '2026-11-19 06:30'],
    ]);
  });

  it('keeps rows and columns where they stand, and runs of one text together', () => {
    const zip = zipOf({
      'xl/workbook.xml': book,
      'xl/sharedStrings.xml':
        '<sst><si><r><t>白沙</t></r><r><t xml:space="preserve"> 村</t></r><rPh><t>x</t></rPh></si></sst>',
      'xl/worksheets/sheet1.xml': sheetOf(
        '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="inlineStr"><is><t>&#26449;</t></is></c></row>',
      ),
    });
    expect(readWorkbook(zip, bounds)).toEqual([[], ['', '白沙 村', '', '村']]);
  });

  it('is read to its bounds and one row more to say so, however long and wide it says it is', () => {
    const rows = Array.from(
      { length: 30 },
      (_, row) => `<row r="${row + 1}"><c r="A${row + 1}"><v>1</v></c><c r="ZZ1"><v>9</v></c></row>`,
    );
    const zip = zipOf({ 'xl/workbook.xml': book, 'xl/worksheets/sheet1.xml': sheetOf(rows.join('')) });
    const table = readWorkbook(zip, { rows: 10, columns: 5 });
    expect(table).toHaveLength(12);
    expect(table?.[0]).toEqual(['1']);
    const far = zipOf({
      'xl/workbook.xml': book,
      'xl/worksheets/sheet1.xml': sheetOf('<row r="1048576"><c><v>1</v></c></row>'),
    });
    expect(readWorkbook(far, bounds)?.length).toBe(bounds.rows + 2);
  });

  it.each([
    ['a bomb', zipOf({ 'xl/workbook.xml': book, 'xl/worksheets/sheet1.xml': ' '.repeat(40_000_000) })],
    ['one that declares entities', zipOf({ 'xl/workbook.xml': `<!DOCTYPE a [<!ENTITY b "c">]>${book}` })],
    ['a zip without a workbook', zipOf({ 'word/document.xml': '<a/>' })],
    ['a text', Buffer.from('产地,批次\n')],
    ['nothing', Buffer.alloc(0)],
  ])('is refused when it is %s', (_, bytes) => {
    expect(readWorkbook(bytes, bounds)).toBeUndefined();
  });

  it('never throws, whatever was done to its bytes', () => {
    const sound = zipOf({ 'xl/workbook.xml': book, 'xl/worksheets/sheet1.xml': sheetOf('<row><c><v>1</v></c></row>') });
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.nat(255), fc.nat(sound.length), (at, value, length) => {
        const broken = Buffer.from(sound.subarray(0, length));
        if (at < broken.length) broken[at] = value;
        const table = readWorkbook(broken, bounds);
        expect(table === undefined || Array.isArray(table)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
