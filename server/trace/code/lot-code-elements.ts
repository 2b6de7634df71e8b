// The lot, piece or container that the elements of one symbol or link name, or what is missing or wrong with them.
import { asGln, asGtin, asSscc } from './gs1.ts';
import { type AssociationFault, associationFaults } from './gs1-association.ts';
import type { Element } from './gs1-element-string.ts';
import { keyUri } from './gs1-key.ts';
import {
  fitsGs1Lot,
  type LotCode,
  type LotCodeRefusal,
  lotCodeFromGtinAndBatch,
  otherThings,
  refused,
} from './lot-code-kinds.ts';
import { fitsOwnLot, ownLotKey, tidy } from './lot-code-own.ts';

/** What stands in one symbol must agree; what is missing may stand in a second, so it is only told where no lot is named. */
export function codeOfSymbol(elements: readonly Element[]): LotCode | LotCodeRefusal {
  const twice = secondOfAKind(elements);
  if (twice !== undefined) return twice;
  const faults = associationFaults(elements);
  const wrong = faults.find(({ fault }) => fault !== 'incomplete');
  if (wrong !== undefined) return refused(wrong.fault, pairSaid(wrong));
  const code = codeOfElements(elements);
  if (code.ok || (code.fault !== 'not_a_lot' && code.fault !== 'incomplete')) return code;
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

/** Two products, batches or pieces in one code are two codes; anything else said twice contradicts itself. */
function secondOfAKind(elements: readonly Element[]): LotCodeRefusal | undefined {
  const second = elements.find((one, at) =>
    elements.slice(0, at).some(({ ai, value }) => ai === one.ai && value !== one.value),
  );
  if (second === undefined) return undefined;
  const isName = ['00', '01', '02', '10', '21', '8006'].includes(second.ai);
  return refused(isName ? 'several_in_one' : 'contradicts', `(${second.ai})${second.value}`.slice(0, 64));
}

export function codeOfElements(elements: readonly Element[]): LotCode | LotCodeRefusal {
  const twice = secondOfAKind(elements);
  if (twice !== undefined) return twice;
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
  if (lot !== undefined) return ofGtin(gtin, lot, serial, elements);
  if (serial === undefined) return { ...refused('no_lot', gtin), gtin };
  const key = keyUri({ key: { ai: '01', value: gtin }, qualifier: { ai: '21', value: serial } });
  return { ok: true, kind: 'instance', key, gtin, serial, elements };
}

function ofGtin(
  gtin: NonNullable<ReturnType<typeof asGtin>>,
  lot: string,
  serial: string | undefined,
  elements: readonly Element[],
): LotCode | LotCodeRefusal {
  const plain = tidy(lot);
  if (fitsGs1Lot(plain))
    return { ok: true, kind: 'gtin', key: lotCodeFromGtinAndBatch(gtin, plain), gtin, lot: plain, serial, elements };
  const own = { ownKind: 'batch', origin: gtin, batch: tidy(lot) } as const;
  if (/\p{Cc}/u.test(own.batch)) return refused('control_characters', '');
  if (!fitsOwnLot(own)) return refused('too_long', lot.slice(0, 64));
  return { ok: true, kind: 'own', key: ownLotKey(own), ...own, elements };
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
  if (gtin !== undefined && lot !== undefined) return ofGtin(gtin, lot, undefined, elements);
  if (lot !== undefined) return refused('no_product', lot);
  const named = elements.find(({ ai }) => isPlace(ai) || otherThing(ai) !== undefined) ?? elements[0];
  if (named === undefined) return refused('incomplete', '');
  const said = `(${named.ai})${named.value}`;
  if (!isPlace(named.ai)) return refused(otherThing(named.ai) ?? 'incomplete', said);
  return refused(asGln(named.value) === undefined ? 'check_digit' : 'not_a_lot', said);
}

/** Places and parties, by what they are in a delivery: shipped to, billed, bought from, produced at … */
function isPlace(ai: string): boolean {
  return /^41[0-7]$/u.test(ai);
}

function otherThing(ai: string) {
  return (otherThings as Readonly<Record<string, (typeof otherThings)[keyof typeof otherThings]>>)[ai];
}

// A batch has room for four pairs of brackets.
const mostSwallowed = 4;

/**
 * `(01)…(10)A(10)B` as the batch `A(10)B`, and so on with more of what follows. Only somebody who knows of such a lot can tell:
 * each is no more than possible.
 */
export function bracketsInBatch(text: string): readonly { readonly code: LotCode; readonly trust: 'possible' }[] {
  const starts = [...text.matchAll(/\((\d{2,4})\)/gu)];
  const batch = starts.findIndex(({ 1: ai }) => ai === '10');
  if (batch < 0) return [];
  return starts.slice(batch + 1, batch + 1 + mostSwallowed).flatMap((_, swallowed) => {
    const left = starts.filter((_start, at) => at <= batch || at > batch + 1 + swallowed);
    const code = codeOfElements(left.map((start, at) => elementAt(text, start, left[at + 1])));
    return code.ok ? [{ code, trust: 'possible' as const }] : [];
  });
}

function elementAt(text: string, start: RegExpExecArray, next: RegExpExecArray | undefined): Element {
  const ai = start[1] ?? '';
  const value = text.slice(start.index + start[0].length, next?.index).trim();
  const isTrade = ai === '01' || ai === '02';
  return { ai, value: isTrade ? (asGtin(value.replace(/ /gu, '')) ?? value) : value };
}
