// Cells of the tables this program gives out, written so that a spreadsheet neither runs nor changes what stands in them.

/**
 * Keeps a spreadsheet from running what somebody typed (S9). Some versions take full-width signs for the others, and what
 * follows a line break for a cell of its own.
 */
export function guardCell(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}

/**
 * A text in a CSV file. Where Excel would make a number or a day of it and lose its zeros or its last digits, a tab at the
 * end keeps it text; programs that read the file trim it.
 */
export function textCell(text: string): string {
  const guarded = guardCell(text);
  return guarded === text && changesInExcel(text.trim()) ? `${text}\t` : guarded;
}

const months = /^(\d{1,4}[- /.]?)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*([- /.,]*\d{1,4}){0,2}$/i;
const clock = /^\d{1,2}(:\d{1,2}){0,2}(\.\d+)? ?[ap]m?$/i;

/** Everything made of digits and the signs that numbers, days and times are written with; days and times with letters; truth words. */
function changesInExcel(text: string): boolean {
  if (/\d/.test(text) && /^[\d\s.,:/\\%()¥￥$€£年月日时分秒-]+$/.test(text)) return true;
  if (/^\d*\.?\d+e[+-]?\d+$/i.test(text) || /^\d+\.e[+-]?\d+$/i.test(text)) return true;
  return (months.test(text) && /\d/.test(text)) || clock.test(text) || /^(true|false)$/i.test(text);
}
