// Codes that a scanner or a copied link put whole into the cell of a product's number or of a batch, parted into what they name.
import { asGtin } from '../code/gs1.ts';
import { readLotCode } from '../code/lot-code.ts';
import type { CellFault, FaultAt } from './cell-fault.ts';
import type { LotCells, LotColumn } from './lot-headings.ts';

const mayHoldCodes = ['gtin', 'lot', 'batch'] as const satisfies readonly LotColumn[];

/** What is written in the row's other cells stands, and a code that contradicts it is a fault. */
export function partedCodes(cells: LotCells, faultAt: FaultAt): { cells: LotCells; found: readonly CellFault[] } {
  let parted = cells;
  const found: CellFault[] = [];
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

type Named = { readonly gtin: string; readonly lot: string | undefined; readonly expiresOn: string | undefined };

/** Undefined for a plain number and for a batch, which may hold slashes and brackets itself. */
function namedIn(text: string): Named | undefined {
  if (!/[/(（【[:]|^\]/u.test(text)) return undefined;
  const read = readLotCode(text);
  if (!read.ok) return read.gtin === undefined ? undefined : { gtin: read.gtin, lot: undefined, expiresOn: undefined };
  if (read.kind !== 'gtin') return undefined;
  return { gtin: read.gtin, lot: read.lot, expiresOn: read.elements.find(({ ai }) => ai === '17')?.value };
}
