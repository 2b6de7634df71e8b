// A4 paper for reports: the house's font, headings, facts, tables that run over pages, page numbers.
import type { ReportColumn } from '../../../views/trace/report/report-block.ts';

export type Paper = {
  readonly doc: PDFKit.PDFDocument;
  readonly left: number;
  readonly width: number;
  /** The lowest y that text may reach. */
  readonly bottom: number;
};

export const ink = {
  text: '#1b1d22',
  soft: '#50535b',
  faint: '#686a71',
  line: '#dedad1',
  sunken: '#eeece6',
  accent: '#1d4a9c',
  bad: '#ab2c1c',
} as const;

const margin = 46;
const footHeight = 28;

/** `font`: the bytes of a TrueType font with every character of the text. */
export type PaperInfo = {
  readonly title: string;
  readonly lang: string;
  readonly at: number;
  readonly font: Buffer;
};

/** A first page with the rim of the bowl on top. The same content and `at` give the same bytes. */
export async function openPaper({ title, lang, at, font }: PaperInfo): Promise<Paper> {
  const { default: PDFDocument } = await import('pdfkit');
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: margin + footHeight },
    bufferPages: true,
    lang,
    displayTitle: true,
    pdfVersion: '1.7',
    info: {
      Title: title,
      Creator: 'Bright Kitchen',
      Producer: 'pdfkit',
      CreationDate: new Date(at),
      ModDate: new Date(at),
    },
  });
  doc.registerFont('paper', font);
  doc.font('paper');
  const width = doc.page.width - 2 * margin;
  doc.rect(margin, margin - 14, width, 3).fill(ink.accent);
  doc.rect(margin, margin - 9, width, 0.8).fill(ink.accent);
  return { doc, left: margin, width, bottom: doc.page.height - margin - footHeight };
}

/** The bytes, once every page has its foot. */
export function closePaper(
  { doc, left, width }: Paper,
  footOf: (page: number, pages: number) => string,
): Promise<Buffer> {
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page);
    const y = doc.page.height - margin - 6;
    // Below the margin text would open another page.
    doc.page.margins.bottom = 0;
    doc
      .moveTo(left, y - 6)
      .lineTo(left + width, y - 6)
      .lineWidth(0.5)
      .strokeColor(ink.line)
      .stroke();
    doc
      .fontSize(8)
      .fillColor(ink.faint)
      .text(footOf(page + 1, count), left, y, { width, lineBreak: false });
  }
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => resolve(Buffer.concat(parts)));
    doc.on('error', reject);
    doc.end();
  });
}

export function heading(paper: Paper, text: string): void {
  const { doc, left, width } = paper;
  // Its note and the first lines of its table go with it.
  room(paper, 150);
  doc.moveDown(0.9);
  // There is one weight of the font; a hair of outline makes the other.
  doc.fontSize(12.5).fillColor(ink.accent).strokeColor(ink.accent).lineWidth(0.25);
  doc.text(text, left, doc.y, { width, stroke: true, fill: true });
  doc.moveDown(0.35);
}

export function paragraph(paper: Paper, text: string, color: string = ink.soft, size = 9): void {
  const { doc, left, width } = paper;
  doc.fontSize(size).fillColor(color).text(text, left, doc.y, { width, lineGap: 1.5 });
  doc.moveDown(0.4);
}

const factNameWidth = 118;

export function facts(paper: Paper, list: readonly (readonly [string, string])[]): void {
  const { doc, left, width } = paper;
  for (const [name, value] of list) {
    doc.fontSize(9.5);
    const height = doc.heightOfString(value, { width: width - factNameWidth, lineGap: 1 });
    room(paper, height + 4);
    const y = doc.y;
    doc.fillColor(ink.faint).text(name, left, y, { width: factNameWidth - 10 });
    const below = doc.y;
    doc.fillColor(ink.text).text(value, left + factNameWidth, y, { width: width - factNameWidth, lineGap: 1 });
    doc.y = Math.max(below, doc.y) + 2;
  }
  doc.moveDown(0.3);
}

export type PaperTable = {
  readonly title: string | null;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly string[])[];
  readonly total?: readonly string[] | undefined;
};

const cellPad = 4;
const cellSize = 8;

export function table(paper: Paper, { title, columns, rows, total }: PaperTable): void {
  const { doc, left, width } = paper;
  const all = columns.reduce((sum, column) => sum + column.width, 0);
  const widths = columns.map((column) => (column.width / all) * width);
  room(paper, 64);
  if (title !== null) {
    doc.fontSize(9).fillColor(ink.soft).text(title, left, doc.y, { width });
    doc.moveDown(0.25);
  }
  const head = () =>
    line(
      paper,
      columns,
      widths,
      columns.map(({ label }) => label),
      'head',
    );
  head();
  for (const row of rows)
    if (line(paper, columns, widths, row, 'row') === 'turned')
      headAgain(paper, head, () => line(paper, columns, widths, row, 'row'));
  if (total !== undefined) line(paper, columns, widths, total, 'total');
  doc.moveDown(0.7);
}

function headAgain({ doc }: Paper, head: () => void, row: () => void): void {
  doc.addPage();
  head();
  row();
}

type LineKind = 'head' | 'row' | 'total';

/** Draws one line, or says that the page has to be turned first. */
function line(
  paper: Paper,
  columns: readonly ReportColumn[],
  widths: readonly number[],
  cells: readonly string[],
  kind: LineKind,
): 'drawn' | 'turned' {
  const { doc, left, width, bottom } = paper;
  doc.fontSize(cellSize);
  const heights = cells.map((cell, index) =>
    doc.heightOfString(cell, { width: (widths[index] ?? 0) - 2 * cellPad, lineGap: 1 }),
  );
  const height = Math.min(bottom - margin - 40, Math.max(...heights) + 2 * cellPad - 1);
  const y = doc.y;
  if (y + height > bottom && y > margin + 40) {
    if (kind === 'row') return 'turned';
    doc.addPage();
    return line(paper, columns, widths, cells, kind);
  }
  if (kind !== 'row') doc.rect(left, y, width, height).fill(ink.sunken);
  let x = left;
  for (const [index, cell] of cells.entries()) {
    const cellWidth = widths[index] ?? 0;
    doc.fillColor(kind === 'head' ? ink.soft : ink.text);
    doc.text(cell, x + cellPad, y + cellPad - 1, {
      width: cellWidth - 2 * cellPad,
      height,
      align: columns[index]?.align ?? 'left',
      lineGap: 1,
      ellipsis: true,
    });
    x += cellWidth;
  }
  doc
    .moveTo(left, y + height)
    .lineTo(left + width, y + height)
    .lineWidth(0.5)
    .strokeColor(ink.line)
    .stroke();
  doc.x = left;
  doc.y = y + height;
  return 'drawn';
}

/** Turns the page when less than `height` is left of it. */
export function room({ doc, bottom }: Paper, height: number): void {
  if (doc.y + height > bottom) doc.addPage();
}
