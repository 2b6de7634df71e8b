// Compressed Digital Links: published examples, and what our own bits say when they are read back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDigitalLink } from '../../../server/trace/code/digital-link.ts';
import { readLotCode } from '../../../server/trace/code/lot-code.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const gtin = '05412345000013';

/** Bits as text, six to a character, filled up with zeros. */
function segmentOf(bits: string): string {
  const whole = bits.padEnd(Math.ceil(bits.length / 6) * 6, '0');
  return (whole.match(/.{6}/g) ?? []).map((six) => alphabet.charAt(Number.parseInt(six, 2))).join('');
}

const bitsOf = (value: bigint | number, count: number) => value.toString(2).padStart(count, '0');
const hex = (text: string) => [...text].map((digit) => bitsOf(Number.parseInt(digit, 16), 4)).join('');
const digits = (text: string) => bitsOf(BigInt(text), Math.ceil(text.length * Math.log2(10) + 0.01));
const ascii = (text: string) => [...text].map((character) => bitsOf(character.charCodeAt(0), 7)).join('');

describe('a compressed Digital Link', () => {
  it.each([
    ['https://id.gs1.org/ARHKVAdpQg', '^0109780345418913'],
    ['https://id.gs1.org/ABeRcNWtKMPA', '^00106141412345678908'],
    ['https://id.gs1.org/QUCO_anbfA', '^4140614141123452'],
    ['https://id.gs1.org/AREjalurbiAUO-cgohCz45Z67b8A', '^0109421902960055102010005828^21xyz1234'],
    ['http://example.org/AQnYUc1gmiERBhQ0ytiyZuAGOLc1TXgpNWCv1', '^010541234500001310ABC&+123^70031903061658'],
    ['https://id.gs1.org/JAaasHt_dNNt4ADESMALumsUfMAm34', '^800309421012301014f9804dbf^240qwe390023'],
  ])('as published, %s, gives its elements', (uri, elements) => {
    expect(parseDigitalLink(uri)).toMatchObject({ ok: true, elements });
  });

  it('may keep its key plain and its query too, behind a stem of any length', () => {
    const lot = segmentOf(`${hex('10')}${bitsOf(4, 3)}${bitsOf(3, 5)}${ascii('A-7')}`);
    expect(parseDigitalLink(`https://shop.example/p/01/${gtin}/${lot}?17=261122&from=qr`)).toMatchObject({
      ok: true,
      elements: `^01${gtin}10A-7^17261122`,
      stem: 'https://shop.example/p',
    });
  });

  it('keeps leading zeros of a lot packed as a number', () => {
    const lot = `${hex('10')}${bitsOf(0, 3)}${bitsOf(6, 5)}${digits('000420')}`;
    const uri = `https://id.gs1.org/${segmentOf(`${hex('01')}${digits(gtin)}${lot}`)}`;
    expect(readLotCode(uri)).toMatchObject({ ok: true, kind: 'gtin', gtin, lot: '000420' });
  });

  it('gives back every lot that was packed, whatever characters it has', () => {
    const characters = fc.constantFrom(...'ABYZabyz0189!%&()*+,-./:;<=>?_');
    fc.assert(
      fc.property(fc.string({ unit: characters, minLength: 1, maxLength: 20 }), (lot) => {
        const bits = `${hex('0B')}${digits(gtin)}${bitsOf(4, 3)}${bitsOf(lot.length, 5)}${ascii(lot)}`;
        expect(readLotCode(`https://id.gs1.org/${segmentOf(bits)}`)).toMatchObject({ ok: true, gtin, lot });
      }),
    );
  });

  it.each([
    ['a word', 'https://example.com/menu'],
    ['a wrong check digit', `https://id.gs1.org/${segmentOf(`${hex('01')}${digits('05412345000014')}`)}`],
    ['an identifier nobody has', `https://id.gs1.org/${segmentOf(`${hex('38')}${digits(gtin)}`)}`],
    [
      'a lot without product',
      `https://id.gs1.org/${segmentOf(`${hex('10')}${bitsOf(4, 3)}${bitsOf(1, 5)}${ascii('A')}`)}`,
    ],
    ['a string cut short', 'https://id.gs1.org/AREjalurbiAUO-cgohCz45'],
    ['more bits than it fills', 'https://id.gs1.org/ARHKVAdpQgAA'],
  ])('is refused when it is %s', (_, uri) => {
    expect(parseDigitalLink(uri).ok).toBe(false);
  });

  it('never throws, whatever stands in its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 80 }), (segment) => {
        expect(typeof parseDigitalLink(`https://a.example/${segment}`).ok).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });
});
