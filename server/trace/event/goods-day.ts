// A day as it is written on goods: production begins with it, and a use-by lasts until it is over, in the zone of the place.
import { dayMs } from '../../clock.ts';

/** The zone of the places this server looks after: a day on a label is a day there. */
export const placeZoneMinutes = 480;

const bareDay = /^\d{4}-\d\d-\d\d$/;

/** The first moment of `2026-11-30`, unix ms; undefined for what is no day, 31 April included. */
export function startOfDay(day: string): number | undefined {
  if (!bareDay.test(day)) return undefined;
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) return undefined;
  return at - placeZoneMinutes * 60_000;
}

/** The last millisecond of `2026-11-30`. */
export function endOfDay(day: string): number | undefined {
  const start = startOfDay(day);
  return start === undefined ? undefined : start + dayMs - 1;
}

/** The day a moment lies in, `2026-11-30`. */
export function dayOf(at: number): string {
  return new Date(at + placeZoneMinutes * 60_000).toISOString().slice(0, 10);
}
