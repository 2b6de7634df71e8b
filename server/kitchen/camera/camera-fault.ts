// What a person is told when a camera gave no picture; only an administrator hears which network answered how.
import { closedNetworkOf, readCameraUrl } from '../../../inference/address-guard.ts';
import type { CameraSpec, SampleFaultCode } from '../../../inference/types.ts';
import type { Role } from '../../accounts/caller.ts';

const toldFaults = [
  'unreachable',
  'closed',
  'login_stopped',
  'unauthorised',
  'challenge',
  'algorithm',
  'locked',
  'certificate',
  'udp_only',
  'full',
  'form',
  'not_found',
  'protocol',
  'codec',
  'no_keyframe',
  'too_large',
  'picture',
  'ours',
] as const;
export type ToldFault = (typeof toldFaults)[number];

// Refused, forbidden, silent and unknown must look alike, or the test button becomes a port scanner.
const told: Readonly<Record<SampleFaultCode, ToldFault>> = {
  address: 'unreachable',
  forbidden: 'unreachable',
  name: 'unreachable',
  refused: 'unreachable',
  timeout: 'unreachable',
  redirect: 'unreachable',
  unauthorised: 'unauthorised',
  challenge: 'challenge',
  algorithm: 'algorithm',
  locked: 'locked',
  certificate: 'certificate',
  udp_only: 'udp_only',
  full: 'full',
  form: 'form',
  not_found: 'not_found',
  protocol: 'protocol',
  codec: 'codec',
  no_keyframe: 'no_keyframe',
  too_large: 'too_large',
  picture: 'picture',
  ffmpeg: 'ours',
  dropped: 'ours',
  crashed: 'ours',
  internal: 'ours',
};

export function toldFault(code: SampleFaultCode): ToldFault {
  return told[code];
}

/** The private network that a camera's address is in, while no administrator opened it: known without asking anybody. */
export function closedNetwork({ kind, url, allow }: CameraSpec): string | undefined {
  if (url === undefined || kind === 'clip' || kind === 'picture') return undefined;
  return closedNetworkOf(readCameraUrl(kind, url).host, allow);
}

/** The fingerprint of a certificate that an administrator may accept. */
export function offeredCertificate(
  role: Role,
  fault: { readonly code: SampleFaultCode; readonly detail: string },
): string | undefined {
  if (role !== 'admin' || fault.code !== 'certificate') return undefined;
  return /\b[\da-f]{64}\b/.exec(fault.detail)?.[0];
}

/** The code and sentence of the eye, for an administrator alone. */
export function exactFault(
  role: Role,
  fault: { readonly code: SampleFaultCode; readonly detail: string },
): string | undefined {
  return role === 'admin' ? `${fault.code}: ${fault.detail}` : undefined;
}
