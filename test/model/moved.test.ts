// A camera that was turned or put elsewhere, on the sample district's own clips: people walking about is not moving it.
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDetector } from '../../inference/detector.ts';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { boundaryOf, jpegParts } from '../../inference/jpeg-parts.ts';
import type { CheckKind, Detector, FrameSignature } from '../../inference/types.ts';
import { writePacks, yoloxPack } from '../support/tiny-packs.ts';

const clips = fileURLToPath(new URL('../../samples/clips/', import.meta.url));
const places = ['dingxiang-prep', 'laojiefang-noodle', 'sanwei-serving'];

let modelsDir: string;
let detector: Detector;
beforeAll(async () => {
  modelsDir = await writePacks(yoloxPack());
  detector = await openDetector({ modelsDir });
});
afterAll(async () => {
  await detector.close();
  await rm(modelsDir, { recursive: true });
});

/** A frame every two seconds, as a camera's schedule takes them; `filter` does something to the view first. */
function framesOf(place: string, filter = 'null'): Buffer[] {
  const args = ['-v', 'error', '-nostdin', '-i', `${clips}${place}.mp4`, '-vf', `fps=1/2,${filter}`, '-q:v', '4'];
  const made = spawnSync(findFfmpeg() ?? 'ffmpeg', [...args, '-f', 'mpjpeg', 'pipe:1'], { maxBuffer: 64e6 });
  expect(made.status, String(made.stderr)).toBe(0);
  const frames = jpegParts(boundaryOf('boundary=ffmpeg'), 8e6).push(made.stdout);
  expect(frames.length).toBeGreaterThan(3);
  return frames;
}

/** The faults of each frame, one after another, as the sample path compares them. */
async function watch(
  frames: readonly Buffer[],
  before?: FrameSignature,
): Promise<{ kinds: CheckKind[][]; last: FrameSignature }> {
  let previous = before;
  const kinds: CheckKind[][] = [];
  for (const frame of frames) {
    const options = { skipModelIfCheckFails: true, skipModelIfUnchanged: true, ...(previous ? { previous } : {}) };
    const { check, signature } = await detector.classify(frame, options);
    kinds.push(check.faults.map(({ kind }) => kind));
    previous = signature;
  }
  if (previous === undefined) throw new Error('no frame');
  return { kinds, last: previous };
}

it('where people walk about has not moved, in any kitchen of the district', async () => {
  for (const place of places) {
    const { kinds } = await watch(framesOf(place));
    expect([place, kinds.filter((each) => each.includes('moved'))]).toEqual([place, []]);
  }
}, 120_000);

it('put where another camera stands has moved at the third frame, wherever it went', async () => {
  const all = new Map(places.map((place) => [place, framesOf(place)]));
  for (const [index, place] of places.entries()) {
    const { last } = await watch(all.get(place)!);
    const elsewhere = all.get(places[(index + 1) % places.length]!)!.slice(0, 3);
    const { kinds } = await watch(elsewhere, last);
    expect([place, kinds.at(-1)]).toEqual([place, ['moved']]);
  }
}, 120_000);

it('turned aside by a tenth of its view has moved at once, and has not once it is turned back', async () => {
  for (const place of places) {
    const straight = 'crop=iw*0.9:ih*0.9:0:ih*0.05';
    const { last } = await watch(framesOf(place, straight));
    const turned = await watch(framesOf(place, 'crop=iw*0.9:ih*0.9:iw*0.1:ih*0.05').slice(0, 2), last);
    expect([place, turned.kinds[0]]).toEqual([place, ['moved']]);
    const back = await watch(framesOf(place, straight).slice(0, 1), turned.last);
    expect([place, back.kinds[0]]).toEqual([place, []]);
  }
}, 120_000);
