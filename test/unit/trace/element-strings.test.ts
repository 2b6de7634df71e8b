// Element strings at their edges: where an element ends, how many one symbol may hold, and what is told of a wrong one.
import { describe, expect, it } from 'vitest';
import { elementString, humanReadable, readElementString } from '../../../server/trace/code/gs1-element-string.ts';

const gtin = '09521234000013';
const read = (text: string) => {
  const reading = readElementString(text);
  return reading.ok ? humanReadable(reading.elements) : [reading.fault, reading.ai, reading.rule];
};

describe('an element ends', () => {
  it.each([
    [`01${gtin}10AB`, `(01)${gtin}(10)AB`, 'by its length where that is known'],
    [`01${gtin}^10AB`, `(01)${gtin}(10)AB`, 'by its length, and a needless separator is passed over'],
    [`10AB^01${gtin}`, `(10)AB(01)${gtin}`, 'at a separator where it may be longer'],
    [`10AB^`, '(10)AB', 'at a separator at the very end'],
    [`1726120110AB^2112`, '(17)261201(10)AB(21)12', 'each by its own rule'],
    [`310300250015261200`, '(3103)002500(15)261200', 'where a four-digit identifier has six digits'],
    [`  01${gtin}  `, `(01)${gtin}`, 'before the spaces around it'],
    [`(01) ${gtin} (10) AB `, `(01)${gtin}(10)AB`, 'before the spaces around it, in brackets too'],
  ])('%s is %s: %s', (text, expected) => expect(read(text)).toBe(expected));

  it.each([']C1', ']e0', ']e1', ']e2', ']e3', ']d2', ']Q3', ']J1', ']L2'])(
    '%s before it is the scanner’s word for the symbol',
    (prefix) => {
      expect(read(`${prefix}01${gtin}`)).toBe(`(01)${gtin}`);
    },
  );

  it.each([']e4', ']C2', ']d1', 'C1', ' ]C1x'])('%s is none of those words', (prefix) => {
    expect(readElementString(`${prefix}01${gtin}`).ok).toBe(false);
  });

  it('a scanner’s word stands at the beginning alone', () => {
    expect(readElementString(`01${gtin}]C110AB`).ok).toBe(false);
  });
});

describe('what is wrong is told', () => {
  it.each([
    ['', ['not_an_element_string', '', undefined]],
    ['^', ['not_an_element_string', '', undefined]],
    ['ZZ12', ['not_an_element_string', 'ZZ12', undefined]],
    ['batch 7', ['not_an_element_string', 'batc', undefined]],
    [`01${gtin}ZZ99X`, ['unknown_ai', 'ZZ99', undefined]],
    ['010952123400^10A', ['bad_value', '01', 'length']],
    ['10^21A', ['bad_value', '10', 'length']],
    [`(01)${gtin}(10)A B`, ['bad_value', '10', 'characters']],
    ['(05)1(10)A', ['unknown_ai', '05', undefined]],
    ['(batch)7', ['not_an_element_string', '', undefined]],
  ])('%s: %j', (text, expected) => expect(read(text)).toEqual(expected));

  it('a symbol holds 64 elements and no more', () => {
    expect(readElementString('91A^'.repeat(64))).toMatchObject({ ok: true, elements: { length: 64 } });
    expect(read('91A^'.repeat(65))).toEqual(['unknown_ai', '91A^', undefined]);
  });
});

describe('in brackets', () => {
  it('an identifier begins an element where it is known, and not after a backslash', () => {
    expect(readElementString(`(01)${gtin}(10)A(10)B`)).toMatchObject({
      elements: [{}, { ai: '10', value: 'A' }, { ai: '10', value: 'B' }],
    });
    expect(readElementString(`(01)${gtin}(10)A(05)B`)).toMatchObject({ elements: [{}, { ai: '10', value: 'A(05)B' }] });
    expect(readElementString(`(01)${gtin}(10)A\\(21)B\\(c`)).toMatchObject({
      elements: [{}, { ai: '10', value: 'A(21)B(c' }],
    });
  });
});

describe('written', () => {
  it('a bracket in a batch that would begin an element is marked, and read back as it was', () => {
    for (const batch of ['A(10)B', '(21)', 'A(1)B', 'A(05)B', 'A()', '((10)']) {
      const elements = [{ ai: '10', value: batch }];
      expect(readElementString(humanReadable(elements)), batch).toEqual({ ok: true, elements });
    }
    expect(humanReadable([{ ai: '10', value: 'A(10)B(1)' }])).toBe('(10)A\\(10)B(1)');
  });

  it('a separator follows what may be longer, and nothing at the end', () => {
    expect(elementString([{ ai: '01', value: gtin }])).toBe(`^01${gtin}`);
    expect(elementString([{ ai: '10', value: 'A' }])).toBe('^10A');
    expect(
      elementString([
        { ai: '10', value: 'A' },
        { ai: '17', value: '261201' },
        { ai: '21', value: '7' },
      ]),
    ).toBe('^10A^17261201217');
    expect(elementString([])).toBe('^');
  });
});
