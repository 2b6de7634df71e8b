// The lot, piece or container that the elements of one symbol or link name, or what is missing or wrong with them.
import { asGln, asGtin, asSscc } from './gs1.ts';
import { type AssociationFault, associationFaults } from './gs1-association.ts';
import type { Element } from './gs1-element-string.ts';
import { keyUri } from './gs1-key.ts';
import { fitsGs1Lot, type LotCode, type LotCodeRefusal, lotCodeFromGtinAndBatch, refused } from './lot-code-kinds.ts';
import { fitsOwnLot, ownLotKey, tidy } from './lot-code-own.ts';

/** What stands in one symbol must agree; what is missing may stand in a second, so it is only told where no lot is named. */
export function codeOfSymbol(elements: readonly Element[]): LotCode | LotCodeRefusal {
  const twice = secondOfAKind(elements);
  if (twice !== undefined) return twice;
  const faults = associationFaults(elements);
  const wrong = faults.find(({ fault }) => fault !== 'incomplete');
  if (wrong !== undefined) return refused(wrong.fault, pairSaid(wrong));
  const code = codeOfElements(elements);
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
  const [first] = elements;
  const broken = first !== undefined && ['414', '417'].includes(first.ai) && asGln(first.value) === undefined;
  return refused(broken ? 'check_digit' : 'not_a_lot', first === undefined ? '' : `(${first.ai})${first.value}`);
}
