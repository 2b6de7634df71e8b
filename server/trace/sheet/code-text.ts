// Codes that a spreadsheet changed before they were sent: shortened, cut after fifteen digits, turned into a day.
import type { Cell } from './cell.ts';

export type CodeFault =
  | 'shortened_code'
  | 'cut_code'
  | 'perhaps_cut_code'
  | 'day_for_code'
  | 'decimal_code'
  | 'formula_code'
  | 'no_code'
  | 'several_codes';

/** From here on a workbook's number no longer holds each of its digits. */
const mostExact = 1e15;

/** What people write where they have no code; as a code it would make one lot of many. */
const noCode =
  /^(?:[-—–_/\\.*?]+|无|暂无|没有|未知|不详|不明|未填|待定|见(?:外)?包装|见瓶身|详见包装|同上|散装|n\/?a|null|none|nil|unknown|tbd|see (?:pack|label)|undefined|nan)$/i;

/** What people write where there is nothing to name, and the words of this product for a place that nobody named. */
const nothing =
  /^(?:[-—–_/\\.*?]+|无|暂无|没有|未知|不详|不明|未填|未说明|待定|在途|加工中|n\/?a|null|none|nil|unknown|not known|in transit|tbd|undefined|nan)$/i;

export function saysNothing(text: string): boolean {
  return nothing.test(text.normalize('NFKC').trim());
}

/** A function, a cell or a sum, as a table that shows its formulas is saved. A batch may begin with = as well. */
const formula = /^=\s*(?:[A-Z][A-Z.]*\(|\$?[A-Z]{1,3}\$?\d{1,7}(?![\w-])|[\d(+-]+[-+*/])/i;

/** As spreadsheets show a day that was typed as a code: 3-4 becomes 3月4日, 2026-11-20 becomes 2026/11/20. */
const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const dayShown = new RegExp(
  `^(?:\\d{1,2}月\\d{1,2}日|\\d{4}/\\d{1,2}/\\d{1,2}|\\d{1,2}-(?:${months})(?:-\\d{2,4})?|(?:${months})-\\d{2})$`,
  'i',
);

/** What is wrong with a cell of a code column, undefined where nothing is. A `perhaps_…` and a day may be meant after all. */
export function codeFault({ kind, text, value }: Cell): CodeFault | undefined {
  if (kind === 'day') return 'day_for_code';
  if (kind === 'number' && value !== undefined) {
    if (Math.abs(value) >= mostExact) return 'cut_code';
    return Number.isInteger(value) ? undefined : 'decimal_code';
  }
  const plain = text.normalize('NFKC');
  if (formula.test(plain)) return 'formula_code';
  if (noCode.test(plain.trim())) return 'no_code';
  if (/[、;\r\n]/.test(plain.trim())) return 'several_codes';
  if (looksLikeSeveral(plain.trim())) return 'several_codes';
  if (dayShown.test(plain.trim())) return 'day_for_code';
  // Without its plus other programs write it; a batch such as 1E5 has no decimals.
  if (/^\d([.,]\d+)?e\+\d{1,3}$/i.test(plain) || /^\d[.,]\d+e\d\d$/i.test(plain)) return 'shortened_code';
  // Digits after the fifteenth that are all 0 are what Excel leaves of a longer number; two of them may be chance.
  if (/^\d{15}0{5,}$/.test(plain)) return 'cut_code';
  return /^\d{15}0{2,4}$/.test(plain) ? 'perhaps_cut_code' : undefined;
}

/** `L1,L2`, `A01/A02`, `B7 B8`, `L1~L5`: parts of one pattern, as one batch has them only by chance. */
function looksLikeSeveral(text: string): boolean {
  const parts = text.split(/[,/和及至~]|\s+/u);
  const [first = '', ...more] = parts.map((part) => part.replace(/\d+/g, '9').replace(/[a-z]+/gi, 'A'));
  return more.length > 0 && /^[A9-]{2,}$/.test(first) && first.includes('A') && more.every((each) => each === first);
}
