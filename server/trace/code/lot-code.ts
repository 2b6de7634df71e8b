// Whatever was typed, pasted or scanned for a lot, as one code, or a refusal that says what to do next.
import { parseDigitalLink } from './digital-link.ts';
import { type ElementsRead, elementReadings, speaksForItself } from './element-readings.ts';
import { asGtin, asSscc } from './gs1.ts';
import { applicationIdentifier } from './gs1-ai.ts';
import { type Element, readElementString } from './gs1-element-string.ts';
import { gs1Key } from './gs1-key.ts';
import { gtinAndLot } from './gtin-and-lot.ts';
import { looseLotUrn } from './loose-lot-urn.ts';
import { bracketsInBatch, codeOfElements, codeOfSymbol } from './lot-code-elements.ts';
import { type LotCode, type LotCodeRefusal, refused } from './lot-code-kinds.ts';
import { readLabelledCode } from './lot-code-label.ts';
import { fitsOwnLot, type OwnLot, ownLotKey, readOwnLotKey, tidy } from './lot-code-own.ts';
import { elementsOfLink, linkIn } from './scan-link.ts';
import {
  bracketedPart,
  halfWidth,
  longestInput,
  perhapsSeparators,
  secondCode,
  symbologyOf,
  withCarets,
  withoutInvisible,
  withoutQuotes,
  withoutSeparators,
} from './scan-text.ts';

/** `others`: what it could mean besides, where the device sent no separators or the text could be a code of the field. */
export type ScanReading = {
  readonly code: LotCode | LotCodeRefusal;
  readonly others: readonly { readonly code: LotCode; readonly trust: 'likely' | 'possible' }[];
};

/**
 * Reads Digital Links of any host, also inside a message, element strings with brackets or from a scanner in any order, EPC
 * URNs, and our own codes. Where separators are lost and another reading is likely, it is refused: readScan names them all.
 */
export function readLotCode(input: string): LotCode | LotCodeRefusal {
  const { code, others } = readScan(input);
  return code.ok && others.some(({ trust }) => trust === 'likely') ? refused('separator_lost', '') : code;
}

export function readScan(input: string): ScanReading {
  if (input.length > longestInput) return sure(refused('too_long', String(input.length)));
  const text = withoutQuotes(withoutInvisible(input));
  if (text === '') return sure(refused('empty', ''));
  if (text.startsWith('urn:brightkitchen:')) return sure(fromOwnKey(text));
  if (/^urn:/iu.test(text)) return sure(fromUrn(text));
  const half = halfWidth(text);
  const second = secondCode(half);
  if (second !== undefined)
    return {
      code: refused('several_in_one', second),
      others: bracketsInBatch(bracketedPart(half, isIdentifier) ?? ''),
    };
  const link = linkIn(text) ?? linkIn(half);
  if (link !== undefined) return sure(fromLink(link));
  return fromPair(half) ?? fromData(half);
}

/** With their names a product and its batch are meant; with a space alone it is asked whether they are. */
function fromPair(text: string): ScanReading | undefined {
  const pair = gtinAndLot(text);
  if (pair === undefined) return undefined;
  const code = codeOfElements([
    { ai: '01', value: pair.gtin },
    { ai: '10', value: pair.lot },
  ]);
  if (!code.ok || pair.how === 'named') return sure(code);
  return { code: fieldCode(text), others: [{ code, trust: 'likely' }] };
}

function sure(code: LotCode | LotCodeRefusal): ScanReading {
  return { code, others: [] };
}

function fromLink(text: string): LotCode | LotCodeRefusal {
  const link = parseDigitalLink(text);
  if (link.ok) return codeOfElements([link.key, ...link.qualifiers, ...link.attributes]);
  // Strictly no Digital Link, but still clear: a slash at the end, a serial before the lot, a batch in Chinese.
  const elements = elementsOfLink(text);
  return elements === undefined ? refused('bad_link', link.detail) : codeOfElements(elements);
}

function fromUrn(text: string): LotCode | LotCodeRefusal {
  const found = gs1Key(text.replace(/^urn:epc:/iu, 'urn:epc:'));
  const loose = found === undefined ? looseLotUrn(text) : undefined;
  if (loose !== undefined)
    return codeOfElements([
      { ai: '01', value: loose.gtin },
      { ai: '10', value: loose.batch },
    ]);
  if (found === undefined) return refused('bad_urn', text.slice(0, 64));
  return codeOfElements(found.qualifier === undefined ? [found.key] : [found.key, found.qualifier]);
}

function fromOwnKey(text: string): LotCode | LotCodeRefusal {
  const lot = readOwnLotKey(text);
  return lot === undefined ? refused('bad_urn', text.slice(0, 64)) : own(lot);
}

/** Brackets or a scanner's own mark say that these are elements; a run of digits may be a code of the field. */
function fromData(text: string): ScanReading {
  const symbology = symbologyOf(text);
  if (symbology?.form === 'plain') return readScan(symbology.data);
  const bracketed = symbology === undefined ? bracketedPart(withoutSeparators(text), isIdentifier) : undefined;
  if (bracketed !== undefined) {
    const code = fromBrackets(bracketed);
    // Who marks the brackets of a batch, `A\(10)B`, means them.
    const isMeant = bracketed.includes('\\(');
    return isMeant ? { code, others: bracketsInBatch(bracketed) } : unlessSwallowed(code, bracketsInBatch(bracketed));
  }
  const data = withCarets(symbology?.data ?? text);
  const isMarked = symbology !== undefined || data.startsWith('^');
  return isMarked || beginsWithTrade(data)
    ? fromRun(data, marked(data), isMarked ? [] : asField(text))
    : fromBareText(text, data);
}

/** `(10)B14(310)012345`: (310) stands for nothing, and is rather a slip than a part of the batch; only who knows such a lot can tell. */
function unlessSwallowed(code: LotCode | LotCodeRefusal, others: ScanReading['others']): ScanReading {
  const batch =
    code.ok && (code.kind === 'gtin' || code.kind === 'own') ? (code.kind === 'gtin' ? code.lot : code.batch) : '';
  const swallowed = /\(\d{2,4}\).*$/u.exec(batch)?.[0];
  if (swallowed === undefined || !code.ok) return { code, others };
  return { code: refused('bad_value', swallowed.slice(0, 64)), others: [{ code, trust: 'possible' }, ...others] };
}

function fromBrackets(text: string): LotCode | LotCodeRefusal {
  const reading = readElementString(
    text
      .replace(/(?<=^\(\d{2,4}\)[\d ]*|\)[\d ]*\d) (?=\d[\d ]*(?:\(|$))/gu, '')
      // People copy the thirteen digits under the bars.
      .replace(/(?<=\(0[12]\)\s*)(\d{12,13}|\d{8})(?=\s*(?:\(|$))/gu, (digits) => asGtin(digits) ?? digits),
  );
  if (reading.ok) return codeOfSymbol(reading.elements);
  // A batch in Chinese under a sound product gets a code of our own.
  const elements = looseElements(text);
  const code = reading.rule === 'characters' || reading.rule === 'length' ? codeOfElements(elements) : undefined;
  if (reading.ai === '10' && code?.ok === true) return code;
  return refused(reading.rule === 'csum' ? 'check_digit' : 'bad_value', `(${reading.ai})${reading.value}`.slice(0, 64));
}

function looseElements(text: string): Element[] {
  return [...text.matchAll(/\((\d{2,4})\)([^(]*)/gu)].map(([, ai = '', value = '']) => ({ ai, value: value.trim() }));
}

function marked(data: string): LotCode | LotCodeRefusal {
  const reading = readElementString(data.startsWith('^') ? data : `^${data}`);
  if (reading.ok) return codeOfSymbol(reading.elements);
  const foreign = reading.ai === '10' && reading.rule === 'characters' ? foreignBatch(data) : undefined;
  if (foreign !== undefined) return foreign;
  return refused(reading.rule === 'csum' ? 'check_digit' : 'bad_value', `(${reading.ai})${reading.value}`.slice(0, 64));
}

/** A batch that GS1 has no characters for, under a sound product, gets a code of our own here as it does in brackets. */
function foreignBatch(data: string): LotCode | undefined {
  const [, ai = '', gtin = '', batch = '', rest = ''] = /^\^?(0[12])(\d{14})10([^^]+)(?:\^(.*))?$/u.exec(data) ?? [];
  const more = readElementString(`^${rest}`);
  if (!/[^ -~]/u.test(batch)) return undefined;
  const code = codeOfElements([{ ai, value: gtin }, { ai: '10', value: batch }, ...(more.ok ? more.elements : [])]);
  return code.ok && (rest === '' || more.ok) ? code : undefined;
}

/** `literal`: the code as sent, which other readings may contest. */
function fromRun(data: string, literal: LotCode | LotCodeRefusal, besides: ScanReading['others']): ScanReading {
  const others = readingsOf(data).filter(({ code }) => differs(code, literal));
  if (literal.ok || others.length === 0) return { code: literal, others: [...trusted(others), ...besides] };
  const likely = others.filter(({ trust }) => trust !== 'possible');
  const [only, second] = likely.length === 0 ? others : likely;
  const isClear = only !== undefined && second === undefined;
  const rest = isClear ? others.filter((each) => each !== only) : others;
  return { code: isClear ? only.code : refused('separator_lost', ''), others: [...trusted(rest), ...besides] };
}

type RunReading = { readonly code: LotCode; readonly trust: ElementsRead['trust'] };

/** (01) with the thirteen digits under the bars, as people type it. */
function withWholeGtin(data: string): string {
  const [, ai = '', digits = '', rest = ''] = /^(0[12])(\d{13})(10.+)$/u.exec(data) ?? [];
  const gtin = asGtin(digits);
  return gtin === undefined ? '' : `${ai}${gtin}${rest}`;
}

function readingsOf(data: string): RunReading[] {
  const spaced = data.replace(/ +/gu, '^');
  const first = [...codesOfMarks(spaced), ...codesOf(spaced)];
  return first.length > 0 || spaced === data ? first : codesOf(data.replace(/ +/gu, ''));
}

/** Where `F8`, `;` or the like may be what a keyboard made of the separator; never certain, for batches may hold it. */
function codesOfMarks(data: string): RunReading[] {
  const parted = data.replace(perhapsSeparators, (mark, at: number) =>
    speaksForItself(data, at + mark.length) ? '^' : mark,
  );
  return parted === data ? [] : likelyOf(parted);
}

function likelyOf(data: string): RunReading[] {
  return codesOf(data).map(({ code }) => ({ code, trust: 'likely' }));
}

function codesOf(data: string): RunReading[] {
  const seen = new Set<string>();
  return elementReadings(data).flatMap(({ elements, trust }) => {
    const code = codeOfSymbol(elements);
    if (!code.ok || seen.has(said(code))) return [];
    seen.add(said(code));
    return [{ code, trust }];
  });
}

/** Two readings with one meaning are one. */
function said(code: LotCode): string {
  return `${code.key} ${code.elements
    .map(({ ai, value }) => ai + value)
    .sort()
    .join(' ')}`;
}

function differs(code: LotCode, literal: LotCode | LotCodeRefusal): boolean {
  return !literal.ok || said(code) !== said(literal);
}

function trusted(readings: readonly RunReading[]): ScanReading['others'] {
  return readings.flatMap(({ code, trust }) => (trust === 'as_sent' ? [] : [{ code, trust }]));
}

/** No mark says what it is: elements that name a lot are one, all else is a code of the field. */
function fromBareText(text: string, data: string): ScanReading {
  const key = keyOfDigits(text);
  if (key !== undefined) return { code: key, others: asField(text) };
  const readings = /^\d\d/u.test(data) ? [...readingsOf(data), ...likelyOf(withWholeGtin(data))] : [];
  const literal = readings.find(({ trust }) => trust === 'as_sent');
  const likely = readings.filter(({ trust }) => trust === 'likely');
  const [only, second] = literal === undefined ? likely : [literal];
  if (only === undefined) return { code: fieldCode(text), others: trusted(readings) };
  const rest = second === undefined ? readings.filter((each) => each !== only) : readings;
  return {
    code: second === undefined ? only.code : refused('separator_lost', ''),
    others: [...trusted(rest), ...asField(text)],
  };
}

/** (01) or (02) with a right check digit: no code of the field begins so by chance. */
function beginsWithTrade(data: string): boolean {
  const [, trade = ''] = /^0[12](\d{14})[^ ]/u.exec(data) ?? [];
  return asGtin(trade) !== undefined;
}

function asField(text: string): ScanReading['others'] {
  const code = fieldCode(text);
  return code.ok ? [{ code, trust: 'possible' }] : [];
}

/** Digits alone that are a product or a pallet, with (01) and (00) before them or not. */
function keyOfDigits(text: string): LotCode | LotCodeRefusal | undefined {
  if (!/^\d+$/u.test(text)) return undefined;
  const gtin = looksLikeOwnNumber(text) ? undefined : asGtin(/^01\d{14}$/u.test(text) ? text.slice(2) : text);
  if (gtin !== undefined) return { ...refused('no_lot', text), gtin };
  const sscc = asSscc(/^00\d{18}$/u.test(text) ? text.slice(2) : text);
  return sscc === undefined ? undefined : codeOfElements([{ ai: '00', value: sscc }]);
}

function fieldCode(text: string): LotCode | LotCodeRefusal {
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

function isIdentifier(ai: string): boolean {
  return applicationIdentifier(ai) !== undefined;
}

function own(lot: OwnLot): LotCode {
  const tidied = { ownKind: lot.ownKind, origin: tidy(lot.origin), batch: tidy(lot.batch) };
  return { ok: true, kind: 'own', key: ownLotKey(tidied), ...tidied, elements: [] };
}
