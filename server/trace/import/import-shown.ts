// A checked sheet as the page shows it: headings with their choices, marked rows first, words in the reader's language.

import type { Texts } from '../../../views/text/texts.ts';
import type { CellSaid, ImportPreview } from '../../../views/trace/import/import-view.ts';
import { faultText } from '../../../views/trace/parts.tsx';
import type { Fault } from '../../http/problem.ts';
import type { CellFault } from './cell-fault.ts';
import { isLotColumn } from './heading-map.ts';
import { lotHeadings } from './lot-headings.ts';
import type { LotSheet } from './lot-sheet.ts';

const shownRows = 200;

export function columnLabel(words: Texts, column: string): string {
  return words.trace.importing.columns[column] ?? column;
}

export function columnLabels(words: Texts): { column: string; label: string }[] {
  return Object.keys(lotHeadings).map((column) => ({ column, label: columnLabel(words, column) }));
}

/** A fault of the whole file, before there is a sheet to show. */
export function faultSaid(words: Texts, fault: Fault): string {
  return words.trace.importing.faults[fault.code] ?? faultText(words, fault);
}

export function shownSheet(words: Texts, sheet: LotSheet): ImportPreview {
  const meant = sheet.headings.filter(({ meaning }) => meaning !== undefined && meaning !== 'idle');
  const marked = sheet.rows.filter(({ found }) => found.length > 0);
  const others = sheet.rows.filter(({ found }) => found.length === 0);
  const rows = [...marked, ...others].slice(0, shownRows).sort((a, b) => a.row - b.row);
  const said = [...sheet.found, ...sheet.rows.flatMap(({ found }) => found)].map((fault) => saidOf(words, fault));
  return {
    state: sheet.state,
    sheets:
      sheet.others.length === 0
        ? []
        : [
            { name: sheet.name, chosen: 'chosen' as const },
            ...sheet.others.map((name) => ({ name, chosen: 'other' as const })),
          ],
    headings: sheet.headings.map(({ cell, name, plain, meaning, how, near, samples }) => ({
      cell,
      name,
      field: `heading.${plain}`,
      meaning: meaning ?? '',
      how,
      near: near ?? null,
      examples: samples,
    })),
    columns: meant.map(({ meaning }) => columnLabel(words, meaning ?? '')),
    rows: rows.map(({ row, cells, found }) => ({
      row,
      cells: meant.map(({ meaning, cell }) => {
        const name = cell.replace(/\d+$/, String(row));
        const ofCell = found.filter((fault) => fault.cell === name);
        const text = meaning !== undefined && isLotColumn(meaning) ? cells[meaning] : undefined;
        return { text: text ?? '', said: ofCell.map((fault) => saidOf(words, fault)) };
      }),
    })),
    rowCount: sheet.rows.length,
    lotCount: sheet.entries.length,
    said,
  };
}

function saidOf(words: Texts, fault: CellFault): CellSaid {
  const near = shownOf(words, fault);
  return {
    level: fault.level,
    row: fault.row,
    cell: fault.cell,
    column: columnLabel(words, fault.column),
    said: faultSaid(words, fault),
    shown: near ?? null,
  };
}

function shownOf(words: Texts, { code, shown }: CellFault): string | undefined {
  if (shown === undefined) return undefined;
  if (code === 'unknown_column') return words.trace.importing.perhaps(columnLabel(words, shown));
  if (code !== 'several_meanings') return shown;
  return shown
    .split(' ')
    .map((column) => columnLabel(words, column))
    .join(' + ');
}
