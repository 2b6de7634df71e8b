// The receiving form as the delivery it stands for; rows may have gaps where boxes were removed.

import type { FormValues } from '../lot/lot-form.ts';
import { mostBoxes } from './receipt.ts';

const firstRows = 1;

const typedParts = ['code', 'quantity', 'celsius', 'expiresOn', 'producedOn'] as const;

/** `rows[i]` is the form's row of box `i`. */
export function receiptOfForm(values: FormValues): {
  readonly input: Record<string, unknown>;
  readonly rows: readonly number[];
} {
  const rows = typedRows(values);
  const filled = (name: string) => values[name]?.trim() || undefined;
  const boxes = rows.map((row) => {
    const of = (part: string) => filled(`boxes.${row}.${part}`);
    return withoutGaps({
      ...Object.fromEntries(typedParts.map((part) => [part, of(part)])),
      unit: of('quantity') === undefined ? undefined : of('unit'),
      acknowledged: of('acknowledged')?.split(','),
    });
  });
  return { input: withoutGaps({ site: filled('site'), at: filled('at'), from: filled('from'), boxes }), rows };
}

/** The rows that hold a code, with it and the last day of use that was typed. */
export function codeRows(
  values: FormValues,
): readonly (readonly [row: number, code: string, expiresOn: string | undefined])[] {
  return typedRows(values).flatMap((row) => {
    const code = values[`boxes.${row}.code`]?.trim() ?? '';
    return code === '' ? [] : [[row, code, values[`boxes.${row}.expiresOn`]?.trim() || undefined] as const];
  });
}

function withoutGaps(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

export function rowsOfForm(values: FormValues): number {
  const last = typedRows(values).at(-1) ?? -1;
  return Math.min(mostBoxes, Math.max(firstRows, Number(values['rows'] ?? 0) || 0, last + 1));
}

function typedRows(values: FormValues): number[] {
  const rows = Object.keys(values).flatMap((name) => {
    const row = /^boxes\.(\d{1,3})\.(code|quantity|celsius|expiresOn|producedOn)$/.exec(name)?.[1];
    return row === undefined || values[name]?.trim() === '' ? [] : [Number(row)];
  });
  return [...new Set(rows)].filter((row) => row < mostBoxes).sort((a, b) => a - b);
}
