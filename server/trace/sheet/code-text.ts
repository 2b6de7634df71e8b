// Codes that a spreadsheet changed before they were sent: shortened, cut after fifteen digits, turned into a day.
import type { Cell } from './cell.ts';

export type CodeFault =
  | 'shortened_code'
  | 'cut_code'
  | 'perhaps_cut_code'
  | 'day_for_code'
  | 'decimal_code'
  | 'formula_code';

/** From here on a workbook's number no longer holds each of its digits. */
const mostExact = 1e15;

/** What is wrong with a cell of a code column, undefined where nothing is. A `perhaps_…` and a day may be meant after all. */
export function codeFault({ kind, text, value }: Cell): CodeFault | undefined {
  if (kind === 'day') return 'day_for_code';
  if (kind === 'number' && value !== undefined) {
    if (Math.abs(value) >= mostExact) return 'cut_code';
    return Number.isInteger(value) ? undefined : 'decimal_code';
  }
  const plain = text.normalize('NFKC');
  if (/^=[A-Z]+\(/i.test(plain)) return 'formula_code';
  // Without its plus other programs write it; a batch such as 1E5 has no decimals.
  if (/^\d([.,]\d+)?e\+\d{1,3}$/i.test(plain) || /^\d[.,]\d+e\d\d$/i.test(plain)) return 'shortened_code';
  // Digits after the fifteenth that are all 0 are what Excel leaves of a longer number; two of them may be chance.
  if (/^\d{15}0{5,}$/.test(plain)) return 'cut_code';
  return /^\d{15}0{2,4}$/.test(plain) ? 'perhaps_cut_code' : undefined;
}
