// Cells that hold more than one thing, parted: a whole scanned code in the cell of a number or batch, a day beside its batch.
import { asGtin } from '../code/gs1.ts';
import { readLotCode } from '../code/lot-code.ts';
import { halfWidth } from '../code/scan-text.ts';
import { codeFault } from '../sheet/code-text.ts';
import { readDay } from '../sheet/day-text.ts';
import type { CellFault, FaultAt } from './cell-fault.ts';
import type { LotCells, LotColumn } from './lot-headings.ts';

const mayHoldCodes = ['gtin', 'lot', 'batch'] as const satisfies readonly LotColumn[];

/** What is written in the row's other cells stands, and a code that contradicts it is a fault. */
export function partedCodes(cells: LotCells, faultAt: FaultAt): { cells: LotCells; found: readonly CellFault[] } {
  let parted = cells;
  const found: CellFault[] = [...contradicted(cells, faultAt)];
  for (const column of mayHoldCodes) {
    const named = namedIn(parted[column] ?? '');
    if (named === undefined || (column !== 'gtin' && named.lot === undefined)) continue;
    const others: LotCells = { ...parted, [column]: undefined };
    const [gtin, lot] = [column === 'gtin' ? undefined : others.gtin, others.lot ?? others.batch];
    const isOther =
      (gtin !== undefined && asGtin(gtin) !== named.gtin) ||
      (lot !== undefined && named.lot !== undefined && lot !== named.lot);
    if (isOther) {
      const said = `${named.gtin}${named.lot === undefined ? '' : ` ${named.lot}`}`;
      const detail = `The code in this cell names ${said}, and another cell of the row says otherwise.`;
      found.push(faultAt(column, { level: 'fault', code: 'code_contradicts', detail, shown: said }));
    }
    parted = {
      ...others,
      gtin: named.gtin,
      ...(lot === undefined && named.lot !== undefined ? { lot: named.lot } : {}),
    };
    if (named.expiresOn !== undefined && parted.expiresAt === undefined && parted.shelfLife === undefined)
      parted = { ...parted, expiresAt: named.expiresOn };
  }
  return { cells: Object.fromEntries(Object.entries(parted).filter(([, text]) => text !== undefined)), found };
}

/** A whole code beside a number or a batch of its own that is another one: nobody knows which of the two is on the box. */
function contradicted(cells: LotCells, faultAt: FaultAt): CellFault[] {
  const read = cells.code === undefined ? undefined : readLotCode(cells.code);
  if (read?.ok !== true || read.kind !== 'gtin') return [];
  const lot = cells.lot ?? cells.batch;
  const gtin = cells.gtin === undefined ? undefined : asGtin(cells.gtin);
  const isOther = (lot !== undefined && halfWidth(lot) !== read.lot) || (gtin !== undefined && gtin !== read.gtin);
  if (!isOther) return [];
  const said = `${read.gtin} ${read.lot}`;
  const detail = `The code in this cell names ${said}, and another cell of the row says otherwise.`;
  return [faultAt('code', { level: 'fault', code: 'code_contradicts', detail, shown: said })];
}

type Named = { readonly gtin: string; readonly lot: string | undefined; readonly expiresOn: string | undefined };

/** Undefined for a plain number and for a batch, which may hold slashes and brackets itself. */
function namedIn(text: string): Named | undefined {
  if (!/[/(（【[:]|^\]/u.test(text)) return undefined;
  const read = readLotCode(text);
  if (!read.ok) return read.gtin === undefined ? undefined : { gtin: read.gtin, lot: undefined, expiresOn: undefined };
  if (read.kind !== 'gtin') return undefined;
  return { gtin: read.gtin, lot: read.lot, expiresOn: read.elements.find(({ ai }) => ai === '17')?.value };
}

/** What stands in its own column stays. A day alone is the batch too, by its digits, and that is told. */
export function dayAndLot(cells: LotCells, faultAt: FaultAt): { cells: LotCells; found: readonly CellFault[] } {
  const { dayOrLot: text, ...others } = cells;
  if (text === undefined) return { cells, found: [] };
  const parts = partsOf(text);
  const days = parts.filter((part) => readDay(part).ok);
  const [day] = days;
  const batches = parts.filter((part) => !readDay(part).ok);
  const hasLot = others.lot !== undefined || others.batch !== undefined;
  if (days.length > 1 || batches.length > 1) {
    const detail = `${text.slice(0, 40)} holds more than one day or batch: give each its own row.`;
    const fault = { level: 'fault', code: 'day_or_lot', detail, shown: text.slice(0, 40) } as const;
    return { cells: others, found: [faultAt('dayOrLot', fault)] };
  }
  const made = others.producedAt === undefined && day !== undefined ? { producedAt: day } : {};
  const [batch] = batches;
  if (hasLot) return { cells: { ...others, ...made }, found: [] };
  if (batch !== undefined) return withBatch({ ...others, ...made }, batch, faultAt);
  if (day === undefined) return { cells: others, found: [] };
  const lot = digitsOf(day);
  const shown = `${text.slice(0, 40)} → ${lot}`;
  const detail = `Only a day stands here: it is the day of production, and ${lot} the batch.`;
  const note = faultAt('dayOrLot', { level: 'note', code: 'day_as_lot', detail, shown });
  return { cells: { ...others, ...made, lot }, found: [note] };
}

function withBatch(cells: LotCells, batch: string, faultAt: FaultAt): { cells: LotCells; found: readonly CellFault[] } {
  const fault = codeFault({ text: batch, kind: 'text', value: undefined, filledFrom: undefined });
  if (fault === undefined) return { cells: { ...cells, lot: batch }, found: [] };
  const detail = `${batch.slice(0, 40)} is neither a day nor a batch.`;
  return { cells, found: [faultAt('dayOrLot', { level: 'fault', code: 'day_or_lot', detail, shown: batch })] };
}

/** `2026.11.20 (A12)`, `2026-11-20/A12`, `A12；2026-11-20` in their parts; a day that is written with strokes stays whole. */
function partsOf(text: string): string[] {
  if (readDay(text).ok) return [text];
  const marked = text.normalize('NFKC').replace(/[()【】;、\n]+|批号[::]?|生产日期[::]?/g, ' ');
  const words = marked.split(/\s+/).filter((part) => part !== '');
  return words.flatMap((word) => strokesOf(word));
}

function strokesOf(word: string): string[] {
  if (readDay(word).ok || !word.includes('/')) return [word];
  for (let at = word.indexOf('/'); at >= 0; at = word.indexOf('/', at + 1)) {
    const [before, after] = [word.slice(0, at), word.slice(at + 1)];
    if (before !== '' && after !== '' && (readDay(before).ok || readDay(after).ok)) return [before, after];
  }
  return [word];
}

function digitsOf(day: string): string {
  const read = readDay(day);
  return read.ok ? new Date(read.at + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '') : day;
}
