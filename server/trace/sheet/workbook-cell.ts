// What one cell of a workbook holds: a text, a number as it is shown, a day, a failed formula, or one nobody worked out.
import { dayMs } from '../../clock.ts';
import { bareText, type Cell, type CellKind, emptyCell, isErrorText } from './cell.ts';
import { shownNumber } from './number-format.ts';
import { isNode, type Node, plain, textOf } from './workbook-xml.ts';

export type StyleOfCell = {
  readonly isDay: boolean /** Only where the workbook defines its own. */;
  readonly format: string | undefined;
};

export type CellReader = {
  readonly shared: readonly string[];
  readonly styles: readonly StyleOfCell[];
  /** Unix ms of day 0. */
  readonly base: number;
};

export function readCell(node: Node, { shared, styles, base }: CellReader): Cell {
  const type = node['@t'];
  const value = plain(node['v']);
  if (type === 's') return textOrError(shared[Number(value)] ?? '');
  if (type === 'inlineStr') return textOrError(isNode(node['is']) ? textOf(node['is']) : '');
  if (type === 'e') return cell(value === '' ? '#N/A' : value, 'error');
  if (value === '') return node['f'] === undefined ? emptyCell : cell('', 'unworked');
  if (type === 'str') return textOrError(value);
  if (type === 'b') return cell(value === '1' ? 'TRUE' : 'FALSE', 'text');
  if (type === 'd')
    return cell(
      value
        .slice(0, 16)
        .replace('T', ' ')
        .replace(/ 00:00$/, ''),
      'day',
    );
  const number = Number(value);
  if (!Number.isFinite(number)) return textOrError(value);
  const style = styles[Number(node['@s'] ?? 0)];
  if (style?.isDay === true) return dayCell(number, base);
  return cell(shownNumber(number, style?.format) ?? numberText(number), 'number', number);
}

function cell(text: string, kind: CellKind, value?: number): Cell {
  return { text, kind, value, filledFrom: undefined };
}

function textOrError(raw: string): Cell {
  const text = bareText(raw);
  return text === '' ? emptyCell : cell(text, isErrorText(text) ? 'error' : 'text');
}

/** A GTIN is whole, a weight has what Excel shows of it: fifteen digits. */
function numberText(number: number): string {
  return Number.isSafeInteger(number) ? String(number) : String(Number(number.toPrecision(15)));
}

const lastDay = 2_958_465;

function dayCell(serial: number, base: number): Cell {
  if (serial < 0 || serial > lastDay) return cell(numberText(serial), 'number', serial);
  const text = new Date(Math.round((base + serial * dayMs) / 60_000) * 60_000).toISOString();
  if (serial < 1) return cell(text.slice(11, 16), 'day', serial);
  return cell(Number.isInteger(serial) ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' '), 'day', serial);
}
