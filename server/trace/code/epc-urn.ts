// EPC URNs as keys of Digital Links: the company prefix's length is lost on the way, so there is no way back
// (EPC Tag Data Standard §6.3, §7; GS1 Digital Link URI Syntax §4.11).

import { checkDigit } from './gs1.ts';
import type { Element } from './gs1-element-string.ts';

/** The key of the URN and its finest qualifier, values decoded; undefined for what has no Digital Link or is malformed. */
export type KeyOfUrn = readonly [Element] | readonly [Element, Element];

/** Company prefix, the reference after it, and what follows the second dot, still escaped. */
type Fields = { readonly prefix: string; readonly reference: string; readonly rest: string | undefined };

type Scheme = (fields: Fields) => KeyOfUrn | undefined;

const instances: Readonly<Record<string, Scheme>> = {
  sgtin: (fields) => qualified('01', gtinOf(fields), '21', characters(fields.rest, 20)),
  upui: (fields) => qualified('01', gtinOf(fields), '235', characters(fields.rest, 28)),
  sscc: (fields) => single('00', fields.rest === undefined ? indicatorFirst(fields, 17) : undefined),
  sgln: (fields) =>
    fields.rest === '0'
      ? single('414', prefixFirst(fields, 12))
      : qualified('414', prefixFirst(fields, 12), '254', characters(fields.rest, 20)),
  pgln: (fields) => single('417', fields.rest === undefined ? prefixFirst(fields, 12) : undefined),
  grai: (fields) => joined('8003', graiOf(fields), characters(fields.rest, 16)),
  gdti: (fields) => joined('253', prefixFirst(fields, 12), characters(fields.rest, 17)),
  sgcn: (fields) => joined('255', prefixFirst(fields, 12), digits(fields.rest, 12)),
  gsrn: (fields) => single('8018', fields.rest === undefined ? prefixFirst(fields, 17) : undefined),
  gsrnp: (fields) => single('8017', fields.rest === undefined ? prefixFirst(fields, 17) : undefined),
  gsin: (fields) => single('402', fields.rest === undefined ? prefixFirst(fields, 16) : undefined),
  giai: (fields) => single('8004', wholeAfterPrefix(fields)),
  ginc: (fields) => single('401', wholeAfterPrefix(fields)),
  itip: (fields) => itipOf(fields, (serial) => characters(serial, 20)),
  cpi: (fields) => qualified('8010', partOf(fields), '8011', digits(fields.rest, 12)),
};

const classes: Readonly<Record<string, Scheme>> = {
  lgtin: (fields) => qualified('01', gtinOf(fields), '10', characters(fields.rest, 20)),
};

/** Only the patterns that leave open nothing but the serial number: those name a class. */
const patterns: Readonly<Record<string, Scheme>> = {
  sgtin: (fields) => ifAny(fields.rest, '01', gtinOf(fields)),
  upui: (fields) => ifAny(fields.rest, '01', gtinOf(fields)),
  grai: (fields) => ifAny(fields.rest, '8003', graiOf(fields)),
  gdti: (fields) => ifAny(fields.rest, '253', prefixFirst(fields, 12)),
  sgcn: (fields) => ifAny(fields.rest, '255', prefixFirst(fields, 12)),
  cpi: (fields) => ifAny(fields.rest, '8010', partOf(fields)),
  itip: (fields) => itipOf(fields, (serial) => (serial === '*' ? 'any' : undefined)),
};

const kinds: Readonly<Record<string, Readonly<Record<string, Scheme>>>> = {
  id: instances,
  class: classes,
  idpat: patterns,
};

export function keyOfUrn(urn: string): KeyOfUrn | undefined {
  if (!urn.startsWith('urn:epc:')) return undefined;
  const kindEnd = urn.indexOf(':', 8);
  const schemeEnd = urn.indexOf(':', kindEnd + 1);
  if (kindEnd < 0 || schemeEnd < 0) return undefined;
  const schemes = kinds[urn.slice(8, kindEnd)];
  const name = urn.slice(kindEnd + 1, schemeEnd);
  const scheme = schemes !== undefined && Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  if (scheme === undefined) return undefined;
  const prefixEnd = urn.indexOf('.', schemeEnd);
  const prefix = urn.slice(schemeEnd + 1, prefixEnd);
  if (prefixEnd < 0 || prefix.length < 6 || prefix.length > 12 || !areDigits(prefix)) return undefined;
  const referenceEnd = urn.indexOf('.', prefixEnd + 1);
  return scheme({
    prefix,
    reference: referenceEnd < 0 ? urn.slice(prefixEnd + 1) : urn.slice(prefixEnd + 1, referenceEnd),
    rest: referenceEnd < 0 ? undefined : urn.slice(referenceEnd + 1),
  });
}

function single(ai: string, value: string | undefined): KeyOfUrn | undefined {
  return value === undefined ? undefined : [{ ai, value }];
}

function joined(ai: string, value: string | undefined, serial: string | undefined): KeyOfUrn | undefined {
  return value === undefined || serial === undefined ? undefined : [{ ai, value: value + serial }];
}

function qualified(
  ai: string,
  value: string | undefined,
  by: string,
  serial: string | undefined,
): KeyOfUrn | undefined {
  return value === undefined || serial === undefined
    ? undefined
    : [
        { ai, value },
        { ai: by, value: serial },
      ];
}

function ifAny(rest: string | undefined, ai: string, value: string | undefined): KeyOfUrn | undefined {
  return rest === '*' ? single(ai, value) : undefined;
}

function gtinOf(fields: Fields): string | undefined {
  return indicatorFirst(fields, 13);
}

/** The reference's first digit moves to the front (GTIN-14 indicator, SSCC extension); the check digit follows. */
function indicatorFirst({ prefix, reference }: Fields, length: number): string | undefined {
  if (prefix.length + reference.length !== length || !areDigits(reference)) return undefined;
  return withCheckDigit(reference.charAt(0) + prefix + reference.slice(1));
}

function prefixFirst({ prefix, reference }: Fields, length: number): string | undefined {
  if (prefix.length + reference.length !== length || !(reference === '' || areDigits(reference))) return undefined;
  return withCheckDigit(prefix + reference);
}

function graiOf(fields: Fields): string | undefined {
  const value = prefixFirst(fields, 12);
  return value === undefined ? undefined : `0${value}`;
}

/** GIAI and GINC: no check digit, and dots belong to the reference. */
function wholeAfterPrefix({ prefix, reference, rest }: Fields): string | undefined {
  const whole = characters(rest === undefined ? reference : `${reference}.${rest}`, 30 - prefix.length);
  return whole === undefined ? undefined : prefix + whole;
}

function partOf({ prefix, reference }: Fields): string | undefined {
  const part = characters(reference, 30 - prefix.length);
  return part !== undefined && /^[#\-/0-9A-Z]+$/.test(part) ? prefix + part : undefined;
}

function itipOf(fields: Fields, serialOf: (text: string) => string | undefined): KeyOfUrn | undefined {
  const [, piece, total, rest] = /^(\d\d)\.(\d\d)\.(.+)$/s.exec(fields.rest ?? '') ?? [];
  const gtin = gtinOf(fields);
  const serial = rest === undefined ? undefined : serialOf(rest);
  if (gtin === undefined || serial === undefined) return undefined;
  const key = { ai: '8006', value: `${gtin}${piece}${total}` };
  return rest === '*' ? [key] : [key, { ai: '21', value: serial }];
}

function withCheckDigit(body: string): string {
  return body + checkDigit(body);
}

function digits(text: string | undefined, longest: number): string | undefined {
  return text !== undefined && text.length <= longest && areDigits(text) ? text : undefined;
}

/** Unescapes a component of CSET 82; undefined when empty, too long, or holding what a URN may not. */
function characters(text: string | undefined, longest: number): string | undefined {
  if (text === undefined || text === '') return undefined;
  const plain = text.includes('%') ? unescaped(text) : text;
  if (plain === undefined || plain.length > longest) return undefined;
  return /^[!')(*+,.0-9:;=A-Za-z_-]+$/.test(text) || plain !== text ? plain : undefined;
}

function unescaped(text: string): string | undefined {
  if (!/^(?:%2[2356F]|%3[CEF]|%2f|%3[cef]|[!')(*+,.0-9:;=A-Za-z_-])+$/.test(text)) return undefined;
  return decodeURIComponent(text);
}

function areDigits(text: string): boolean {
  if (text.length === 0) return false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
