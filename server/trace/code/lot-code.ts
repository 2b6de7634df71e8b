// Whatever was typed, pasted or scanned for a lot, as one code, or a refusal that says what to do next.

import { parseDigitalLink } from './digital-link.ts';
import { asGln, asGtin, asSscc, type Gln, type Gtin, type Sscc } from './gs1.ts';
import { type AssociationFault, associationFaults } from './gs1-association.ts';
import { type Element, readElementString } from './gs1-element-string.ts';
import { gs1Key, keyUri } from './gs1-key.ts';
import { readLabelledCode } from './lot-code-label.ts';
import { fitsOwnLot, type OwnLot, ownLotKey, readOwnLotKey, tidy } from './lot-code-own.ts';

/** What the code names. `key` is the canonical code: equal for every spelling of one thing. */
export type LotCode =
  | {
      readonly ok: true;
      readonly kind: 'gtin';
      readonly key: string;
      readonly gtin: Gtin;
      readonly lot: string;
      /** One piece of the lot, where the code went that far. */
      readonly serial: string | undefined;
      /** All that stood in the code: expiry (17), net weight (310n), count (30, 37) and others. */
      readonly elements: readonly Element[];
    }
  | ({ readonly ok: true; readonly kind: 'own'; readonly key: string } & OwnLot)
  | {
      readonly ok: true;
      readonly kind: 'container';
      readonly key: string;
      readonly sscc: Sscc;
      readonly elements: readonly Element[];
    }
  | {
      readonly ok: true;
      readonly kind: 'instance';
      readonly key: string;
      readonly gtin: Gtin;
      readonly serial: string;
      readonly elements: readonly Element[];
    };

type LotCodeFault =
  | 'empty'
  | 'too_long'
  | 'control_characters'
  /** A product without batch: `gtin` is set; ask for the batch. */
  | 'no_lot'
  /** A batch without product: ask for the product or the origin. */
  | 'no_product'
  /** A place or a party. */
  | 'not_a_lot'
  | 'check_digit'
  | 'bad_value'
  /** Two elements say different things about the same: `found` is the second. */
  | 'contradicts'
  /** Two elements that never stand together. */
  | 'excluded'
  /** An element that says nothing without another: `found` names both. */
  | 'incomplete'
  | 'bad_link'
  | 'bad_urn';

export type LotCodeRefusal = {
  readonly ok: false;
  readonly fault: LotCodeFault;
  /** The piece of the input that the fault is about. */
  readonly found: string;
  readonly gtin: Gtin | undefined;
};

const longestInput = 2_048;

/** Bracket, FNC1 as `^` or as transmitted (29), and the symbology identifier that scanners put before. */
const elementStringMarks = ['(', '^', ']', String.fromCharCode(29), '<GS>'];

/** Reads Digital Links of any host, element strings with brackets or from a scanner, EPC URNs, and our own codes. */
export function readLotCode(input: string): LotCode | LotCodeRefusal {
  if (input.length > longestInput) return refused('too_long', String(input.length));
  const text = input.trim();
  if (text === '') return refused('empty', '');
  if (/^https?:\/\//i.test(text)) return fromLink(text);
  if (text.startsWith('urn:brightkitchen:')) return fromOwnKey(text);
  if (/^urn:/i.test(text)) return fromUrn(text);
  if (elementStringMarks.some((mark) => text.startsWith(mark))) return fromElementString(text);
  return fromBareText(text);
}

/** The GLN of a code that names a place, scanned at its door or typed; undefined for every other text. */
export function placeOfCode(input: string): Gln | undefined {
  const text = input.trim().slice(0, longestInput);
  if (/^https?:\/\//i.test(text)) {
    const link = parseDigitalLink(text);
    return link.ok && link.key.ai === '414' ? asGln(link.key.value) : undefined;
  }
  const reading = elementStringMarks.some((mark) => text.startsWith(mark)) ? readElementString(text) : undefined;
  const value = reading?.ok === true ? reading.elements.find(({ ai }) => ai === '414')?.value : undefined;
  return value === undefined ? undefined : asGln(value);
}

/** The code of a lot under a GTIN. Both are checked by the caller's types; the lot is 1 to 20 characters of CSET 82. */
export function lotCodeFromGtinAndBatch(gtin: Gtin, lot: string): string {
  return keyUri({ key: { ai: '01', value: gtin }, qualifier: { ai: '10', value: lot } });
}

function fromLink(text: string): LotCode | LotCodeRefusal {
  const link = parseDigitalLink(text);
  if (link.ok) return fromElements([link.key, ...link.qualifiers, ...link.attributes]);
  // Strictly no Digital Link, but still clear: a slash at the end, a marketing parameter that is no attribute.
  const found = gs1Key(text);
  if (found === undefined) return refused('bad_link', link.detail);
  return fromElements(found.qualifier === undefined ? [found.key] : [found.key, found.qualifier]);
}

function fromUrn(text: string): LotCode | LotCodeRefusal {
  const found = gs1Key(text.replace(/^urn:epc:/i, 'urn:epc:'));
  if (found === undefined) return refused('bad_urn', text.slice(0, 64));
  return fromElements(found.qualifier === undefined ? [found.key] : [found.key, found.qualifier]);
}

function fromOwnKey(text: string): LotCode | LotCodeRefusal {
  const lot = readOwnLotKey(text);
  return lot === undefined ? refused('bad_urn', text.slice(0, 64)) : own(lot);
}

function fromElementString(text: string): LotCode | LotCodeRefusal {
  const reading = readElementString(text);
  if (!reading.ok)
    return refused(
      reading.rule === 'csum' ? 'check_digit' : 'bad_value',
      `(${reading.ai})${reading.value}`.slice(0, 64),
    );
  return fromSymbol(reading.elements);
}

/** What stands in one symbol must agree; what is missing may stand in a second, so it is only told where no lot is named. */
function fromSymbol(elements: readonly Element[]): LotCode | LotCodeRefusal {
  const faults = associationFaults(elements);
  const wrong = faults.find(({ fault }) => fault !== 'incomplete');
  if (wrong !== undefined) return refused(wrong.fault, pairSaid(wrong));
  const code = fromElements(elements);
  if (code.ok || code.fault !== 'not_a_lot') return code;
  const [missing] = faults;
  return missing === undefined ? code : refused('incomplete', pairSaid(missing));
}

/** `(21) + (01) / (03)`: the element, and those it stands with or does not. */
function pairSaid({ ai, others }: AssociationFault): string {
  const said = others.map((other) =>
    other
      .split('+')
      .map((each) => `(${each})`)
      .join(' + '),
  );
  return `(${ai}) · ${said.join(' / ')}`;
}

/** No mark says what it is: a number that checks as a GS1 key is one, all else is a code of the field. */
function fromBareText(text: string): LotCode | LotCodeRefusal {
  if (/^\d+$/.test(text)) {
    const gtin = looksLikeOwnNumber(text) ? undefined : asGtin(text);
    if (gtin !== undefined) return { ...refused('no_lot', text), gtin };
    const sscc = asSscc(text);
    if (sscc !== undefined) return fromElements([{ ai: '00', value: sscc }]);
  }
  if (/^(01\d{14}(10|17|21|15|11|13|310)|00\d{18}$)/.test(text)) {
    const reading = readElementString(text);
    if (reading.ok) return fromSymbol(reading.elements);
  }
  const labelled = readLabelledCode(text);
  if (/\p{Cc}/u.test(tidy(text))) return refused('control_characters', '');
  return fitsOwnLot(labelled)
    ? own(labelled)
    : refused(tidy(labelled.batch) === '' ? 'empty' : 'too_long', labelled.batch.slice(0, 64));
}

/** Eight digits from 0 or 2 are no world-wide product (GS1-8 prefixes 0 and 2), but often a day: 20261122. */
function looksLikeOwnNumber(text: string): boolean {
  return text.length === 8 && (text.startsWith('0') || text.startsWith('2'));
}

function fromElements(elements: readonly Element[]): LotCode | LotCodeRefusal {
  const value = (ai: string) => elements.find((element) => element.ai === ai)?.value;
  const [sscc, trade, lot, serial] = [
    value('00'),
    value('01') ?? value('8006')?.slice(0, 14),
    value('10'),
    value('21'),
  ];
  if (sscc !== undefined) return container(sscc, elements);
  if (trade === undefined) return withoutProduct(elements, value('02'), lot);
  const gtin = asGtin(trade);
  if (gtin === undefined) return refused('check_digit', trade);
  if (lot !== undefined) {
    const key = lotCodeFromGtinAndBatch(gtin, lot);
    return { ok: true, kind: 'gtin', key, gtin, lot, serial, elements };
  }
  if (serial === undefined) return { ...refused('no_lot', gtin), gtin };
  const key = keyUri({ key: { ai: '01', value: gtin }, qualifier: { ai: '21', value: serial } });
  return { ok: true, kind: 'instance', key, gtin, serial, elements };
}

function container(text: string, elements: readonly Element[]): LotCode | LotCodeRefusal {
  const sscc = asSscc(text);
  if (sscc === undefined) return refused('check_digit', text);
  return { ok: true, kind: 'container', key: `https://id.gs1.org/00/${sscc}`, sscc, elements };
}

/** (02) names what is inside a case: with a lot, that is the lot. */
function withoutProduct(
  elements: readonly Element[],
  content: string | undefined,
  lot: string | undefined,
): LotCode | LotCodeRefusal {
  const gtin = content === undefined ? undefined : asGtin(content);
  if (gtin !== undefined && lot !== undefined) {
    return { ok: true, kind: 'gtin', key: lotCodeFromGtinAndBatch(gtin, lot), gtin, lot, serial: undefined, elements };
  }
  if (lot !== undefined) return refused('no_product', lot);
  const [first] = elements;
  const broken = first !== undefined && ['414', '417'].includes(first.ai) && asGln(first.value) === undefined;
  return refused(broken ? 'check_digit' : 'not_a_lot', first === undefined ? '' : `(${first.ai})${first.value}`);
}

function own(lot: OwnLot): LotCode {
  const tidied = { ownKind: lot.ownKind, origin: tidy(lot.origin), batch: tidy(lot.batch) };
  return { ok: true, kind: 'own', key: ownLotKey(tidied), ...tidied };
}

function refused(fault: LotCodeFault, found: string): LotCodeRefusal {
  return { ok: false, fault, found, gtin: undefined };
}
