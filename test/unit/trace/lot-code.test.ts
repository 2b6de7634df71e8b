// What a person types, pastes or scans for a lot, and what comes of it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLotCode } from '../../../server/trace/code/lot-code.ts';
import type { LotCode } from '../../../server/trace/code/lot-code-kinds.ts';
import { ownLotKey, ownLotKinds, readOwnLotKey } from '../../../server/trace/code/lot-code-own.ts';
import { epcOf, placeOf } from '../../../server/trace/event/gs1-epc.ts';

/** What keyboards and scanners send, and what they should not. */
const typed = fc.constantFrom(
  ...'01 9aZ/:|()[]^%+-._~批次号产地：　\u001d\u0000\ud800é😀',
  'urn:',
  'https://a/',
  '(01)',
  '(10)',
  ']d2',
);

const gtin = '09521234543213';
const key = `https://id.gs1.org/01/${gtin}/10/L1`;

describe('a lot code', () => {
  it.each([
    `https://id.gs1.org/01/${gtin}/10/L1`,
    'https://shop.example/p/01/9521234543213/10/L1?17=261231',
    `https://shop.example/01/${gtin}/10/L1/`,
    `https://shop.example/01/${gtin}/10/L1?10000=x`,
    `(01)${gtin}(10)L1`,
    `]d201${gtin}10L1`,
    `^01${gtin}10L1`,
    `01${gtin}10L1`,
    `(02)${gtin}(37)12(10)L1`,
    `  (01)${gtin}(10)L1  `,
  ])('under a GTIN is the same in the spelling %s', (text) => {
    expect(readLotCode(text)).toMatchObject({ ok: true, kind: 'gtin', key, gtin, lot: 'L1' });
  });

  it('from an EPC URN is the one of its Digital Link', () => {
    const urn = readLotCode('urn:epc:class:lgtin:4012345.012345.998877') as LotCode;
    const link = readLotCode('https://id.gs1.org/01/04012345123456/10/998877') as LotCode;
    expect(urn.key).toBe(link.key);
  });

  it('brings the expiry and weight that stood in the symbol', () => {
    const code = readLotCode(`]d201${gtin}1726123131030025001 0L1`.replace(' ', ''));
    expect(code).toMatchObject({
      ok: true,
      elements: [{ ai: '01' }, { ai: '17', value: '261231' }, { ai: '3103', value: '002500' }, { ai: '10' }],
    });
  });

  it.each([
    ['检疫证号：4403001234567', 'quarantine', '', '4403001234567'],
    ['动物检疫合格证明 No.３７００１２３', 'quarantine', '', '3700123'],
    ['肉品品质检验合格证编号4401-99', 'quality', '', '4401-99'],
    ['追溯码 3101234567890123', 'province', '', '3101234567890123'],
    ['quarantine certificate no 4455', 'quarantine', '', '4455'],
    ['产地 平谷大桃 批次 20261122-03', 'batch', '平谷大桃', '20261122-03'],
    ['平谷大桃 | 20261122-03', 'batch', '平谷大桃', '20261122-03'],
    ['平谷大桃　批号：A7', 'batch', '平谷大桃', 'A7'],
    ['L-2026/3', 'batch', '', 'L-2026/3'],
    ['20261122', 'batch', '', '20261122'],
  ])('of the field is kept with origin and batch apart: %s', (text, ownKind, origin, batch) => {
    expect(readLotCode(text)).toMatchObject({ ok: true, kind: 'own', ownKind, origin, batch });
  });

  it.each([
    ['nothing', '   ', 'empty', undefined],
    ['a product without batch', '6901234567892', 'no_lot', '06901234567892'],
    ['a link to a product', `https://a/01/${gtin}`, 'no_lot', gtin],
    ['a batch without product', '(10)ABC', 'no_product', undefined],
    ['a place', 'https://id.gs1.org/414/4012345000054', 'not_a_lot', undefined],
    ['a mistyped GTIN', '(01)09521234543214(10)A', 'check_digit', undefined],
    ['a mistyped GTIN in a link', 'https://a/01/09521234543214/10/A', 'check_digit', undefined],
    ['some web page', 'https://example.com/menu', 'bad_link', undefined],
    ['some URN', 'urn:isbn:123', 'bad_urn', undefined],
    ['a text without end', 'x'.repeat(3_000), 'too_long', undefined],
    ['a batch without end', 'x'.repeat(300), 'too_long', undefined],
  ])('is refused with what is missing: %s', (_, text, fault, product) => {
    expect(readLotCode(text)).toMatchObject({ ok: false, fault, gtin: product });
  });

  it('names a pallet and a piece for what they are', () => {
    expect(readLotCode('(00)040123450000003338')).toMatchObject({
      ok: true,
      kind: 'container',
      sscc: '040123450000003338',
    });
    expect(readLotCode('040123450000003338')).toMatchObject({ ok: true, kind: 'container' });
    expect(readLotCode(`https://a/01/${gtin}/21/S7`)).toMatchObject({ ok: true, kind: 'instance', serial: 'S7' });
  });

  it('reads its own key again, whatever was typed, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: typed, maxLength: 60 }), (text) => {
        const code = readLotCode(text);
        if (code.ok) expect(readLotCode(code.key)).toMatchObject({ ok: true, key: code.key });
      }),
    );
  });
});

describe('the key of an own lot', () => {
  it('keeps origin and batch apart, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ownLotKinds),
        fc.string({ maxLength: 40 }),
        fc.string({ maxLength: 40 }),
        (ownKind, origin, tail) => {
          const lot = { ownKind, origin, batch: `x${tail}` };
          const read = readOwnLotKey(ownLotKey(lot));
          expect(read?.ownKind).toBe(ownKind);
          expect(ownLotKey(read!)).toBe(ownLotKey(lot));
        },
      ),
    );
  });

  it('names a lot in an event', () => {
    const uri = ownLotKey({ ownKind: 'quarantine', origin: '广东', batch: '4403001' });
    expect(epcOf(uri)).toMatchObject({ kind: 'lot', uri, gtin: undefined, lot: '4403001' });
  });
});

describe('identifiers of an event', () => {
  it.each([
    ['urn:epc:class:lgtin:4012345.012345.998877', 'lot'],
    ['urn:epc:idpat:sgtin:4012345.012345.*', 'product'],
    ['urn:epc:id:sgtin:4012345.012345.7', 'instance'],
    ['urn:epc:id:itip:4012345.012345.01.02.987', 'instance'],
    ['urn:epc:id:grai:4012345.66666.87', 'instance'],
    ['urn:epc:idpat:grai:4012345.66666.*', 'product'],
    ['urn:epc:id:sscc:4012345.0000000333', 'container'],
    ['urn:epc:id:sgln:4012345.00005.0', 'site'],
    ['urn:epc:id:pgln:4012345.00005', 'party'],
    ['urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8', 'other'],
  ])('%s names: %s', (given, kind) => expect(epcOf(given)).toMatchObject({ given, kind }));

  it('give places the id that both halves of the house use', () => {
    expect(placeOf('urn:epc:id:sgln:4012345.00005.12').siteId).toBe('4012345000054');
    expect(placeOf('urn:brightkitchen:site:dingxiang-2').siteId).toBe('local:dingxiang-2');
    expect(placeOf('https://example.com/store/7').siteId).toBe('https://example.com/store/7');
  });
});
