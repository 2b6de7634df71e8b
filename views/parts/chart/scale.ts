// Where a value lies in a drawing: round marks that hold every value, and places between two edges.

import type { Unit } from './chart.ts';

export type Scale = {
  readonly marks: readonly number[];
  /** In pixels of the drawing, to a tenth. */
  readonly at: (value: number) => number;
};

const mostMarks = 5;

/** From `from` (of the least value) to `to` pixels; nought is on the scale, and so is every value. Things are whole. */
export function scaleOf(values: readonly number[], unit: Unit, from: number, to: number): Scale {
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const span = most - least || 1;
  const step = Math.max(roundStep(span / (mostMarks - 1)), unit === 'count' || unit === 'points' ? 1 : 0);
  const low = Math.floor(least / step + 1e-9) * step;
  const high = Math.ceil((least + span) / step - 1e-9) * step;
  const count = Math.round((high - low) / step);
  const marks = Array.from({ length: count + 1 }, (_, index) => Number((low + index * step).toPrecision(12)));
  return { marks, at: (value) => tenth(from + ((value - low) / (high - low)) * (to - from)) };
}

/** 1, 2 or 5 times a power of ten, at least as large. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const times = step / power;
  return (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10) * power;
}

export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Which of so many labels are written so that they do not run into one another: the first, the last, and some between. */
export function labelled(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  const every = Math.ceil((count - 1) / (most - 1));
  const chosen = Array.from({ length: count }, (_, index) => index).filter((index) => index % every === 0);
  const last = count - 1;
  if (chosen.at(-1) === last) return chosen;
  // The last one matters more than the one that would touch it.
  if (last - (chosen.at(-1) ?? 0) < every * 0.75 || chosen.length === most) chosen.pop();
  return [...chosen, last];
}

/** A day in a table has its year; under a drawing it has not. */
export function shortLabel(label: string): string {
  return label.replace(/^\d{4}-(?=\d\d-\d\d$)/, '');
}

// The widest letter sizes: a chart on a phone is written larger than its drawing is small.
const [hanWidth, latinWidth] = [14, 8];

/** About how wide a text is drawn; too wide rather than too narrow. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? hanWidth : latinWidth), 0);
}
