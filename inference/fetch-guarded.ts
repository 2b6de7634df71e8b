// HTTP to cameras: every connection goes to a checked and pinned address, every redirect and playlist line anew.

import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import {
  type CameraUrl,
  type Guard,
  hostHeader,
  type NetworkKind,
  type PinnedUrl,
  pinAddress,
  resolveLink,
  routeOf,
} from './address-guard.ts';
import { CameraFault, faultOfNetwork } from './camera-fault.ts';
import { type Authorize, answerChallenge, type Login } from './digest.ts';

export interface GuardedFetch {
  readonly kind: NetworkKind;
  readonly guard: Guard;
  readonly login?: Login;
  /** Ends everything when the camera's time is over. */
  readonly signal: AbortSignal;
}

export interface GuardedAnswer {
  readonly url: CameraUrl;
  readonly type: string;
  /** Read it to its end or destroy it. */
  readonly body: Dispatcher.ResponseData['body'];
  close(): Promise<void>;
}

const maxRedirects = 3;
const headersMs = 10_000;
const idleMs = 10_000;

/** Throws CameraFault with the code of what went wrong. */
export async function fetchGuarded(start: CameraUrl, options: GuardedFetch): Promise<GuardedAnswer> {
  let url = start;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const pinned = await pinAddress(url, options.guard);
    // The password is for the camera it was given for, wherever that camera points.
    const login = sameOrigin(url, start) ? options.login : undefined;
    const answer = await fetchPinned(pinned, options, login);
    if (answer.status < 300 || answer.status >= 400) return accepted(answer);
    await answer.close();
    if (answer.location === undefined)
      throw new CameraFault('protocol', `The camera answered ${answer.status} without saying where.`);
    url = redirected(options.kind, url, answer.location);
  }
  throw new CameraFault('redirect', `The camera points elsewhere more than ${maxRedirects} times.`);
}

/** All of a small answer. Throws CameraFault('too_large'). */
export async function readAll(answer: GuardedAnswer, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of answer.body as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > maxBytes) throw new CameraFault('too_large', `The camera sent more than ${maxBytes} bytes.`);
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (cause) {
    throw faultOfNetwork(cause);
  } finally {
    await answer.close();
  }
}

interface Answer extends GuardedAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly challenges: readonly string[];
}

async function fetchPinned(pinned: PinnedUrl, options: GuardedFetch, login: Login | undefined): Promise<Answer> {
  const first = await send(pinned, options, undefined);
  if (first.status !== 401 || !login) return first;
  const authorize = answerChallenge(first.challenges, login);
  if (!authorize) return first;
  await first.close();
  return send(pinned, options, authorize);
}

async function send(
  pinned: PinnedUrl,
  { guard, signal }: GuardedFetch,
  authorize: Authorize | undefined,
): Promise<Answer> {
  const agent = pinnedAgent(pinned, guard);
  const close = async (): Promise<void> => agent.destroy();
  try {
    const headers = {
      accept: '*/*',
      'user-agent': 'bright-kitchen',
      ...(authorize ? { authorization: authorize('GET', pinned.path) } : {}),
    };
    const {
      statusCode,
      headers: got,
      body,
    } = await request(`${pinned.scheme}://${hostHeader(pinned)}${pinned.path}`, {
      dispatcher: agent,
      headers,
      signal,
      headersTimeout: headersMs,
      bodyTimeout: idleMs,
    });
    body.on('error', () => undefined);
    return {
      url: pinned,
      status: statusCode,
      type: one(got['content-type']) ?? '',
      location: one(got['location']),
      challenges: many(got['www-authenticate']),
      body,
      close,
    };
  } catch (cause) {
    await close();
    throw faultOfNetwork(cause);
  }
}

/** One connection, to the pinned address whatever the name says by now. */
export function pinnedAgent(pinned: PinnedUrl, guard: Guard): Agent {
  const target = routeOf(pinned, guard);
  const connect = buildConnector({ timeout: headersMs });
  return new Agent({
    connections: 1,
    pipelining: 1,
    maxHeaderSize: 16_384,
    // The name is still what TLS asks the camera to prove.
    connect: (options, done) =>
      connect(
        {
          ...options,
          hostname: target.address,
          host: target.address,
          port: String(target.port),
          servername: pinned.host,
        },
        done,
      ),
  });
}

function accepted(answer: Answer): GuardedAnswer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  void answer.close();
  if (answer.status === 401 || answer.status === 403) {
    throw new CameraFault('unauthorised', `The camera answered ${answer.status}: user or password are not accepted.`);
  }
  if (answer.status === 404 || answer.status === 410)
    throw new CameraFault('not_found', `The camera answered ${answer.status}.`);
  throw new CameraFault('protocol', `The camera answered ${answer.status}.`);
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

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function many(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
