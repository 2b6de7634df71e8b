// What happens to pictures: heads become unrecognisable, and what has been kept long enough goes.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { flagById } from '../../../server/kitchen/flag/flag-store.ts';
import { removeOldPictures } from '../../../server/kitchen/picture/remove-old-pictures.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { blurHeads } from '../../../server/sight/blur.ts';
import { frameOf, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { squares } from '../../support/pictures.ts';
import { openTestServer } from '../../support/server.ts';

const area = { left: 140, top: 90, width: 40, height: 40 };
const elsewhere = { left: 20, top: 20, width: 40, height: 40 };

/** How much neighbouring pixels differ: fine texture is what a face is recognised by. */
async function texture(jpeg: Buffer, where: typeof area): Promise<number> {
  const { data, info } = await sharp(jpeg).extract(where).greyscale().raw().toBuffer({ resolveWithObject: true });
  let sum = 0;
  for (let i = 1; i < data.length; i++) if (i % info.width !== 0) sum += Math.abs((data[i] ?? 0) - (data[i - 1] ?? 0));
  return sum / data.length;
}

describe('a head on a picture', () => {
  it('loses its texture, while the rest of the kitchen keeps it', async () => {
    const noise = await sharp({
      create: {
        width: 320,
        height: 180,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .jpeg({ quality: 95 })
      .toBuffer();
    const blurred = await blurHeads(noise, [[140 / 320, 90 / 180, 40 / 320, 40 / 180]]);
    expect(await texture(blurred, area)).toBeLessThan((await texture(noise, area)) / 4);
    expect(await texture(blurred, elsewhere)).toBeGreaterThan((await texture(noise, elsewhere)) * 0.7);
  });

  it('at the edge, or outside of it, breaks nothing', async () => {
    const picture = await squares(160, 90, []);
    const { width, height } = await sharp(
      await blurHeads(picture, [
        [0.95, 0.95, 0.2, 0.2],
        [1, 1, 0, 0],
        [-0.1, -0.1, 0.05, 0.05],
      ]),
    ).metadata();
    expect([width, height]).toEqual([160, 90]);
  });
});

describe('keeping pictures', () => {
  it('a cleared picture goes after its days, a confirmed one stays, and what happened stays on record', async () => {
    const server = openTestServer({ eye: scriptedEye() });
    const cast = openCast(server.deps);
    const raise = async () => {
      const raised: number[] = [];
      for (const detections of [[], [], [], [seen('no_mask', 0.9)], [seen('no_mask', 0.9)]]) {
        server.clock.pass(30_000);
        raised.push(
          ...recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now(), detections })).flags,
        );
      }
      return flagById(server.db, raised[0]!)!;
    };
    const [cleared, confirmed] = [await raise(), await raise()];
    judgeFlag(server.deps, cast.reviewer, { flagId: cleared.id, decision: 'cleared' });
    judgeFlag(server.deps, cast.reviewer, { flagId: confirmed.id, decision: 'confirmed' });
    // Newer frames push the old ones out of the camera's short memory.
    for (let i = 0; i < 8; i++) {
      server.clock.pass(30_000);
      recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now() }));
    }
    expect(removeOldPictures(server.deps)).toBe(0);
    server.clock.pass(31 * 24 * 3600_000);
    expect(removeOldPictures(server.deps)).toBeGreaterThan(0);
    expect(server.deps.blobs.get(cleared.pictureHash)).toBeUndefined();
    expect(server.deps.blobs.get(confirmed.pictureHash)).toBeDefined();
    expect(flagById(server.db, cleared.id)?.status).toBe('cleared');
    expect(server.db.sqlite.prepare(`SELECT count(*) FROM ledger_entry WHERE kind = 'retention'`).pluck().get()).toBe(
      1,
    );
    server.db.sqlite.close();
  });
});
