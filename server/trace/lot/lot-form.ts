// The new-lot form as the lot entry it stands for, and the entry's faults back at the form's fields.
import type { Fault } from '../../http/problem.ts';
import type { LotEntry } from './lot-entry.ts';

export type FormValues = Readonly<Record<string, string>>;

export const mostFlowRows = 60;

/** Empty fields are left out; a flow row counts when anything in it is filled. */
export function entryOfForm(values: FormValues): Record<string, unknown> {
  const filled = (name: string) => (values[name] ?? '').trim() || undefined;
  const certificates = (['quarantine', 'quality'] as const).flatMap((kind) => {
    const number = filled(`certificates.${kind}`);
    return number === undefined ? [] : [{ kind, number }];
  });
  const plain = [
    'code',
    'product',
    'productEn',
    'variety',
    'gtin',
    'batch',
    'origin',
    'madeAt',
    'supplierPhone',
    'quantity',
    'producedAt',
    'expiresAt',
  ] as const;
  const fields = plain.flatMap((name) => (filled(name) === undefined ? [] : [[name, filled(name)] as const]));
  return {
    ...Object.fromEntries(fields),
    ...(filled('unit') === undefined ? {} : { unit: filled('unit') }),
    ...(certificates.length === 0 ? {} : { certificates }),
    flow: flowOf(filled),
  };
}

/** Rows that say nothing of where from went out from where the lot was made. */
function flowOf(filled: (name: string) => string | undefined): Record<string, string>[] {
  return usedRows(filled).map((row) => {
    const of = (part: string) => filled(`flow.${row}.${part}`);
    const step = {
      from: of('from') ?? filled('madeAt'),
      to: of('to'),
      at: of('at'),
      quantity: of('quantity'),
      unit: of('quantity') === undefined ? undefined : filled('unit'),
    };
    return Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >;
  });
}

function usedRows(filled: (name: string) => string | undefined): number[] {
  return Array.from({ length: mostFlowRows }, (_, row) => row).filter((row) =>
    ['to', 'at', 'quantity'].some((part) => filled(`flow.${row}.${part}`) !== undefined),
  );
}

/** How many rows the form has to show to keep what was typed. */
export function rowsTyped(values: FormValues): number {
  const rows = usedRows((name) => values[name]?.trim() || undefined);
  return (rows.at(-1) ?? -1) + 1;
}

/** A fault of the entry names its own place; the form has the lot in its batch field and rows with gaps between. */
export function faultsOfForm(faults: readonly Fault[], values: FormValues): Fault[] {
  const rows = usedRows((name) => values[name]?.trim() || undefined);
  const kinds = ['quarantine', 'quality'].filter((kind) => (values[`certificates.${kind}`] ?? '').trim() !== '');
  return faults.map((fault) => {
    const [, part, index, field] = fault.place.split('/');
    if (part === 'lot' || part === 'code') return { ...fault, place: '/batch' };
    if (part === 'flow' && index !== undefined)
      return {
        ...fault,
        place: `/flow/${rows[Number(index)] ?? 0}/${field === undefined || field === 'from' ? 'to' : field === 'unit' ? 'quantity' : field}`,
      };
    if (part === 'certificates') return { ...fault, place: `/certificates/${kinds[Number(index)] ?? 'quarantine'}` };
    return fault;
  });
}

/** What forms and sheets ask for beyond what a lot can be read from: a batch is a batch of some maker or place. */
export function missingOfLot({ gtin, origin, fields }: LotEntry): Fault[] {
  if (gtin !== undefined || fields.code !== undefined || (origin ?? '').trim() !== '') return [];
  return [
    {
      place: '/origin',
      code: 'origin_missing',
      detail: 'A batch without a GTIN needs its origin: where or by whom it was made.',
    },
  ];
}
