// One picture from one camera, whatever its kind: RTSP, HLS, Motion JPEG, snapshot, clip or picture.

import { readFile, stat } from 'node:fs/promises';
import { type CameraUrl, type NetworkKind, readCameraUrl } from './address-guard.ts';
import { CameraFault } from './camera-fault.ts';
import { type ClipPlayer, clipFault, newClipPlayer } from './clip.ts';
import { fetchGuarded, type GuardedAnswer, type GuardedFetch, unpack } from './fetch-guarded.ts';
import { inputArguments, jpegOutput, onJpegs, runFfmpeg } from './ffmpeg.ts';
import { lookAtSegments, type Segment } from './hls.ts';
import { pictureLimits } from './image.ts';
import { boundaryOf, jpegParts } from './jpeg-parts.ts';
import { mendJpeg } from './mend-jpeg.ts';
import { RtspStream } from './rtsp-stream.ts';
import { segmentFacts } from './segment-facts.ts';
import { guardOf, loginOf, type StreamSettings, type TakenFrame } from './stream-settings.ts';
import type { CameraKind, CameraSpec, StreamFacts } from './types.ts';

/** A camera that gave no picture after so long is given up for this time: 3 GOPs of 3 s and 10 s. */
const takeMs = 20_000;
/** Somebody waits for it: a key-frame interval of five seconds shows, a longer one shows as longer. */
const measureMs = 6_500;
/** A camera asked again within this time keeps its connection; above it a cold start costs less. */
const keepMs = 40_000;
const maxKept = 48;
/** Where key frames come seldomer, a camera asked anew is sooner there with one: most send one when they are asked. */
const longestKeptIntervalMs = 4_000;

export interface Streams {
  /** Throws CameraFault. */
  take(camera: CameraSpec): Promise<TakenFrame>;
  close(): void;
}

export function openStreams(settings: StreamSettings): Streams {
  const clips = settings.ffmpeg === undefined ? undefined : newClipPlayer(settings.ffmpeg);
  const rtsp = keepRtspStreams(settings);
  const takers = {
    rtsp: rtsp.take,
    hls: (camera) => takeHls(camera, settings),
    mjpeg: (camera) => takeMjpeg(camera, settings),
    snapshot: (camera) => takeSnapshot(camera, settings),
    clip: (camera) => takeClip(camera, clips, settings),
    picture: (camera) => takePicture(camera, settings),
  } as const satisfies Record<CameraKind, (camera: CameraSpec) => Promise<TakenFrame>>;
  return { take: (camera) => takers[camera.kind](camera), close: rtsp.close };
}

interface Kept {
  readonly stream: Promise<RtspStream>;
  timer: NodeJS.Timeout | undefined;
}

/** Streams of cameras that are asked often stay open; the rest are opened for one picture. */
function keepRtspStreams(settings: StreamSettings): { take(camera: CameraSpec): Promise<TakenFrame>; close(): void } {
  const kept = new Map<string, Kept>();
  const lastTake = new Map<string, LastTake>();
  const drop = (key: string, entry: Kept): void => {
    clearTimeout(entry.timer);
    if (kept.get(key) === entry) kept.delete(key);
    void entry.stream.then(
      (stream) => stream.close(),
      () => undefined,
    );
  };
  const openFor = async (key: string, camera: CameraSpec): Promise<Kept> => {
    const known = kept.get(key);
    const stream = await known?.stream.catch(() => undefined);
    // The camera may have hung up since the last picture: that is no fault yet, it is called again.
    if (known && stream && !stream.ended) return known;
    if (known) drop(key, known);
    const entry: Kept = { stream: RtspStream.open(camera, settings), timer: undefined };
    kept.set(key, entry);
    return entry;
  };
  return {
    async take(camera) {
      const key = keyOf(camera);
      const last = lastTake.get(key);
      const soon = last !== undefined && settings.now() - last.at <= keepMs && !last.seldom;
      rememberTake(lastTake, key, { at: settings.now(), seldom: last?.seldom ?? false });
      const entry = await openFor(key, camera);
      clearTimeout(entry.timer);
      try {
        const stream = await entry.stream;
        const taken = await stream.take(settings.takeMs ?? takeMs);
        const facts = camera.measure === true ? await stream.measure(settings.measureMs ?? measureMs) : stream.facts();
        const frame = { ...taken, facts };
        const seldom = stream.keyframeIntervalMs > longestKeptIntervalMs;
        if (seldom) rememberTake(lastTake, key, { at: settings.now(), seldom });
        if (soon && !seldom && kept.size <= maxKept) entry.timer = setTimeout(() => drop(key, entry), keepMs).unref();
        else drop(key, entry);
        return frame;
      } catch (cause) {
        drop(key, entry);
        throw cause;
      }
    },
    close() {
      for (const [key, entry] of kept) drop(key, entry);
    },
  };
}

interface LastTake {
  readonly at: number;
  /** Key frames are so far apart that the connection is not worth keeping. */
  readonly seldom: boolean;
}

function rememberTake(lastTake: Map<string, LastTake>, key: string, take: LastTake): void {
  lastTake.delete(key);
  lastTake.set(key, take);
  const [oldest] = lastTake.keys();
  if (lastTake.size > 10_000 && oldest !== undefined) lastTake.delete(oldest);
}

/** Another address, login or allowance is another stream. */
function keyOf({ id, url, user, password, allow }: CameraSpec): string {
  return JSON.stringify([id, url, user, password, allow]);
}

function fetchOptions(
  camera: CameraSpec,
  kind: NetworkKind,
  settings: StreamSettings,
): GuardedFetch & { url: CameraUrl } {
  const signal = AbortSignal.timeout(settings.takeMs ?? takeMs);
  return {
    url: readCameraUrl(kind, camera.url ?? ''),
    kind,
    guard: guardOf(camera, settings),
    signal,
    certificate: camera.certificate,
    ...loginOf(camera),
  };
}

async function takeSnapshot(camera: CameraSpec, settings: StreamSettings): Promise<TakenFrame> {
  const options = fetchOptions(camera, 'snapshot', settings);
  const answer = await fetchGuarded(options.url, options);
  const facts = factsOf(answer, settings);
  return { jpeg: await readPicture(answer), at: settings.now(), facts };
}

/** An HTTP server says its clock to the second. */
function factsOf({ date }: GuardedAnswer, { now }: StreamSettings): StreamFacts {
  return { codec: 'JPEG', ...(date === undefined ? {} : { clockOffsetMs: date - now() }) };
}

async function takeMjpeg(camera: CameraSpec, settings: StreamSettings): Promise<TakenFrame> {
  const options = fetchOptions(camera, 'mjpeg', settings);
  const answer = await fetchGuarded(options.url, options);
  const facts = factsOf(answer, settings);
  if (/^image\//i.test(answer.type)) return { jpeg: await readPicture(answer), at: settings.now(), facts };
  const { jpeg } = await firstJpeg(answer, 'stream');
  if (!jpeg) throw new CameraFault('no_keyframe', 'The camera ended its stream before one whole picture.');
  return { jpeg, at: settings.now(), facts };
}

/** The first JPEG in an answer, whatever stands around it and whatever length was said; else all of it, a picture or not. */
async function readPicture(answer: GuardedAnswer): Promise<Buffer> {
  const { jpeg, bytes } = await firstJpeg(answer, 'picture');
  return jpeg ?? unpack(bytes, answer.encoding, pictureLimits.maxBytes);
}

interface FirstJpeg {
  readonly jpeg: Buffer | undefined;
  /** All that came of an answer that is one picture. */
  readonly bytes: Buffer;
}

async function firstJpeg(answer: GuardedAnswer, kind: 'stream' | 'picture'): Promise<FirstJpeg> {
  const kept: Buffer[] = [];
  const packed = kind === 'picture' && answer.encoding !== '';
  const streams = kind === 'stream' || /^multipart\//i.test(answer.type);
  const { maxBytes } = pictureLimits;
  const parts = jpegParts(boundaryOf(answer.type), maxBytes, streams ? undefined : maxBytes);
  let size = 0;
  try {
    for await (const chunk of answer.body) {
      size += chunk.length;
      if (!streams) kept.push(chunk);
      if (!streams && size > maxBytes)
        throw new CameraFault('too_large', `The camera sent more than ${maxBytes} bytes.`);
      const [jpeg] = packed || (!streams && isOther(kept[0])) ? [] : parts.push(chunk);
      if (jpeg) return { jpeg: await whole(jpeg), bytes: chunk };
      // Said to end here; a JPEG that has begun is read to its own end.
      if (answer.length !== undefined && size >= answer.length && !streams && !parts.begun()) break;
    }
  } finally {
    answer.close();
  }
  if (streams && !parts.begun())
    throw new CameraFault('protocol', 'What the camera sends is not a stream of JPEG pictures.');
  const unfinished = parts.unfinished();
  // What is far from whole is no picture that lost its end.
  const mended = unfinished && (await mendJpeg(unfinished).catch(() => undefined));
  if (unfinished && !mended && !streams) await mendJpeg(unfinished);
  return { jpeg: mended, bytes: Buffer.concat(kept) };
}

/** PNG, WebP and packed answers: a JPEG inside of them is a thumbnail or chance. */
function isOther(first: Buffer | undefined): boolean {
  const text = first?.toString('latin1', 0, 4) ?? '';
  return text === '\x89PNG' || text === 'RIFF' || text.startsWith('\x1f\x8b');
}

async function whole(jpeg: Buffer): Promise<Buffer> {
  return jpeg.at(-2) === 0xff && jpeg.at(-1) === 0xd9 ? jpeg : mendJpeg(jpeg);
}

async function takeHls(camera: CameraSpec, settings: StreamSettings): Promise<TakenFrame> {
  const { ffmpeg, now } = settings;
  if (ffmpeg === undefined) throw missingFfmpeg();
  const options = fetchOptions(camera, 'hls', settings);
  const waitMs = settings.takeMs ?? takeMs;
  const look = { waitMs, words: camera.measure === true ? 'info' : 'error' } as const;
  const seen = await lookAtSegments(options.url, options, (segment) => newestKeyframe(ffmpeg, segment, look));
  return { ...seen, at: now() };
}

/** The last one in the segment: the first is older by the segment's length. */
async function newestKeyframe(
  ffmpeg: string,
  { bytes, format }: Segment,
  { waitMs, words }: { readonly waitMs: number; readonly words: 'info' | 'error' },
): Promise<Omit<TakenFrame, 'at'>> {
  const input = inputArguments({ from: 'pipe', format, bytes }, 'keyframes');
  // Told a little more than its errors, it names codec, rate and length.
  const args = [...input.map((arg) => (arg === 'error' ? words : arg)), '-nostats', '-fps_mode', 'passthrough'];
  const run = runFfmpeg(ffmpeg, [...args, ...jpegOutput()], bytes);
  let newest: Buffer | undefined;
  let keyframes = 0;
  onJpegs(run, (jpeg) => {
    newest = jpeg;
    keyframes++;
  });
  const timer = setTimeout(run.kill, waitMs);
  const { complaint } = await run.ended;
  clearTimeout(timer);
  if (!newest) throw clipFault(complaint);
  return { jpeg: newest, facts: segmentFacts(complaint, keyframes) };
}

async function takeClip(
  camera: CameraSpec,
  clips: ClipPlayer | undefined,
  { now }: StreamSettings,
): Promise<TakenFrame> {
  if (!clips) throw missingFfmpeg();
  if (camera.path === undefined) throw new CameraFault('address', 'The camera has no clip yet.');
  const at = now();
  return { jpeg: await clips.frameAt(camera.path, at), at };
}

async function takePicture(camera: CameraSpec, { now }: StreamSettings): Promise<TakenFrame> {
  if (camera.path === undefined) throw new CameraFault('address', 'The camera has no picture yet.');
  const found = await stat(camera.path).catch(() => undefined);
  if (!found?.isFile()) throw new CameraFault('not_found', 'The file of the picture is gone.');
  if (found.size > pictureLimits.maxBytes) throw new CameraFault('too_large', 'The file of the picture is too large.');
  return { jpeg: await readFile(camera.path), at: now() };
}

function missingFfmpeg(): CameraFault {
  return new CameraFault('ffmpeg', 'ffmpeg was not found; install it or set FFMPEG_PATH.');
}
