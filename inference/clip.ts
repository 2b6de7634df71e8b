// Plays an uploaded clip as a live loop: its moments are taken out once, then the clock says which one is now.

import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { CameraFault } from './camera-fault.ts';
import { inputArguments, jpegOutput, onJpegs, runFfmpeg, type VideoFormat } from './ffmpeg.ts';

export const clipLimits = {
  maxBytes: 200 * 1024 * 1024,
  /** Moments kept of one clip, and how far apart they are in a short one. */
  maxMoments: 48,
  minGapMs: 250,
  maxKeptBytes: 64 * 1024 * 1024,
  extractMs: 60_000,
} as const;

interface Moments {
  readonly jpegs: readonly Buffer[];
  readonly gapMs: number;
  readonly bytes: number;
}

export interface ClipPlayer {
  /** The frame the loop shows at `at` (unix ms). Throws CameraFault. */
  frameAt(path: string, at: number): Promise<Buffer>;
}

/** Keeps the moments of the clips last played, within a bound. */
export function newClipPlayer(ffmpeg: string): ClipPlayer {
  const kept = new Map<string, Promise<Moments>>();
  const sizes = new Map<string, number>();
  const load = async (key: string, path: string): Promise<Moments> => {
    const known = kept.get(key);
    const moments = known ?? extract(ffmpeg, path);
    // Moved to the end: the clip used longest ago is forgotten first.
    kept.delete(key);
    kept.set(key, moments);
    try {
      sizes.set(key, (await moments).bytes);
    } catch (cause) {
      kept.delete(key);
      throw cause;
    }
    forget(kept, sizes);
    return moments;
  };
  return {
    async frameAt(path, at) {
      const { jpegs, gapMs } = await load(await keyOf(path), path);
      const jpeg = jpegs[momentAt(at, gapMs, jpegs.length)];
      if (!jpeg) throw new CameraFault('no_keyframe', 'There is no picture in the clip.');
      return jpeg;
    },
  };
}

/** The golden ratio's share never falls into step with a schedule. */
const goldenShare = 0.618034;

/**
 * Which of the moments the loop shows. Every round begins elsewhere: a camera asked once a minute would otherwise always
 * see the same moment of a clip whose length divides the minute, and look frozen.
 */
export function momentAt(at: number, gapMs: number, count: number): number {
  const tick = Math.floor(at / gapMs);
  const round = Math.floor(tick / count);
  return (tick + Math.floor(((round * goldenShare) % 1) * count)) % count;
}

function forget(kept: Map<string, Promise<Moments>>, sizes: Map<string, number>): void {
  let total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  for (const key of kept.keys()) {
    if (total <= clipLimits.maxKeptBytes || kept.size === 1) return;
    total -= sizes.get(key) ?? 0;
    kept.delete(key);
    sizes.delete(key);
  }
}

async function keyOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new CameraFault('not_found', 'The file of the clip is gone.');
  if (found.size > clipLimits.maxBytes)
    throw new CameraFault('too_large', `The clip has more than ${clipLimits.maxBytes} bytes.`);
  return createHash('sha256').update(`${path}\n${found.size}\n${found.mtimeMs}`).digest('base64url');
}

async function extract(ffmpeg: string, path: string): Promise<Moments> {
  const format = await clipFormat(path);
  const durationMs = await clipDuration(ffmpeg, path, format);
  const gapMs = Math.max(clipLimits.minGapMs, Math.ceil(durationMs / clipLimits.maxMoments));
  const args = [
    ...inputArguments({ from: 'file', format, path }, 'frames'),
    '-frames:v',
    String(clipLimits.maxMoments),
  ];
  const run = runFfmpeg(ffmpeg, [...args, ...jpegOutput([`fps=${1000 / gapMs}`])]);
  const jpegs: Buffer[] = [];
  let bytes = 0;
  onJpegs(run, (jpeg) => {
    if (bytes + jpeg.length > clipLimits.maxKeptBytes) return run.kill();
    bytes += jpeg.length;
    jpegs.push(jpeg);
  });
  const timer = setTimeout(run.kill, clipLimits.extractMs);
  const { complaint } = await run.ended;
  clearTimeout(timer);
  if (jpegs.length === 0) throw clipFault(complaint);
  return { jpegs, gapMs, bytes };
}

/** ffmpeg names the duration on its error stream and then complains that it was given no output; that is all we want. */
async function clipDuration(ffmpeg: string, path: string, format: VideoFormat): Promise<number> {
  const args = inputArguments({ from: 'file', format, path }, 'frames').map((arg) => (arg === 'error' ? 'info' : arg));
  const run = runFfmpeg(ffmpeg, args);
  const timer = setTimeout(run.kill, 10_000);
  const { complaint } = await run.ended;
  clearTimeout(timer);
  const match = /Duration: (\d{1,3}):(\d{2}):(\d{2})\.(\d{2})/.exec(complaint);
  if (!match) return 0;
  const [hours = 0, minutes = 0, seconds = 0, hundredths = 0] = match.slice(1).map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10;
}

/** By its first bytes, never by its name. Throws CameraFault('form') naming what it is instead. */
export async function clipFormat(path: string): Promise<VideoFormat> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) throw new CameraFault('not_found', 'The file of the clip is gone.');
  try {
    const { buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return formatOfHead(buffer);
  } finally {
    await file.close();
  }
}

const headBytes = 256;

function formatOfHead(head: Buffer): VideoFormat {
  const text = (from: number, to: number): string => head.toString('latin1', from, to);
  if (['heic', 'heix', 'mif1', 'msf1', 'avif'].includes(text(8, 12)) && text(4, 8) === 'ftyp')
    throw new CameraFault('form', 'The file is a HEIC photo; save it as JPEG.');
  if (['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'].includes(text(4, 8))) return 'mp4';
  if (head.readUInt32BE(0) === 0x1a45dfa3) return 'matroska';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'AVI ') return 'avi';
  if (head.readUInt32BE(0) === 0x000001ba) return 'mpegps';
  // Packets of 188 bytes, or of 192 with the time before each, as camcorders write them.
  if (head[0] === 0x47 || (head[4] === 0x47 && head[196] === 0x47)) return 'mpegts';
  const own = ownForms.find(([mark]) => text(0, mark.length) === mark)?.[1];
  throw new CameraFault(
    'form',
    own === undefined
      ? 'The clip is neither MP4, Matroska, WebM, AVI, MPEG-TS nor MPEG-PS.'
      : `The clip is in ${own}; export it as MP4 with the maker's player.`,
  );
}

/** What recorders write that only their maker's player reads. */
const ownForms = [
  ['IMKH', "Hikvision's own form"],
  ['DHAV', "Dahua's own form"],
  ['DAHUA', "Dahua's own form"],
  ['\x30\x26\xb2\x75', 'the form of Windows Media'],
  ['FLV', 'the form of Flash'],
] as const;

export function clipFault(complaint: string): CameraFault {
  const reason = complaint.split('\n').at(-1)?.slice(0, 200) ?? '';
  return new CameraFault('codec', `No picture could be read from the video${reason ? ` (${reason})` : ''}.`);
}
