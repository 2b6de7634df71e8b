// Times of events: a day, a time and always a zone, to the millisecond (EPCIS 2.0 §7.3.1).

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * `2005-04-03T20:33:31.1165-06:00` → unix milliseconds; finer digits are rounded, the fourth from 5 up
 * (event hash rule 9). Seconds may be missing. Undefined for whatever else, 31 April and hour 24 included.
 */
export function readTime(text: string): number | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  // Date.UTC takes years below 100 for 19xx; no food event is that old.
  if (year < 100 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = match[8] === undefined ? 0 : offsetMinutes(match[8], match[9], match[10]);
  if (offset === undefined) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecondsOf(match[7])) - offset * 60_000;
}

/** `+08:00` → 480. Undefined outside -14:00 … +14:00. */
export function readZoneOffset(text: string): number | undefined {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(text);
  return match === null ? undefined : offsetMinutes(match[1] ?? '', match[2], match[3]);
}

/** A moment as it stands at an offset: `2026-11-22T13:00:00.000+08:00`. */
export function timeAtOffset(timeMs: number, minutes: number): string {
  const sign = minutes < 0 ? '-' : '+';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const zone = `${sign}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
  return new Date(timeMs + minutes * 60_000).toISOString().replace('Z', zone);
}

function offsetMinutes(sign: string, hours: string | undefined, minutes: string | undefined): number | undefined {
  const size = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || size > 14 * 60) return undefined;
  return sign === '-' ? -size : size;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function millisecondsOf(fraction: string | undefined): number {
  if (fraction === undefined) return 0;
  const whole = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return fraction.charCodeAt(3) >= 53 ? whole + 1 : whole;
}
