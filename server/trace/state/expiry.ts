// When a lot's time is up: the last moment it may be used, and the days before that in which somebody should know.
import { dayMs } from '../../clock.ts';

const zoneMs = 8 * 3_600_000;

/** A use-by day, kept as its midnight in Beijing, lasts until it is over; a time of day is that time. Unix ms. */
export function lastMoment(expiresAt: number): number {
  return (expiresAt + zoneMs) % dayMs === 0 ? expiresAt + dayMs - 1 : expiresAt;
}

export type Life = {
  /** Unix ms; null: not known. */
  readonly producedAt: number | null;
  readonly expiresAt: number;
};

/** Near its end: at most `nearDays`, and never more than the last quarter of a lot's whole life. */
function nearFrom({ producedAt, expiresAt }: Life, nearDays: number): number {
  const last = lastMoment(expiresAt);
  const quarter = producedAt === null || producedAt >= last ? Number.POSITIVE_INFINITY : (last - producedAt) / 4;
  return Math.round(last - Math.min(nearDays * dayMs, quarter));
}

export type ExpiryState = { readonly state: 'good' | 'near' | 'past'; readonly since: number };

/** `since`: when it came into that state, unix ms. */
export function expiryState(life: Life, nearDays: number, now: number): ExpiryState {
  const last = lastMoment(life.expiresAt);
  if (now > last) return { state: 'past', since: last };
  const nearAt = nearFrom(life, nearDays);
  return now >= nearAt ? { state: 'near', since: nearAt } : { state: 'good', since: nearAt };
}

/** Whether the state changed between two looks. */
export function expiryTurned(life: Life, nearDays: number, before: number, now: number): boolean {
  return expiryState(life, nearDays, before).state !== expiryState(life, nearDays, now).state;
}
