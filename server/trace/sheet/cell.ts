// One cell of a sheet: what it shows, what lies behind it, and what spreadsheet programs are known to have done to it.

export type CellKind = 'text' | 'number' | 'day' | 'error' | 'unworked';

export type Cell = {
  /** As the sheet shows it, without guards and blanks around; empty where nothing stands. */
  readonly text: string;
  /** unworked: a formula whose result the file does not hold. */
  readonly kind: CellKind;
  /** The number behind a number or a day. */
  readonly value: number | undefined;
  /** Where it stands when it was filled in from a merged cell or a "same as above". */
  readonly filledFrom: { readonly row: number; readonly column: number; readonly how: 'merged' | 'ditto' } | undefined;
};

export const emptyCell: Cell = { text: '', kind: 'text', value: undefined, filledFrom: undefined };

/** A cell of a text file, where every cell is text. */
export function textCell(raw: string): Cell {
  const text = bareText(raw);
  if (text === '') return emptyCell;
  return { text, kind: isErrorText(text) ? 'error' : 'text', value: undefined, filledFrom: undefined };
}

/** `B7`: as a spreadsheet names its cells; both counted from 0. */
export function cellName(row: number, column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}

/** What a formula that failed leaves in its cell, and what a column too narrow for its number shows. */
export function isErrorText(text: string): boolean {
  return /^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA|#+)$/i.test(text);
}

// Marks that no keyboard shows: joiners, directions, soft hyphens, marks of byte order.
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
const guards = "['’‘`´＇′]";
const quoted = new RegExp(`^${guards}(.+)${guards}$`, 'u');
const guard = new RegExp(`^${guards}(?=[=+\\-@\\p{L}\\p{N}])`, 'u');

/** The text without what keeps a spreadsheet from changing it: `="0012"`, `'0012`, a tab at its end. */
export function bareText(raw: string): string {
  const text = raw.replace(invisible, '').trim();
  const formula = /^="((?:[^"]|"")*)"$/.exec(text)?.[1];
  if (formula !== undefined) return formula.replaceAll('""', '"').trim();
  return (quoted.exec(text)?.[1] ?? text.replace(guard, '')).trim();
}
