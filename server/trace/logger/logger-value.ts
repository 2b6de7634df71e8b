// What a cell of a logger says: degrees in either unit, a humidity, or neither.
import { type DegreeUnit, unitIn } from './logger-column.ts';

/** Of goods on their way. */
export function isPlausible(celsius: number): boolean {
  return celsius >= coldest && celsius <= hottest;
}

// Deep-frozen tuna is kept at −60 °C; dry ice is −78.5 °C.
const [coldest, hottest] = [-90, 90];

export function degreesOf(
  text: string,
  unit: DegreeUnit | undefined,
): { celsius: number; unitSaid: boolean } | 'unread' {
  const value = numberIn(text);
  if (value === undefined) return 'unread';
  const said = unitIn(text) ?? unit;
  return { celsius: said === 'F' ? round(((value - 32) * 5) / 9) : value, unitSaid: said !== undefined };
}

/** `3.5`, `−18,2`, `3.5℃`, `+4.0 °C`; anything else is none. */
export function numberIn(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[−–]/g, '-')
    .replace(/\s|°|℃|℉|%|RH|[CF]$/gi, '');
  return /^[+-]?\d+([.,]\d+)?$/.test(plain) ? Number(plain.replace(',', '.')) : undefined;
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
