// A pack that says one thing and does another is refused, and told what it does and how to export it.
import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openDetector } from '../../../inference/detector.ts';
import type { Manifest } from '../../../inference/manifest.ts';
import { PacksRefused } from '../../../inference/pack-folder.ts';
import { layoutHint, senseFault } from '../../../inference/pack-sense.ts';
import { colourPack, pack, type TinyPack, writePacks, yolov8Pack, yoloxPack } from '../../support/tiny-packs.ts';

async function reasons(tiny: TinyPack): Promise<string> {
  const modelsDir = await writePacks(tiny);
  try {
    await (await openDetector({ modelsDir })).close();
    return 'opened';
  } catch (cause) {
    if (!(cause instanceof PacksRefused)) throw cause;
    return cause.faults.map(({ place, reason }) => `${place}: ${reason}`).join('\n');
  } finally {
    await rm(modelsDir, { recursive: true });
  }
}

const says = (tiny: TinyPack, output: object): TinyPack => ({
  ...tiny,
  manifest: { ...tiny.manifest, output: { ...tiny.manifest.output, ...output } },
});

/** The class names that training programs write beside the graph (ModelProto.metadata_props). */
function named(tiny: TinyPack, names: string): TinyPack {
  const field = (number: number, bytes: Buffer) => Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
  const pair = Buffer.concat([field(1, Buffer.from('names')), field(2, Buffer.from(names))]);
  const { sha256: _, ...form } = tiny.manifest as TinyPack['manifest'] & { sha256?: string };
  return pack(Buffer.concat([tiny.model, field(14, pair)]), form);
}

describe('a pack whose numbers are of another kind', () => {
  it('is refused when logits are called probabilities, or probabilities logits', async () => {
    expect(await reasons(says(yoloxPack(), { activated: true }))).toContain('say "activated": false');
    expect(await reasons(says(yolov8Pack(), { activated: false }))).toContain('say "activated": true');
    const { groups: _, ...ungrouped } = colourPack('classify-frame').manifest;
    const classes = { ...colourPack('classify-frame'), manifest: ungrouped as TinyPack['manifest'] };
    expect(await reasons(says(classes, { decoder: 'softmax' }))).toContain('say "logits-softmax"');
  });

  it('is refused when its boxes are fractions, or corners instead of centres', () => {
    const manifest = { labels: ['rat'], input: { width: 640 }, output: { decoder: 'yolov8' } } as unknown as Manifest;
    const boxes = (box: (at: number) => readonly number[]) => {
      const rows = Array.from({ length: 16 }, (_, at) => [...box(at * 40), 0.2]);
      return [
        [
          {
            data: Float32Array.from([0, 1, 2, 3, 4].flatMap((row) => rows.map((each) => each[row]!))),
            dims: [1, 5, 16],
          },
        ],
      ];
    };
    expect(
      senseFault(
        manifest,
        boxes((at) => [at, at, 60, 80]),
      ),
    ).toBeUndefined();
    expect(
      senseFault(
        manifest,
        boxes((at) => [at / 640, at / 640, 0.1, 0.1]),
      ),
    ).toContain('fractions');
    expect(
      senseFault(
        manifest,
        boxes((at) => [at, at, at + 60, at + 80]),
      ),
    ).toContain('two corners');
  });

  it('is told which layout it looks like', () => {
    const manifest = { labels: ['rat', 'smoke'], output: { decoder: 'yolov8' } } as unknown as Manifest;
    expect(layoutHint(manifest, [1, 8400, 6])).toContain('transposed');
    expect(layoutHint(manifest, [1, 300, 6])).toContain('NMS inside the graph');
    expect(layoutHint(manifest, [1, 25200, 7])).toContain('YOLOv5');
    const three = { ...manifest, labels: ['rat', 'smoke', 'coat'] } as unknown as Manifest;
    expect(layoutHint(three, [1, 300, 6])).toContain('NMS inside the graph');
    expect(layoutHint(manifest, [1, 7, 8400])).toBeUndefined();
  });
});

describe('the names a model has for its classes', () => {
  it('in another order than the labels are a contradiction', async () => {
    const [a, b, c] = yolov8Pack().manifest.labels as [string, string, string];
    expect(await reasons(named(yolov8Pack(), `{0: '${a}', 1: '${b}', 2: '${c}'}`))).toBe('opened');
    expect(await reasons(named(yolov8Pack(), `{0: '${b}', 1: '${a}', 2: '${c}'}`))).toContain(`${b}, ${a}, ${c}`);
    expect(await reasons(named(yolov8Pack(), "{0: 'something else', 1: 'x', 2: 'y'}"))).toBe('opened');
  });
});
