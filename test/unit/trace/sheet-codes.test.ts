// Sheets whose cells hold more than their heading says, and sheets from where people write traditional characters.
import { describe, expect, it } from 'vitest';
import { checkLots } from '../../../server/trace/import/import-lots.ts';
import { sheetTextOf } from '../../../server/trace/sheet/sheet-text.ts';
import { check, gtin, told, uri } from '../../support/lot-sheet.ts';

const codesOf = (sheet: ReturnType<typeof check>) => sheet.entries.map(({ code }) => code);

describe('a cell with a whole code', () => {
  it.each([
    ['a link under 条码', `条码,批号,品名\n${uri('A07')},,五花肉`],
    ['a link of the product, the batch beside it', `条码,批号,品名\nhttps://id.gs1.org/01/0${gtin},A07,五花肉`],
    ['the formula of a link', `条码,批号,品名\n"=HYPERLINK(""https://shop.example/1"",""${gtin}"")",A07,五花肉`],
    ['a scanned code under 条码', `条码,批号,品名\n(01)0${gtin}(10)A07(17)261231,,五花肉`],
    ['a scanned code under 批号', `批号,品名\n(01)0${gtin}(10)A07,五花肉`],
    ['a link under 批号', `批号,品名\n${uri('A07')},五花肉`],
    ['both the same', `条码,批号,品名\n(01)0${gtin}(10)A07,A07,五花肉`],
    ['digits in groups', `条码,批号,品名\n6 901234 567892,A07,五花肉`],
  ])('is parted: %s', (_, sheet) => {
    const read = check(sheet);
    expect(told(read)).toEqual([]);
    expect(codesOf(read)).toEqual([uri('A07')]);
  });

  it('that contradicts the cell beside it stops the row, and a batch keeps its own slashes', () => {
    expect(told(check(`条码,批号,品名\n(01)0${gtin}(10)B99,A07,五花肉`))).toEqual(['A2 fault code_contradicts']);
    expect(told(check(`条码,批号,品名\n6901234567908,(01)0${gtin}(10)A07,五花肉`))).toContain(
      'B2 fault code_contradicts',
    );
    expect(codesOf(check(`条码,批号,品名\n${gtin},A/07(b),五花肉`))).toEqual([uri('A%2F07%28b%29')]);
  });
});

// 條碼,批號,品名,數量,單位,有效日期 / 6901234567892,A07,豬肉,12,公斤,2026/12/31 as Hong Kong's Excel saves it.
const big5 = Buffer.concat([
  Buffer.from('b1f8bd582ca7e5b8b92cab7ea6572cbcc6b6712cb3e6a6ec2ca6b3aec4a4e9b4c10a', 'hex'),
  Buffer.from(`${gtin},A07,`),
  Buffer.from('bddea6d7', 'hex'),
  Buffer.from(',12,'),
  Buffer.from('a4bda4e7', 'hex'),
  Buffer.from(',2026/12/31\n'),
]);

describe('a sheet in traditional characters', () => {
  it('is read in Big5, and its headings and units are known', () => {
    const read = checkLots(big5);
    expect(told(read)).toEqual([]);
    expect(read.entries[0]).toMatchObject({
      code: uri('A07'),
      amount: { quantity: 12, unit: 'KGM' },
      fields: { product: '豬肉' },
    });
    expect(told(check(`條碼,批號,品名,數量,單位\n${gtin},A07,豬肉,2,公噸`))).toEqual(['E2 fault unknown_unit']);
    expect(check(`條碼,批號,品名,數量,單位\n${gtin},A07,豬肉,2,噸`).entries[0]?.amount.unit).toBe('TNE');
  });

  it('takes no GB 18030 for Big5: rare fish, one word, and a mixture are what they are', () => {
    // 鱿鱼,鲈鱼,鳜鱼 · 汉 · 品名,批号 / 鱼 2026
    for (const hex of ['f6cfd3e32cf6b2d3e32cf7ecd3e3', 'bbba', 'c6b7c3fb2cc5fabac50ad3e32032303236'])
      expect(sheetTextOf(Buffer.from(hex, 'hex'))?.encoding, hex).toBe('gb18030');
  });
});

it('a column of varieties is no second name, and how many a case holds needs no unit', () => {
  const read = check(`条码,批号,品名,品种,数量,单位,每箱数量\n${gtin},A07,辣椒,湘研15号,12,箱,24`);
  expect(told(read)).toEqual([]);
  expect(read.entries[0]?.fields).toMatchObject({
    product: '辣椒',
    variety: '湘研15号',
    packSize: { pack: '箱', holds: 24, unit: '个' },
  });
});
