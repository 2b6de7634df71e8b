// An RTSP camera with the habits of real ones: odd links, numbers, line ends, versions, logins, orders of its own.
import { createHash, randomBytes } from 'node:crypto';
import net from 'node:net';
import { nalUnits, rtpPackets } from './rtsp-server.ts';

export interface Habits {
  readonly newline?: string;
  readonly version?: string;
  /** What it writes after `CSeq: `; undefined leaves the line out. */
  readonly cseq?: (asked: number) => string | undefined;
  /** Content-Base from the address asked for; undefined leaves it out. */
  readonly base?: (uri: string) => string | undefined;
  readonly control?: (uri: string) => string;
  /** The description's lines, from those of its video. */
  readonly sdp?: (video: readonly string[]) => readonly string[];
  readonly sdpNewline?: string;
  readonly lengthOff?: number;
  readonly transport?: (channels: string) => string;
  /** On which channel it really sends. */
  readonly channel?: number;
  /** Before each frame. */
  readonly between?: (frame: number) => string | Buffer;
  readonly refuse?: Readonly<Record<string, string>>;
  /** SETUP and PLAY are refused at any other address. */
  readonly only?: RegExp;
  readonly login?: LoginHabits;
  /** Types of unit it leaves out. */
  readonly without?: readonly number[];
}

export interface LoginHabits {
  readonly user: string;
  readonly password: string;
  readonly hash?: 'md5' | 'sha256' | 'sha512-256';
  readonly qop?: 'auth' | 'auth-int';
  readonly session?: true;
  readonly challenges: (nonce: string) => readonly string[];
  /** Every nonce is good for one answer. */
  readonly rotates?: true;
  readonly closesAfter401?: true;
}

export interface HabitCamera {
  readonly port: number;
  /** First lines of what it was sent, its own answered orders among them. */
  readonly heard: readonly string[];
  /** Requests that came with a login. */
  readonly logins: () => number;
  readonly connections: () => number;
  /** When the frame of this number was last sent, unix ms. */
  readonly sentAt: (frame: number) => number | undefined;
  close(): void;
}

const quote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export async function startHabitCamera(clip: Buffer, habits: Habits = {}): Promise<HabitCamera> {
  const heard: string[] = [];
  const sent: number[] = [];
  const sockets = new Set<net.Socket>();
  let logins = 0;
  let connections = 0;
  const server = net.createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const answer = newAnswers(socket, clip, habits, (frame) => {
      sent[frame] = Date.now();
    });
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end).replace(/^[\s\S]*?(?=[A-Z_]{3,20} rtsp:|RTSP\/1\.0 )/, '');
        text = text.slice(end + 4);
        heard.push(head.split('\r\n')[0] ?? '');
        if (/^authorization:/im.test(head)) logins++;
        if (!head.startsWith('RTSP/')) answer(head);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    heard,
    logins: () => logins,
    connections: () => connections,
    sentAt: (frame) => sent[frame],
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

type Say = (status: string, lines?: readonly string[], body?: string) => void;

function newAnswers(socket: net.Socket, clip: Buffer, habits: Habits, onFrame: (frame: number) => void) {
  const { newline = '\r\n', version = 'RTSP/1.0', cseq = String } = habits;
  const nonce = { now: randomBytes(8).toString('hex') };
  return (head: string): void => {
    const say: Say = (status, lines = [], body = '') => {
      const seq = cseq(Number(fieldOf(head, 'cseq')));
      const length = body ? [`Content-Length: ${Buffer.byteLength(body) + (habits.lengthOff ?? 0)}`] : [];
      const all = [`${version} ${status}`, ...(seq === undefined ? [] : [`CSeq: ${seq}`]), ...lines, ...length];
      socket.write([...all, '', ''].join(newline) + body);
    };
    const [method = '', uri = ''] = head.split(' ');
    if (!letsIn(socket, habits.login, head, nonce, say)) return;
    const refused = habits.refuse?.[method];
    const known = !['SETUP', 'PLAY'].includes(method) || (habits.only?.test(`${method} ${uri}`) ?? true);
    if (refused !== undefined || !known) say(refused ?? '404 Not Found');
    else if (method === 'OPTIONS') say('200 OK', ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN']);
    else if (method === 'DESCRIBE') {
      const base = habits.base ? habits.base(uri) : `${uri}/`;
      const lines = base === undefined ? [] : [`Content-Base: ${base}`];
      say('200 OK', [...lines, 'Content-Type: application/sdp'], description(clip, uri, habits));
    } else if (method === 'SETUP') {
      const channels = /interleaved=(\d+-\d+)/.exec(fieldOf(head, 'transport'))?.[1] ?? '0-1';
      const transport = habits.transport?.(channels) ?? `RTP/AVP/TCP;unicast;interleaved=${channels}`;
      say('200 OK', ['Session: 66334873', `Transport: ${transport}`]);
    } else say('200 OK', ['Session: 66334873']);
    if (method === 'PLAY' && refused === undefined) play(socket, clip, habits, onFrame);
  };
}

function fieldOf(head: string, name: string): string {
  return new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
}

function letsIn(
  socket: net.Socket,
  login: LoginHabits | undefined,
  head: string,
  nonce: { now: string },
  say: Say,
): boolean {
  const method = head.split(' ')[0] ?? '';
  if (!login || method === 'OPTIONS') return true;
  const given = fieldOf(head, 'authorization');
  const right = proves(login, given, method, nonce.now);
  if (login.rotates) nonce.now = randomBytes(8).toString('hex');
  if (right) return true;
  const stale = login.rotates && given !== '' ? ', stale=true' : '';
  say(
    '401 Unauthorized',
    login.challenges(nonce.now).map((each) => `WWW-Authenticate: ${each}${stale}`),
  );
  if (login.closesAfter401 && given === '') socket.end();
  return false;
}

function description(clip: Buffer, uri: string, { control, sdp, sdpNewline = '\r\n' }: Habits): string {
  const sets = [7, 8].map((type) =>
    nalUnits(clip)
      .find((unit) => (unit[0]! & 31) === type)
      ?.toString('base64'),
  );
  const video = [
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H264/90000',
    `a=fmtp:96 packetization-mode=1;sprop-parameter-sets=${sets.join(',')}`,
    `a=control:${control ? control(uri) : 'trackID=1'}`,
  ];
  const media = sdp ? sdp(video) : video;
  return ['v=0', 'o=- 0 0 IN IP4 0.0.0.0', 's=camera', 't=0 0', ...media, ''].join(sdpNewline);
}

function proves(login: LoginHabits, given: string, method: string, nonce: string): boolean {
  if (given.startsWith('Basic '))
    return given === `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  const field = (name: string): string => new RegExp(`\\b${quote(name)}="?([^",]*)`).exec(given)?.[1] ?? '';
  const hash = (text: string): string =>
    createHash(login.hash ?? 'md5')
      .update(text)
      .digest('hex');
  const plain = hash(`${login.user}:c:${login.password}`);
  const secret = login.session ? hash(`${plain}:${nonce}:${field('cnonce')}`) : plain;
  const entity = login.qop === 'auth-int' ? `:${hash('')}` : '';
  const request = hash(`${method}:${field('uri')}${entity}`);
  const middle = login.qop ? `${nonce}:${field('nc')}:${field('cnonce')}:${login.qop}` : nonce;
  return given.startsWith('Digest ') && field('response') === hash(`${secret}:${middle}:${request}`);
}

function play(socket: net.Socket, clip: Buffer, habits: Habits, onFrame: (frame: number) => void): void {
  const units = nalUnits(clip).filter((unit) => ![6, 9, ...(habits.without ?? [])].includes(unit[0]! & 31));
  const packets = rtpPackets();
  let at = 0;
  let frame = 0;
  let last = Date.now();
  const send = (): void => {
    if (socket.destroyed) return;
    if (habits.between) socket.write(habits.between(frame));
    onFrame(frame);
    for (let slice = false; !slice; at++) {
      const unit = units[at % units.length]!;
      slice = [1, 5].includes(unit[0]! & 31);
      for (const packet of packets(unit, frame * 3600, slice)) {
        packet[1] = habits.channel ?? 0;
        socket.write(packet);
      }
    }
    frame++;
  };
  // A busy machine's timer falls behind; a camera does not.
  const timer = setInterval(() => {
    for (; Date.now() - last >= 40; last += 40) send();
  }, 20);
  socket.on('close', () => clearInterval(timer));
}
