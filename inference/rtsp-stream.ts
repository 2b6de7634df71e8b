// One RTSP camera while it is open: relay, ffmpeg, the newest keyframe as a JPEG.

import { pinAddress, readCameraUrl } from './address-guard.ts';
import { CameraFault } from './camera-fault.ts';
import { clipFault } from './clip.ts';
import { type FfmpegRun, inputArguments, jpegOutput, onJpegs, runFfmpeg } from './ffmpeg.ts';
import { openRelay, type RtspRelay } from './relay.ts';
import { guardOf, loginOf, type StreamSettings, type TakenFrame } from './stream-settings.ts';
import type { CameraSpec } from './types.ts';

/** A keyframe older than this is not "now"; at most two of a common GOP. */
const freshMs = 4_000;

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
    if (settings.ffmpeg === undefined)
      throw new CameraFault('ffmpeg', 'ffmpeg was not found; install it or set FFMPEG_PATH.');
    const guard = guardOf(camera, settings);
    const pinned = await pinAddress(readCameraUrl('rtsp', camera.url ?? ''), guard);
    const relay = await openRelay({ pinned, guard, ...loginOf(camera) });
    const input = inputArguments({ from: 'relay', url: relay.url }, 'keyframes');
    return new RtspStream(
      relay,
      runFfmpeg(settings.ffmpeg, [...input, '-fps_mode', 'passthrough', ...jpegOutput]),
      settings.now,
    );
  }

  private constructor(relay: RtspRelay, run: FfmpegRun, now: () => number) {
    this.#relay = relay;
    this.#run = run;
    this.#now = now;
    onJpegs(run, (jpeg) => this.#show({ jpeg, at: now() }));
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

  /** The newest keyframe, or the next one when that is old. Throws CameraFault when none comes in time. */
  take(waitMs: number): Promise<TakenFrame> {
    if (this.#fault) return Promise.reject(this.#fault);
    if (this.#newest && this.#now() - this.#newest.at <= freshMs) return Promise.resolve(this.#newest);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { resolve: settle(resolve), reject: settle(reject) };
      const timer = setTimeout(() => waiter.reject(this.#tooLate()), waitMs);
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
    return this.#relay.packets() > 0
      ? new CameraFault(
          'no_keyframe',
          'The camera sends, but no whole picture came in time; shorten its keyframe interval to 2 s.',
        )
      : new CameraFault('timeout', 'The camera did not answer in time.');
  }
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined));
}
