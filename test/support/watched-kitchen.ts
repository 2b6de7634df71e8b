// A kitchen whose camera sends what a test lays before it, looked at by our own packs, for tests of what is seen of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDetector } from '../../inference/detector.ts';
import { sampleCamera } from '../../inference/sample.ts';
import type { CheckKind, Pool, SampledFrame } from '../../inference/types.ts';
import { witness } from '../../inference/witness.ts';
import { type Camera, cameraById, cameraSpec } from '../../server/kitchen/camera/camera-store.ts';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../server/kitchen/setting/change-setting.ts';
import { openCast } from './kitchen-cast.ts';
import { blindEye, openTestServer, type TestServer } from './server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const still = (name: string) => readFileSync(join(root, 'samples/stills', `${name}.jpg`));

/** One masked and one bare face, both turned to the camera. */
export const people = still('sanwei-serving');

export type WatchedKitchen = Awaited<ReturnType<typeof openWatchedKitchen>>;

export async function openWatchedKitchen() {
  const detector = await openDetector({ modelsDir: join(root, 'models'), threads: 1 });
  /** What the camera sends next, and whether the eye can look for heads by itself. */
  const now: { jpeg: Buffer; blind: boolean } = { jpeg: people, blind: false };
  const parts = {
    now: (): number => server.clock.now(),
    streams: { take: () => Promise.resolve({ jpeg: now.jpeg, at: server.clock.now() }) },
    witness: (image: Buffer, options: Parameters<typeof witness>[2]) => witness(detector, image, options),
  };
  const eye: Pool = {
    ...blindEye,
    packs: detector.packs,
    classify: (image, options) => detector.classify(image, options),
    heads: (image, look) => (now.blind ? Promise.reject(new Error('The eye is away.')) : detector.heads(image, look)),
    sample: (camera) => sampleCamera(camera, parts),
  };
  const server: TestServer = openTestServer({ eye });
  const cast = openCast(server.deps);
  changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
  const camera = (): Camera => cameraById(server.db, cast.camera.id)!;

  /** The camera sends this picture so often; the last frame, as it was recorded. */
  async function frames(jpeg: Buffer, count = 1): Promise<SampledFrame> {
    now.jpeg = jpeg;
    let last: SampledFrame | undefined;
    for (let index = 0; index < count; index++) {
      server.clock.pass(30_000);
      const sample = await server.deps.eye.sample({ ...cameraSpec(server.deps, camera()), always: true });
      if (!sample.ok) throw new Error(sample.fault.detail);
      recordSample(server.deps, sample);
      last = sample;
    }
    if (last === undefined) throw new Error('no frame');
    return last;
  }

  return { detector, server, cast, now, camera, frames, close: () => detector.close() };
}

export const faultsOf = ({ reading }: SampledFrame): CheckKind[] => reading.check.faults.map(({ kind }) => kind);
