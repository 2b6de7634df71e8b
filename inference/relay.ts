// A loopback door for one ffmpeg to one RTSP camera: dials only the pinned address, logs in, refuses to be sent elsewhere.

import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { type Guard, hostHeader, type PinnedUrl, routeOf } from './address-guard.ts';
import { CameraFault, faultOfNetwork } from './camera-fault.ts';
import { type Authorize, answerChallenge, type Login } from './digest.ts';
import { encodeMessage, headerOf, headersOf, type RtspMessage, type RtspPart, rtspReader } from './rtsp-message.ts';
import { rewriteLinks, videoCodecFault } from './sdp.ts';

const connectMs = 10_000;

export interface RtspRelay {
  /** What ffmpeg is given. Answers one connection. */
  readonly url: string;
  /** Resolves with the first thing that went wrong on the camera's side. */
  readonly fault: Promise<CameraFault>;
  /** Packets of video that came through so far. */
  packets(): number;
  close(): void;
}

export interface RelayTarget {
  readonly pinned: PinnedUrl;
  readonly guard: Guard;
  readonly login?: Login;
}

export async function openRelay(target: RelayTarget): Promise<RtspRelay> {
  const token = randomBytes(16).toString('hex');
  const server = net.createServer();
  const sockets = new Set<net.Socket>();
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, resolve);
  });
  const { port } = server.address() as net.AddressInfo;
  const door = `rtsp://127.0.0.1:${port}/${token}`;
  let packets = 0;
  const fault = new Promise<CameraFault>((report) => {
    const fail = (cause: unknown): void => {
      report(cause instanceof CameraFault ? cause : faultOfSocket(cause));
      close();
    };
    server.once('connection', (client) => {
      server.close();
      const camera = net.connect({ ...routeOfTarget(target), timeout: connectMs });
      for (const socket of [client, camera]) sockets.add(socket);
      joinSockets(
        client,
        camera,
        newExchange(target, door, () => packets++),
        fail,
      );
    });
  });
  return { url: door + target.pinned.path, fault, packets: () => packets, close };
}

function routeOfTarget({ pinned, guard }: RelayTarget): { host: string; port: number } {
  const { address, port } = routeOf(pinned, guard);
  return { host: address, port };
}

type Fail = (cause: unknown) => void;

function joinSockets(client: net.Socket, camera: net.Socket, exchange: Exchange, fail: Fail): void {
  const pump = (from: net.Socket, to: net.Socket, back: net.Socket, take: (part: RtspPart) => Taken): void => {
    const reader = rtspReader();
    from.on('data', (chunk: Buffer) => {
      try {
        for (const part of reader.push(chunk)) {
          const { forward, reply } = take(part);
          if (reply) back.write(reply);
          if (forward && !to.write(forward)) from.pause();
        }
      } catch (cause) {
        fail(cause);
      }
    });
    to.on('drain', () => from.resume());
  };
  pump(client, camera, client, (part) => exchange.toCamera(part));
  pump(camera, client, camera, (part) => exchange.toClient(part));
  camera.on('connect', () => camera.setTimeout(0));
  camera.on('timeout', () => fail(new CameraFault('timeout', 'The camera did not answer in time.')));
  camera.on('error', fail);
  camera.on('close', () => fail(new CameraFault('protocol', 'The camera closed the connection.')));
  client.on('error', () => camera.destroy());
  client.on('close', () => camera.destroy());
}

interface Taken {
  readonly forward?: Buffer;
  /** Sent back to where the part came from. */
  readonly reply?: Buffer;
}

interface Exchange {
  toCamera(part: RtspPart): Taken;
  toClient(part: RtspPart): Taken;
}

interface Asked {
  readonly clientSeq: string;
  readonly message: RtspMessage;
  readonly retried: boolean;
}

/** Rewrites both directions. Our own sequence numbers go to the camera, because a request may be asked twice. */
function newExchange({ pinned, login }: RelayTarget, door: string, countPacket: () => void): Exchange {
  const street = `rtsp://${hostHeader(pinned)}`;
  const asked = new Map<string, Asked>();
  let authorize: Authorize | undefined;
  let sequence = 0;
  const ask = (message: RtspMessage, clientSeq: string, retried: boolean): Buffer => {
    const [method = '', uri = ''] = message.first.split(' ');
    const seq = String(++sequence);
    if (asked.size > 64) throw new CameraFault('protocol', 'The camera leaves questions unanswered.');
    asked.set(seq, { clientSeq, message, retried });
    const headers = message.headers.filter(([name]) => !['cseq', 'authorization'].includes(name.toLowerCase()));
    const login = authorize ? [['Authorization', authorize(method, uri)] as const] : [];
    return encodeMessage({ ...message, headers: [['CSeq', seq], ...headers, ...login] });
  };
  return {
    toCamera(part) {
      if (Buffer.isBuffer(part)) return { forward: part };
      const [method = '', uri = ''] = part.first.split(' ');
      // Somebody else on this machine found the port: only our ffmpeg knows the way in.
      if (!uri.startsWith(door)) throw new CameraFault('protocol', 'The relay was asked for something else.');
      const first = `${method} ${street}${uri.slice(door.length)} RTSP/1.0`;
      return { forward: ask({ ...part, first }, headerOf(part, 'cseq') ?? '0', false) };
    },
    toClient(part) {
      if (Buffer.isBuffer(part)) {
        countPacket();
        return { forward: part };
      }
      const status = Number(/^RTSP\/1\.0 (\d{3})/.exec(part.first)?.[1]);
      if (Number.isNaN(status))
        throw new CameraFault('redirect', 'The camera sends orders of its own; they are not followed.');
      const seq = headerOf(part, 'cseq') ?? '';
      const question = asked.get(seq);
      if (!question) return {};
      asked.delete(seq);
      if (status === 401 && login && !question.retried) {
        authorize = answerChallenge(headersOf(part, 'www-authenticate'), login);
        if (authorize) return { reply: ask(question.message, question.clientSeq, true) };
      }
      refuseStatus(status, question.message.first.split(' ')[0] ?? '');
      return { forward: encodeMessage(answerFor(part, question.clientSeq, street, door)) };
    },
  };
}

/** Cameras may not know OPTIONS or GET_PARAMETER; without these three there is no picture. */
const needed = ['DESCRIBE', 'SETUP', 'PLAY'];

function refuseStatus(status: number, method: string): void {
  if (status >= 300 && status < 400)
    throw new CameraFault('redirect', 'The camera points elsewhere; that is not followed.');
  if (status < 400 || !needed.includes(method)) return;
  if (status === 401 || status === 403) {
    throw new CameraFault('unauthorised', `The camera answered ${status}: user or password are not accepted.`);
  }
  if (status === 404 || status === 454)
    throw new CameraFault('not_found', `The camera answered ${status}: it has no such stream.`);
  throw new CameraFault('protocol', `The camera answered ${status} to ${method}.`);
}

const linkHeaders = ['content-base', 'content-location', 'rtp-info'];

function answerFor(message: RtspMessage, clientSeq: string, street: string, door: string): RtspMessage {
  const sdp = /application\/sdp/i.test(headerOf(message, 'content-type') ?? '');
  if (sdp) {
    const fault = videoCodecFault(message.body.toString('utf8'));
    if (fault) throw new CameraFault('codec', fault);
  }
  const transport = headerOf(message, 'transport');
  if (transport !== undefined && !/interleaved=/i.test(transport)) {
    throw new CameraFault('protocol', 'The camera does not send over the connection it was asked on.');
  }
  const headers = message.headers
    .filter(([name]) => !['cseq', 'location', 'www-authenticate'].includes(name.toLowerCase()))
    .map(
      ([name, value]) =>
        [name, linkHeaders.includes(name.toLowerCase()) ? rewriteLinks(value, street, door) : value] as const,
    );
  const body = sdp ? Buffer.from(rewriteLinks(message.body.toString('utf8'), street, door), 'utf8') : message.body;
  return { first: message.first, headers: [['CSeq', clientSeq], ...headers], body };
}

function faultOfSocket(cause: unknown): CameraFault {
  try {
    return faultOfNetwork(cause);
  } catch {
    return new CameraFault('protocol', 'The connection to the camera broke.');
  }
}
