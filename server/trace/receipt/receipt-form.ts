// The receiving form as the delivery it stands for; rows may have gaps where boxes were removed.

import type { FormValues } from '../lot/lot-form.ts';
import { mostBoxes } from './receipt.ts';

const firstRows = 1;

/** `rows[i]` is the form's row of box `i`. */
export function receiptOfForm(values: FormValues): {
  readonly input: Record<string, unknown>;
  readonly rows: readonly number[];
} {
  const rows = typedRows(values);
  const filled = (name: string) => values[name]?.trim() || undefined;
  const boxes = rows.map((row) => {
    const box = Object.fromEntries(
      ['code', 'quantity', 'celsius'].map((part) => [part, filled(`boxes.${row}.${part}`)]),
    );
    return Object.fromEntries(
      Object.entries({ ...box, unit: box['quantity'] === undefined ? undefined : filled(`boxes.${row}.unit`) }).filter(
        ([, value]) => value !== undefined,
      ),
    );
  });
  const input = { site: filled('site'), at: filled('at'), from: filled('from'), boxes };
  return { input: Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)), rows };
}

export function rowsOfForm(values: FormValues): number {
  const last = typedRows(values).at(-1) ?? -1;
  return Math.min(mostBoxes, Math.max(firstRows, Number(values['rows'] ?? 0) || 0, last + 1));
}

function typedRows(values: FormValues): number[] {
  const rows = Object.keys(values).flatMap((name) => {
    const row = /^boxes\.(\d{1,3})\.(code|quantity|celsius)$/.exec(name)?.[1];
    return row === undefined || values[name]?.trim() === '' ? [] : [Number(row)];
  });
  return [...new Set(rows)].filter((row) => row < mostBoxes).sort((a, b) => a - b);
}
