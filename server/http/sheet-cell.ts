// Cells of the tables this program gives out, written so that a spreadsheet neither runs nor changes what stands in them.

/** Keeps a spreadsheet from running what somebody typed (S9). */
export function guardCell(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/**
 * A code in a CSV file. Where Excel would make a number or a day of it and lose its zeros or its last digits, a tab at the
 * end keeps it text; programs that read the file trim it.
 */
export function codeCell(text: string): string {
  const guarded = guardCell(text);
  return guarded === text && changesInExcel(text) ? `${text}\t` : guarded;
}

/** Numbers with zeros before, of more than eleven digits, or that look shortened; days, fractions and truth words. */
function changesInExcel(text: string): boolean {
  if (/^0\d/.test(text) || /^\d{12,}$/.test(text) || /^\d+(\.\d+)?e\d+$/i.test(text)) return true;
  if (/^\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?$/.test(text) || /^\d{1,2}:\d{2}/.test(text)) return true;
  if (/^(\d{1,2}[- ]?)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ]?\d{1,4}$/i.test(text)) return true;
  return (
    /^(true|false)$/i.test(text) || /^\d+(\.\d*0)$/.test(text) || /^\d+%$/.test(text) || /^\d{1,3}(,\d{3})+$/.test(text)
  );
}

/** Tells Excel that a CSV file is UTF-8. */
export const utf8Mark = '\ufeff';
