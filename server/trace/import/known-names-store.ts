// What the register knows of the names in a sheet: places of which several are called so, products that have another name.
import type { Db } from '../../store/db.ts';
import { asGtin } from '../code/gs1.ts';
import { readLotCode } from '../code/lot-code.ts';
import { placesCalled } from '../lot/register-lot.ts';
import { type CellFault, cellFault, stops } from './cell-fault.ts';
import type { LotColumn } from './lot-headings.ts';
import type { LotSheet, SheetChoices, SheetRow } from './lot-sheet.ts';
import { plainName } from './lots-of-rows.ts';

/** The sheet with what taking it would refuse or leave out, each at its cell: before anything is taken. */
export function withKnownNames(db: Db, sheet: LotSheet, { doubts }: Pick<SheetChoices, 'doubts'>): LotSheet {
  const at = new Map(sheet.headings.map(({ meaning, column }) => [meaning, column]));
  const several = remembered((name) => placesCalled(db, name));
  const named = remembered((gtin) => namesOf(db, gtin));
  const rows = sheet.rows.map((row): SheetRow => {
    const found = [...severalPlaces(row, several), ...otherName(row, named)].map(([column, fault]) =>
      cellFault(row.row - 1, at.get(column) ?? 0, column, fault),
    );
    return found.length === 0 ? row : { ...row, found: [...row.found, ...found] };
  });
  const isStopped = sheet.state === 'stopped' || stops([...sheet.found, ...rows.flatMap(foundIn)], doubts);
  return { ...sheet, rows, entries: isStopped ? [] : sheet.entries, state: isStopped ? 'stopped' : 'ready' };
}

function foundIn({ found }: SheetRow): readonly CellFault[] {
  return found;
}

type Told = readonly [column: LotColumn, Parameters<typeof cellFault>[3]];

const placeColumns = ['from', 'to', 'maker'] as const satisfies readonly LotColumn[];

function severalPlaces({ cells }: SheetRow, several: (name: string) => readonly string[]): Told[] {
  return placeColumns.flatMap((column): Told[] => {
    const name = cells[column];
    const ids = name === undefined ? [] : several(name);
    if (name === undefined || ids.length < 2) return [];
    const shown = ids.join(', ');
    const detail = `More than one place is called ${name.slice(0, 60)}; give its code instead, such as ${ids.join(' or ')}.`;
    return [[column, { level: 'fault', code: 'several_places', detail, shown }]];
  });
}

function otherName({ cells }: SheetRow, named: (gtin: string) => readonly string[]): Told[] {
  const { product } = cells;
  const gtin = product === undefined ? undefined : gtinOf(cells);
  const names = gtin === undefined ? [] : named(gtin);
  if (product === undefined || names.length === 0) return [];
  if (names.some((name) => plainName(name) === plainName(product))) return [];
  const shown = names[0] ?? '';
  const detail = `The register calls this GTIN ${shown}: is the number right? Its name there stays.`;
  return [['product', { level: 'note', code: 'gtin_other_name', detail, shown }]];
}

function gtinOf({ gtin, code, packGtin }: SheetRow['cells']): string | undefined {
  const typed = gtin ?? (code === undefined ? packGtin : undefined);
  if (typed !== undefined) return asGtin(typed);
  const read = code === undefined ? undefined : readLotCode(code);
  return read?.ok === true && read.kind === 'gtin' ? read.gtin : undefined;
}

function namesOf(db: Db, gtin: string): string[] {
  const row = db.sqlite.prepare('SELECT name, name_en AS nameEn FROM product WHERE gtin = ?').get(gtin) as
    | { readonly name: string | null; readonly nameEn: string | null }
    | undefined;
  return [row?.name, row?.nameEn].filter((name) => name !== null && name !== undefined);
}

/** Twenty thousand rows name few places and products. */
function remembered(look: (name: string) => readonly string[]): (name: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (name) => {
    const found = known.get(name) ?? look(name);
    known.set(name, found);
    return found;
  };
}
