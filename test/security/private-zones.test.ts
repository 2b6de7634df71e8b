// A private zone of a camera is black for everybody, on what was stored before it too.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDetector } from '../../inference/detector.ts';
import { sampleCamera, witness } from '../../inference/sample.ts';
import type { CheckKind, Detector, Pool, SampledFrame } from '../../inference/types.ts';
import { type Camera, cameraById, cameraSpec } from '../../server/kitchen/camera/camera-store.ts';
import { openFlagFrame } from '../../server/kitchen/desk/open-flag-frame.ts';
import { showKitchenPicture } from '../../server/kitchen/picture/show-kitchen-picture.ts';
import { changeCameraRules } from '../../server/kitchen/rule/change-camera-rules.ts';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../server/kitchen/setting/change-setting.ts';
import { isBlack } from '../support/faces.ts';
import { type Cast, openCast } from '../support/kitchen-cast.ts';
import { blindEye, openTestServer, type TestServer } from '../support/server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const still = (name: string) => readFileSync(join(root, 'samples/stills', `${name}.jpg`));

/** One masked and one bare face, both turned to the camera. */
const people = still('sanwei-serving');

/** Around the face on the right of `people`. */
const corner = [0.7, 0.15, 0.28, 0.35] as const;

let detector: Detector;

let server: TestServer;

let cast: Cast;

/** What the camera sends next, and whether the eye can look for heads by itself. */
const now: { jpeg: Buffer; blind: boolean } = { jpeg: people, blind: false };

beforeAll(async () => {
  detector = await openDetector({ modelsDir: join(root, 'models'), threads: 1 });
  const parts = {
    now: () => server.clock.now(),
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
  server = openTestServer({ eye });
  cast = openCast(server.deps);
  changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
});

afterAll(() => detector.close());

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

const camera = (): Camera => cameraById(server.db, cast.camera.id)!;

const faultsOf = ({ reading }: SampledFrame): CheckKind[] => reading.check.faults.map(({ kind }) => kind);

describe('a private zone', { timeout: 120_000 }, () => {
  const [x, y, w, h] = corner;
  const zone = {
    name: '更衣室门口',
    kind: 'private' as const,
    points: [
      [x, y],
      [x + w, y],
      [x + w, y + h],
      [x, y + h],
    ] as [number, number][],
  };

  it('is black on pictures that were stored before it was drawn, for everybody, whatever their reason', async () => {
    await frames(people);
    const flagId = server.db.sqlite.prepare("SELECT max(id) FROM flag WHERE status = 'open'").pluck().get() as number;
    const hash = camera().lastFrameHash!;
    changeCameraRules(server.deps, cast.owner, cast.camera.id, { ...camera().rules, zones: [zone] });
    const sights = [
      showKitchenPicture(server.deps, hash, { role: 'owner', purpose: 'page' }),
      showKitchenPicture(server.deps, hash, { role: 'public', purpose: 'public' }),
      showKitchenPicture(server.deps, hash, { role: 'inspector', purpose: 'opened' }),
      showKitchenPicture(server.deps, hash, { role: 'admin', purpose: 'training' }),
      openFlagFrame(server.deps, cast.reviewer, flagId),
    ];
    for (const picture of await Promise.all(sights)) expect(await isBlack(picture!.jpeg, corner)).toBe(true);
  });

  it('is black before a model looks and before anything is stored', async () => {
    const sample = await frames(await sharp(people).jpeg({ quality: 88 }).toBuffer(), 2);
    expect(await isBlack(server.deps.blobs.get(camera().lastFrameHash!)!, corner)).toBe(true);
    const inside = sample.reading.detections.filter(({ box }) => box[0] > x && box[1] > y && box[1] + box[3] < y + h);
    expect(inside.filter(({ label }) => label.startsWith('head'))).toEqual([]);
    expect(faultsOf(sample)).toEqual([]);
  });
});
