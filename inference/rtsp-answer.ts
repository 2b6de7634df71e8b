// A camera's answer read for what ffmpeg needs of it, or for the fault its owner can mend.

import { hostHeader, type PinnedUrl } from './address-guard.ts';
import { CameraFault } from './camera-fault.ts';
import { type Login, refusedLogin } from './digest.ts';
import { basePath, waysTo } from './rtsp-links.ts';
import { headerOf, headersOf, type RtspMessage } from './rtsp-message.ts';
import { chooseVideo, describeVideo } from './sdp.ts';

/** Cameras may not know OPTIONS or GET_PARAMETER; without these three there is no picture. */
const needed = ['DESCRIBE', 'SETUP', 'PLAY'];

/** Throws CameraFault when this status ends the stream. */
export function refusedStatus(part: RtspMessage, status: number, method: string, login: Login | undefined): void {
  if (status < 300 || (!needed.includes(method) && status >= 400 && status !== 401)) return;
  if (status < 400) throw new CameraFault('redirect', 'The camera points elsewhere; that is not followed.');
  if (isLocked(part)) throw lockedOut(status);
  if (status === 401 || status === 403) throw refusedLogin(status, headersOf(part, 'www-authenticate'), login);
  if (status === 404 || status === 454)
    throw new CameraFault('not_found', `The camera answered ${status}: it has no such stream.`);
  if (status === 461)
    throw new CameraFault('udp_only', 'The camera answered 461: it sends over UDP only; switch RTP over TCP on.');
  if (status === 453 || status === 503)
    throw new CameraFault('full', `The camera answered ${status}: it serves no more viewers.`);
  throw new CameraFault('protocol', `The camera answered ${status} to ${method}.`);
}

export interface DescribedVideo {
  readonly body: Buffer;
  readonly payload: string;
  readonly codec: string;
  readonly track: string[];
  readonly session: string[];
}

/** The one track ffmpeg is told of, and the addresses at which the camera may know it. Throws CameraFault('codec'). */
export function describedVideo(part: RtspMessage, pinned: PinnedUrl, door: string): DescribedVideo {
  const host = hostHeader(pinned);
  const street = `rtsp://${host}`;
  const video = chooseVideo(part.body.toString('utf8'));
  const named = [headerOf(part, 'content-base'), headerOf(part, 'content-location')].map((each) =>
    basePath(each, host),
  );
  const bases = [...new Set([...named.filter((each) => each !== undefined), pinned.path])];
  const track = waysTo(video.control, bases, street);
  const whole = video.sessionControl === undefined ? [] : waysTo(video.sessionControl, bases, street).slice(0, 1);
  const session = [...new Set([...bases.map((base) => street + base), ...whole])];
  const absolute = /^rtsp:/i.test(video.sessionControl ?? '');
  return {
    body: Buffer.from(describeVideo(video, `${door}/video`), 'utf8'),
    payload: video.payload,
    codec: video.codec,
    track,
    session: absolute ? [...new Set([...whole, ...session])] : session,
  };
}

function isLocked({ first, headers, body }: RtspMessage): boolean {
  const text = [first, ...headers.map(([, value]) => value), body.toString('latin1', 0, 2000)].join('\n');
  return saysLocked(text);
}

/** What makers write when somebody tried too often. */
export function saysLocked(text: string): boolean {
  return /<lockStatus>\s*lock|account (is |has been )?locked|user (is )?locked|locked out/i.test(text);
}

export function lockedOut(status: number): CameraFault {
  return new CameraFault('locked', `The camera answered ${status}: it is locked after too many wrong passwords.`);
}
