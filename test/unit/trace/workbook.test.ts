// Workbooks as people upload them: what a cell says, and files that are broken, huge or no workbook at all.
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readWorkbook } from '../../../server/trace/sheet/workbook.ts';

const bounds = { rows: 5_000, columns: 60 };

/** The texts of the first sheet. */
function readTable(bytes: Buffer, within = bounds): string[][] | undefined {
  return readWorkbook(bytes, within)?.[0]?.rows.map((row) => row.map(({ text }) => text));
}

/** A zip of deflated files, as spreadsheet programs write it; `said`: the size each file says it has. */
function zipOf(files: Readonly<Record<string, string>>, said?: number): Buffer {
  const [parts, central]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const packed = deflateRawSync(Buffer.from(text));
    const name = Buffer.from(path);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(said ?? Buffer.byteLength(text), 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(said ?? Buffer.byteLength(text), 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, name, packed);
    central.push(entry, name);
    offset += local.length + name.length + packed.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(list.length, 12);
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
    expect(readTable(Buffer.from(made))).toEqual([
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
    expect(readTable(zip)).toEqual([[], ['', '白沙 村', '', '村']]);
  });

  it('is read to its bounds and one row more to say so, however long and wide it says it is', () => {
    const rows = Array.from(
      { length: 30 },
      (_, row) => `<row r="${row + 1}"><c r="A${row + 1}"><v>1</v></c><c r="ZZ1"><v>9</v></c></row>`,
    );
    const zip = zipOf({ 'xl/workbook.xml': book, 'xl/worksheets/sheet1.xml': sheetOf(rows.join('')) });
    const table = readTable(zip, { rows: 10, columns: 5 });
    expect(table).toHaveLength(12);
    expect(table?.[0]).toEqual(['1']);
    const far = zipOf({
      'xl/workbook.xml': book,
      'xl/worksheets/sheet1.xml': sheetOf('<row r="1048576"><c><v>1</v></c></row>'),
    });
    expect(readTable(far)?.length).toBe(bounds.rows + 2);
  });

  it.each([
    ['a bomb', zipOf({ 'xl/workbook.xml': book, 'xl/worksheets/sheet1.xml': ' '.repeat(80_000_000) })],
    [
      'a bomb that says it is small',
      zipOf({ 'xl/workbook.xml': book, 'xl/worksheets/sheet1.xml': ' '.repeat(80_000_000) }, 20),
    ],
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

  it('shows codes as their format does: zeros before, letters around, and no thousands', () => {
    const styles = `<styleSheet><numFmts>${['0000000', '&quot;L&quot;000', '#,##0', '0.00', '000\\-000', '0000;;@']
      .map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code}"/>`)
      .join(
        '',
      )}</numFmts><cellXfs><xf numFmtId="0"/>${[0, 1, 2, 3, 4, 5].map((n) => `<xf numFmtId="${200 + n}"/>`).join('')}</cellXfs></styleSheet>`;
    const cell = (style: number, value: number | string) => `<c s="${style}"><v>${value}</v></c>`;
    const zip = zipOf({
      'xl/workbook.xml': book,
      'xl/styles.xml': styles,
      'xl/worksheets/sheet1.xml': sheetOf(
        `<row>${cell(1, 12)}${cell(2, 7)}${cell(3, 1234)}${cell(4, 12)}${cell(5, 12345)}${cell(6, 12345)}${cell(0, 6901234567892)}</row>`,
      ),
    });
    expect(readTable(zip)).toEqual([['0000012', 'L007', '1234', '12', '012-345', '12345', '6901234567892']]);
  });

  it('tells days, failed formulas and formulas nobody worked out from numbers', () => {
    const styles =
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs></styleSheet>';
    const zip = zipOf({
      'xl/workbook.xml': book,
      'xl/styles.xml': styles,
      'xl/worksheets/sheet1.xml': sheetOf(
        '<row><c s="1"><v>46346</v></c><c t="e"><v>#REF!</v></c><c><f>A1</f></c><c s="2"><v>0.375</v></c><c t="str"><f>x</f><v>B1</v></c><c t="d"><v>2026-11-20T00:00:00</v></c></row>',
      ),
    });
    const [row] = readWorkbook(zip, bounds)?.[0]?.rows ?? [];
    expect(row?.map(({ kind, text }) => [kind, text])).toEqual([
      ['day', '2026-11-20'],
      ['error', '#REF!'],
      ['unworked', ''],
      ['day', '09:00'],
      ['text', 'B1'],
      ['day', '2026-11-20'],
    ]);
  });

  it('names its sheets, leaves out the hidden ones, and says what is merged and what a filter hides', () => {
    const zip = zipOf({
      'xl/workbook.xml':
        '<workbook><sheets><sheet name="说明" id="r1"/><sheet name="旧" id="r2" state="hidden"/><sheet name="11月" id="r3"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/><Relationship Id="r3" Target="/xl/worksheets/sheet3.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': sheetOf('<row><c t="inlineStr"><is><t>看第二页</t></is></c></row>'),
      'xl/worksheets/sheet2.xml': sheetOf('<row><c><v>1</v></c></row>'),
      'xl/worksheets/sheet3.xml':
        '<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row><x:row r="2" hidden="1"><x:c r="A2"><x:v>2</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:B3"/></x:mergeCells></x:worksheet>',
    });
    const sheets = readWorkbook(zip, bounds);
    expect(sheets?.map(({ name, hiddenRows }) => [name, hiddenRows])).toEqual([
      ['说明', 0],
      ['11月', 1],
    ]);
    expect(sheets?.[1]?.merges).toEqual([{ fromRow: 0, fromColumn: 0, untilRow: 2, untilColumn: 1 }]);
    expect(sheets?.[1]?.rows.map((cells) => cells.map(({ text }) => text))).toEqual([['1'], ['2']]);
  });
});
