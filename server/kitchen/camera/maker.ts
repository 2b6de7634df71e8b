// Where makers of cameras put their streams: host, user and channel become an address, and an address tells its maker.
import type { Fault } from '../../http/problem.ts';

export const streamChoices = ['main', 'sub'] as const;
export type StreamChoice = (typeof streamChoices)[number];

type Maker = {
  readonly path: (channel: number, stream: StreamChoice) => string;
  /** Recognises a path of this maker: its second stream in the group `sub`. */
  readonly own: RegExp;
  /** Who says so. */
  readonly source: string;
};

export const makers = {
  hikvision: {
    path: (channel, stream) => `/Streaming/Channels/${channel}0${stream === 'main' ? 1 : 2}`,
    own: /^\/(?:ISAPI\/)?Streaming\/(?:Channels|tracks)\/\d+0(?:1|(?<sub>[23]))\b/i,
    source: 'Hikvision, RTSP in ISAPI: /Streaming/Channels/<channel>0<stream>',
  },
  dahua: {
    path: (channel, stream) => `/cam/realmonitor?channel=${channel}&subtype=${stream === 'main' ? 0 : 1}`,
    own: /^\/cam\/realmonitor\?.*subtype=(?:0|(?<sub>[1-9]))/i,
    source: 'Dahua, HTTP API for IPC: /cam/realmonitor?channel=<channel>&subtype=<stream>',
  },
  ezviz: {
    path: (channel, stream) => `/h264/ch${channel}/${stream}/av_stream`,
    own: /^\/h26[45]\/ch\d+\/(?:main|(?<sub>sub))\/av_stream/i,
    source:
      'Hikvision before 2012 and Ezviz: /h264/ch<channel>/<main|sub>/av_stream, user admin, the code on the label',
  },
  tplink: {
    path: (_, stream) => `/stream${stream === 'main' ? 1 : 2}`,
    own: /^\/stream(?:1|(?<sub>2))$/i,
    source: 'TP-Link, Tapo and VIGI support pages on RTSP: /stream1 and /stream2',
  },
  uniview: {
    path: (_, stream) => `/media/video${stream === 'main' ? 1 : 2}`,
    own: /^\/(?:media\/video(?:1|(?<sub>[23]))|unicast\/c\d+\/s[0-9]\/live)/i,
    source: 'Uniview, RTSP of IPC: /media/video<stream>',
  },
  xiongmai: {
    path: (channel, stream) =>
      `/user={user}&password={password}&channel=${channel}&stream=${stream === 'main' ? 0 : 1}.sdp?real_stream`,
    own: /^\/user=.*stream=(?:0|(?<sub>[1-9]))\.sdp/i,
    source: 'Xiongmai (XM, NETSurveillance): the login stands in the path',
  },
} as const satisfies Record<string, Maker>;

export type MakerName = keyof typeof makers;
export const makerNames = Object.keys(makers) as MakerName[];

export type MakerPick = {
  readonly maker: MakerName;
  readonly host: string;
  readonly channel: number;
  readonly stream: StreamChoice;
  readonly user: string;
  readonly password: string;
};

const mostChannels = 256;

/** The address at which that maker's cameras are asked; a port may stand behind the host. */
export function makerAddress({ maker, host, channel, stream, user, password }: MakerPick): string {
  const login = { '{user}': encodeURIComponent(user), '{password}': encodeURIComponent(password) };
  const path = makers[maker].path(channel, stream);
  return `rtsp://${host}${path.replace(/\{user\}|\{password\}/g, (name) => login[name as keyof typeof login])}`;
}

/** What of a pick cannot be right; an address that was pasted where a host belongs is said to be one. */
export function pickFaults({ host, channel }: Pick<MakerPick, 'host' | 'channel'>): Fault[] {
  const faults: Fault[] = [];
  const detail = "Give the camera's own address alone, such as 192.168.1.64, or 192.168.1.64:8554 with another port.";
  if (!/^(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i.test(host)) faults.push({ place: 'host', code: 'bad_host', detail });
  if (!Number.isInteger(channel) || channel < 1 || channel > mostChannels)
    faults.push({
      place: 'channel',
      code: 'bad_channel',
      detail: 'A channel is a number from 1; a single camera has 1.',
    });
  return faults;
}

/** Whose address this looks like, and which of its streams it asks for. */
export function makerOf(url: string): { readonly maker: MakerName; readonly stream: StreamChoice } | undefined {
  const path = /^rtsp:\/\/[^/]+(\/.*)$/i.exec(url)?.[1];
  if (path === undefined) return undefined;
  for (const maker of makerNames) {
    const found = makers[maker].own.exec(path);
    if (found) return { maker, stream: found.groups?.['sub'] === undefined ? 'main' : 'sub' };
  }
  return undefined;
}
