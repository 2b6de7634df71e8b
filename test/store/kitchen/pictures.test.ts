// What happens to pictures: heads become unrecognisable, and what has been kept long enough goes.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { addCause } from '../../../server/kitchen/flag/add-cause.ts';
import { flagById } from '../../../server/kitchen/flag/flag-store.ts';
import { goingByClass } from '../../../server/kitchen/picture/old-picture-store.ts';
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
    expect(removeOldPictures(server.deps, [])).toBe(0);
    server.clock.pass(31 * 24 * 3600_000);
    expect(removeOldPictures(server.deps, [])).toBeGreaterThan(0);
    expect(server.deps.blobs.get(cleared.pictureHash)).toBeUndefined();
    expect(server.deps.blobs.get(confirmed.pictureHash)).toBeDefined();
    expect(flagById(server.db, cleared.id)?.status).toBe('cleared');
    expect(server.db.sqlite.prepare(`SELECT count(*) FROM ledger_entry WHERE kind = 'retention'`).pluck().get()).toBe(
      1,
    );
    server.db.sqlite.close();
  });

  it('of an open order, an open appeal or a recalled lot stays however old it is, and one sees beforehand what goes', async () => {
    const server = openTestServer({ eye: scriptedEye() });
    const cast = openCast(server.deps);
    const flagged: number[] = [];
    for (const detections of [[], [], [], [seen('no_mask', 0.9)], [seen('no_mask', 0.9)]]) {
      server.clock.pass(30_000);
      flagged.push(
        ...recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now(), detections })).flags,
      );
    }
    const { id, pictureHash } = flagById(server.db, flagged[0]!)!;
    const { orderId } = judgeFlag(server.deps, cast.reviewer, { flagId: id, decision: 'confirmed' });
    for (let i = 0; i < 8; i++) {
      server.clock.pass(30_000);
      recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now() }));
    }
    server.clock.pass(4000 * 24 * 3600_000);
    const days = { cleared: 30, confirmed: 365, answer: 365 };
    const confirmed = (heldFor: string[]) =>
      goingByClass(server.deps, { days, now: server.clock.now(), heldFor }).find(({ name }) => name === 'confirmed')!;
    expect(confirmed([])).toMatchObject({ pictures: 0, held: expect.any(Number) });
    expect(confirmed([]).held).toBeGreaterThan(0);
    removeOldPictures(server.deps, []);
    expect(server.deps.blobs.get(pictureHash)).toBeDefined();
    server.db.sqlite.prepare("UPDATE rectification_order SET state = 'accepted' WHERE id = ?").run(orderId);
    addCause(
      server.db,
      id,
      { kind: 'recall', subject: 'lot/7', label: '批次', labelEn: null, href: '/lots/7' },
      server.clock.now(),
    );
    expect(confirmed(['lot/7']).pictures).toBe(0);
    expect(confirmed(['lot/8']).pictures).toBeGreaterThan(0);
    expect(confirmed([]).bytes).toBeGreaterThan(500);
    const page = async (form?: Record<string, string>) =>
      (
        await server.call('/kitchens/settings', {
          as: 'admin',
          headers: { accept: 'text/html' },
          ...(form ? { form } : {}),
        })
      ).text();
    const filled = {
      auditPercent: '0',
      secondPercent: '0',
      hits: '2',
      of: '3',
      networks: '',
      keepCleared: '3',
      keepConfirmed: '3650',
      keepAnswer: '9',
    };
    const looked = await page({ ...filled, action: 'look' });
    expect(looked).toMatch(/属实<\/th><td class="right" data-l="张数">[1-9]/);
    expect(await page()).toContain('value="30"');
    removeOldPictures(server.deps, []);
    expect(server.deps.blobs.get(pictureHash)).toBeUndefined();
    server.db.sqlite.close();
  });
});
