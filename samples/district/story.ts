// The sample story, told so that it ends today: the events of the last weeks, in the order they happened.
import { dayMs } from '../../server/clock.ts';
import { beefEvents, prawnEvents } from './beef-and-prawns.ts';
import { type EpcisEvent, epcisDocument } from './event-writer.ts';
import { porkEvents } from './pork.ts';

const beijingMs = 8 * 3_600_000;

/** The EPCIS document of the whole district, ending on the day of `now` (unix ms). Events that would lie in the future are left out. */
export function districtDocument(now: number): Record<string, unknown> {
  const day = daysBefore(now);
  const events = [...porkEvents(day), ...beefEvents(day), ...prawnEvents(day)].filter((event) => timeOf(event) <= now);
  return epcisDocument(
    now,
    events.sort((a, b) => timeOf(a) - timeOf(b)),
  );
}

export type Day = (daysAgo: number, hour: number, minute?: number) => number;

/** The unix ms of an hour in Beijing, so many days before the day of `now`. */
export function daysBefore(now: number): Day {
  const midnight = Math.floor((now + beijingMs) / dayMs) * dayMs - beijingMs;
  return (daysAgo, hour, minute = 0) => midnight - daysAgo * dayMs + hour * 3_600_000 + minute * 60_000;
}

function timeOf(event: EpcisEvent): number {
  return Date.parse(String(event['eventTime']));
}
