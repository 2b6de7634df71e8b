// Which column of a logger's file each heading stands for, with the unit and the zone that it names.
import { headingName } from '../sheet/heading-name.ts';
import type { SheetHeading } from '../sheet/heading-row.ts';
import { type LoggerColumn, loggerHeadings } from './logger-headings.ts';

export type DegreeUnit = 'C' | 'F';

export type LoggerHeading = {
  readonly column: number;
  readonly name: string;
  /** Undefined: nobody knows, and nothing of it is kept. */
  readonly meaning: LoggerColumn | undefined;
  readonly unit: DegreeUnit | undefined;
};

const names = new Map<string, LoggerColumn>();
for (const [column, known] of Object.entries(loggerHeadings)) {
  for (const name of known) names.set(plainOf(name), column as LoggerColumn);
}
names.delete('');

/** `Temp, °C (LGR S/N: 1)`, `温度[℃]`, `Temperature(°C)` → temp, 温度, temperature: units and serials are remarks. */
function plainOf(name: string): string {
  const head = name.split(/[,，;；]/)[0] ?? '';
  const bare = head.replace(/[[(（【].*$/u, '');
  const kept = headingName(bare.trim() === '' ? head : bare).plain;
  return kept.replace(/(°c|℃|°f|℉|%rh)$/u, '') || kept;
}

export function knowsLoggerHeading(name: string): boolean {
  return names.has(plainOf(name));
}

export function mapLoggerHeadings(headings: readonly SheetHeading[]): LoggerHeading[] {
  const mapped = headings.map(({ column, name }) => ({
    ...{ column, name },
    meaning: names.get(plainOf(name)),
    unit: unitIn(name),
  }));
  const hasDay = mapped.some(({ meaning }) => meaning === 'day');
  // Beside a day, "time" is the clock; alone it is both. Of two temperatures the second is another probe.
  let first = true;
  return mapped.map((heading) => {
    if (!hasDay && heading.meaning === 'clock') return { ...heading, meaning: 'moment' as const };
    if (hasDay && heading.meaning === 'moment' && /^(time|时间)$/.test(plainOf(heading.name)))
      return { ...heading, meaning: 'clock' as const };
    if (heading.meaning !== 'temperature') return heading;
    const meaning = first ? ('temperature' as const) : ('further' as const);
    first = false;
    return { ...heading, meaning };
  });
}

/** The unit a text names: °C, ℃, Celsius, (C); °F, ℉, Fahrenheit, (F). */
export function unitIn(text: string): DegreeUnit | undefined {
  const plain = text.normalize('NFKC');
  if (/°\s*C|celsius|摄氏|deg\s*c\b|[([]\s*C\s*[)\]]|\btemp(erature)?\s*C\b|^C$/i.test(plain)) return 'C';
  if (/°\s*F|fahrenheit|华氏|deg\s*f\b|[([]\s*F\s*[)\]]|\btemp(erature)?\s*F\b|^F$/i.test(plain)) return 'F';
  return undefined;
}

/** Minutes east of UTC that a heading or a title names: `GMT+08:00`, `UTC`, `(UTC-5)`. */
export function zoneIn(text: string): number | undefined {
  const found = /\b(?:GMT|UTC)\s*(?:([+-])\s*(\d{1,2})(?::?(\d\d))?)?/i.exec(text.normalize('NFKC'));
  if (found === null) return undefined;
  const minutes = Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0);
  return found[1] === '-' ? -minutes : minutes;
}
