// Looks at a camera once because a person asked, and says what came of it.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { SampledFrame, StreamFacts } from '../../../inference/types.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { exactFault, offeredCertificate, type ToldFault, toldFault } from '../camera/camera-fault.ts';
import { cameraById, visibleCamera } from '../camera/camera-store.ts';
import { adviceOn, type StreamAdvice } from '../camera/stream-advice.ts';
import { lookNow } from './look-now.ts';
import { lookSafely } from './look-safely.ts';
import { recordSample } from './record-sample.ts';

export type CameraTest =
  | {
      readonly ok: true;
      readonly at: number;
      readonly pictureHash: string;
      readonly width: number;
      readonly height: number;
      readonly faults: readonly string[];
      readonly stream: TestedStream;
    }
  | {
      readonly ok: false;
      readonly at: number;
      readonly fault: ToldFault;
      readonly exact?: string;
      readonly certificate?: string;
    };

/** What came beside the picture; its size is the stream's own. */
export type TestedStream = {
  readonly width: number;
  readonly height: number;
  readonly facts: StreamFacts;
  readonly advice: StreamAdvice;
};

export type TestCamera = (caller: Caller, cameraId: number) => Promise<CameraTest>;

const testsPerMinute = 6;
/**
 * Forbidden is known at once, refused in a moment, silence after ten seconds: told as one, they take one time too. Longer
 * than a connection is waited for.
 */
const unreachableMs = 11_000;

/** The returned function throws Problem: 404 for another's camera, 429 after six tests in a minute. */
export function openCameraTests(deps: Deps): TestCamera {
  const { wait = sleep } = deps;
  const limiter = new RateLimiterMemory({ points: testsPerMinute, duration: 60 });
  return async function testCamera(caller, cameraId) {
    const found = visibleCamera(deps.db, caller, cameraId);
    if (found === undefined) throw new Problem('not_found');
    await take(limiter, caller);
    const from = performance.now();
    const sample = await lookSafely(deps, found.camera, (spec) =>
      lookNow(deps, { ...spec, always: true, measure: true }),
    );
    recordSample(deps, sample);
    if (!sample.ok) {
      if (caller.role !== 'admin' && toldFault(sample.fault.code) === 'unreachable')
        await wait(unreachableMs - (performance.now() - from));
      const exact = exactFault(caller.role, sample.fault);
      const certificate = offeredCertificate(caller.role, sample.fault);
      return {
        ok: false,
        at: sample.at,
        fault: toldFault(sample.fault.code),
        ...(exact === undefined ? {} : { exact }),
        ...(certificate === undefined ? {} : { certificate }),
      };
    }
    return {
      ok: true,
      at: sample.at,
      pictureHash: recordedPicture(deps, found.camera.id),
      width: sample.pictureWidth,
      height: sample.pictureHeight,
      faults: sample.reading.check.faults.map((fault) => fault.kind),
      stream: testedStream(sample, found.camera.url),
    };
  };
}

function testedStream({ reading: { width, height }, stream = {} }: SampledFrame, url: string | null): TestedStream {
  return { width, height, facts: stream, advice: adviceOn(stream, { width, url }) };
}

/** Under which the picture was recorded just now: only what has its row, and was looked at, is shown. */
function recordedPicture({ db }: Pick<Deps, 'db'>, cameraId: number): string {
  return cameraById(db, cameraId)?.lastFrameHash ?? '';
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function take(limiter: RateLimiterMemory, caller: Caller): Promise<void> {
  try {
    await limiter.consume(caller.id);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.ceil(error.msBeforeNext / 1000);
    throw new Problem('too_many_requests', {
      detail: `Test again in ${seconds} s.`,
      headers: { 'retry-after': String(seconds) },
    });
  }
}
