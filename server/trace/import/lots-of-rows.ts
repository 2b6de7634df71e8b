// Rows of one lot brought together: amounts summed, movements kept, and whatever two rows say differently told.
import { tidy } from '../code/lot-code-own.ts';
import type { EntryAmount, EntryStep, LotEntry } from '../lot/lot-entry.ts';
import type { FoundInCell } from './cell-fault.ts';
import type { LotColumn } from './lot-headings.ts';
import type { LotRow } from './lot-row.ts';

export type JoinedLots = {
  /** One per lot, in the order of their first rows. */
  readonly entries: readonly LotEntry[];
  readonly found: readonly { readonly row: LotRow; readonly column: LotColumn; readonly found: FoundInCell }[];
};

type Told = JoinedLots['found'][number];
type Sound = { readonly row: LotRow; readonly entry: LotEntry };

/** `rows` in their order; those without an entry are left out. */
export function lotsOfRows(rows: readonly LotRow[]): JoinedLots {
  const byCode = new Map<string, Sound[]>();
  for (const row of rows) {
    if (row.entry === undefined) continue;
    const same = byCode.get(row.entry.code);
    if (same === undefined) byCode.set(row.entry.code, [{ row, entry: row.entry }]);
    else same.push({ row, entry: row.entry });
  }
  const told: Told[] = [];
  const entries = [...byCode.values()].map((same) => joined(same, told));
  tellCapitals([...byCode.values()], told);
  tellNames([...byCode.values()], told);
  return { entries, found: told };
}

function joined(same: readonly Sound[], told: Told[]): LotEntry {
  const [first, ...more] = same;
  if (first === undefined) throw new RangeError('A lot of no rows.');
  if (more.length === 0) return first.entry;
  tellRepeats(same, told);
  for (const fact of facts) tellContradiction(same, fact, told);
  const amount = madeAmount(same, told);
  const flow = joinedFlow(same, told);
  const certificates = distinct(
    same.flatMap(({ entry }) => entry.fields.certificates ?? []),
    ({ kind, number }) => `${kind} ${number}`,
  );
  const fields = Object.assign({}, ...[...same].reverse().map(({ entry }) => entry.fields), { certificates });
  const known = <K extends 'origin' | 'batch' | 'producedAt' | 'expiresAt'>(name: K) =>
    same.map(({ entry }) => entry[name]).find((value) => value !== undefined);
  return {
    ...first.entry,
    origin: known('origin'),
    batch: known('batch'),
    producedAt: known('producedAt'),
    expiresAt: known('expiresAt'),
    amount,
    flow,
    fields,
  };
}

/** The same row twice is one written twice, or two deliveries just alike: nobody can tell but who wrote it. */
function tellRepeats(same: readonly Sound[], told: Told[]): void {
  const seen = new Map<string, number>();
  for (const { row } of same) {
    const text = JSON.stringify(Object.entries(row.cells).sort());
    const earlier = seen.get(text);
    if (earlier === undefined) seen.set(text, row.row);
    else {
      const detail = `Row ${earlier} says just the same: counted twice, or written twice?`;
      told.push({
        row,
        column: columnOf(row),
        found: { level: 'doubt', code: 'repeated_row', detail, shown: `${earlier}` },
      });
    }
  }
}

/** A scanner or a hand that loses the capitals makes two lots of one. */
function tellCapitals(lots: readonly (readonly Sound[])[], told: Told[]): void {
  const seen = new Map<string, Sound>();
  for (const [first] of lots) {
    if (first === undefined) continue;
    const plain = first.entry.code.toLowerCase();
    const earlier = seen.get(plain);
    if (earlier === undefined) {
      seen.set(plain, first);
      continue;
    }
    const shown = `${earlier.row.row}: ${earlier.entry.batch ?? ''}`;
    const detail = `Row ${earlier.row.row} has this code in other capitals (${earlier.entry.batch ?? ''}): one lot or two?`;
    told.push({
      row: first.row,
      column: columnOf(first.row),
      found: { level: 'doubt', code: 'other_capitals', detail, shown },
    });
  }
}

/** One number under two names: one of the two rows may have another product's number, and some shops have one for all they sell. */
function tellNames(lots: readonly (readonly Sound[])[], told: Told[]): void {
  const seen = new Map<string, Sound>();
  for (const [first] of lots) {
    const { gtin, fields } = first?.entry ?? {};
    if (first === undefined || gtin === undefined || fields?.product === undefined) continue;
    const earlier = seen.get(gtin);
    if (earlier === undefined) {
      seen.set(gtin, first);
      continue;
    }
    const name = earlier.entry.fields.product ?? '';
    if (plainName(name) === plainName(fields.product)) continue;
    const shown = `${earlier.row.row}: ${name}`;
    const detail = `Row ${earlier.row.row} calls the same GTIN ${name}: does one of the two have another product’s number?`;
    told.push({
      row: first.row,
      column: 'product',
      found: { level: 'note', code: 'gtin_named_twice', detail, shown },
    });
  }
}

/** A name as it is compared: without spaces, marks nobody sees, and in one width and case. */
export function plainName(name: string): string {
  return tidy(name).replace(/\s+/g, '').toLowerCase();
}

type Fact = { readonly column: LotColumn; readonly of: (entry: LotEntry) => string | undefined };

const facts: readonly Fact[] = [
  { column: 'product', of: ({ fields }) => fields.product?.replace(/\s+/g, '') },
  {
    column: 'origin',
    of: ({ gtin, fields, origin }) => (gtin === undefined && fields.code === undefined ? undefined : origin),
  },
  { column: 'maker', of: ({ fields }) => fields.madeAt },
  { column: 'spec', of: ({ fields }) => fields.spec?.replace(/\s+/g, '') },
  { column: 'producedAt', of: ({ producedAt }) => producedAt?.toString() },
  { column: 'expiresAt', of: ({ expiresAt }) => expiresAt?.toString() },
];

function tellContradiction(same: readonly Sound[], { column, of }: Fact, told: Told[]): void {
  const [first] = same.filter(({ entry }) => of(entry) !== undefined);
  if (first === undefined) return;
  for (const { row, entry } of same) {
    const said = of(entry);
    if (said === undefined || said === of(first.entry)) continue;
    const detail = `Row ${first.row.row} says ${first.row.cells[column] ?? 'something else'} of the same lot.`;
    told.push({
      row,
      column,
      found: {
        level: 'fault',
        code: 'contradicts_row',
        detail,
        shown: `${first.row.row}: ${first.row.cells[column] ?? ''}`,
      },
    });
  }
}

/** What was made of the lot: the sum of the rows that tell of no movement, else of those that leave where the first one does. */
function madeAmount(same: readonly Sound[], told: Told[]): EntryAmount {
  const still = same.filter(({ entry }) => entry.flow.length === 0);
  const from = same.find(({ entry }) => entry.flow.length > 0)?.entry.flow[0]?.from;
  const counted = still.length > 0 ? still : same.filter(({ entry }) => entry.flow[0]?.from === from);
  const sum = summed(counted.map(({ entry }) => entry.amount));
  const last = counted.at(-1);
  if (last === undefined) return { quantity: undefined, unit: undefined };
  if (sum === undefined) {
    const detail = 'Other rows of this lot give their amount in another unit, or none: write all in one.';
    told.push({ row: last.row, column: 'quantity', found: { level: 'fault', code: 'units_differ', detail } });
    return last.entry.amount;
  }
  if (counted.length > 1 && sum.quantity !== undefined) {
    const rows = counted.map(({ row }) => row.row).join(', ');
    const shown = `${rows} → ${sum.quantity} ${sum.unit ?? ''}`.trim();
    told.push({
      row: last.row,
      column: 'quantity',
      found: { level: 'note', code: 'summed_rows', detail: `Rows of one lot are summed: ${shown}.`, shown },
    });
  }
  return sum;
}

/** Undefined where units differ, or some say an amount and others none. */
function summed(amounts: readonly EntryAmount[]): EntryAmount | undefined {
  const said = amounts.filter(({ quantity }) => quantity !== undefined);
  if (said.length === 0) return { quantity: undefined, unit: undefined };
  const [first] = said;
  if (said.length < amounts.length || said.some(({ unit }) => unit !== first?.unit)) return undefined;
  const quantity = Number(said.reduce((sum, amount) => sum + (amount.quantity ?? 0), 0).toPrecision(12));
  return { quantity, unit: first?.unit };
}

/** Movements alike in place and time would be one event, and one of two amounts would be lost: they are summed. */
function joinedFlow(same: readonly Sound[], told: Told[]): EntryStep[] {
  const steps = new Map<string, EntryStep>();
  for (const { row, entry } of same) {
    for (const step of entry.flow) {
      const key = JSON.stringify([step.from, step.to, step.at, step.receivedAt]);
      const earlier = steps.get(key);
      const sum = earlier === undefined ? step : summed([earlier, step]);
      if (sum === undefined) {
        const detail = 'Another row tells of the same movement in another unit, or without an amount.';
        told.push({ row, column: 'quantity', found: { level: 'fault', code: 'units_differ', detail } });
      } else steps.set(key, { ...step, ...sum });
    }
  }
  return [...steps.values()];
}

function columnOf({ cells }: LotRow): LotColumn {
  return (['code', 'batch', 'lot', 'gtin', 'product'] as const).find((column) => cells[column] !== undefined) ?? 'code';
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
