// The last 24 hours of a camera as a strip: when it gave pictures, when not, when one could see nothing.
import { type CameraState, isLensFault } from './camera-state.ts';

export const dayMs = 24 * 3600_000;

export type DayPart = { readonly from: number; readonly to: number; readonly kind: 'ok' | 'off' | 'cov' };

/** `events` oldest or newest first; parts are fractions of the 24 hours before `now`, without the time before the camera was there. */
export function dayParts(
  events: readonly { readonly at: number; readonly before: CameraState; readonly after: CameraState }[],
  state: CameraState,
  createdAt: number,
  now: number,
): DayPart[] {
  const sorted = [...events].sort((a, b) => a.at - b.at);
  const start = Math.max(now - dayMs, createdAt);
  const parts: DayPart[] = [];
  let from = start;
  for (const event of sorted) {
    if (event.at > from) add(parts, event.before, from, Math.min(event.at, now), now);
    from = Math.max(from, event.at);
  }
  add(parts, state, from, now, now);
  return parts;
}

function add(parts: DayPart[], state: CameraState, from: number, to: number, now: number): void {
  if (state === 'new' || to <= from) return;
  const kind = state === 'online' ? 'ok' : isLensFault(state) ? 'cov' : 'off';
  const share = (at: number) => Math.round(((at - (now - dayMs)) / dayMs) * 10_000) / 10_000;
  parts.push({ from: share(from), to: share(to), kind });
}
