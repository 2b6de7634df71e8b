// Text with commas, tabs, semicolons or bars between its cells, as rows: which of them parts the cells is seen from the whole head.
import { parse } from 'csv-parse/sync';
import { type Cell, textCell } from './cell.ts';

export type Delimited = { readonly rows: readonly (readonly Cell[])[]; readonly delimiter: string };

const marks = ['\t', ',', ';', '|', '，', '；'] as const;
const headLetters = 65_536;
const headRows = 60;
const longestRecord = 65_536;

/** Whether a heading is one the reader knows; the rows that stand under known headings were parted rightly. */
export type KnowsHeading = (heading: string) => boolean;

/** Throws an Error of the parser, in English, where the quotes of the text do not close. */
export function readDelimited(text: string, knows: KnowsHeading): Delimited {
  const [, said, body = text] = /^\s*sep=(.)\r?\n([\s\S]*)$/i.exec(text) ?? [];
  const delimiter = said ?? bestMark(body.slice(0, headLetters), knows);
  const rows = parsed(body, delimiter).map((row) => row.map(textCell));
  return { rows: said === undefined ? rows : [[], ...rows], delimiter };
}

function bestMark(head: string, knows: KnowsHeading): string {
  const [best] = marks
    .map((mark) => ({ mark, ...score(head, mark, knows) }))
    .sort((a, b) => b.known - a.known || b.even - a.even);
  return best === undefined || best.known + best.even === 0 ? ',' : best.mark;
}

/** `known`: the most headings known in one row; `even`: how many rows have as many cells as most, where these are several. */
function score(head: string, mark: string, knows: KnowsHeading): { known: number; even: number } {
  if (!head.includes(mark)) return { known: 0, even: 0 };
  let rows: string[][];
  try {
    rows = parsed(head.slice(0, head.lastIndexOf('\n') + 1 || head.length), mark, headRows);
  } catch (error) {
    // Quotes that do not close under this mark: another one is meant, or the reader of the whole text says so.
    if (error instanceof Error && 'code' in error) return { known: 0, even: 0 };
    throw error;
  }
  const cells = rows.map((row) => row.map((cell) => textCell(cell).text));
  const known = Math.max(0, ...cells.map((row) => new Set(row.filter(knows)).size));
  const widths = cells.map((row) => row.length).filter((width) => width > 1);
  const counts = widths.map((width) => widths.filter((other) => other === width).length);
  return { known, even: Math.max(0, ...counts) };
}

function parsed(text: string, delimiter: string, to?: number): string[][] {
  return parse(text, {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: longestRecord,
    ...(to === undefined ? {} : { to }),
  }) as string[][];
}
