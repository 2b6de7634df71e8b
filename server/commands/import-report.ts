// What `import --check` prints of a sheet: each heading, every fault, doubt and note with its cell, and the lots it would take.
import { dayOf } from '../trace/event/goods-day.ts';
import { type CellFault, stops } from '../trace/import/cell-fault.ts';
import type { LotSheet, SheetChoices } from '../trace/import/lot-sheet.ts';
import type { LotEntry } from '../trace/lot/lot-entry.ts';

/** `sheet` was read with its doubts taken, so that what would be taken can be shown beside them. */
export function isStopped(sheet: LotSheet, { doubts }: Pick<SheetChoices, 'doubts'>): boolean {
  return stops(foundIn(sheet), doubts);
}

export function reportLines(sheet: LotSheet, choices: Pick<SheetChoices, 'doubts'>): string[] {
  return [
    ...headingLines(sheet),
    ...foundIn(sheet).map(({ level, cell, column, detail }) => `${level.padEnd(6)}${cell} (${column}): ${detail}`),
    ...sheet.entries.map(lotLine),
    summary(sheet, choices),
  ];
}

export function reportJson(sheet: LotSheet): object[] {
  return [
    ...foundIn(sheet).map(({ level, cell, column, code, detail }) => ({ level, cell, column, code, detail })),
    ...sheet.entries.map((entry) => ({ level: 'lot', ...lotJson(entry) })),
  ];
}

function foundIn({ found, rows }: LotSheet): CellFault[] {
  return [...found, ...rows.flatMap((row) => row.found)];
}

function headingLines({ name, headings }: LotSheet): string[] {
  const said = headings.map(({ cell, name: heading, meaning }) => {
    const is = meaning === undefined ? 'not known' : meaning === 'idle' ? 'left out' : meaning;
    return `column ${cell} ${heading}: ${is}`;
  });
  return name === '' ? said : [`sheet ${name}`, ...said];
}

function lotJson({ code, fields, amount, producedAt, expiresAt, flow }: LotEntry) {
  return {
    code,
    product: fields.product ?? null,
    quantity: amount.quantity ?? null,
    unit: amount.unit ?? null,
    producedAt: producedAt === undefined ? null : new Date(producedAt).toISOString(),
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    moves: flow.map(({ from, to, at }) => ({ from: from ?? null, to: to ?? null, at: new Date(at).toISOString() })),
  };
}

function lotLine({ code, fields, amount, producedAt, expiresAt, flow }: LotEntry): string {
  const parts = [
    fields.product ?? 'no name',
    amount.quantity === undefined ? 'no amount' : `${amount.quantity} ${amount.unit ?? 'pieces'}`,
    ...(producedAt === undefined ? [] : [`made ${dayOf(producedAt)}`]),
    ...(expiresAt === undefined ? [] : [`use by ${dayOf(expiresAt)}`]),
    ...flow.map(({ from, to, at }) => `${from ?? '?'} → ${to ?? '?'} ${dayOf(at)}`),
  ];
  return `lot   ${code}: ${parts.join(', ')}`;
}

function summary(sheet: LotSheet, choices: Pick<SheetChoices, 'doubts'>): string {
  const { rows, entries } = sheet;
  if (entries.length === 0) return `${rows.length} rows; nothing can be taken before the cells above are put right.`;
  const stop = isStopped(sheet, choices);
  return `${rows.length} rows, ${entries.length} lots; ${stop ? 'the doubts above stop the import until --take-doubts.' : 'nothing stops the import.'}`;
}
