// One RTSP camera while it is open: relay, ffmpeg, the newest keyframe as a JPEG.

import { pinAddress, readCameraUrl } from './address-guard.ts';
import { CameraFault } from './camera-fault.ts';
import { clipFault } from './clip.ts';
import { type FfmpegRun, inputArguments, jpegOutput, onJpegs, runFfmpeg } from './ffmpeg.ts';
import { openRelay, type RtspRelay } from './relay.ts';
import { guardOf, loginOf, type StreamSettings, type TakenFrame } from './stream-settings.ts';
import type { CameraSpec, StreamFacts } from './types.ts';

/** A keyframe older than this is not "now". */
const freshMs = 1_000;
/** A picture that took longer from its first packet to its JPEG is another one than the packet's. */
const decodeMs = 2_000;
/** A camera that sends steadily is waited for beyond its time: its next key frame may be half a minute away. */
const steady = { share: 0.75, packetsPerSecond: 10 } as const;

const measureStepMs = 100;

interface Waiter {
  resolve(frame: TakenFrame): void;
  reject(fault: CameraFault): void;
}

export class RtspStream {
  readonly #relay: RtspRelay;
  readonly #run: FfmpegRun;
  readonly #now: () => number;
  readonly #waiting = new Set<Waiter>();
  #newest: TakenFrame | undefined;
  #fault: CameraFault | undefined;

  /** Throws CameraFault when the address is refused or ffmpeg is missing. */
  static async open(camera: CameraSpec, settings: StreamSettings): Promise<RtspStream> {
    const { ffmpeg, now } = settings;
    if (ffmpeg === undefined) throw new CameraFault('ffmpeg', 'ffmpeg was not found; install it or set FFMPEG_PATH.');
    const guard = guardOf(camera, settings);
    const pinned = await pinAddress(readCameraUrl('rtsp', camera.url ?? ''), guard);
    const relay = await openRelay({ pinned, guard, now, ...loginOf(camera) });
    const input = inputArguments({ from: 'relay', url: relay.url }, 'keyframes');
    return new RtspStream(relay, runFfmpeg(ffmpeg, [...input, '-fps_mode', 'passthrough', ...jpegOutput()]), now);
  }

  private constructor(relay: RtspRelay, run: FfmpegRun, now: () => number) {
    this.#relay = relay;
    this.#run = run;
    this.#now = now;
    onJpegs(run, (jpeg) => this.#show({ jpeg, at: this.#takenAt() }));
    void relay.fault.then((fault) => this.#end(fault));
    void run.ended.then(async ({ complaint }) => {
      // The relay hears of the same end a moment later and knows the reason better.
      const heard = await Promise.race([relay.fault, after(200)]);
      this.#end(heard ?? clipFault(complaint));
    });
  }

  get ended(): boolean {
    return this.#fault !== undefined;
  }

  /** Milliseconds between the last two key frames, or since the last one when that is longer. */
  get keyframeIntervalMs(): number {
    const { keyAt, keyBeforeAt } = this.#relay.traffic();
    if (keyAt === undefined) return 0;
    return Math.max(this.#now() - keyAt, keyBeforeAt === undefined ? 0 : keyAt - keyBeforeAt);
  }

  facts(): StreamFacts {
    return this.#relay.traffic().facts;
  }

  /** What shows of the stream within `waitMs`, by the time of the wall: a key frame to the next, the rate, the camera's clock. */
  async measure(waitMs: number): Promise<StreamFacts> {
    const from = performance.now();
    for (; !this.ended && performance.now() - from < waitMs; await after(measureStepMs)) {
      const { keyframeMs, clockOffsetMs } = this.facts();
      if (keyframeMs !== undefined && clockOffsetMs !== undefined) break;
    }
    const { keyAt } = this.#relay.traffic();
    const facts = this.facts();
    if (facts.keyframeMs !== undefined || keyAt === undefined || this.ended) return facts;
    return { ...facts, keyframeOverMs: Math.max(0, this.#now() - keyAt) };
  }

  /** The newest keyframe, or the next one when that is old. Throws CameraFault when none comes in time. */
  take(waitMs: number): Promise<TakenFrame> {
    if (this.#fault) return Promise.reject(this.#fault);
    if (this.#newest && this.#now() - this.#newest.at <= freshMs) return Promise.resolve(this.#newest);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { resolve: settle(resolve), reject: settle(reject) };
      const before = this.#relay.traffic().packets;
      const giveUp = (): void => waiter.reject(this.#tooLate());
      let timer = setTimeout(() => {
        const packets = this.#relay.traffic().packets - before;
        if (packets < (steady.packetsPerSecond * waitMs) / 1000) giveUp();
        else timer = setTimeout(giveUp, steady.share * waitMs);
      }, waitMs);
      const waiting = this.#waiting;
      function settle<T>(done: (value: T) => void): (value: T) => void {
        return (value) => {
          clearTimeout(timer);
          waiting.delete(waiter);
          done(value);
        };
      }
      waiting.add(waiter);
    });
  }

  close(): void {
    this.#end(new CameraFault('timeout', 'The stream was closed.'));
  }

  /** When the picture's first packet came, which is as near to the moment itself as can be known. */
  #takenAt(): number {
    const now = this.#now();
    const { keyAt = now } = this.#relay.traffic();
    return keyAt <= now && now - keyAt <= decodeMs ? keyAt : now;
  }

  #show(frame: TakenFrame): void {
    this.#newest = frame;
    for (const waiter of [...this.#waiting]) waiter.resolve(frame);
  }

  #end(fault: CameraFault): void {
    this.#fault ??= fault;
    this.#run.kill();
    this.#relay.close();
    for (const waiter of [...this.#waiting]) waiter.reject(this.#fault);
  }

  #tooLate(): CameraFault {
    const { packets, keyAt } = this.#relay.traffic();
    if (packets === 0) return new CameraFault('timeout', 'The camera did not answer in time.');
    const why =
      keyAt === undefined
        ? 'no key frame at all, as with intra refresh; switch that off and set a key frame interval of 2 s'
        : 'no whole picture came in time; shorten its keyframe interval to 2 s';
    return new CameraFault('no_keyframe', `The camera sends, but ${why}.`);
  }
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined));
}
