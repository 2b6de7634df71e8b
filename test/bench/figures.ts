// What a bench found: said as a line of its table, and kept as a record when several benches are run as one (run.ts).
import { appendFileSync } from 'node:fs';

export type Unit = 'ms' | 'µs' | '/s' | 'MB' | '×';

export type Figure = {
  /** What was measured, once in its bench: two runs are compared by it. */
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  /** The bound that is wanted, in `unit`. */
  readonly most?: number;
  readonly least?: number;
  /** The same work done by something else in the same run, in `unit`. */
  readonly beside?: { readonly name: string; readonly value: number };
  /** What else a reader should know of it: percentiles, sizes, processor time. */
  readonly note?: string;
};

export type Recorded = Figure & { readonly bench: string };

/** The file that run.ts has its benches append to, a JSON text a line. */
export const recordVariable = 'BENCH_RECORD';

/** Says and records the figures of `bench`. */
export function figuresOf(bench: string): (figure: Figure) => void {
  return (figure) => {
    process.stdout.write(`${lineOf(figure)}\n`);
    const file = process.env[recordVariable];
    if (file !== undefined) appendFileSync(file, `${JSON.stringify({ bench, ...figure } satisfies Recorded)}\n`);
  };
}

/** One line: name, what is wanted, what was found, and what was measured beside it. */
export function lineOf(figure: Figure): string {
  const { name, value, unit, beside, note } = figure;
  const peer =
    beside === undefined ? '' : `; ${beside.name} ${amount(beside.value, unit)}: ${share(value, beside.value)}`;
  const more = note === undefined ? '' : `; ${note}`;
  return `${name.padEnd(44)}${wanted(figure).padEnd(14)}${amount(value, unit)}${peer}${more}`;
}

export function wanted({ most, least, unit }: Figure): string {
  if (most !== undefined) return `≤ ${amount(most, unit)}`;
  return least === undefined ? '' : `≥ ${amount(least, unit)}`;
}

/** Three digits are enough to tell two runs apart. */
export function amount(value: number, unit: Unit): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const number = value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
  return unit === '/s' ? `${number}/s` : `${number} ${unit}`;
}

function share(value: number, peer: number): string {
  return `${(value / peer).toFixed(2)} ×`;
}
