// Whether a camera is believed to be there: what one sample says, and how many must say it before it counts.
import type { CameraKind, Sample, SampleFaultCode } from '../../../inference/types.ts';
import { checkKinds } from '../../../inference/types.ts';

export const cameraStates = ['new', 'online', 'offline', 'unwatched', ...checkKinds] as const;
export type CameraState = (typeof cameraStates)[number];

export type CameraStanding = {
  readonly state: CameraState;
  readonly stateSince: number;
  readonly pendingState: CameraState | null;
  readonly pendingCount: number;
  readonly pendingSince: number | null;
};

export type StateChange = { readonly before: CameraState; readonly after: CameraState };

// One late frame is weather, three in a row are a state; a picture that came is believed at once.
const samplesToBelieve = 3;
const samplesToReturn = 1;

// These are our own troubles, not the camera's.
const ownFaults: ReadonlySet<SampleFaultCode> = new Set(['dropped', 'crashed', 'ffmpeg', 'internal']);

/** What this one sample says of the camera; undefined when it says nothing. */
export function observedState(sample: Sample, kind: CameraKind): CameraState | undefined {
  if (!sample.ok) return ownFaults.has(sample.fault.code) ? undefined : 'offline';
  const faults = sample.reading.check.faults.map((fault) => fault.kind);
  // A still picture given as a camera never moves, and that is no fault.
  const counted = kind === 'picture' ? faults.filter((fault) => fault !== 'frozen') : faults;
  return checkKinds.find((name) => counted.includes(name)) ?? 'online';
}

/** The standing after one more sample, and the change it made, if it made one. */
export function nextStanding(
  now: CameraStanding,
  observed: CameraState,
  at: number,
): CameraStanding & { readonly change?: StateChange } {
  if (observed === now.state) return { ...now, pendingState: null, pendingCount: 0, pendingSince: null };
  const repeated = now.pendingState === observed;
  const pendingCount = repeated ? now.pendingCount + 1 : 1;
  const pendingSince = repeated ? (now.pendingSince ?? at) : at;
  const enough =
    observed === 'online' || now.state === 'new' || now.state === 'unwatched' ? samplesToReturn : samplesToBelieve;
  if (pendingCount < enough) {
    return { state: now.state, stateSince: now.stateSince, pendingState: observed, pendingCount, pendingSince };
  }
  const change = { before: now.state, after: observed };
  return { state: observed, stateSince: pendingSince, pendingState: null, pendingCount: 0, pendingSince: null, change };
}

/** Whether this state is a fault of the lens that a reviewer can see on the picture. */
export function isLensFault(state: CameraState): boolean {
  return state !== 'new' && state !== 'online' && state !== 'offline' && state !== 'unwatched';
}
