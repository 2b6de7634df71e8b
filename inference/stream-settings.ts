// What every kind of stream is given: the program it may run, the rules it must keep, the time.

import type { Guard, Network } from './address-guard.ts';
import type { Login } from './digest.ts';
import type { CameraSpec, StreamFacts } from './types.ts';

export interface StreamSettings {
  readonly ffmpeg: string | undefined;
  /** Ports this program listens on; no camera is there. */
  readonly ownPorts?: readonly number[];
  readonly network?: Network;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly takeMs?: number;
  readonly measureMs?: number;
}

export interface TakenFrame {
  readonly jpeg: Buffer;
  /** Unix milliseconds. */
  readonly at: number;
  readonly facts?: StreamFacts;
}

export function guardOf(camera: CameraSpec, { ownPorts, network }: StreamSettings): Guard {
  return { allow: camera.allow, ...(ownPorts ? { ownPorts } : {}), ...(network ? { network } : {}) };
}

export function loginOf({ user, password }: CameraSpec): { login?: Login } {
  return user === undefined || user === '' ? {} : { login: { user, password: password ?? '' } };
}
