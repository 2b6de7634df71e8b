// Days and times as people and spreadsheets write them, as one moment of Beijing's clock, or why they cannot be read.
import { dayMs } from '../../clock.ts';

export type DayFault =
  | 'not_a_time'
  /** 11/12/2026, 26.11.20: more than one day is meant by it somewhere. */
  | 'ambiguous_day'
  | 'no_year'
  | 'no_such_day';

export type DayReading =
  | {
      readonly ok: true;
      /** Unix ms; without a time the beginning of the day in Beijing. */
      readonly at: number;
      readonly has: 'day' | 'time';
      /** A bare number was read as the days a spreadsheet counts. */
      readonly from: 'text' | 'serial';
    }
  | { readonly ok: false; readonly fault: DayFault };

const zoneMs = 8 * 3_600_000;
/** Day 0 of Excel's calendar, as a Unix time. */
const serialBase = Date.UTC(1899, 11, 30);
const [firstYear, lastYear] = [1990, 2099];

/** Throws nothing on any text. Full-width digits, Chinese marks and blanks between do not matter. */
export function readDay(text: string): DayReading {
  const plain = text.normalize('NFKC').trim();
  if (/^\d{5}(\.\d+)?$/.test(plain)) return fromSerial(Number(plain));
  const { day, time } = parted(plain);
  const date = dateOf(day);
  if ('fault' in date) return { ok: false, fault: date.fault };
  const clock = time === '' ? { ms: 0, zone: zoneMs } : clockOf(time);
  if (clock === undefined) return { ok: false, fault: 'not_a_time' };
  const at = Date.UTC(date.year, date.month - 1, date.day) + clock.ms - clock.zone;
  // Programs write a day as its midnight: 2026/11/20 0:00.
  return { ok: true, at, has: clock.ms === 0 ? 'day' : 'time', from: 'text' };
}

/** The days a spreadsheet counts since the end of 1899, with the time as their fraction. */
export function fromSerial(serial: number): DayReading {
  const at = Math.round((serialBase + serial * dayMs) / 1_000) * 1_000 - zoneMs;
  const year = new Date(at + zoneMs).getUTCFullYear();
  if (year < firstYear || year > lastYear) return { ok: false, fault: 'no_such_day' };
  return { ok: true, at, has: Number.isInteger(serial) ? 'day' : 'time', from: 'serial' };
}

/** The text up to the end of its day, and what follows; weekdays in brackets say nothing more. */
function parted(text: string): { day: string; time: string } {
  const plain = text
    .replace(/\(?(星期|周|礼拜)[一二三四五六日天]\)?/g, ' ')
    .replace(/\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s/gi, ' ')
    .trim();
  const found =
    /^(\d{1,4}\s*[年\-/.]\s*\d{1,2}\s*(?:[月\-/.]\s*(?:\d{1,4}\s*[日号]?)?)?|\d{14}|\d{12}|\d{8}|\d{1,2}\s*月\s*\d{1,2}\s*[日号]?)\s*(.*)$/su.exec(
      plain,
    );
  const [, day = plain, time = ''] = found ?? [];
  if (/^\d{12,14}$/.test(day)) return { day: day.slice(0, 8), time: `${day.slice(8, 10)}:${day.slice(10, 12)}` };
  return { day: day.trim(), time: time.replace(/^[T,]\s*/i, '').trim() };
}

type DateParts = { readonly year: number; readonly month: number; readonly day: number };

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `31 Dec 2026`, `31-Dec-2026`, `Dec 31, 2026` → 2026-12-31; other texts as they are. */
function withMonthNumber(text: string): string {
  const month = (name: string) => monthNames.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  const name = '(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\\.?';
  const [, day, first = '', year] =
    new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?[\\s-]*${name}[\\s,-]*(\\d{4})\\b`, 'i').exec(text) ?? [];
  if (year !== undefined) return `${year}-${month(first)}-${day}`;
  const [, named = '', later, last] =
    new RegExp(`^${name}\\s*(\\d{1,2})(?:st|nd|rd|th)?[\\s,-]+(\\d{4})\\b`, 'i').exec(text) ?? [];
  return last === undefined ? text : `${last}-${month(named)}-${later}`;
}

function dateOf(given: string): DateParts | { readonly fault: DayFault } {
  const text = withMonthNumber(given);
  const whole =
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    /^(\d{4})\s*[年\-/.\s]\s*(\d{1,2})\s*[月\-/.\s]\s*(\d{1,2})\s*[日号]?$/.exec(text);
  if (whole !== null) return realDate(Number(whole[1]), Number(whole[2]), Number(whole[3]));
  // With its marks a year of two digits has no other meaning.
  const marked = /^(\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?$/.exec(text);
  if (marked !== null) return realDate(2000 + Number(marked[1]), Number(marked[2]), Number(marked[3]));
  if (/^\d{1,2}\s*([月\-/.])\s*\d{1,2}\s*[日号]?$/.test(text)) return { fault: 'no_year' };
  const [, first, second, year] = /^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})$/.exec(text) ?? [];
  if (first !== undefined && second !== undefined && year !== undefined) {
    return dayOrMonthFirst(Number(first), Number(second), Number(year));
  }
  return {
    fault: /^\d{1,2}\s*[年\-/.]\s*\d{1,2}\s*[月\-/.]\s*\d{1,2}\s*[日号]?$/.test(text) ? 'ambiguous_day' : 'not_a_time',
  };
}

/** Read only where one of the two can be no month, or both are the same. */
function dayOrMonthFirst(first: number, second: number, year: number): DateParts | { readonly fault: DayFault } {
  if (first > 12 || first === second) return realDate(year, second, first);
  return second > 12 ? realDate(year, first, second) : { fault: 'ambiguous_day' };
}

function realDate(year: number, month: number, day: number): DateParts | { readonly fault: DayFault } {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= firstYear && year <= lastYear;
  return real ? { year, month, day } : { fault: 'no_such_day' };
}

/** `9:05`, `09:05:30.5Z`, `下午 3:05`, `15时30分`, `3:05 PM +09:00`. */
function clockOf(text: string): { ms: number; zone: number } | undefined {
  const found =
    /^(上午|凌晨|早上|中午|下午|晚上|am|pm)?\s*(\d{1,2})\s*(?:[:时点]\s*(?:(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:\.(\d+))?\s*秒?)?)?)?)\s*(am|pm)?\s*(z|[+-]\d\d:?\d\d)?$/i.exec(
      text,
    );
  if (found === null) return undefined;
  const [, before, hourText, minuteText = '0', secondText = '0', fraction = '', after, zone] = found;
  const half = (before ?? after ?? '').toLowerCase();
  const hour = hourOf(Number(hourText), half);
  const [minute, second] = [Number(minuteText), Number(secondText)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const ms = ((hour * 60 + minute) * 60 + second) * 1_000 + Math.round(Number(`0.${fraction || '0'}`) * 1_000);
  return { ms, zone: zone === undefined ? zoneMs : zoneOf(zone) };
}

function hourOf(hour: number, half: string): number {
  if (/下午|晚上|pm/.test(half) && hour < 12) return hour + 12;
  if (half === '中午' && hour < 3) return hour + 12;
  return /上午|凌晨|am/.test(half) && hour === 12 ? 0 : hour;
}

function zoneOf(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return (text.startsWith('-') ? -minutes : minutes) * 60_000;
}
