// A file of cells as somebody sent it, read into its sheets, or refused by the name of what it is.
import { Problem } from '../../http/problem.ts';
import { type KnowsHeading, readDelimited } from './delimited.ts';
import { fileKind, refusedDetails } from './file-kind.ts';
import { type SheetEncoding, sheetTextOf } from './sheet-text.ts';
import { readWorkbook, type WorkbookBounds, type WorkbookSheet } from './workbook.ts';

export type SheetFile = {
  readonly form: 'workbook' | 'text';
  readonly encoding: SheetEncoding | undefined;
  readonly delimiter: string | undefined;
  readonly sheets: readonly WorkbookSheet[];
};

/** Throws Problem `invalid_input` whose one fault says what the file is and what to do. */
export function readSheetFile(bytes: Buffer, knows: KnowsHeading, bounds: WorkbookBounds): SheetFile {
  const found = fileKind(bytes);
  if ('refused' in found) throw refusedFile(found.refused, refusedDetails[found.refused]);
  if (found.kind === 'workbook') {
    const sheets = readWorkbook(bytes, bounds);
    if (sheets === undefined) {
      throw refusedFile(
        'workbook',
        'The workbook is damaged or too large: save the sheet anew as .xlsx or CSV, or paste its cells.',
      );
    }
    return { form: 'workbook', encoding: undefined, delimiter: undefined, sheets };
  }
  return readTextFile(bytes, knows);
}

function readTextFile(bytes: Buffer, knows: KnowsHeading): SheetFile {
  const read = sheetTextOf(bytes);
  if (read === undefined) {
    throw refusedFile(
      'not_text',
      'The file is no text in UTF-8, UTF-16 or GB 18030: save the sheet as .xlsx or as CSV UTF-8.',
    );
  }
  try {
    const { rows, delimiter } = readDelimited(read.text, knows);
    const sheet = { name: '', rows, merges: [], hiddenRows: 0 };
    return { form: 'text', encoding: read.encoding, delimiter, sheets: [sheet] };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw refusedFile('not_csv', error.message);
  }
}

function refusedFile(code: string, detail: string): Problem {
  return new Problem('invalid_input', { faults: [{ place: 'file', code, detail }] });
}
