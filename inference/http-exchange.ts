// One GET or POST to one pinned address over a connection of its own, read as liberally as browsers read cameras.

import net from 'node:net';
import tls from 'node:tls';
import { type Guard, hostHeader, type PinnedUrl, routeOf } from './address-guard.ts';
import { CameraFault, faultOfNetwork } from './camera-fault.ts';
import { newDechunker } from './http-chunks.ts';
import { type HttpHead, headersNamed, readHttpHead } from './http-head.ts';

export interface HttpQuestion {
  readonly pinned: PinnedUrl;
  readonly guard: Guard;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Posted; a GET when left out. */
  readonly body?: string;
  /** SHA-256 fingerprint that an administrator accepted, without colons. */
  readonly certificate?: string | undefined;
}

export interface HttpAnswer {
  readonly head: HttpHead;
  /** What the camera says its body has; often wrong. */
  readonly length: number | undefined;
  /** Until the camera has no more to say. Throws CameraFault. */
  readonly body: AsyncIterable<Buffer>;
  close(): void;
}

const connectMs = 10_000;
const headMs = 10_000;
const idleMs = 10_000;

/** Throws CameraFault. */
export async function askHttp(question: HttpQuestion): Promise<HttpAnswer> {
  const socket = await connect(question);
  const timer = setTimeout(() => socket.destroy(late()), headMs);
  socket.setTimeout(idleMs, () => socket.destroy(late()));
  try {
    socket.write(requestOf(question));
    const pieces = piecesOf(socket);
    const { head, rest } = await readHead(pieces);
    return { head, length: lengthOf(head), body: bodyOf(head, rest, pieces), close: () => void socket.destroy() };
  } catch (cause) {
    socket.destroy();
    throw faultOfNetwork(cause);
  } finally {
    clearTimeout(timer);
  }
}

function requestOf({ pinned, headers, body }: HttpQuestion): string {
  const all = {
    host: hostHeader(pinned),
    accept: '*/*',
    'user-agent': 'bright-kitchen',
    connection: 'close',
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${body === undefined ? 'GET' : 'POST'} ${pinned.path} HTTP/1.1`, ...lines, '', body ?? ''].join('\r\n');
}

async function connect({ pinned, guard, signal, certificate }: HttpQuestion): Promise<net.Socket> {
  const { address: host, port } = routeOf(pinned, guard);
  if (signal.aborted) throw late();
  const secure = pinned.scheme === 'https';
  const named = net.isIP(pinned.host) === 0 ? { servername: pinned.host } : {};
  // Whether it is trusted is asked below, where a fingerprint can answer too.
  const socket = secure
    ? tls.connect({ host, port, rejectUnauthorized: false, ...named })
    : net.connect({ host, port });
  signal.addEventListener('abort', () => socket.destroy(late()), { once: true });
  // An error after the last byte that mattered is nobody's.
  socket.on('error', () => undefined);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.setTimeout(connectMs, () => socket.destroy(late()));
      socket.once(secure ? 'secureConnect' : 'connect', resolve);
      socket.once('error', reject);
      socket.once('close', () => reject(new CameraFault('protocol', 'The camera closed the connection.')));
    });
    if (socket instanceof tls.TLSSocket) checkCertificate(socket, certificate);
    return socket;
  } catch (cause) {
    socket.destroy();
    throw faultOfNetwork(cause);
  }
}

/** Before anything is asked: a password goes to nobody who cannot say who they are. */
function checkCertificate(socket: tls.TLSSocket, accepted: string | undefined): void {
  if (socket.authorized) return;
  const fingerprint = socket.getPeerCertificate().fingerprint256?.replaceAll(':', '').toLowerCase() ?? '';
  if (fingerprint !== '' && fingerprint === accepted) return;
  const why = String(socket.authorizationError ?? 'unknown');
  throw new CameraFault('certificate', `Nobody vouches for the certificate (${why}); its SHA-256 is ${fingerprint}.`);
}

async function* piecesOf(socket: net.Socket): AsyncGenerator<Buffer, void> {
  try {
    for await (const piece of socket as AsyncIterable<Buffer>) yield piece;
  } catch (cause) {
    throw faultOfNetwork(cause);
  }
}

/** The first head that is no mere "go on". */
async function readHead(pieces: AsyncGenerator<Buffer, void>): Promise<{ head: HttpHead; rest: Buffer }> {
  let rest: Buffer = Buffer.alloc(0);
  for (;;) {
    const { value, done } = await pieces.next();
    if (done) throw new CameraFault('protocol', 'The camera closed the connection without an answer.');
    rest = Buffer.concat([rest, value]);
    for (let head = readHttpHead(rest); head; head = readHttpHead(rest)) {
      rest = rest.subarray(head.length);
      if (head.status >= 200) return { head, rest };
    }
  }
}

function lengthOf(head: HttpHead): number | undefined {
  if (isChunked(head)) return undefined;
  const digits = /^\d{1,12}/.exec(headersNamed(head, 'content-length').at(-1) ?? '')?.[0];
  return digits === undefined ? undefined : Number(digits);
}

function isChunked(head: HttpHead): boolean {
  return headersNamed(head, 'transfer-encoding').some((value) => /chunked/i.test(value));
}

async function* bodyOf(head: HttpHead, rest: Buffer, pieces: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer> {
  const chunks = isChunked(head) ? newDechunker() : undefined;
  for (let piece: Buffer | undefined = rest; piece; piece = (await pieces.next()).value ?? undefined) {
    if (chunks) yield* chunks.push(piece);
    else if (piece.length > 0) yield piece;
    if (chunks?.ended()) return;
  }
}

function late(): CameraFault {
  return new CameraFault('timeout', 'The camera did not answer in time.');
}
