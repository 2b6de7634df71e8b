// One row of a sheet as a lot and its movement, by the rule of the form: a code, a GTIN with its lot, or origin and batch.

import { dayMs } from '../../clock.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { asGtin } from '../code/gs1.ts';
import { readLotCode } from '../code/lot-code.ts';
import { dayOf } from '../event/goods-day.ts';
import { type LotEntry, readLotEntry } from '../lot/lot-entry.ts';
import { missingOfLot } from '../lot/lot-form.ts';
import type { Cell } from '../sheet/cell.ts';
import { useBy } from '../sheet/shelf-life.ts';
import { type CellFault, cellFault, type FaultAt } from './cell-fault.ts';
import type { MappedHeading } from './heading-map.ts';
import { isLotColumn } from './heading-map.ts';
import type { CellAmount } from './lot-amount.ts';
import { readCells } from './lot-cells.ts';
import type { LotCells, LotColumn } from './lot-headings.ts';

export type LotRow = {
  /** As a spreadsheet counts, from 1. */
  readonly row: number;
  readonly cells: LotCells;
  readonly entry: LotEntry | undefined;
  readonly found: readonly CellFault[];
};

/** `row` counted from 0. Never throws for what a cell says. */
export function readLotRow(
  row: number,
  given: readonly Cell[],
  headings: readonly MappedHeading[],
  now?: number,
): LotRow {
  const faultAt: FaultAt = (column, found) => cellFault(row, placeOf(column, headings), column, found);
  const { cells, amount, found } = readCells(given, headings, faultAt);
  const wrong = new Set(found.filter(({ level }) => level === 'fault').map(({ column }) => column));
  const sound = Object.fromEntries(Object.entries(cells).filter(([column]) => !wrong.has(column))) as LotCells;
  const expiry = useBy(sound);
  const unread =
    expiry.fault === undefined
      ? []
      : [faultAt('shelfLife', { level: 'fault', code: 'not_a_shelf_life', detail: expiry.fault })];
  const all = [...found, ...unread];
  const input = inputOf({ ...sound, ...(expiry.day === undefined ? {} : { expiresAt: expiry.day }) }, amount);
  const { entry, faults } = entryOf(input);
  const more = faults.map((fault) => atCell(fault, faultAt, cells)).filter((one) => !isBecauseOf(one, wrong));
  const lonely = found.length === 0 && loneCell(cells, headings) ? [faultAt(firstColumn(cells), lonelyCell)] : [];
  return {
    row: row + 1,
    cells,
    entry: wrong.size + more.length > 0 ? undefined : entry,
    found: [...all, ...more, ...lonely, ...aheadOf(entry, now, faultAt), ...oddOf(entry, cells, faultAt)],
  };
}

/** Goods are not made or delivered next year: more than a day ahead is a slip of the keyboard. */
function aheadOf(entry: LotEntry | undefined, now: number | undefined, faultAt: FaultAt): CellFault[] {
  if (entry === undefined || now === undefined) return [];
  const said: readonly (readonly [LotColumn, number | undefined])[] = [
    ['producedAt', entry.producedAt],
    ['at', entry.flow[0]?.at],
  ];
  return said.flatMap(([column, at]) => {
    if (at === undefined || at <= now + dayMs) return [];
    const detail = `${dayOf(at)} has not come yet: is it the right year?`;
    return [faultAt(column, { level: 'doubt', code: 'future_day', detail, shown: dayOf(at) })];
  });
}

/** What no delivery is, and a slip of the row or column makes: told, to be taken by who knows better. */
function oddOf(entry: LotEntry | undefined, cells: LotCells, faultAt: FaultAt): CellFault[] {
  if (entry === undefined) return [];
  const { producedAt, expiresAt, flow, gtin } = entry;
  const [step] = flow;
  const found: CellFault[] = [];
  const doubt = (column: LotColumn, code: string, detail: string) =>
    found.push(faultAt(column, { level: 'doubt', code, detail }));
  if (step !== undefined && cells.at !== undefined) {
    if (producedAt !== undefined && dayOf(step.at) < dayOf(producedAt))
      doubt('at', 'moved_before_made', 'It was delivered before it was made: are the two days in the right columns?');
    if (expiresAt !== undefined && step.at > expiresAt)
      doubt('at', 'moved_when_past', 'It was past its last day when it was delivered: are both days right?');
  }
  if (step?.from !== undefined && step.from === step.to)
    doubt('to', 'same_place', 'Supplier and receiver are one: which of the two is it?');
  if (gtin !== undefined && asGtin(entry.batch ?? '') === gtin)
    doubt(
      cells.lot === undefined ? 'batch' : 'lot',
      'lot_is_gtin',
      'The product’s number stands where its lot belongs.',
    );
  return found;
}

/** A cell that is wrong in itself is told once: what is missing because of it is not told as well. */
function isBecauseOf({ column, code }: CellFault, wrong: ReadonlySet<string>): boolean {
  if (wrong.has(column)) return true;
  return code.endsWith('missing') && namingColumns.some((name) => wrong.has(name));
}

function placeOf(column: LotColumn, headings: readonly MappedHeading[]): number {
  const named = (asked: LotColumn) => headings.find(({ meaning }) => meaning === asked)?.column;
  // What stands under no heading is missed where the lot is named.
  return named(column) ?? namingColumns.map(named).find((found) => found !== undefined) ?? headings[0]?.column ?? 0;
}

const namingColumns = ['code', 'batch', 'lot', 'gtin', 'product'] as const satisfies readonly LotColumn[];

function inputOf(cells: LotCells, amount: CellAmount | undefined): Record<string, unknown> {
  const { from, to, at, quarantine, quality, maker, code, lot, batch, product, variety, spec, producedAt, expiresAt } =
    cells;
  // A sheet that has only the code of the case is about cases.
  const gtin = cells.gtin ?? (code === undefined ? cells.packGtin : undefined);
  const amounts =
    amount === undefined
      ? {}
      : { quantity: amount.quantity, ...(amount.unit === undefined ? {} : { unit: amount.unit }) };
  const isMoved = from !== undefined || to !== undefined;
  const step = { from, to, at: at ?? producedAt ?? '', ...amounts };
  const certificates = [
    ...(quarantine === undefined ? [] : [{ kind: 'quarantine', number: quarantine }]),
    ...(quality === undefined ? [] : [{ kind: 'quality', number: quality }]),
  ];
  // A batch is its maker's: where nobody wrote an origin, the maker is it.
  const origin = cells.origin ?? (code === undefined && gtin === undefined ? maker : undefined);
  return filled({
    ...{ code, gtin, lot, batch, product, variety, spec, producedAt, expiresAt, origin, madeAt: maker },
    ...(isMoved ? { supplierAddress: cells.fromAddress, supplierPhone: cells.fromPhone } : {}),
    ...amounts,
    packSize: packSizeOf(cells, gtin, amount?.unit),
    flow: isMoved ? [filled(step)] : undefined,
    certificates,
  });
}

/** `12.5 kg/箱`; a pack that nobody named is the one the amount is counted in, and one with its own code is a case. */
function packSizeOf({ packSize, packGtin }: LotCells, gtin: string | undefined, counted: string | undefined) {
  const [, holds, unit, pack] = /^(\S+) (.+)\/(.*)$/u.exec(packSize ?? '') ?? [];
  if (holds === undefined) return undefined;
  const printed = packGtin === undefined || packGtin === gtin ? undefined : packGtin;
  const named = pack || (printed === undefined ? counted : '箱') || '';
  return filled({ holds: Number(holds), unit, pack: named, gtin: printed });
}

function filled(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

type Reading = { readonly entry: LotEntry | undefined; readonly faults: readonly Fault[] };

/** A fault of one field hides what else is wrong: the row is read again without it. */
function entryOf(input: Record<string, unknown>): Reading {
  const first = tryEntry(input);
  const missing = first.entry === undefined ? [] : missingOfLot(first.entry);
  if (first.entry !== undefined) return { entry: first.entry, faults: missing };
  const wrong = new Set(first.faults.map(({ place }) => place.split('/')[1] ?? ''));
  const rest = tryEntry(Object.fromEntries(Object.entries(input).filter(([field]) => !wrong.has(field))));
  const known = new Set(first.faults.map(({ place }) => place));
  return { entry: undefined, faults: [...first.faults, ...rest.faults.filter(({ place }) => !known.has(place))] };
}

function tryEntry(input: Record<string, unknown>): Reading {
  try {
    return { entry: readLotEntry(input), faults: [] };
  } catch (error) {
    if (error instanceof Problem) return { entry: undefined, faults: error.faults };
    throw error;
  }
}

/** `/flow/0/at` → the column `at`; what belongs to no single cell is told of the code's. */
function atCell(fault: Fault, faultAt: FaultAt, cells: LotCells): CellFault {
  const parts = fault.place.split('/').filter((part) => part !== '' && !/^\d+$/.test(part));
  const named =
    parts[0] === 'certificates' ? 'quarantine' : parts[0] === 'packSize' ? packPart(parts) : (parts.at(-1) ?? 'code');
  const name = named === 'flow' ? 'at' : (fieldColumns[named] ?? named);
  // A lot under a GTIN may stand under the heading of batches.
  const isBatch = name === 'lot' && cells.lot === undefined && cells.batch !== undefined;
  // Where no unit stands by itself, it was written after the number.
  const besideNumber = cells.quantity === undefined ? 'weight' : 'quantity';
  const column = isBatch ? 'batch' : name === 'unit' && cells.unit === undefined ? besideNumber : name;
  if (fault.place === '/flow/0/at' && cells.at === undefined)
    return faultAt(cells.from === undefined ? 'to' : 'from', noDay);
  const hint = column === 'gtin' ? lostZero(cells.gtin ?? '') : undefined;
  const found =
    hint === undefined
      ? { code: fault.code, detail: fault.detail }
      : {
          code: 'lost_zero',
          detail: `${cells.gtin} is no GTIN; a spreadsheet may have dropped the 0 before it: ${hint}.`,
          shown: hint,
        };
  return faultAt(isLotColumn(column) ? column : 'code', { level: 'fault', ...found });
}

function packPart(parts: readonly string[]): 'packGtin' | 'packSize' {
  return parts[1] === 'gtin' ? 'packGtin' : 'packSize';
}

const noDay = {
  level: 'fault',
  code: 'no_day',
  detail: 'A supplier or a receiver is named, and no day: add a column with the day of delivery, or of production.',
} as const;

const fieldColumns: Readonly<Record<string, LotColumn>> = {
  madeAt: 'maker',
  supplierAddress: 'fromAddress',
  supplierPhone: 'fromPhone',
};

/** Numbers lose the zeros they begin with; one digit short and right with a zero before is very likely that. */
function lostZero(text: string): string | undefined {
  const padded = `0${text.normalize('NFKC').replace(/\s/g, '')}`;
  return /^0(\d{7}|\d{11})$/.test(padded) && asGtin(padded) !== undefined ? padded : undefined;
}

const lonelyCell = {
  level: 'doubt',
  code: 'lonely_cell',
  detail: 'Nothing else stands in this row: is it a lot, or a note?',
} as const;

/** A row with one cell, in a table where others have more, is more often a note or a signature. */
function loneCell(cells: LotCells, headings: readonly MappedHeading[]): boolean {
  const [only, ...more] = Object.entries(cells);
  const meant = headings.filter(({ meaning }) => meaning !== undefined && meaning !== 'idle').length;
  return only !== undefined && more.length === 0 && meant > 2 && !(only[0] === 'code' && isScannable(only[1]));
}

function isScannable(text: string): boolean {
  const read = readLotCode(text);
  return read.ok && read.kind === 'gtin';
}

function firstColumn(cells: LotCells): LotColumn {
  return (Object.keys(cells)[0] ?? 'code') as LotColumn;
}
