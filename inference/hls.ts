// Fetches the newest segments of an HLS stream: the fitting variant, its parts and its key, all through the guard.

import { createDecipheriv } from 'node:crypto';
import type { CameraUrl } from './address-guard.ts';
import { resolveLink } from './address-guard.ts';
import { CameraFault } from './camera-fault.ts';
import { fetchGuarded, type GuardedFetch, readAll } from './fetch-guarded.ts';
import { type Piece, readPlaylist, type SegmentLink } from './hls-playlist.ts';

const maxPlaylistBytes = 1024 * 1024;
const maxSegmentBytes = 24 * 1024 * 1024;
/** A master playlist, its variant; a third level is somebody's joke. */
const maxDepth = 2;
const keyBytes = 16;
const tsPacket = 188;
const maxBeforeSync = 8192;

export interface Segment {
  readonly bytes: Buffer;
  readonly format: 'mpegts' | 'mp4';
}

/** The first segment, from the newest backwards, of which `look` makes something. Throws the newest one's CameraFault. */
export async function lookAtSegments<T>(
  start: CameraUrl,
  options: GuardedFetch,
  look: (segment: Segment) => Promise<T>,
): Promise<T> {
  const { base, segments } = await mediaOf(start, options, maxDepth);
  return firstOf(segments, async (segment) => look(await fetchSegment(base, segment, options)), options.signal);
}

interface Media {
  readonly base: CameraUrl;
  readonly segments: readonly SegmentLink[];
}

async function mediaOf(url: CameraUrl, options: GuardedFetch, depth: number): Promise<Media> {
  if (depth === 0) throw new CameraFault('protocol', 'The playlist leads to playlists only.');
  const answer = await fetchGuarded(url, options);
  const playlist = readPlaylist((await readAll(answer, maxPlaylistBytes)).toString('utf8'));
  const base = answer.url;
  if ('segments' in playlist) return { base, segments: playlist.segments };
  const open = (link: string) => mediaOf(resolveLink('hls', base, link), options, depth - 1);
  return firstOf(playlist.variants, open, options.signal);
}

/** One that is gone or broken is no reason not to try the next. */
async function firstOf<T, R>(list: readonly T[], take: (each: T) => Promise<R>, signal: AbortSignal): Promise<R> {
  let first: unknown;
  for (const each of list) {
    try {
      return await take(each);
    } catch (cause) {
      if (!(cause instanceof CameraFault) || cause.code === 'forbidden' || signal.aborted) throw first ?? cause;
      first ??= cause;
    }
  }
  throw first;
}

async function fetchSegment(base: CameraUrl, segment: SegmentLink, options: GuardedFetch): Promise<Segment> {
  const initial = segment.initialisation ? [await fetchPiece(base, segment.initialisation, options)] : [];
  const bytes = await fetchPiece(base, segment, options);
  const plain = segment.key ? await decipher(base, segment.key, bytes, options) : bytes;
  return framed(Buffer.concat([...initial, plain]));
}

async function fetchPiece(base: CameraUrl, { link, range }: Piece, options: GuardedFetch): Promise<Buffer> {
  const answer = await fetchGuarded(resolveLink('hls', base, link), options, range);
  const bytes = await readAll(answer, maxSegmentBytes);
  return range && !answer.partial ? bytes.subarray(range.from, range.to + 1) : bytes;
}

async function decipher(
  base: CameraUrl,
  { link, iv }: { readonly link: string; readonly iv: Buffer },
  bytes: Buffer,
  options: GuardedFetch,
): Promise<Buffer> {
  const key = await fetchPiece(base, { link }, options);
  if (key.length !== keyBytes) throw new CameraFault('protocol', 'The key of the stream is none.');
  try {
    const plain = createDecipheriv('aes-128-cbc', key, iv);
    return Buffer.concat([plain.update(bytes), plain.final()]);
  } catch {
    throw new CameraFault('codec', 'The segment cannot be deciphered with the key that came.');
  }
}

/** From the first byte of the video on. Throws CameraFault('codec') for what is neither of the two forms. */
function framed(bytes: Buffer): Segment {
  if (['ftyp', 'styp', 'moof', 'moov', 'sidx', 'emsg', 'prft'].includes(bytes.toString('latin1', 4, 8)))
    return { bytes, format: 'mp4' };
  for (let at = 0; at < Math.min(bytes.length, maxBeforeSync); at++) {
    const next = bytes[at + tsPacket];
    if (bytes[at] === 0x47 && (next === 0x47 || (next === undefined && at === 0)))
      return { bytes: bytes.subarray(at), format: 'mpegts' };
  }
  throw new CameraFault('codec', 'The segment is neither MPEG-TS nor MP4.');
}
