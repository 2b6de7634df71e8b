// Reads an HLS playlist (RFC 8216) as far as one picture needs: the fitting variant, its newest segment.

import type { CameraUrl } from './address-guard.ts';
import { resolveLink } from './address-guard.ts';
import { CameraFault } from './camera-fault.ts';
import { fetchGuarded, type GuardedFetch, readAll } from './fetch-guarded.ts';

const maxPlaylistBytes = 256 * 1024;
const maxSegmentBytes = 24 * 1024 * 1024;
const maxLines = 5000;
/** A master playlist, its variant; a third level is somebody's joke. */
const maxDepth = 2;
const largestWantedHeight = 1080;

export interface Segment {
  readonly bytes: Buffer;
  readonly format: 'mpegts' | 'mp4';
}

/** The newest segment, with its initialisation part before it. Throws CameraFault. */
export async function fetchNewestSegment(start: CameraUrl, options: GuardedFetch): Promise<Segment> {
  let url = start;
  for (let depth = 0; depth < maxDepth; depth++) {
    const answer = await fetchGuarded(url, options);
    const text = (await readAll(answer, maxPlaylistBytes)).toString('utf8');
    const playlist = readPlaylist(text);
    if ('variant' in playlist) {
      url = resolveLink('hls', answer.url, playlist.variant);
      continue;
    }
    const parts: Buffer[] = [];
    for (const link of [playlist.initialisation, playlist.segment]) {
      if (link === undefined) continue;
      parts.push(await readAll(await fetchGuarded(resolveLink('hls', answer.url, link), options), maxSegmentBytes));
    }
    const bytes = Buffer.concat(parts);
    return { bytes, format: formatOf(bytes) };
  }
  throw new CameraFault('protocol', 'The playlist leads to playlists only.');
}

export type Playlist =
  | { readonly variant: string }
  | { readonly segment: string; readonly initialisation: string | undefined };

/** Throws CameraFault('protocol') for what is no playlist, ('codec') for an encrypted one. */
export function readPlaylist(text: string): Playlist {
  const lines = text.split(/\r?\n/, maxLines).map((line) => line.trim());
  if (lines[0]?.replace(/^\uFEFF/, '') !== '#EXTM3U')
    throw new CameraFault('protocol', 'What came is not an HLS playlist.');
  const variants = variantsOf(lines);
  if (variants.length > 0) return { variant: fitting(variants) };
  const key = lines.findLast((line) => line.startsWith('#EXT-X-KEY:'));
  if (key && !/METHOD=NONE/.test(key))
    throw new CameraFault('codec', 'The stream is encrypted; give the camera one that is not.');
  if (lines.some((line) => line.startsWith('#EXT-X-BYTERANGE'))) {
    throw new CameraFault(
      'protocol',
      'Playlists of byte ranges are not read; let the camera write one file a segment.',
    );
  }
  const segment = lines.findLast((line) => line !== '' && !line.startsWith('#'));
  if (segment === undefined) throw new CameraFault('no_keyframe', 'The playlist has no segment yet.');
  const map = lines.findLast((line) => line.startsWith('#EXT-X-MAP:'));
  return { segment, initialisation: map && /URI="([^"]+)"/.exec(map)?.[1] };
}

interface Variant {
  readonly link: string;
  readonly height: number;
  readonly bandwidth: number;
}

function variantsOf(lines: readonly string[]): Variant[] {
  const found: Variant[] = [];
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('#EXT-X-STREAM-INF:')) continue;
    const link = lines.slice(index + 1).find((next) => next !== '' && !next.startsWith('#'));
    const height = Number(/RESOLUTION=\d{1,5}x(\d{1,5})/.exec(line)?.[1] ?? 0);
    const bandwidth = Number(/[:,]BANDWIDTH=(\d{1,12})/.exec(line)?.[1] ?? 0);
    if (link) found.push({ link, height, bandwidth });
  }
  return found;
}

/** The largest that is no larger than we look at, else the smallest. */
function fitting(variants: readonly Variant[]): string {
  const sorted = [...variants].sort((a, b) => b.height - a.height || b.bandwidth - a.bandwidth);
  return (sorted.find(({ height }) => height <= largestWantedHeight) ?? sorted.at(-1))?.link ?? '';
}

function formatOf(bytes: Buffer): Segment['format'] {
  if (bytes[0] === 0x47) return 'mpegts';
  if (['ftyp', 'styp', 'moof', 'moov', 'sidx'].includes(bytes.toString('latin1', 4, 8))) return 'mp4';
  throw new CameraFault('codec', 'The segment is neither MPEG-TS nor MP4.');
}
