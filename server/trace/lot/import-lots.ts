// Imports a CSV of lots: a preview that marks every faulty cell, and nothing taken until all of it is right.
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Caller } from '../../accounts/caller.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import type { CaptureDeps } from '../capture/capture-events.ts';
import { captureRows } from '../capture/capture-rows.ts';
import { type LotSheet, readLotSheet, sheetLimits } from './lot-sheet.ts';
import { registerEntry } from './register-lot.ts';
import { readWorkbook } from './workbook.ts';

export type ImportedLots = {
  readonly lots: readonly { readonly code: string; readonly accepted: number; readonly duplicate: number }[];
  readonly accepted: number;
  readonly duplicate: number;
};

const mostBytes = 8 * 1024 * 1024;
const mostFaults = 1_000;

/** Reads a CSV (comma, semicolon or tab; UTF-8 or GB 18030) or an .xlsx without taking anything. Throws Problem `invalid_input` or `too_large`. */
export function previewLots(bytes: Buffer): LotSheet {
  if (bytes.length > mostBytes)
    throw new Problem('too_large', { detail: `At most ${mostBytes / 1024 / 1024} MB at once.` });
  const table = isArchive(bytes) ? workbookTable(bytes) : tableOf(sheetText(bytes));
  if (table.length > sheetLimits.rows + 1) {
    throw new Problem('too_large', { detail: `${table.length - 1} rows; at most ${sheetLimits.rows} at once.` });
  }
  const sheet = readLotSheet(table);
  if (sheet.columns.length === 0) {
    throw new Problem('invalid_input', {
      faults: [
        {
          place: 'row 1',
          code: 'no_columns',
          detail: 'The first row names no column known here: code, origin, batch, product, quantity …',
        },
      ],
    });
  }
  return sheet;
}

/** Takes all lots of a CSV in one transaction. Throws Problem `invalid_input` with every faulty cell (`row 4, column lot`). */
export function importLots(deps: CaptureDeps, bytes: Buffer, caller: Caller | null): ImportedLots {
  const sheet = previewLots(bytes);
  if (sheet.faulty > 0) {
    throw new Problem('invalid_input', { faults: sheet.rows.flatMap((row) => row.faults).slice(0, mostFaults) });
  }
  try {
    return writeTransaction(deps.db, () => {
      const lots = sheet.entries.map((entry) => registerEntry(deps, entry, caller));
      const sum = (of: (lot: (typeof lots)[number]) => number) => lots.reduce((total, lot) => total + of(lot), 0);
      return { lots, accepted: sum((lot) => lot.accepted), duplicate: sum((lot) => lot.duplicate) };
    });
  } catch (error) {
    captureRows(deps.db).forget();
    throw error;
  }
}

/** .xlsx is a zip; .xls an older container that nobody should open today. */
function isArchive(bytes: Buffer): boolean {
  return ['504b0304', 'd0cf11e0'].includes(bytes.subarray(0, 4).toString('hex'));
}

function workbookTable(bytes: Buffer): string[][] {
  const table = readWorkbook(bytes, sheetLimits);
  if (table === undefined) {
    throw new Problem('invalid_input', {
      faults: [{ place: 'file', code: 'workbook', detail: 'Save the sheet as .xlsx or CSV, or paste its cells.' }],
    });
  }
  return table;
}

/**
 * The sheet as text, as it goes back into a form. Spreadsheets in China save CSV as GB 18030 unless told otherwise; a
 * workbook becomes what copying its cells would have given.
 */
export function sheetText(bytes: Buffer): string {
  if (isArchive(bytes)) return stringify(readWorkbook(bytes, sheetLimits) ?? [], { delimiter: '\t' });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function tableOf(text: string): string[][] {
  const firstLine = text.slice(0, Math.max(0, text.indexOf('\n')) || text.length);
  const delimiter = ['\t', ';', ','].find((mark) => firstLine.includes(mark)) ?? ',';
  try {
    return parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 65_536,
    }) as string[][];
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'The file cannot be read as CSV.';
    throw new Problem('invalid_input', { faults: [{ place: 'file', code: 'not_csv', detail }] });
  }
}
