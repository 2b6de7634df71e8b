// Judged frames written as a data set: both forms read back and compared with the verdicts they came from.
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { kitchenCode } from '../../../server/kitchen/dataset/dataset-split.ts';
import { judgedFrames } from '../../../server/kitchen/dataset/judged-frame-store.ts';
import { type Written, writeDataset } from '../../../server/kitchen/dataset/write-dataset.ts';
import { removeHourFrames } from '../../../server/kitchen/flag/remove-hour-frames.ts';
import { removeOldPictures } from '../../../server/kitchen/picture/remove-old-pictures.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { sha256Hex } from '../../../server/store/blobs.ts';
import { type JudgedCast, judgedFrame, openJudgedCast } from '../../support/judged-cast.ts';
import { frameOf, headBox, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: JudgedCast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openJudgedCast(server);
});

type Files = Map<string, Buffer>;

async function written(
  request: { faces?: 'blurred' | 'as-seen'; siteIds?: string[] } = {},
): Promise<Written & { files: Files }> {
  const files: Files = new Map();
  const sink = { add: (path: string, bytes: Buffer) => void files.set(path, bytes) };
  const result = await writeDataset(server.deps, { faces: 'as-seen', ...request }, sink);
  return { ...result, files };
}

/** Two frames a kitchen: one confirmed, one cleared. */
async function sixFrames(): Promise<void> {
  for (const { camera } of cast.kitchens) {
    await judgedFrame(server, cast, { camera, decision: 'confirmed' });
    await judgedFrame(server, cast, {
      camera,
      decision: 'cleared',
      detections: [seen('cigarette', 0.7, [0.1, 0.2, 0.05, 0.1])],
    });
  }
}

type Coco = {
  images: {
    id: number;
    file_name: string;
    kitchen: string;
    neg_category_ids: number[];
    hard_negatives: { bbox: number[] }[];
  }[];
  annotations: { image_id: number; category_id: number; bbox: number[] }[];
  categories: { id: number; name: string }[];
};
const coco = (files: Files, side: string) =>
  JSON.parse(String(files.get(`annotations/instances_${side}.json`))) as Coco;
const rowsOf = (files: Files, name: string) => parse(files.get(name)!, { columns: true }) as Record<string, string>[];

describe('what is written', () => {
  it('COCO boxes are the boxes people confirmed, and each picture is the one they saw', async () => {
    await sixFrames();
    const { files } = await written();
    const judged = judgedFrames(server.db, {}, { limit: 50 }).frames;
    let boxes = 0;
    for (const side of ['train', 'val']) {
      const { images, annotations, categories } = coco(files, side);
      for (const image of images) {
        const bytes = files.get(`images/${side}/${image.file_name}`)!;
        const frame = judged.find(({ hash }) => hash === sha256Hex(bytes))!;
        const own = annotations.filter(({ image_id }) => image_id === image.id);
        const wanted = frame.answers.flatMap(({ violation, boxes }) => boxes.map((box) => ({ violation, box })));
        expect(own).toHaveLength(wanted.length);
        for (const [index, { violation, box }] of wanted.entries()) {
          expect(categories.find(({ id }) => id === own[index]?.category_id)?.name).toBe(violation);
          const pixels = [box[0] * 96, box[1] * 54, box[2] * 96, box[3] * 54];
          own[index]?.bbox.forEach((value, place) => {
            expect(value).toBeCloseTo(pixels[place]!, 1);
          });
          boxes++;
        }
      }
    }
    expect(boxes).toBe(3);
  });

  it('YOLO lines read back to the same boxes, and a cleared flag is an empty page with its box among the hard negatives', async () => {
    await sixFrames();
    const { files } = await written();
    const names = [...String(files.get('data.yaml')).matchAll(/^ {2}(\d+): (\w+)$/gm)].map(([, , name]) => name);
    const labels = [...files].filter(([path]) => path.startsWith('labels/'));
    expect(labels).toHaveLength(6);
    const boxes = labels.flatMap(([, text]) =>
      String(text)
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split(' ').map(Number)),
    );
    expect(boxes).toHaveLength(3);
    for (const [cls, cx, cy, w, h] of boxes) {
      expect(names[cls!]).toBe('no_mask');
      [cx! - w! / 2, cy! - h! / 2, w!, h!].forEach((value, place) => {
        expect(value).toBeCloseTo(headBox[place]!, 5);
      });
    }
    const hard = ['train', 'val'].flatMap((side) => coco(files, side).images.flatMap((image) => image.hard_negatives));
    expect(hard.map(({ bbox }) => bbox)).toEqual(Array.from({ length: 3 }, () => [9.6, 10.8, 4.8, 5.4]));
  });

  it('what nobody was asked about is not called clean', async () => {
    await sixFrames();
    const { files } = await written();
    const judged = rowsOf(files, 'judged.csv');
    expect(new Set(judged.map(({ violation }) => violation))).toEqual(new Set(['no_mask', 'smoking']));
    expect(coco(files, 'train').images.flatMap(({ neg_category_ids }) => neg_category_ids)).toEqual([]);
    expect(rowsOf(files, 'labels.csv').filter(({ phone }) => phone !== 'unknown')).toEqual([]);
  });

  it('the sheets are those that models/train reads', async () => {
    await sixFrames();
    const { files } = await written();
    expect(rowsOf(files, 'labels.csv')).toHaveLength(6);
    expect(rowsOf(files, 'boxes.csv').map(({ cls }) => cls)).toEqual(['no-mask', 'no-mask', 'no-mask']);
    expect(rowsOf(files, 'seen.csv').filter(({ label }) => label === 'person')).toHaveLength(3);
    for (const { file } of rowsOf(files, 'labels.csv')) expect(files.has(file!)).toBe(true);
  });

  it('a picture in doubt is kept from detectors, one without a marked place too', async () => {
    await sixFrames();
    changeSettings(server.deps, cast.admin, { auditShare: 1 });
    const detections = [seen('person', 0.9)];
    await judgedFrame(server, cast, { camera: cast.camera, decision: 'confirmed', violation: 'phone', detections });
    const { files, sums } = await written();
    const partly = [...files.keys()].filter((path) => path.startsWith('images/partly/'));
    expect(partly).toHaveLength(1);
    const unmarked = rowsOf(files, 'judged.csv').filter(({ box, answer }) => box === 'none' && answer === 'present');
    expect(unmarked).toMatchObject([{ asked: 'picture', violation: 'phone' }]);
    expect(sums.pictures.train + sums.pictures.val).toBe(7);
  });
});

describe('sides, faces and what is left out', () => {
  it('a kitchen stands on one side only, and each side has one', async () => {
    await sixFrames();
    const { files, sums } = await written();
    const [train, val] = ['train', 'val'].map(
      (side) => new Set(coco(files, side).images.map(({ kitchen }) => kitchen)),
    );
    expect([...train!].filter((kitchen) => val!.has(kitchen))).toEqual([]);
    expect(sums.kitchens).toEqual({ train: train!.size, val: val!.size });
    expect(train!.size + val!.size).toBe(3);
    expect([...train!, ...val!].sort()).toEqual(cast.kitchens.map(({ siteId }) => kitchenCode(siteId)).sort());
  });

  it('one kitchen alone is refused, and so are days nobody judged', async () => {
    await expect(written()).rejects.toThrow(/Nobody has judged/);
    await judgedFrame(server, cast, { camera: cast.camera, decision: 'confirmed' });
    await expect(written()).rejects.toThrow(/one kitchen alone/i);
  });

  it('the same judged frames give the same bytes', async () => {
    await sixFrames();
    const [first, second] = [await written(), await written()];
    expect(second.digest).toBe(first.digest);
    expect([...second.files].map(([path, bytes]) => [path, sha256Hex(bytes)])).toEqual(
      [...first.files].map(([path, bytes]) => [path, sha256Hex(bytes)]),
    );
    const list = String(first.files.get('SHA256SUMS'));
    expect(sha256Hex(list)).toBe(first.digest);
    for (const line of list.trim().split('\n'))
      expect(sha256Hex(first.files.get(line.slice(66))!)).toBe(line.slice(0, 64));
  });

  it('faces are blurred when asked, and nothing but faces', async () => {
    for (const { camera } of cast.kitchens)
      await judgedFrame(server, cast, {
        camera,
        decision: 'confirmed',
        detections: [seen('no_mask', 0.9, [0.25, 0.25, 0.5, 0.5])],
      });
    const [seenAs, blurred] = [await written(), await written({ faces: 'blurred' })];
    const path = [...blurred.files.keys()].find((name) => name.startsWith('images/'))!;
    const head = { left: 28, top: 16, width: 40, height: 22 };
    const corner = { left: 0, top: 0, width: 96, height: 6 };
    const spread = async (files: Files, area: typeof head) => {
      const part = await sharp(files.get(path)!).extract(area).png().toBuffer();
      return (await sharp(part).stats()).channels[0]!.stdev;
    };
    expect(await spread(blurred.files, head)).toBeLessThan((await spread(seenAs.files, head)) * 0.6);
    expect(await spread(blurred.files, corner)).toBeGreaterThan((await spread(seenAs.files, corner)) * 0.6);
  });

  it('pictures that retention removed are counted and left out', async () => {
    await sixFrames();
    server.clock.pass(40 * 24 * 3600_000);
    for (const { camera } of cast.kitchens)
      for (let i = 0; i < 7; i++) await judgedFrame(server, cast, { camera, decision: 'confirmed' });
    expect(removeHourFrames(server.deps, () => undefined)).toBe(6);
    expect(removeOldPictures(server.deps, [])).toBe(3);
    const { sums, files } = await written();
    expect(sums.leftOut.gone).toBe(3);
    expect(String(files.get('README.md'))).toContain('3 removed by retention');
    expect(sums.answers['smoking']).toEqual({ present: 0, absent: 0, unsure: 0 });
  });
});

describe('frames just under a threshold', () => {
  it('leave with the data set as pictures without an answer, and what was nearly said stands in a sheet', async () => {
    await sixFrames();
    const at = server.clock.now() + 60_000;
    const near = await frameOf(cast.kitchens[0]!.camera, { at, detections: [seen('no_mask', 0.55)] });
    expect(recordSample(server.deps, near).flags).toEqual([]);
    const { files } = await written();
    const [row, ...others] = rowsOf(files, 'near.csv');
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      violation: 'no_mask',
      score: '0.5500',
      threshold: '0.6000',
      x0: '0.400000',
      y1: '0.450000',
    });
    expect(files.get(row!['file']!)).toEqual(near.ok && near.picture);
    // Nobody was asked: no label, no background.
    const labelled = [...files.keys()].filter((path) => path.startsWith('labels/') || path.startsWith('annotations/'));
    for (const path of [...labelled, 'labels.csv', 'judged.csv'])
      expect(String(files.get(path)), path).not.toContain(row!['file']!.slice('images/near/'.length, -4));
    expect(String(files.get('SHA256SUMS'))).toContain(row!['file']);
    const elsewhere = await written({ siteIds: cast.kitchens.slice(1).map(({ siteId }) => siteId) });
    expect(rowsOf(elsewhere.files, 'near.csv')).toEqual([]);
  });
});
