// A loopback door for one ffmpeg to one RTSP camera: dials only the pinned address, logs in, refuses to be sent elsewhere.

import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { type Guard, type PinnedUrl, routeOf } from './address-guard.ts';
import { CameraFault, faultOfNetwork } from './camera-fault.ts';
import type { Login } from './digest.ts';
import { type Exchange, newExchange, type Taken } from './rtsp-exchange.ts';
import { type RtspPart, rtspReader } from './rtsp-message.ts';
import type { Traffic } from './rtsp-transport.ts';

const connectMs = 10_000;
/** A camera that announced more than it sent is not waited for longer. */
const shortBodyMs = 1_500;
/** Some cameras end the connection on which they asked for the password. */
const mostRedials = 3;
/** What a camera made us answer and does not fetch. */
const mostUnsentBytes = 1024 * 1024;

export interface RtspRelay {
  /** What ffmpeg is given. Answers one connection. */
  readonly url: string;
  /** Resolves with the first thing that went wrong on the camera's side. */
  readonly fault: Promise<CameraFault>;
  traffic(): Traffic;
  close(): void;
}

export interface RelayTarget {
  readonly pinned: PinnedUrl;
  readonly guard: Guard;
  readonly login?: Login;
  readonly now: () => number;
}

export async function openRelay(target: RelayTarget): Promise<RtspRelay> {
  const token = randomBytes(16).toString('hex');
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, resolve);
  });
  const { port } = server.address() as net.AddressInfo;
  const door = `rtsp://127.0.0.1:${port}/${token}`;
  const exchange = newExchange(target, door);
  let end = (): void => undefined;
  const close = (): void => {
    server.close();
    end();
  };
  const fault = new Promise<CameraFault>((report) => {
    server.once('connection', (client) => {
      server.close();
      end = joinSockets(client, target, exchange, (cause) => {
        report(cause instanceof CameraFault ? cause : faultOfSocket(cause));
        close();
      });
    });
  });
  return { url: door, fault, traffic: exchange.traffic, close };
}

type Fail = (cause: unknown) => void;

/** Carries both ways until `fail` is called or the returned function is. */
function joinSockets(client: net.Socket, target: RelayTarget, exchange: Exchange, fail: Fail): () => void {
  let ended = false;
  const stop: Fail = (cause) => {
    if (!ended) fail(cause);
  };
  let camera = dial(target);
  const end = (): void => {
    ended = true;
    client.destroy();
    camera.destroy();
  };
  let redials = 0;
  const follow = (socket: net.Socket): void => {
    const read = readParts(
      (part) => exchange.toClient(part),
      (taken) => send(taken, client, socket, socket),
      stop,
      () => client,
    );
    socket.on('data', read.push);
    socket.on('drain', () => client.resume());
    socket.on('timeout', () => stop(new CameraFault('timeout', 'The camera did not answer in time.')));
    socket.on('error', stop);
    socket.on('close', () => {
      read.end();
      if (ended || socket !== camera) return;
      const again = redials++ < mostRedials ? exchange.askAgain() : undefined;
      if (!again) return stop(new CameraFault('protocol', 'The camera closed the connection.'));
      camera = dial(target);
      follow(camera);
      for (const question of again) camera.write(question);
    });
  };
  follow(camera);
  const heard = readParts(
    (part) => exchange.toCamera(part),
    (taken) => send(taken, camera, client, client),
    stop,
    () => camera,
  );
  client.on('data', heard.push);
  client.on('drain', () => camera.resume());
  client.on('error', end);
  client.on('close', () => {
    heard.end();
    end();
  });
  return end;
}

function dial({ pinned, guard }: RelayTarget): net.Socket {
  const { address, port } = routeOf(pinned, guard);
  const camera = net.connect({ host: address, port, timeout: connectMs });
  camera.on('connect', () => camera.setTimeout(0));
  return camera;
}

function send({ forward, reply }: Taken, to: net.Socket, back: net.Socket, from: net.Socket): void {
  if (reply) {
    if (back.writableLength > mostUnsentBytes) throw new CameraFault('protocol', 'The camera does not read.');
    back.write(reply);
  }
  if (forward && !to.write(forward)) from.pause();
}

/** Reads parts out of chunks; a body that was announced longer than it comes is taken as it is after a while. */
function readParts(take: (part: RtspPart) => Taken, give: (taken: Taken) => void, fail: Fail, to: () => net.Socket) {
  const reader = rtspReader();
  let timer: NodeJS.Timeout | undefined;
  const deliver = (parts: () => RtspPart[]): void => {
    // All packets of a chunk leave with one call.
    const socket = to();
    socket.cork();
    try {
      for (const part of parts()) give(take(part));
    } catch (cause) {
      fail(cause);
    } finally {
      socket.uncork();
    }
  };
  const end = (): void => clearTimeout(timer);
  return {
    push(chunk: Buffer) {
      clearTimeout(timer);
      deliver(() => reader.push(chunk));
      timer = setTimeout(() => deliver(reader.flush), shortBodyMs);
    },
    end,
  };
}

function faultOfSocket(cause: unknown): CameraFault {
  try {
    return faultOfNetwork(cause);
  } catch {
    return new CameraFault('protocol', 'The connection to the camera broke.');
  }
}
