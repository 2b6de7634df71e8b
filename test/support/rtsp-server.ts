// A small RTSP camera: Digest authentication, H.264 over the same TCP connection, and the misbehaviours cameras have.

import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import net from 'node:net';
import { headerOf, type RtspMessage, rtspReader } from '../../inference/rtsp-message.ts';

export interface RtspServerOptions {
  readonly login?: { readonly user: string; readonly password: string };
  /** Annex B, such as h264Clip() makes. */
  readonly clip: Buffer;
  /** What the clip is, where not H.264. */
  readonly codec?: 'H265';
  readonly framesPerSecond?: number;
  /** How far its clock is ahead, said in a sender report before each second. */
  readonly clockAheadMs?: number;
  /** Instead of a camera's answer. */
  readonly misbehave?: Misbehaviour;
}

export type Misbehaviour =
  | { readonly kind: 'silent' }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'no keyframes' }
  | { readonly kind: 'audio only' }
  | { readonly kind: 'other codec' }
  | { readonly kind: 'endless headers' }
  | { readonly kind: 'not rtsp' }
  /** The description names its track by an absolute link to somewhere else. */
  | { readonly kind: 'foreign control'; readonly link: string };

export interface RtspServer {
  readonly port: number;
  /** Requests as they came, first line and headers. */
  readonly requests: readonly RtspMessage[];
  readonly connections: () => number;
  /** Key frames that were sent on the newest connection. */
  readonly keysSent: () => number;
  /** Ends every connection, as a camera does that restarts. */
  hangUp(): void;
  close(): Promise<void>;
}

export type ClipOptions = {
  readonly seconds?: number;
  readonly width?: number;
  readonly height?: number;
  readonly gop?: number;
  readonly codec?: 'H265';
};

/** A test pattern with a moving part, as one H.264 elementary stream with a keyframe every `gop` frames. */
export function h264Clip(ffmpeg: string, options: ClipOptions = {}): Buffer {
  const { seconds = 2, width = 640, height = 360, gop = 25 } = options;
  const hevc = `log-level=none:frame-threads=1:keyint=${gop}:min-keyint=${gop}:scenecut=0:repeat-headers=1`;
  const source = `testsrc2=size=${width}x${height}:rate=25:duration=${seconds}`;
  const coding = [
    '-c:v',
    options.codec === 'H265' ? 'libx265' : 'libx264',
    ...(options.codec === 'H265' ? ['-x265-params', hevc] : []),
    // Each thread would cut a slice of its own, and a slice is a frame here.
    '-threads',
    '1',
    '-preset',
    'ultrafast',
    '-tune',
    'zerolatency',
    '-g',
    String(gop),
    '-bf',
    '0',
    '-pix_fmt',
    'yuv420p',
  ];
  const made = spawnSync(
    ffmpeg,
    [
      '-v',
      'error',
      '-nostdin',
      '-f',
      'lavfi',
      '-i',
      source,
      ...coding,
      '-f',
      options.codec === 'H265' ? 'hevc' : 'h264',
      'pipe:1',
    ],
    { maxBuffer: 64e6 },
  );
  if (made.status !== 0 || made.stdout.length === 0) throw new Error(`ffmpeg made no clip: ${made.stderr.toString()}`);
  return made.stdout;
}

export async function startRtspServer(options: RtspServerOptions): Promise<RtspServer> {
  const requests: RtspMessage[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const sent = { keys: 0 };
  const server = net.createServer((socket) => {
    connections++;
    sent.keys = 0;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket, options, requests, sent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    requests,
    connections: () => connections,
    keysSent: () => sent.keys,
    hangUp: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Sent = { keys: number };

function serve(socket: net.Socket, options: RtspServerOptions, requests: RtspMessage[], sent: Sent): void {
  const nonce = randomBytes(8).toString('hex');
  const reader = rtspReader();
  if (options.misbehave?.kind === 'endless headers') endlessHeaders(socket);
  if (options.misbehave?.kind === 'not rtsp') socket.write('SSH-2.0-OpenSSH_9.2\r\n\r\n');
  if (['endless headers', 'not rtsp'].includes(options.misbehave?.kind ?? '')) return;
  socket.on('data', (chunk: Buffer) => {
    for (const part of reader.push(chunk)) {
      if (Buffer.isBuffer(part)) continue;
      requests.push(part);
      if (options.misbehave?.kind !== 'silent') answer(socket, part, { ...options, nonce, sent });
    }
  });
}

function endlessHeaders(socket: net.Socket): void {
  socket.write('RTSP/1.0 200 OK\r\n');
  const timer = setInterval(() => socket.write(`X-Padding: ${'x'.repeat(2000)}\r\n`), 5);
  socket.on('close', () => clearInterval(timer));
}

type Session = RtspServerOptions & { readonly nonce: string; readonly sent: Sent };

function answer(socket: net.Socket, request: RtspMessage, options: Session): void {
  const { nonce } = options;
  const [method = '', uri = ''] = request.first.split(' ');
  const reply = (status: string, headers: readonly string[] = [], body = ''): void => {
    const lines = [`RTSP/1.0 ${status}`, `CSeq: ${headerOf(request, 'cseq')}`, ...headers];
    if (body) lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  };
  if (method === 'OPTIONS') reply('200 OK', ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN']);
  else if (options.login && !authorised(request, method, options.login, nonce)) {
    reply('401 Unauthorized', [`WWW-Authenticate: Digest realm="camera", nonce="${nonce}"`]);
  } else if (options.misbehave?.kind === 'redirect')
    reply('302 Moved Temporarily', [`Location: ${options.misbehave.to}`]);
  else if (!uri.includes('/live')) reply('404 Not Found');
  else if (method === 'DESCRIBE')
    reply('200 OK', [`Content-Base: ${uri}/`, 'Content-Type: application/sdp'], describe(options));
  else if (method === 'SETUP')
    reply('200 OK', ['Session: 12345678;timeout=60', 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1']);
  else if (method === 'PLAY') {
    reply('200 OK', ['Session: 12345678', `RTP-Info: url=${uri}/track1;seq=0;rtptime=0`]);
    play(socket, options, options.sent);
  } else reply('200 OK');
}

function authorised(
  request: RtspMessage,
  method: string,
  login: { user: string; password: string },
  nonce: string,
): boolean {
  const given = headerOf(request, 'authorization') ?? '';
  const field = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(given)?.[1] ?? '';
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const wanted = md5(`${md5(`${login.user}:camera:${login.password}`)}:${nonce}:${md5(`${method}:${field('uri')}`)}`);
  return given.startsWith('Digest ') && field('username') === login.user && field('response') === wanted;
}

function describe({ clip, misbehave, codec: given }: RtspServerOptions): string {
  const units = nalUnits(clip);
  const sets = [7, 8].map((type) => units.find((unit) => (unit[0]! & 31) === type)?.toString('base64')).join(',');
  const codec = misbehave?.kind === 'other codec' ? 'VP8' : (given ?? 'H264');
  // The sets of H.265 come with each of its key frames.
  const format = given === undefined ? [`a=fmtp:96 packetization-mode=1;sprop-parameter-sets=${sets}`] : [];
  const control = misbehave?.kind === 'foreign control' ? misbehave.link : 'track1';
  const video = ['m=video 0 RTP/AVP 96', `a=rtpmap:96 ${codec}/90000`, ...format, `a=control:${control}`];
  const audio = ['m=audio 0 RTP/AVP 0', 'a=control:track2'];
  const media = misbehave?.kind === 'audio only' ? audio : video;
  return ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=camera', 'c=IN IP4 0.0.0.0', 't=0 0', ...media, ''].join('\r\n');
}

/** RFC 3550 §6.4.1, on the channel after the video's. */
function senderReport(unixMs: number): Buffer {
  const report = Buffer.alloc(32);
  report.set([0x24, 1, 0, 28, 0x80, 200, 0, 6]);
  report.writeUInt32BE(0x1234, 8);
  report.writeUInt32BE(Math.floor(unixMs / 1000) + 2_208_988_800, 12);
  report.writeUInt32BE(Math.floor(((unixMs % 1000) / 1000) * 2 ** 32), 16);
  return report;
}

function play(socket: net.Socket, options: RtspServerOptions, sent: Sent): void {
  const { clip, framesPerSecond = 25, misbehave, clockAheadMs } = options;
  const { isKey, isSlice, isSet, fragments } = codecs[options.codec ?? 'H264'];
  const units = nalUnits(clip).filter((unit) => isSlice(unit) || isSet(unit));
  const shown = misbehave?.kind === 'no keyframes' ? units.filter((unit) => !isKey(unit) && !isSet(unit)) : units;
  const packets = rtpPackets(fragments);
  let at = 0;
  let frame = 0;
  const timer = setInterval(() => {
    if (clockAheadMs !== undefined && frame % 25 === 5) socket.write(senderReport(Date.now() + clockAheadMs));
    // One frame: parameter sets as they come, then one slice.
    for (let slice = false; !slice; at++) {
      const unit = shown[at % shown.length]!;
      slice = isSlice(unit);
      for (const packet of packets(unit, frame * 3600, slice)) if (!socket.destroyed) socket.write(packet);
      if (isKey(unit)) sent.keys++;
    }
    frame++;
  }, 1000 / framesPerSecond);
  socket.on('close', () => clearInterval(timer));
}

type Fragments = { readonly skip: number; head(unit: Buffer): readonly number[]; type(unit: Buffer): number };

const codecs = {
  H264: {
    isSlice: (unit: Buffer) => [1, 5].includes(unit[0]! & 31),
    isKey: (unit: Buffer) => (unit[0]! & 31) === 5,
    isSet: (unit: Buffer) => [7, 8].includes(unit[0]! & 31),
    /** RFC 6184, FU-A. */
    fragments: { skip: 1, head: (unit: Buffer) => [(unit[0]! & 0xe0) | 28], type: (unit: Buffer) => unit[0]! & 31 },
  },
  H265: {
    isSlice: (unit: Buffer) => unit[0]! >> 1 < 32,
    isKey: (unit: Buffer) => [19, 20, 21].includes(unit[0]! >> 1),
    isSet: (unit: Buffer) => [32, 33, 34].includes(unit[0]! >> 1),
    /** RFC 7798. */
    fragments: { skip: 2, head: (unit: Buffer) => [49 << 1, unit[1]!], type: (unit: Buffer) => unit[0]! >> 1 },
  },
} as const;

/** Single units and fragments, framed for the interleaved channel 0. */
export function rtpPackets(
  fragments: Fragments = codecs.H264.fragments,
): (unit: Buffer, timestamp: number, last: boolean) => Buffer[] {
  let sequence = 0;
  const room = 1200;
  return (unit, timestamp, last) => {
    const payloads: Buffer[] = [];
    if (unit.length <= room) payloads.push(unit);
    else {
      for (let at = fragments.skip; at < unit.length; at += room) {
        const end = at + room >= unit.length;
        const marks = (at === fragments.skip ? 0x80 : 0) | (end ? 0x40 : 0) | fragments.type(unit);
        payloads.push(Buffer.concat([Buffer.from([...fragments.head(unit), marks]), unit.subarray(at, at + room)]));
      }
    }
    return payloads.map((payload, index) => {
      const head = Buffer.alloc(16);
      head.writeUInt16BE(0x2400, 0);
      head.writeUInt16BE(12 + payload.length, 2);
      head[4] = 0x80;
      head[5] = 96 | (last && index === payloads.length - 1 ? 0x80 : 0);
      head.writeUInt16BE(sequence++ & 0xffff, 6);
      head.writeUInt32BE(timestamp >>> 0, 8);
      head.writeUInt32BE(0x1234, 12);
      return Buffer.concat([head, payload]);
    });
  };
}

export function nalUnits(clip: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = clip.indexOf('000001', 0, 'hex'); at >= 0; at = clip.indexOf('000001', at + 3, 'hex'))
    starts.push(at + 3);
  return starts.map((start, index) => {
    const next = starts[index + 1];
    const unit = clip.subarray(start, next === undefined ? clip.length : next - 3);
    return unit.at(-1) === 0 ? unit.subarray(0, -1) : unit;
  });
}
