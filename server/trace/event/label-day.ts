// Dates of master data as documents spell them: a day, a day with a zone, a month, a moment, or the six digits of a label.
import { labelYear } from '../code/label-year.ts';
import { readTime } from './event-time.ts';
import { endOfDay, startOfDay } from './goods-day.ts';

/** The first and the last millisecond that are meant. A moment is both. */
export type LabelDay = { readonly from: number; readonly until: number };

/**
 * Undefined for what is no date of the standard (xsd:date, xsd:dateTime, xsd:gYearMonth, GS1's YYMMDD), 31/12/2026 included.
 * `writtenAt`: unix ms, from which the century of two digits follows.
 */
export function readLabelDay(text: string, writtenAt: number): LabelDay | undefined {
  // A day is the day of the label, whatever zone stands beside it.
  const day = /^(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?$/.exec(text)?.[1] ?? dayOfDigits(text, writtenAt);
  if (day !== undefined) return span(startOfDay(day), endOfDay(day));
  const month = /^(\d{4}-\d\d)(?:Z|[+-]\d\d:\d\d)?$/.exec(text)?.[1];
  if (month !== undefined) return monthOf(month);
  const at = readTime(text) ?? readTime(`${text}+08:00`);
  return span(at, at);
}

/** `261231` and `20261231`; the day 00 of a label is the last of its month. */
function dayOfDigits(text: string, writtenAt: number): string | undefined {
  const [, year = '', month, day] = /^(\d{2}|\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  if (month === undefined || day === undefined) return undefined;
  const whole = year.length === 2 ? String(labelYear(Number(year), writtenAt)) : year;
  return day === '00' ? lastDayOf(`${whole}-${month}`) : `${whole}-${month}-${day}`;
}

function monthOf(month: string): LabelDay | undefined {
  const last = lastDayOf(month);
  return span(startOfDay(`${month}-01`), last === undefined ? undefined : endOfDay(last));
}

function lastDayOf(month: string): string | undefined {
  const [year, number] = month.split('-').map(Number);
  if (year === undefined || number === undefined || number < 1 || number > 12) return undefined;
  return `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`;
}

function span(from: number | undefined, until: number | undefined): LabelDay | undefined {
  return from === undefined || until === undefined ? undefined : { from, until };
}
