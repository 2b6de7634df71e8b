// What a symbol says of the goods beside their name: how much there is, until when it may be used, when it was made.
import type { Element } from './gs1-element-string.ts';
import { labelYear } from './label-year.ts';

export type ScannedFacts = {
  /** `unit`: UN/CEFACT code; undefined: pieces. */
  readonly amount: { readonly quantity: number; readonly unit: string | undefined } | undefined;
  /** `2027-02-28`, the last day of use. */
  readonly expiresOn: string | undefined;
  readonly producedOn: string | undefined;
};

/** Net measures of trade items, the decimal point at the last digit of the identifier (GS1 General Specifications §3.6.2). */
const measures: readonly (readonly [family: string, unit: string])[] = [
  ['310', 'KGM'],
  ['320', 'LBR'],
  ['357', 'ONZ'],
  ['315', 'LTR'],
  ['316', 'MTQ'],
  ['360', 'QT'],
  ['361', 'GLL'],
  ['311', 'MTR'],
];

/** `at`: unix ms, from which the century of its days follows. */
export function scannedFacts(elements: readonly Element[], at: number): ScannedFacts {
  const value = (ai: string) => elements.find((element) => element.ai === ai)?.value;
  const day = (...identifiers: string[]) => {
    const found = identifiers.map(value).find((text) => text !== undefined);
    return found === undefined ? undefined : dayOf(found.slice(0, 6), at);
  };
  return {
    amount: measured(elements) ?? counted(value('30') ?? value('37')),
    expiresOn: day('17', '7003', '15'),
    producedOn: day('11', '8008'),
  };
}

function measured(elements: readonly Element[]): ScannedFacts['amount'] {
  for (const [family, unit] of measures) {
    const found = elements.find(({ ai }) => ai.length === 4 && ai.startsWith(family));
    if (found === undefined) continue;
    const quantity = decimal(found.value, Number(found.ai.at(-1)));
    if (quantity > 0) return { quantity, unit };
  }
  return undefined;
}

/** `012345` with 3 decimals → 12.345, without the rounding of a division. */
function decimal(digits: string, decimals: number): number {
  const padded = digits.padStart(decimals + 1, '0');
  const point = padded.length - decimals;
  return Number(`${padded.slice(0, point)}.${padded.slice(point)}`);
}

function counted(text: string | undefined): ScannedFacts['amount'] {
  const quantity = Number(text);
  return text === undefined || !(quantity > 0) ? undefined : { quantity, unit: undefined };
}

/** YYMMDD; day 00 is the last of the month (§3.4). */
function dayOf(sixDigits: string, at: number): string {
  const year = labelYear(Number(sixDigits.slice(0, 2)), at);
  const [month, day] = [sixDigits.slice(2, 4), sixDigits.slice(4, 6)];
  const last = new Date(Date.UTC(year, Number(month), 0)).getUTCDate();
  return `${year}-${month}-${day === '00' ? String(last).padStart(2, '0') : day}`;
}
