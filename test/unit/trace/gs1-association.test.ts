// Elements of one symbol that need or exclude each other, and batches that hold brackets.
import { describe, expect, it } from 'vitest';
import { associationFaults } from '../../../server/trace/code/gs1-association.ts';
import { readElementString } from '../../../server/trace/code/gs1-element-string.ts';
import { readLotCode } from '../../../server/trace/code/lot-code.ts';

const gtin = '09521234543213';

function faultsOf(text: string) {
  const reading = readElementString(text);
  return reading.ok ? associationFaults(reading.elements) : undefined;
}

describe('elements of one symbol', () => {
  it.each([
    `(01)${gtin}(10)A(17)261122(3103)002500`,
    `(00)040123450000003338(02)${gtin}(37)12(10)A`,
    `(01)${gtin}(21)S1(250)X`,
    `(01)${gtin}(3103)000189(3923)2172`,
  ])('stand together in %s', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it.each([
    [`(01)${gtin}(37)12`, [{ fault: 'excluded', ai: '37', others: ['01'] }]],
    [`(01)${gtin}(10)A(3103)002500(3102)000250`, [{ fault: 'contradicts', ai: '3102', others: ['3103'] }]],
    ['(21)S1', [{ fault: 'incomplete', ai: '21', others: ['01', '03', '8006'] }]],
    [`(01)${gtin}(250)X`, [{ fault: 'incomplete', ai: '250', others: ['01+21', '03+21', '8006+21'] }]],
    ['(420)518000(421)156518000', [{ fault: 'excluded', ai: '421', others: ['420'] }]],
  ])('do not in %s', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('that say the same twice contradict nothing', () => {
    expect(faultsOf(`(01)${gtin}(10)A(01)${gtin}`)).toEqual([]);
    const twice = [
      { ai: '01', value: gtin },
      { ai: '10', value: 'A' },
      { ai: '10', value: 'A' },
    ];
    expect(associationFaults(twice)).toEqual([]);
    expect(associationFaults([...twice, { ai: '10', value: 'B' }])).toEqual([
      { fault: 'contradicts', ai: '10', others: ['10'] },
    ]);
  });

  it('that contradict each other name no lot, and the fault says which they are', () => {
    expect(readLotCode(`(01)${gtin}(10)A(37)12`)).toMatchObject({ ok: false, fault: 'excluded', found: '(37) · (01)' });
    expect(readLotCode('(21)S1')).toMatchObject({
      ok: false,
      fault: 'incomplete',
      found: '(21) · (01) / (03) / (8006)',
    });
  });

  it('whose partner may stand on a second label still name the lot', () => {
    expect(readLotCode(`(02)${gtin}(10)A(37)12`)).toMatchObject({ ok: true, gtin, lot: 'A' });
  });
});

describe('a batch with brackets in it', () => {
  it.each([
    ['A(1)B', `(01)${gtin}(10)A(1)B`],
    ['A(10)B', `(01)${gtin}(10)A\\(10)B`],
    ['A(21)B', `(01)${gtin}(10)A\\(21)B`],
    ['A(21)B', `^01${gtin}10A(21)B`],
    ['A(', `]C101${gtin}10A(`],
  ])('is %s in %s', (lot, text) => {
    expect(readLotCode(text)).toMatchObject({ ok: true, gtin, lot });
  });
});
