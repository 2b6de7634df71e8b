// Opening hours and calendar days in Beijing time, which has had no summer time since 1991.
import { dayMs } from '../../clock.ts';

const offsetMs = 8 * 3600_000;

/** `2026-11-22` in Beijing. */
export function beijingDay(at: number): string {
  return new Date(at + offsetMs).toISOString().slice(0, 10);
}

/** Hour of the day in Beijing, 0–23. */
export function beijingHour(at: number): number {
  return Math.floor((at - beijingMidnight(at)) / 3600_000);
}

/** When the Beijing day of `at` began, unix ms. */
export function beijingMidnight(at: number): number {
  return Math.floor((at + offsetMs) / dayMs) * dayMs - offsetMs;
}

export type OpeningHours = { readonly opensAtMinute: number; readonly closesAtMinute: number };

/** Equal minutes mean around the clock; closing before opening means past midnight. */
export function isOpen({ opensAtMinute, closesAtMinute }: OpeningHours, at: number): boolean {
  if (opensAtMinute === closesAtMinute) return true;
  const minute = Math.floor((at - beijingMidnight(at)) / 60_000);
  return opensAtMinute < closesAtMinute
    ? minute >= opensAtMinute && minute < closesAtMinute
    : minute >= opensAtMinute || minute < closesAtMinute;
}

/** `09:30` → 570; undefined for anything else. */
export function minuteOfDay(text: string): number | undefined {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
}

export function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
