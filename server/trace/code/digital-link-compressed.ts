// The compressed form of a Digital Link: its last segment as bits, six to a character, read back into elements
// (GS1 Digital Link: Compression §3, with the codes for usual sequences and the formats of the identifiers).
import { type ApplicationIdentifier, identifierAt } from './gs1-ai.ts';
import type { Element } from './gs1-element-string.ts';

export type Decompressed = {
  readonly elements: readonly Element[];
  /** Pairs that are no identifiers, as they stood in the query before compression. */
  readonly others: readonly { readonly name: string; readonly value: string }[];
};

/** Two hexadecimal digits that stand for several identifiers in a row; those of `A` and `C` are made below. */
const sequences: ReadonlyMap<string, readonly string[]> = new Map(
  [
    '0A 01 22, 0B 01 10, 0C 01 21, 0D 01 17, 0E 01 7003, 0F 01 30, 1A 01 10 21 17, 1B 01 15, 1C 01 11, 1D 01 16',
    '1E 01 91, 1F 01 10 15, 9A 8010 8011, 9B 8017 8019, 9C 8018 8019, 9D 414 254',
    numbered('2', 'ABCDEF', '01 310'),
    numbered('3', 'ABCDEF', '01 320'),
    numbered('A', '0123456789', '01 392'),
    numbered('C', '0123456789', '255 390'),
    numbered('C', 'ABCD', '255 394'),
  ].flatMap((line) =>
    line.split(', ').map((entry): [string, readonly string[]] => {
      const [code = '', ...identifiers] = entry.split(' ');
      return [code, identifiers];
    }),
  ),
);

function numbered(first: string, seconds: string, identifiers: string): string {
  return [...seconds].map((second, number) => `${first}${second} ${identifiers}${number}`).join(', ');
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const longestSegment = 1_024;
const mostElements = 64;

/** What a segment holds, or undefined where it is no compressed string: a stray bit or an unknown identifier ends it. */
export function decompressSegment(segment: string): Decompressed | undefined {
  if (!/^[\w-]+$/.test(segment) || segment.length > longestSegment) return undefined;
  const bits = readerOf([...segment].map((character) => sixBits(alphabet.indexOf(character))).join(''));
  const elements: Element[] = [];
  const others: { name: string; value: string }[] = [];
  // Fewer than eight bits cannot begin anything: they fill up the last character.
  while (bits.left() >= 8) {
    const code = bits.hex(2);
    if (code.startsWith('F')) {
      const pair = readPair(bits, code);
      if (pair === undefined) return undefined;
      others.push(pair);
      continue;
    }
    const identifiers = /^\d\d$/.test(code) ? [readIdentifier(bits, code)] : (sequences.get(code) ?? [undefined]);
    for (const identifier of identifiers) {
      const element = identifier === undefined ? undefined : readElement(bits, identifier);
      if (element === undefined || elements.length === mostElements) return undefined;
      elements.push(element);
    }
  }
  return bits.overrun() || !bits.isPadding() || elements.length === 0 ? undefined : { elements, others };
}

function sixBits(value: number): string {
  return value.toString(2).padStart(6, '0');
}

type Bits = ReturnType<typeof readerOf>;

function readerOf(text: string) {
  let at = 0;
  const take = (count: number): string => {
    at += count;
    return text.slice(at - count, at);
  };
  return {
    left: () => text.length - at,
    overrun: () => at > text.length,
    isPadding: () => text.length - at < 6 && !text.slice(at).includes('1'),
    hex: (digits: number): string =>
      Array.from({ length: digits }, () =>
        Number.parseInt(take(4) || '0', 2)
          .toString(16)
          .toUpperCase(),
      ).join(''),
    number: (count: number): number => Number.parseInt(take(count) || '0', 2),
    /** A whole number of `digits` decimal digits, leading zeros kept; longer than that where the bits are no such number. */
    digits: (digits: number): string =>
      BigInt(`0b${take(digitBits(digits)) || '0'}`)
        .toString()
        .padStart(digits, '0'),
  };
}

/** Identifiers are told apart by their first two digits; the rest of their digits follow. */
function readIdentifier(bits: Bits, firstTwo: string): string | undefined {
  for (let text = firstTwo; text.length <= 4; text += bits.hex(1)) {
    if (identifierAt(text, 0)?.ai === text) return text;
    if (text.length === 4 || !/^\d+$/.test(text)) return undefined;
  }
  return undefined;
}

function readElement(bits: Bits, ai: string): Element | undefined {
  const identifier = identifierAt(ai, 0);
  if (identifier === undefined || identifier.ai !== ai) return undefined;
  const pieces = fieldsOf(identifier).map((field) => readField(bits, field));
  if (bits.overrun() || pieces.includes(undefined)) return undefined;
  return { ai, value: pieces.join('') };
}

type Field = { readonly digits: boolean; readonly length: number; readonly varies: boolean };

/** The parts of a format as they are packed: digits of known length as one number, all that varies as one text. */
function fieldsOf({ parts }: ApplicationIdentifier): Field[] {
  const fields: Field[] = [];
  for (const { set, shortest, longest, optional } of parts) {
    const field = { digits: set === 'n', length: longest, varies: optional || shortest !== longest };
    const last = fields.at(-1);
    const joins =
      last !== undefined &&
      last.digits === field.digits &&
      (last.varies === field.varies ? last.varies === optional || !last.varies : !field.digits);
    if (joins)
      fields.push({ ...fields.pop(), ...field, length: last.length + longest, varies: last.varies || field.varies });
    else fields.push(field);
  }
  return fields;
}

function readField(bits: Bits, { digits, length, varies }: Field): string | undefined {
  if (digits) {
    const count = varies ? bits.number(lengthBits(length)) : length;
    if (count > length || digitBits(count) > bits.left()) return undefined;
    const text = bits.digits(count);
    return count === 0 ? '' : text.length === count ? text : undefined;
  }
  const encoding = bits.number(3);
  const count = varies ? bits.number(lengthBits(length)) : length;
  return count > length ? undefined : readText(bits, encoding, count);
}

/** 0 digits · 1 and 2 hexadecimal in small and large letters · 3 the URI-safe base 64 · 4 ASCII. */
function readText(bits: Bits, encoding: number, count: number): string | undefined {
  const each = [digitBits(1), 4, 4, 6, 7][encoding];
  if (each === undefined || (encoding === 0 ? digitBits(count) : each * count) > bits.left()) return undefined;
  if (encoding === 0) {
    const text = bits.digits(count);
    return count === 0 ? '' : text.length === count ? text : undefined;
  }
  const characters = Array.from({ length: count }, () => bits.number(each));
  if (encoding === 3) return characters.map((index) => alphabet.charAt(index)).join('');
  if (encoding === 4) return String.fromCharCode(...characters);
  const text = characters.map((digit) => digit.toString(16)).join('');
  return encoding === 1 ? text : text.toUpperCase();
}

/** `F`, then seven bits of length, of which four stood in the code already. */
function readPair(bits: Bits, code: string): Decompressed['others'][number] | undefined {
  const length = Number.parseInt(code.charAt(1), 16) * 8 + bits.number(3);
  if (length * 6 > bits.left()) return undefined;
  const name = Array.from({ length }, () => alphabet.charAt(bits.number(6))).join('');
  const encoding = bits.number(3);
  const value = readText(bits, encoding, bits.number(7));
  return value === undefined || name === '' ? undefined : { name, value };
}

function lengthBits(longest: number): number {
  return Math.ceil(Math.log2(longest) + 0.01);
}

function digitBits(digits: number): number {
  return Math.ceil(digits * Math.log2(10) + 0.01);
}
