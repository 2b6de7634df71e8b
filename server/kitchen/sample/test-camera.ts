// Looks at a camera once because a person asked, and says what came of it.
import type { SampledFrame, StreamFacts } from '../../../inference/types.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { closedNetwork, exactFault, offeredCertificate, type ToldFault, toldFault } from '../camera/camera-fault.ts';
import { cameraById, cameraSpec, visibleCamera } from '../camera/camera-store.ts';
import { openPatience } from '../camera/patience.ts';
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

/** The returned function throws Problem: 404 for another's camera, 429 after six tests in a minute. */
export function openCameraTests(deps: Deps): TestCamera {
  const patience = openPatience(deps);
  return async function testCamera(caller, cameraId) {
    const found = visibleCamera(deps.db, caller, cameraId);
    if (found === undefined) throw new Problem('not_found');
    await patience.take(caller);
    const from = performance.now();
    const sample = await lookSafely(deps, found.camera, (spec) =>
      lookNow(deps, { ...spec, always: true, measure: true }),
    );
    recordSample(deps, sample);
    if (!sample.ok) {
      const closed = sample.fault.code === 'forbidden' ? closedNetwork(cameraSpec(deps, found.camera)) : undefined;
      if (closed === undefined) await patience.fill(caller, sample.fault.code, from);
      const exact = closed ?? exactFault(caller.role, sample.fault);
      const certificate = offeredCertificate(caller.role, sample.fault);
      return {
        ok: false,
        at: sample.at,
        fault: closed === undefined ? toldFault(sample.fault.code) : 'closed',
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
