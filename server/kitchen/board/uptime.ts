// How much of each day a camera gave a picture in which something can be seen; time that nobody watched counts neither way.
import type { CameraState } from '../camera/camera-state.ts';
import type { Step } from './span.ts';

export type StateEvent = { readonly at: number; readonly before: CameraState; readonly after: CameraState };

export type Uptime = { readonly upMs: number; readonly knownMs: number };

export type WatchedCamera = {
  readonly state: CameraState;
  readonly createdAt: number;
  /** Oldest first, all since the first step began. */
  readonly events: readonly StateEvent[];
};

export function uptimes({ state, createdAt, events }: WatchedCamera, steps: readonly Step[], now: number): Uptime[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return [];
  const sums = steps.map(() => ({ upMs: 0, knownMs: 0 }));
  const end = Math.min(now, last.to);
  let from = Math.max(first.from, createdAt);
  for (const event of events) {
    addTo(sums, steps, event.before, from, Math.min(event.at, end));
    from = Math.max(from, event.at);
  }
  addTo(sums, steps, state, from, end);
  return sums;
}

function addTo(
  sums: { upMs: number; knownMs: number }[],
  steps: readonly Step[],
  state: CameraState,
  from: number,
  to: number,
) {
  if (to <= from || state === 'new' || state === 'unwatched') return;
  steps.forEach((step, index) => {
    const ms = Math.min(to, step.to) - Math.max(from, step.from);
    const sum = sums[index];
    if (ms <= 0 || sum === undefined) return;
    sum.knownMs += ms;
    if (state === 'online') sum.upMs += ms;
  });
}

/** Undefined where nothing is known. */
export function shareUp(parts: readonly Uptime[]): number | undefined {
  const known = parts.reduce((sum, { knownMs }) => sum + knownMs, 0);
  return known === 0 ? undefined : parts.reduce((sum, { upMs }) => sum + upMs, 0) / known;
}
