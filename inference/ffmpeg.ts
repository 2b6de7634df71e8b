// Finds ffmpeg and runs it on hostile video: from a pipe, the loopback relay or a file of ours, inside hard limits.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { CameraFault } from './camera-fault.ts';
import { jpegParts } from './jpeg-parts.ts';

export const videoLimits = {
  /** 8K is more than any camera sends; ffmpeg took 2 GB for a small file that claimed more. */
  maxPixels: 8192 * 4320,
  maxAllocBytes: 256 * 1024 * 1024,
  addressSpaceBytes: 2 * 1024 * 1024 * 1024,
  maxPictureBytes: 20 * 1024 * 1024,
  maxComplaintBytes: 4096,
} as const;

/** The given path, else ffmpeg-static's file where its download succeeded, else the one on PATH; undefined when none is. */
export function findFfmpeg(given?: string): string | undefined {
  if (given !== undefined) return isProgram(given) ? given : undefined;
  const packaged = packagedFfmpeg();
  if (packaged !== undefined && isProgram(packaged)) return packaged;
  const found = spawnSync('/bin/sh', ['-c', 'command -v ffmpeg'], { encoding: 'utf8' });
  const path = found.status === 0 ? found.stdout.trim() : '';
  return path.startsWith('/') ? path : undefined;
}

/** What ffmpeg reads from, and as what. Never an address but the relay's. */
export type VideoSource =
  | { readonly from: 'pipe'; readonly format: VideoFormat; readonly bytes: Buffer }
  | { readonly from: 'file'; readonly format: VideoFormat; readonly path: string }
  | { readonly from: 'relay'; readonly url: string };

export const videoFormats = {
  mp4: { demuxer: 'mov', names: 'mov,mp4,m4a,3gp,3g2,mj2' },
  matroska: { demuxer: 'matroska', names: 'matroska,webm' },
  mpegts: { demuxer: 'mpegts', names: 'mpegts' },
  mpegps: { demuxer: 'mpeg', names: 'mpeg' },
  avi: { demuxer: 'avi', names: 'avi' },
} as const;
export type VideoFormat = keyof typeof videoFormats;

export interface FfmpegRun {
  readonly process: ChildProcess;
  /** Resolves when it has ended, with its last words. */
  readonly ended: Promise<{ readonly code: number | null; readonly complaint: string }>;
  /** Ends it and whatever it started, at once. */
  kill(): void;
}

/** Arguments that come before the output's own: reading `source` with everything unneeded switched off. */
export function inputArguments(source: VideoSource, wanted: 'keyframes' | 'frames'): string[] {
  const common = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-max_alloc', String(videoLimits.maxAllocBytes)];
  // Phones and old recorders save what no camera sends.
  const codecs = source.from === 'file' ? 'h264,hevc,mjpeg,mpeg4,vp8,vp9' : 'h264,hevc,mjpeg';
  const decoding = ['-threads', '1', '-codec_whitelist', codecs, '-max_pixels', String(videoLimits.maxPixels)];
  const skipping = wanted === 'keyframes' ? ['-skip_frame', 'nokey'] : [];
  if (source.from === 'relay') {
    // Measured on cold starts: 2.64 s with the defaults, 1.55 s so.
    const quick = ['-flags', 'low_delay', '-fpsprobesize', '0', '-probesize', '32', '-analyzeduration', '1'];
    const transport = ['-rtsp_transport', 'tcp', '-allowed_media_types', 'video', '-timeout', '20000000'];
    const lists = ['-protocol_whitelist', 'rtsp,tcp,rtp', '-format_whitelist', 'rtsp,rtp,sdp'];
    return [...common, ...decoding, ...skipping, ...lists, ...quick, ...transport, '-f', 'rtsp', '-i', source.url];
  }
  const { demuxer, names } = videoFormats[source.format];
  const lists = ['-protocol_whitelist', source.from === 'pipe' ? 'pipe' : 'file', '-format_whitelist', names];
  const input = source.from === 'pipe' ? 'pipe:0' : `file:${source.path}`;
  return [...common, ...decoding, ...skipping, ...lists, '-f', demuxer, '-i', input];
}

/** Pixels that are not square become so, and no file can claim them to be needles. */
const squarePixels = 'scale=w=trunc(iw*clip(sar\\,0.25\\,4)/2)*2:h=ih,setsar=1';

/** JPEGs with their lengths before them, one for each frame let through, after the filters given. */
export function jpegOutput(filters: readonly string[] = []): string[] {
  const picture = ['-map', '0:v:0', '-an', '-sn', '-dn', '-vf', [...filters, squarePixels].join(',')];
  // With more threads, the encoder keeps a picture back for each of them: a key-frame interval or several.
  const coding = ['-threads', '1', '-pix_fmt', 'yuvj420p', '-c:v', 'mjpeg', '-q:v', '3'];
  return [...picture, ...coding, '-f', 'mpjpeg', 'pipe:1'];
}

/** Starts ffmpeg in a process group of its own. Throws CameraFault('ffmpeg') when it cannot. */
export function runFfmpeg(path: string, args: readonly string[], input?: Buffer): FfmpegRun {
  const [program, ...rest] = [...limiter(), path, ...args];
  if (program === undefined) throw new CameraFault('ffmpeg', 'ffmpeg was not found.');
  const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'pipe'], detached: true, env: {} });
  const kill = (): void => killGroup(child);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-videoLimits.maxComplaintBytes);
  });
  // It may end before it has read everything; that is its right.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = new Promise<{ code: number | null; complaint: string }>((resolve) => {
    child.once('error', (cause) => resolve({ code: null, complaint: cause.message }));
    child.once('close', (code) => resolve({ code, complaint: complaint.trim() }));
  });
  return { process: child, ended, kill };
}

/** Calls back with each JPEG of a run's output; a run that writes anything else is ended. */
export function onJpegs(run: FfmpegRun, show: (jpeg: Buffer) => void): void {
  const parts = jpegParts('ffmpeg', videoLimits.maxPictureBytes);
  run.process.stdout?.on('data', (chunk: Buffer) => {
    try {
      for (const jpeg of parts.push(chunk)) show(jpeg);
    } catch (cause) {
      if (!(cause instanceof CameraFault)) throw cause;
      run.kill();
    }
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone between the look and the kill.
    child.kill('SIGKILL');
  }
}

function packagedFfmpeg(): string | undefined {
  try {
    const path: unknown = createRequire(import.meta.url)('ffmpeg-static');
    return typeof path === 'string' ? path : undefined;
  } catch {
    return undefined;
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Linux can bound a child's memory from outside; where it cannot, ffmpeg's own limits stand alone. */
function limiter(): string[] {
  const prlimit = '/usr/bin/prlimit';
  return existsSync(prlimit) ? [prlimit, `--as=${videoLimits.addressSpaceBytes}`, '--core=0', '--'] : [];
}
