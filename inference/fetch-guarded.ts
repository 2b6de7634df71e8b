// HTTP to cameras: every connection goes to a checked and pinned address, every redirect and playlist line anew.

import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import {
  type CameraUrl,
  type Guard,
  type NetworkKind,
  type PinnedUrl,
  pinAddress,
  resolveLink,
} from './address-guard.ts';
import { CameraFault } from './camera-fault.ts';
import { type Authorize, answerChallenge, type Login, nextLogin, refusedLogin } from './digest.ts';
import { askHttp, type HttpAnswer } from './http-exchange.ts';
import { headersNamed } from './http-head.ts';
import { lockedOut, saysLocked } from './rtsp-answer.ts';

export interface GuardedFetch {
  readonly kind: NetworkKind;
  readonly guard: Guard;
  readonly login?: Login;
  /** SHA-256 fingerprint of a certificate that an administrator accepted. */
  readonly certificate?: string | undefined;
  /** Ends everything when the camera's time is over. */
  readonly signal: AbortSignal;
}

export interface GuardedAnswer {
  readonly url: CameraUrl;
  readonly type: string;
  /** As announced; cameras are often wrong about it. */
  readonly length: number | undefined;
  /** gzip, deflate or br, when it says so. */
  readonly encoding: string;
  /** What the camera's clock said, unix milliseconds. */
  readonly date: number | undefined;
  /** The answer is the part that was asked for, and not the whole. */
  readonly partial: boolean;
  readonly body: AsyncIterable<Buffer>;
  close(): void;
}

const maxRedirects = 3;
/** Of an answer that is read for its words only. */
const maxWordsBytes = 4096;

/** Bytes of a file from its start to its end, both included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Throws CameraFault with the code of what went wrong. */
export async function fetchGuarded(start: CameraUrl, options: GuardedFetch, range?: ByteRange): Promise<GuardedAnswer> {
  let url = start;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const pinned = await pinAddress(url, options.guard);
    // The password is for the camera it was given for, wherever that camera points.
    const login = sameOrigin(url, start) ? options.login : undefined;
    const answer = await fetchPinned(pinned, options, login, range);
    const { status } = answer.head;
    if (status < 300 || status >= 400) return accepted(url, answer, login);
    answer.close();
    const [location] = headersNamed(answer.head, 'location');
    if (location === undefined)
      throw new CameraFault('protocol', `The camera answered ${status} without saying where.`);
    url = redirected(options.kind, url, location);
  }
  throw new CameraFault('redirect', `The camera points elsewhere more than ${maxRedirects} times.`);
}

/** All of a small answer, unpacked. Throws CameraFault('too_large'). */
export async function readAll(answer: GuardedAnswer, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of answer.body) {
      size += part.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      parts.push(part);
      if (answer.length !== undefined && size >= answer.length) break;
    }
  } finally {
    answer.close();
  }
  return unpack(Buffer.concat(parts), answer.encoding, maxBytes);
}

/** What was packed, whether or not it said so. Throws CameraFault('too_large' or 'protocol'). */
export function unpack(bytes: Buffer, encoding: string, maxBytes: number): Buffer {
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const open = gzip
    ? gunzipSync
    : encoding === 'deflate'
      ? inflateSync
      : encoding === 'br'
        ? brotliDecompressSync
        : undefined;
  if (!open) return bytes;
  try {
    return open(bytes, { maxOutputLength: maxBytes });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(maxBytes);
    throw new CameraFault('protocol', 'What the camera packed cannot be unpacked.');
  }
}

async function fetchPinned(
  pinned: PinnedUrl,
  options: GuardedFetch,
  given: Login | undefined,
  range: ByteRange | undefined,
): Promise<HttpAnswer> {
  let login = given;
  let authorize: Authorize | undefined;
  for (let tries = 0; ; tries++) {
    const answer = await askHttp({ ...options, pinned, headers: headersFor(pinned, authorize, range) });
    const challenges = headersNamed(answer.head, 'www-authenticate');
    login = answer.head.status === 401 && login ? nextLogin(challenges, login, tries) : undefined;
    authorize = login && answerChallenge(challenges, login);
    if (!authorize) return answer;
    answer.close();
  }
}

function headersFor(pinned: PinnedUrl, authorize: Authorize | undefined, range: ByteRange | undefined) {
  return {
    ...(authorize ? { authorization: authorize('GET', pinned.path) } : {}),
    ...(range ? { range: `bytes=${range.from}-${range.to}` } : {}),
  };
}

async function accepted(url: CameraUrl, answer: HttpAnswer, login: Login | undefined): Promise<GuardedAnswer> {
  const { head, length, body, close } = answer;
  const { status } = head;
  if (status >= 200 && status < 300) {
    const [type = ''] = headersNamed(head, 'content-type');
    const encoding = headersNamed(head, 'content-encoding')[0]?.toLowerCase() ?? '';
    const date = Date.parse(headersNamed(head, 'date')[0] ?? '');
    const said = { type, length, encoding, date: Number.isNaN(date) ? undefined : date };
    return { url, ...said, partial: status === 206, body, close };
  }
  if (saysLocked(await someWords(answer))) throw lockedOut(status);
  if (status === 401 || status === 403) throw refusedLogin(status, headersNamed(head, 'www-authenticate'), login);
  if (status === 404 || status === 410) throw new CameraFault('not_found', `The camera answered ${status}.`);
  throw new CameraFault('protocol', `The camera answered ${status}.`);
}

/** The beginning of what a refusal says; nothing when it says nothing at once. */
async function someWords({ body, length, close }: HttpAnswer): Promise<string> {
  let text = '';
  try {
    if (length === 0) return '';
    for await (const piece of body) {
      text += piece.toString('latin1');
      if (text.length >= Math.min(length ?? maxWordsBytes, maxWordsBytes)) break;
    }
    return text;
  } catch (cause) {
    if (cause instanceof CameraFault) return text;
    throw cause;
  } finally {
    close();
  }
}

function redirected(kind: NetworkKind, from: CameraUrl, location: string): CameraUrl {
  try {
    return resolveLink(kind, from, location);
  } catch {
    throw new CameraFault('redirect', 'The camera points to an address that cameras may not have.');
  }
}

function sameOrigin(a: CameraUrl, b: CameraUrl): boolean {
  return a.scheme === b.scheme && a.host === b.host && a.port === b.port;
}

function tooLarge(maxBytes: number): CameraFault {
  return new CameraFault('too_large', `The camera sent more than ${maxBytes} bytes.`);
}
