// When a lot's time is up: the last moment it may be used, and the days before that in which somebody should know.

const dayMs = 86_400_000;
const zoneMs = 8 * 3_600_000;

/** A use-by day, kept as its midnight in Beijing, lasts until it is over; a time of day is that time. Unix ms. */
export function lastMoment(expiresAt: number): number {
  return (expiresAt + zoneMs) % dayMs === 0 ? expiresAt + dayMs - 1 : expiresAt;
}

export type ExpiryState = { readonly state: 'good' | 'near' | 'past'; readonly since: number };

/** `since`: when it came into that state, unix ms. */
export function expiryState(expiresAt: number, nearDays: number, now: number): ExpiryState {
  const last = lastMoment(expiresAt);
  if (now > last) return { state: 'past', since: last };
  const nearAt = last - nearDays * dayMs;
  return now >= nearAt ? { state: 'near', since: nearAt } : { state: 'good', since: expiresAt };
}

/** Whether the state changed between two looks. */
export function expiryTurned(expiresAt: number, nearDays: number, before: number, now: number): boolean {
  return expiryState(expiresAt, nearDays, before).state !== expiryState(expiresAt, nearDays, now).state;
}
