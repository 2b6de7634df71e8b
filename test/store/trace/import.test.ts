// Tables of lots, certificates that follow the split, and what a failed test does.
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { Problem } from '../../../server/http/problem.ts';
import { certificatesOf } from '../../../server/trace/diner/certificate-store.ts';
import { importLots, previewLots, sheetText } from '../../../server/trace/lot/import-lots.ts';
import { guardCell } from '../../../server/trace/lot/lot-sheet.ts';
import { lotById, searchLot } from '../../../server/trace/lot/lot-store.ts';
import { proposedRecalls, recordLabTest } from '../../../server/trace/lot/record-lab-test.ts';
import { registerLot } from '../../../server/trace/lot/register-lot.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { dayOne, inspector, openChainHouse, places, products } from '../../support/cast.ts';

const sheet = [
  '产地,批次,品名,数量,单位,生产日期,发货方,收货方,时间,检疫证号,备注',
  '平谷,PG-01,五花肉,40,公斤,2026-11-20,平谷屠宰场,新发地批发,2026-11-20 09:00,1100123,好',
  '平谷,PG-01,五花肉,12,公斤,2026-11-20,新发地批发,鼎香,2026-11-21 06:30,,',
  '唐山,TS-07,带鱼,8,箱,2026-11-19,唐山港,新发地批发,2026-11-20,,',
].join('\n');

const counted = (house: ReturnType<typeof openChainHouse>, table: string) =>
  house.db.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

describe('importing a table of lots', () => {
  it('takes rows of one lot as one lot with several movements', () => {
    const house = openChainHouse();
    const imported = importLots(house, Buffer.from(sheet), inspector);
    expect(imported.lots).toHaveLength(2);
    expect(imported).toMatchObject({ accepted: 8, duplicate: 0 });
    expect(searchLot(house.db, 'PG-01')).toMatchObject({ found: 'one', lot: { origin: '平谷', name: '五花肉' } });
    expect(importLots(house, Buffer.from(sheet), inspector)).toMatchObject({ accepted: 0, duplicate: 8 });
  });

  it('says which column it does not know', () => {
    expect(previewLots(Buffer.from(sheet))).toMatchObject({ unknown: ['备注'], faulty: 0 });
  });

  it('marks every faulty cell, and takes nothing until all is right', () => {
    const house = openChainHouse();
    const wrong = sheet.replace('2026-11-21 06:30', 'soon').replace('8,箱', 'eight,箱').replace('TS-07', '');
    expect(previewLots(Buffer.from(wrong)).rows.map((row) => row.faults.map((fault) => fault.place))).toEqual([
      [],
      ['row 3, column at'],
      ['row 4, column quantity', 'row 4, column batch'],
    ]);
    expect(() => importLots(house, Buffer.from(wrong), inspector)).toThrow(Problem);
    expect(counted(house, 'lot')).toBe(0);
    expect(counted(house, 'site')).toBe(3);
  });

  it('reads a workbook, and gives it back as text that imports the same', async () => {
    const made = await writeExcelFile([
      ['产地', '批次', '品名', '数量', '单位', '生产日期'].map((value) => ({ value })),
      [
        { value: '平谷' },
        { value: 'PG-\t"01"' },
        { value: '五花肉' },
        { type: Number, value: 40.5 },
        { value: '公斤' },
        { type: Date, value: new Date(Date.UTC(2026, 10, 20)), format: 'yyyy/m/d' },
      ],
    ]).toBuffer();
    const read = previewLots(Buffer.from(made));
    expect(read).toMatchObject({ faulty: 0, rows: [{ cells: { quantity: '40.5', producedAt: '2026-11-20' } }] });
    expect(previewLots(Buffer.from(sheetText(Buffer.from(made)))).entries).toEqual(read.entries);
    expect(() => previewLots(Buffer.from(made).subarray(0, 400))).toThrow(Problem);
  });

  it('reads what a Chinese spreadsheet saves, and tabs and semicolons', () => {
    const gb = Buffer.concat([
      Buffer.from([0xb2, 0xfa, 0xb5, 0xd8]),
      Buffer.from(';batch\n'),
      Buffer.from([0xc6, 0xbd, 0xb9, 0xc8]),
      Buffer.from(';X1\n'),
    ]);
    expect(previewLots(gb).entries).toMatchObject([{ origin: '平谷', batch: 'X1' }]);
    expect(sheetText(gb)).toContain('平谷;X1');
    expect(previewLots(Buffer.from('origin\tbatch\n平谷\tX2\n')).entries).toMatchObject([{ batch: 'X2' }]);
  });

  it('refuses what is no table, with a reason', () => {
    expect(() => previewLots(Buffer.from('"a'))).toThrow(Problem);
    expect(() => previewLots(Buffer.from('hello\nworld'))).toThrow(Problem);
    expect(() => previewLots(Buffer.alloc(0))).toThrow(Problem);
  });

  it('keeps a cell from running when the table is written out again', () => {
    expect(['=1+1', '+86', '-1', '@x', '\tx', '平谷'].map(guardCell)).toEqual([
      "'=1+1",
      "'+86",
      "'-1",
      "'@x",
      "'\tx",
      '平谷',
    ]);
  });
});

describe('certificates', () => {
  it('of a carcass show on every cut made from it', () => {
    const house = openChainHouse();
    const made = { madeAt: places.slaughterhouse, quantity: 90, unit: 'kg' };
    const certificates = [
      { kind: 'quarantine', number: 'Q-1' },
      { kind: 'quality', number: 'P-1' },
    ];
    const carcass = registerLot(
      house,
      { gtin: products.carcass, lot: 'C1', producedAt: '2026-11-19', certificates, ...made },
      inspector,
    );
    const cuts = [products.belly, products.mince].map((product) =>
      registerLot(
        house,
        {
          gtin: product,
          lot: 'K1',
          producedAt: '2026-11-20',
          madeFrom: [{ code: carcass.code, quantity: 30, unit: 'kg' }],
          ...made,
          quantity: 30,
        },
        inspector,
      ),
    );
    for (const cut of cuts) {
      expect(certificatesOf(house.db, cut.lotId).map(({ number, code, depth }) => [number, code, depth])).toEqual([
        ['P-1', carcass.code, 1],
        ['Q-1', carcass.code, 1],
      ]);
    }
  });
});

describe('a failed laboratory test', () => {
  it('holds the lot and proposes its recall until it is recalled', () => {
    const house = openChainHouse();
    const { lotId } = registerLot(house, { batch: 'X1', quantity: 3, unit: 'kg', producedAt: '2026-11-20' }, inspector);
    recordLabTest(house, { lotId, subject: 'nitrofuran', result: 'passed', testedAt: dayOne }, inspector);
    expect(lotById(house.db, lotId)?.status).toBe('ok');
    expect(
      recordLabTest(house, { lotId, subject: 'clenbuterol', result: 'failed', testedAt: dayOne }, inspector).held,
    ).toBe(true);
    expect(lotById(house.db, lotId)?.status).toBe('held');
    expect(proposedRecalls(house.db)).toMatchObject([{ lotId, subject: 'clenbuterol' }]);
    startRecall(house, { lotId, reason: 'clenbuterol' }, inspector);
    expect(proposedRecalls(house.db)).toEqual([]);
  });
});
