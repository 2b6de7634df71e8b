// GS1 keys, element strings and Digital Links in all the ways people and scanners write them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitalLinkPath, parseDigitalLink } from '../../../server/trace/code/digital-link.ts';
import { asGln, asGtin, asSscc, checkDigit, hasCheckDigit } from '../../../server/trace/code/gs1.ts';
import { elementString, humanReadable, readElementString } from '../../../server/trace/code/gs1-element-string.ts';
import { canonicalUri } from '../../../server/trace/code/gs1-key.ts';

const cset82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const gtin = '09521234543213';
const batch = fc.string({ unit: fc.constantFrom(...cset82), minLength: 1, maxLength: 20 });

describe('GS1 keys', () => {
  it('are checked by their last digit', () => {
    expect(checkDigit('0952123454321')).toBe('3');
    expect(() => checkDigit('12a')).toThrow(RangeError);
    expect(hasCheckDigit('09521234543213')).toBe(true);
    expect(hasCheckDigit('09521234543214')).toBe(false);
  });

  it.each([
    ['a GTIN-8', '95050003', '00000095050003'],
    ['a GTIN-12', '614141000012', '00614141000012'],
    ['a GTIN-13', '9521234543213', gtin],
    ['a GTIN-14', gtin, gtin],
    ['eleven digits', '61414100001', undefined],
    ['a wrong check digit', '9521234543214', undefined],
  ])('pads %s to fourteen digits', (_, given, expected) => expect(asGtin(given)).toBe(expected));

  it('take a GLN and an SSCC only whole and right', () => {
    expect(asGln('4012345000054')).toBe('4012345000054');
    expect(asGln('401234500005')).toBeUndefined();
    expect(asSscc('040123450000003338')).toBe('040123450000003338');
    expect(asSscc('040123450000003339')).toBeUndefined();
  });
});

describe('element strings', () => {
  it.each([
    ['with brackets', `(01)${gtin}(17)261231(10)AB-7`],
    ['with FNC1 as ^', `^01${gtin}1726123110AB-7`],
    ['from a GS1-128 scanner', `]C101${gtin}1726123110AB-7`],
    ['from a DataMatrix scanner', `]d201${gtin}1726123110AB-7`],
    ['from a QR scanner', `]Q301${gtin}1726123110AB-7`],
  ])('are read %s', (_, text) => {
    const reading = readElementString(text);
    expect(reading.ok && humanReadable(reading.elements)).toBe(`(01)${gtin}(17)261231(10)AB-7`);
  });

  it('part a batch from what follows by FNC1, in each spelling of it', () => {
    for (const separator of ['^', String.fromCharCode(29), '<GS>', '{GS}']) {
      const reading = readElementString(`]d201${gtin}10AB${separator}21S1`);
      expect(reading.ok && humanReadable(reading.elements)).toBe(`(01)${gtin}(10)AB(21)S1`);
    }
  });

  it('keep a bracket inside a batch', () => {
    const reading = readElementString(`(01)${gtin}(10)A(5)B`);
    expect(reading.ok && reading.elements[1]?.value).toBe('A(5)B');
  });

  it.each([
    ['an unknown identifier', '(05)1', 'unknown_ai', undefined],
    ['a wrong check digit', '(01)09521234543214', 'bad_value', 'csum'],
    ['a day that never was', `(01)${gtin}(17)260231`, 'bad_value', 'yymmd0'],
    ['a letter outside the set', `(01)${gtin}(10)é`, 'bad_value', 'characters'],
    ['a batch too long', `(01)${gtin}(10)${'A'.repeat(21)}`, 'bad_value', 'length'],
    ['nothing', '', 'not_an_element_string', undefined],
  ])('refuse %s and say which rule it breaks', (_, text, fault, rule) => {
    expect(readElementString(text)).toMatchObject({ ok: false, fault, rule });
  });

  it('come back as they went, whatever the batch', () => {
    fc.assert(
      fc.property(batch, batch, (lot, serial) => {
        const elements = [
          { ai: '01', value: gtin },
          { ai: '10', value: lot },
          { ai: '21', value: serial },
        ];
        const reading = readElementString(elementString(elements));
        expect(reading).toEqual({ ok: true, elements });
      }),
    );
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        expect(typeof readElementString(text).ok).toBe('boolean');
      }),
    );
  });
});

describe('Digital Links', () => {
  it('carry any batch there and back, percent-encoded', () => {
    fc.assert(
      fc.property(batch, (lot) => {
        const path = digitalLinkPath([
          { ai: '01', value: gtin },
          { ai: '10', value: lot },
        ]);
        const link = parseDigitalLink(`https://example.com${path}`);
        expect(link.ok && link.qualifiers).toEqual([{ ai: '10', value: lot }]);
      }),
    );
  });

  it.each([
    ['qualifiers out of order', `https://a/01/${gtin}/21/1/10/2`, 'qualifier_order'],
    ['qualifiers of two kinds', `https://a/01/${gtin}/10/1/235/2`, 'qualifier_order'],
    ['a qualifier of another key', `https://a/00/040123450000003338/10/1`, 'qualifier'],
    ['a qualifier in the query', `https://a/01/${gtin}?21=1`, 'not_an_attribute'],
    ['an identifier twice', `https://a/01/${gtin}/10/1?17=261231&17=261231`, 'repeated_ai'],
    ['an unknown numeric key', `https://a/01/${gtin}?123=4`, 'unknown_ai'],
    ['half an escape', `https://a/01/${gtin}/10/A%2`, 'percent_encoding'],
    ['a byte that is no letter', `https://a/01/${gtin}/10/A%FF`, 'bad_value'],
    ['no key', 'https://a/b/c', 'no_primary_key'],
    ['a mixed scheme', `HtTp://a/01/${gtin}`, 'scheme'],
    ['no host', `https:///01/${gtin}`, 'host'],
  ])('are refused for %s', (_, uri, fault) => expect(parseDigitalLink(uri)).toMatchObject({ ok: false, fault }));

  it('read every key, with the name it had before 1.2 too', () => {
    expect(parseDigitalLink(`https://a/x/y/gtin/${gtin}/lot/A?linkType=all`)).toMatchObject({
      ok: true,
      elements: `^01${gtin}10A`,
    });
    expect(parseDigitalLink('https://a/415/4012345000054/8020/R1')).toMatchObject({
      ok: true,
      elements: '^41540123450000548020R1',
    });
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (uri) => {
        expect(typeof parseDigitalLink(uri).ok).toBe('boolean');
      }),
    );
    fc.assert(
      fc.property(fc.string(), (uri) => {
        expect(typeof parseDigitalLink(`https://a/01/${uri}`).ok).toBe('boolean');
      }),
    );
  });
});

describe('one thing', () => {
  it.each([
    [
      'a lot',
      'https://id.gs1.org/01/04012345123456/10/998877',
      'urn:epc:class:lgtin:4012345.012345.998877',
      'http://shop.example/de/01/4012345123456/10/998877?x=1#y',
    ],
    [
      'a piece',
      'https://id.gs1.org/01/04012345123456/21/7',
      'urn:epc:id:sgtin:4012345.012345.7',
      'https://a/01/04012345123456/22/V/10/L/21/7',
    ],
    [
      'a pallet',
      'https://id.gs1.org/00/040123450000003338',
      'urn:epc:id:sscc:4012345.0000000333',
      'https://a/sscc/040123450000003338/',
    ],
    [
      'a place',
      'https://id.gs1.org/414/4012345000054',
      'urn:epc:id:sgln:4012345.00005.0',
      'https://a/gln/4012345000054',
    ],
    [
      'a shelf',
      'https://id.gs1.org/414/4012345000054/254/1%2F2',
      'urn:epc:id:sgln:4012345.00005.1%2F2',
      'https://a/414/4012345000054/254/1%2f2',
    ],
    ['a party', 'https://id.gs1.org/417/4012345000054', 'urn:epc:id:pgln:4012345.00005', 'https://a/417/4012345000054'],
    [
      'a crate',
      'https://id.gs1.org/8003/0401234500022133',
      'urn:epc:id:grai:4012345.00022.33',
      'https://a/8003/0401234500022133',
    ],
    [
      'a product',
      'https://id.gs1.org/01/04012345123456',
      'urn:epc:idpat:sgtin:4012345.012345.*',
      'https://a/01/4012345123456',
    ],
  ])('has one name: %s', (_, name, ...spellings) => {
    for (const spelling of [name, ...spellings]) expect(canonicalUri(spelling)).toBe(name);
  });

  it.each([
    'urn:epc:id:sgtin:4012345.0123456.7',
    'urn:epc:id:sgtin:40123.01234567.7',
    'urn:epc:id:sgtin:4012345.012345.a b',
    'urn:epc:id:sscc:4012345.000000033',
    'urn:epc:idpat:sgtin:4012345.*.*',
    'urn:epc:id:constructor:4012345.012345.7',
    'https://example.com/01/abc',
    'https://example.com/po/12345678',
    'http://',
    'order 7',
  ])('is not made up from %s', (text) => expect(canonicalUri(text)).toBeUndefined());
});
