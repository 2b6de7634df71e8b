// The few lines of a session description (RFC 8866) that matter here: which video can be seen, and where it is asked for.

import { CameraFault } from './camera-fault.ts';

const codecs = ['H264', 'H265', 'HEVC', 'JPEG', 'MP2T'];
/** RTP payload types with a meaning of their own (RFC 3551); the rest is named by an rtpmap line. */
const staticCodecs: Readonly<Record<string, string>> = { '26': 'JPEG', '33': 'MP2T', '31': 'H261', '32': 'MPV' };
/** What a description may hold: a camera has a handful of tracks. */
const maxLines = 2000;

/** The one video of a session that is looked at. */
export interface VideoTrack {
  readonly payload: string;
  readonly codec: string;
  /** Its lines for the player, without the line that says where it is asked for. */
  readonly lines: readonly string[];
  /** As the camera wrote it. */
  readonly control: string | undefined;
  /** The session's own, as the camera wrote it. */
  readonly sessionControl: string | undefined;
}

/** The first video that can be read. Throws CameraFault('codec') naming what is there instead. */
export function chooseVideo(sdp: string): VideoTrack {
  const lines = sdp
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/, maxLines)
    .map((line) => line.trim());
  const starts = lines.flatMap((line, index) => (/^m=/i.test(line) ? [index] : []));
  const sections = starts.map((start, index) => lines.slice(start, starts[index + 1]));
  const videos = sections.filter(([media]) => /^m=\s*video\b/i.test(media ?? ''));
  if (videos.length === 0) throw new CameraFault('codec', 'The camera offers no video.');
  const sessionControl = controlOf(lines.slice(0, starts[0]));
  for (const section of videos) {
    const found = readable(section);
    if (found) return { ...found, control: controlOf(section), sessionControl };
  }
  throw new CameraFault('codec', faultOf(videos));
}

/** A description of that video alone, asked for at `control`. */
export function describeVideo({ lines }: VideoTrack, control: string): string {
  const session = ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=camera', 'c=IN IP4 127.0.0.1', 't=0 0'];
  return [...session, ...lines, `a=control:${control}`, ''].join('\r\n');
}

function readable(section: readonly string[]): Pick<VideoTrack, 'payload' | 'codec' | 'lines'> | undefined {
  const [, , , ...payloads] = (section[0] ?? '').split(/\s+/);
  for (const payload of payloads) {
    const codec = codecOf(section, payload)?.toUpperCase();
    if (codec === undefined || !codecs.includes(codec) || isEncrypted(section)) continue;
    const map = staticCodecs[payload] === codec ? [] : [`a=rtpmap:${payload} ${mappedName(codec)}/90000`];
    const format = attributes(section, 'fmtp', payload).map((value) => `a=fmtp:${payload} ${value}`);
    return { payload, codec, lines: [`m=video 0 RTP/AVP ${payload}`, ...map, ...format] };
  }
  return undefined;
}

function mappedName(codec: string): string {
  return codec === 'HEVC' ? 'H265' : codec;
}

function codecOf(section: readonly string[], payload: string): string | undefined {
  const mapped = attributes(section, 'rtpmap', payload)[0];
  return /^([\w.-]+)/.exec(mapped ?? '')?.[1] ?? staticCodecs[payload];
}

/** The values of an attribute for this payload, with or without spaces where none belong. */
function attributes(section: readonly string[], name: string, payload: string): string[] {
  const line = new RegExp(`^a=\\s*${name}\\s*:\\s*(\\d+)\\s+(.*)$`, 'i');
  return section.flatMap((each) => {
    const [, of, value] = line.exec(each) ?? [];
    return of === payload && value !== undefined ? [value.trim()] : [];
  });
}

function controlOf(section: readonly string[]): string | undefined {
  const value = section.map((line) => /^a=\s*control\s*:\s*(.*)$/i.exec(line)?.[1]?.trim()).find((each) => each);
  return value === '*' ? undefined : value;
}

/** SRTP needs keys that we are not given. */
function isEncrypted([media = '']: readonly string[]): boolean {
  return /\bRTP\/SAVPF?\b/i.test(media);
}

function faultOf(videos: readonly (readonly string[])[]): string {
  if (videos.some(isEncrypted)) return 'The camera sends encrypted video (SRTP); switch that off.';
  const [section = []] = videos;
  const payload = section[0]?.split(/\s+/)[3] ?? '';
  const name = codecOf(section, payload) ?? 'a codec it does not name';
  return `The camera sends ${name}; set it to H.264, H.265 or Motion JPEG.`;
}
