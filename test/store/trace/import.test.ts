// Tables of lots, certificates that follow the split, and what a failed test does.
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../server/http/problem.ts';
import { guardCell } from '../../../server/http/sheet-cell.ts';
import { certificatesOf } from '../../../server/trace/diner/certificate-store.ts';
import { headingChoicesOf } from '../../../server/trace/import/heading-choice-store.ts';
import { checkLots, importLots } from '../../../server/trace/import/import-lots.ts';
import { withKnownNames } from '../../../server/trace/import/known-names-store.ts';
import { noChoices } from '../../../server/trace/import/lot-sheet.ts';
import { proposedRecalls } from '../../../server/trace/lot/lab-test-store.ts';
import { lotById, searchLot } from '../../../server/trace/lot/lot-store.ts';
import { recordLabTest } from '../../../server/trace/lot/record-lab-test.ts';
import { registerLot } from '../../../server/trace/lot/register-lot.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
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

const told = ({ rows }: ReturnType<typeof checkLots>) =>
  rows.flatMap(({ found }) => found.map(({ cell, level, code }) => `${cell} ${level} ${code}`));

describe('names in a table of lots', () => {
  const bread = '06901234567892';
  const two = `GTIN,批号,品名,数量,单位\n${bread},A1,五花肉,1,kg\n${bread},A2,带鱼,2,kg\n${bread},A3, 五 花肉,3,kg`;

  it('one GTIN under two names is told where the second stands, and spaces make no other name', () => {
    expect(told(checkLots(Buffer.from(two)))).toEqual(['C3 note gtin_named_twice']);
    const house = openChainHouse();
    expect(importLots(house, Buffer.from(two), inspector).accepted).toBeGreaterThan(0);
  });

  it('a GTIN that the register knows under another name is told, under its English name it is not', () => {
    const house = openChainHouse();
    registerProduct(house, { gtin: bread, name: '吐司', nameEn: 'Toast' });
    const of = (name: string) =>
      withKnownNames(house.db, checkLots(Buffer.from(`GTIN,批号,品名\n${bread},A1,${name}`)), noChoices);
    expect(told(of('带鱼'))).toEqual(['C2 note gtin_other_name']);
    expect(of('带鱼').state).toBe('ready');
    for (const same of ['吐司', '吐 司', 'TOAST']) expect(told(of(same)), same).toEqual([]);
    const code = `追溯码,品名\n(01)${bread}(10)A1,带鱼`;
    expect(told(withKnownNames(house.db, checkLots(Buffer.from(code)), noChoices))).toEqual([
      'B2 note gtin_other_name',
    ]);
  });

  it('a place of which two are called so is told at its cell before anything is taken, and its code is taken', () => {
    const house = openChainHouse();
    for (const siteId of ['6901234000016', '6901234000023'])
      registerPlace(house, { siteId, name: '鼎香', kind: 'restaurant' });
    const of = (to: string) => Buffer.from(`批号,产地,品名,发货方,收货方,时间\nA1,平谷,肉,平谷屠宰场,${to},2026-11-20`);
    const checked = withKnownNames(house.db, checkLots(of('鼎香')), noChoices);
    expect(told(checked)).toEqual(['E2 fault several_places']);
    expect(checked.entries).toEqual([]);
    expect(() => importLots(house, of('鼎香'), inspector)).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ cell: 'E2', code: 'several_places' })] }),
    );
    expect(importLots(house, of('6901234000023'), inspector).accepted).toBeGreaterThan(0);
  });
});

describe('importing a table of lots', () => {
  it('takes rows of one lot as one lot with several movements', () => {
    const house = openChainHouse();
    const imported = importLots(house, Buffer.from(sheet), inspector);
    expect(imported.lots).toHaveLength(2);
    expect(imported).toMatchObject({ accepted: 8, duplicate: 0 });
    expect(searchLot(house.db, 'PG-01')).toMatchObject({ found: 'one', lot: { origin: '平谷', name: '五花肉' } });
    expect(importLots(house, Buffer.from(sheet), inspector)).toMatchObject({ accepted: 0, duplicate: 8 });
  });

  it('says which columns it leaves out, and stops at a heading it does not know until somebody says what it is', () => {
    const house = openChainHouse();
    const left = checkLots(Buffer.from(sheet)).headings.filter(({ meaning }) => meaning === 'idle');
    expect(left.map(({ name, cell }) => [name, cell])).toEqual([['备注', 'K1']]);
    const other = Buffer.from(sheet.replace('品名', '菜品'));
    expect(() => importLots(house, other, inspector)).toThrow(Problem);
    expect(checkLots(other).found).toMatchObject([
      { level: 'ask', code: 'unknown_column', cell: 'C1', shown: 'product' },
    ]);
    expect(counted(house, 'lot')).toBe(0);
    const said = { sheet: undefined, headings: { 菜品: 'product' }, doubts: 'stop' } as const;
    expect(importLots(house, other, inspector, said)).toMatchObject({ accepted: 8 });
    expect(headingChoicesOf(house.db, inspector)).toEqual({ 菜品: 'product' });
    expect(headingChoicesOf(house.db, { id: 77 })).toEqual({});
  });

  it('marks every faulty cell, and takes nothing until all is right', () => {
    const house = openChainHouse();
    const wrong = sheet.replace('2026-11-21 06:30', 'soon').replace('8,箱', 'eight,箱').replace('TS-07', '');
    const { rows } = checkLots(Buffer.from(wrong));
    expect(rows.map((row) => row.found.map(({ place, cell }) => [place, cell]))).toEqual([
      [],
      [['row 3, column at', 'I3']],
      [
        ['row 4, column quantity', 'D4'],
        ['row 4, column batch', 'B4'],
      ],
    ]);
    expect(() => importLots(house, Buffer.from(wrong), inspector)).toThrow(Problem);
    expect(counted(house, 'lot')).toBe(0);
    expect(counted(house, 'site')).toBe(3);
    expect(counted(house, 'heading_choice')).toBe(0);
  });

  it('takes a batch without its origin by neither door: the sheet has the rule of the form', () => {
    for (const lines of ['批号\nB1', '批次,品名\nB1,白菜']) {
      const { rows, state } = checkLots(Buffer.from(lines));
      expect(state).toBe('stopped');
      expect(rows[0]?.found).toMatchObject([{ level: 'fault', code: 'origin_missing', cell: 'A2' }]);
    }
    expect(checkLots(Buffer.from('批次,品名,生产厂家\nB1,白菜,白沙合作社')).entries).toMatchObject([
      { origin: '白沙合作社' },
    ]);
  });

  it('keeps what the law wants of the supplier, where the place has none yet', () => {
    const house = openChainHouse();
    const lines =
      '产地,批次,品名,规格,供货商,供货者地址,联系电话,日期\n白沙,B1,白菜,10kg/筐,白沙合作社,白沙村 1 号,13800000000,2026-11-20';
    importLots(house, Buffer.from(lines), inspector);
    const site = house.db.sqlite.prepare("SELECT address, phone FROM site WHERE name = '白沙合作社'").get();
    expect(site).toEqual({ address: '白沙村 1 号', phone: '13800000000' });
    expect(house.db.sqlite.prepare('SELECT spec FROM lot').pluck().get()).toBe('10kg/筐');
  });

  it('is told in the ledger: which sheet was taken as what', () => {
    const house = openChainHouse();
    importLots(house, Buffer.from(sheet), inspector);
    const entry = house.db.sqlite.prepare("SELECT body FROM ledger_entry WHERE kind = 'sheet-import'").pluck().get();
    expect(JSON.parse(String(entry))).toMatchObject({ lots: 2, events: 8, headings: { 产地: 'origin', 备注: 'idle' } });
  });

  it('says when a lot is known with another amount, and takes the same again as the same', () => {
    const house = openChainHouse();
    const take = (amount: string) =>
      importLots(house, Buffer.from(`条码,批号,品名,数量\n6901234567892,B1,猪肉,${amount}`), null).accepted;
    expect(take('10公斤')).toBe(1);
    expect(take('20斤')).toBe(0);
    expect(() => take('12公斤')).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    expect(() => take('10箱')).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    const later = '条码,批号,品名,数量,生产日期\n6901234567892,B1,猪肉,12公斤,2026-11-20';
    expect(importLots(house, Buffer.from(later), null).accepted).toBe(1);
  });

  it('refuses what is no table, with a reason', () => {
    expect(() => checkLots(Buffer.from('"a'))).toThrow(Problem);
    expect(() => checkLots(Buffer.from('hello\nworld'))).toThrow(Problem);
    expect(() => checkLots(Buffer.alloc(0))).toThrow(Problem);
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
