// A private zone of a camera is black for everybody, on what was stored before it too.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFlagFrame } from '../../server/kitchen/desk/open-flag-frame.ts';
import { showKitchenPicture } from '../../server/kitchen/picture/show-kitchen-picture.ts';
import { changeCameraRules } from '../../server/kitchen/rule/change-camera-rules.ts';
import { facesOn, isBlack } from '../support/faces.ts';
import type { Cast } from '../support/kitchen-cast.ts';
import type { TestServer } from '../support/server.ts';
import { faultsOf, openWatchedKitchen, people, type WatchedKitchen } from '../support/watched-kitchen.ts';

/** Around the face on the right of `people`. */
const corner = [0.7, 0.15, 0.28, 0.35] as const;

let house: WatchedKitchen;
let server: TestServer;
let cast: Cast;
const frames: WatchedKitchen['frames'] = (jpeg, count) => house.frames(jpeg, count);
const camera = () => house.camera();

beforeAll(async () => {
  house = await openWatchedKitchen();
  ({ server, cast } = house);
});
afterAll(() => house.close());

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
    // Whoever stands outside of it is blurred as ever.
    for (const picture of await Promise.all(sights.slice(0, 2)))
      expect(await facesOn(house.detector, picture!.jpeg)).toBe(0);
  });

  it('is black before a model looks and before anything is stored', async () => {
    const sample = await frames(await sharp(people).jpeg({ quality: 88 }).toBuffer(), 2);
    expect(await isBlack(server.deps.blobs.get(camera().lastFrameHash!)!, corner)).toBe(true);
    const inside = sample.reading.detections.filter(({ box }) => box[0] > x && box[1] > y && box[1] + box[3] < y + h);
    expect(inside.filter(({ label }) => label.startsWith('head'))).toEqual([]);
    expect(faultsOf(sample)).toEqual([]);
  });
});
