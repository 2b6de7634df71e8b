// What the eye measures of a drawn zone: the same small coloured copy whether the models look or not, and only when asked.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDetector } from '../../inference/detector.ts';
import type { Detector } from '../../inference/types.ts';

let detector: Detector;
const still = () => readFile('samples/stills/dingxiang-hot.jpg');

beforeAll(async () => {
  detector = await openDetector({ modelsDir: 'models', threads: 1 });
});
afterAll(() => detector.close());

const measure = {
  zones: [{ id: 'l1', box: [0.25, 0.5, 0.5, 0.25] as const }],
  torsos: 'wanted',
  heads: 'wanted',
} as const;

it('a zone is measured in colour, and people’s upper bodies where they were seen', async () => {
  const seen = await detector.classify(await still(), { measure });
  const [zone] = seen.measured?.zones ?? [];
  expect(zone).toMatchObject({ id: 'l1', cells: 32 });
  expect(Buffer.from(zone?.rgb ?? '', 'base64')).toHaveLength(32 * 32 * 3);
  const bodies = seen.detections.filter(({ label }) => label === 'person').length;
  expect(bodies).toBeGreaterThan(0);
  expect(seen.measured?.torsos).toHaveLength(bodies);
  const heads = seen.measured?.heads ?? [];
  expect(heads.length).toBeGreaterThan(0);
  expect(heads.map(({ of }) => seen.detections[of]?.label)).toEqual(heads.map(() => 'head'));
});

it('a frame on which nothing changed is measured too, and a camera without a lookout never', async () => {
  const first = await detector.classify(await still(), { measure });
  const options = { previous: first.signature, skipModelIfUnchanged: true };
  const again = await detector.classify(await still(), { ...options, measure });
  expect(again.looked).toBe(false);
  expect(again.measured?.zones).toEqual(first.measured?.zones);
  expect((await detector.classify(await still(), options)).measured).toBeUndefined();
});
