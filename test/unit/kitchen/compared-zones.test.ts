// Lookouts that compare a zone with how its owner showed it: a floor that changed, a stove that is lit and left alone.
import { describe, expect, it } from 'vitest';
import type { ColourPatch } from '../../../inference/colours.ts';
import type { Lookout } from '../../../server/kitchen/camera/lookout.ts';
import { fireLookout } from '../../../server/kitchen/lookout/fire-lookout.ts';
import { floorLookout } from '../../../server/kitchen/lookout/floor-lookout.ts';
import type { LookoutReading } from '../../../server/kitchen/lookout/lookout-rule.ts';
import type { SeenPerson } from '../../../server/kitchen/lookout/people.ts';
import { lookoutOf } from '../../support/lookouts.ts';

const cells = 32;
type Colour = readonly [number, number, number];
type Paint = (x: number, y: number) => Colour;

function patch(paint: Paint): ColourPatch {
  const rgb = Array.from({ length: cells * cells }, (_, at) => paint(at % cells, Math.floor(at / cells))).flat();
  return { cells, rgb: Buffer.from(rgb.map((level) => Math.min(255, Math.round(level)))).toString('base64') };
}

/** Tiles with joints, so that a floor is not one colour. */
const tiles: Paint = (x, y) => (x % 8 === 0 || y % 8 === 0 ? [70, 72, 74] : [120, 124, 128]);
const lit =
  (paint: Paint, light: (x: number, y: number) => number): Paint =>
  (x, y) => {
    const [red, green, blue] = paint(x, y);
    const factor = light(x, y);
    return [red * factor, green * factor, blue * factor];
  };
const within = (x: number, y: number, [x0, y0, x1, y1]: readonly number[]) =>
  x >= (x0 ?? 0) && x < (x1 ?? 0) && y >= (y0 ?? 0) && y < (y1 ?? 0);
const spot =
  (paint: Paint, box: readonly number[], colour: Colour): Paint =>
  (x, y) =>
    within(x, y, box) ? colour : paint(x, y);

const everywhere = lookoutOf({
  points: [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ],
  leastPx: 60,
  shown: [1000],
});
const size = { width: 960, height: 540 };
const nobody: readonly SeenPerson[] = [];
const reading = (at: number, paint: Paint | undefined, people: readonly SeenPerson[] | undefined = nobody) =>
  ({
    ...{ at, gapMs: 60_000, sight: 'clear', people, size },
    patch: paint && patch(paint),
  }) as LookoutReading;

/** What the rule answers to each of these looks, half a minute apart, the first just after it was shown. */
function answers(
  rule: typeof floorLookout,
  looks: readonly (readonly [Paint | undefined, (readonly SeenPerson[] | undefined)?])[],
  lookout: Lookout = everywhere,
): string[] {
  let own: Parameters<typeof rule.look>[2];
  return looks.map(([paint, people = nobody], index) => {
    const look = rule.look(reading(2000 + index * 30_000, paint, people), lookout, own);
    own = look.own;
    return look.answer;
  });
}

const person = (box: SeenPerson['box'], score = 0.9): SeenPerson => ({ part: 'body', box, score, px: 100 });
const water = spot(tiles, [6, 18, 16, 26], [60, 62, 64]);

describe('a floor', () => {
  it('with water on it differs from the clean one; light as a whole, also from one side, counts for nothing', () => {
    expect(answers(floorLookout, [[tiles], [water], [tiles]])).toEqual(['no', 'yes', 'no']);
    const darker = lit(tiles, () => 0.6);
    const fromOneSide = lit(tiles, (x) => 0.7 + (0.5 * x) / cells);
    expect(answers(floorLookout, [[tiles], [darker], [fromOneSide]])).toEqual(['no', 'no', 'no']);
    const wetInTheDark = lit(water, () => 0.6);
    expect(answers(floorLookout, [[tiles], [wetInTheDark]])).toEqual(['no', 'yes']);
  });

  it('with a drop on it is clean: smaller than the smallest size does not count', () => {
    expect(answers(floorLookout, [[tiles], [spot(tiles, [6, 18, 7, 20], [20, 20, 20])]])).toEqual(['no', 'no']);
  });

  it('behind somebody is not judged, and somebody is no thing that was left there', () => {
    const coat = spot(tiles, [6, 4, 12, 30], [220, 220, 220]);
    const there = person([0.19, 0.12, 0.2, 0.8]);
    expect(answers(floorLookout, [[tiles], [coat, [there]], [water, [person([0, 0, 1, 0.9])]]])).toEqual([
      'no',
      'no',
      'unknown',
    ]);
  });

  it('that nobody showed clean, or showed long ago, is not known', () => {
    expect(answers(floorLookout, [[tiles], [water]], { ...everywhere, shown: [] })).toEqual(['unknown', 'unknown']);
    expect(answers(floorLookout, [[tiles]], { ...everywhere, shown: [2000 - 601_000] })).toEqual(['unknown']);
    expect(answers(floorLookout, [[undefined], [tiles, undefined]])).toEqual(['unknown', 'no']);
  });

  it('is not shown clean while somebody stands on it', () => {
    const coat = spot(tiles, [6, 4, 12, 30], [220, 220, 220]);
    const there = [person([0.19, 0.12, 0.2, 0.8])];
    expect(answers(floorLookout, [[coat, there], [tiles], [water]])).toEqual(['unknown', 'no', 'yes']);
  });

  it('shown by day and by lamp is held against the picture that is most like it', () => {
    const lamp = lit(spot(tiles, [20, 4, 30, 14], [200, 190, 150]), () => 0.5);
    const twice = { ...everywhere, shown: [1000, 31_000] };
    expect(answers(floorLookout, [[tiles], [lamp], [lamp], [tiles], [water]], twice)).toEqual([
      'no',
      'no',
      'no',
      'no',
      'yes',
    ]);
  });
});

describe('a lit stove', () => {
  const steel: Paint = (x, y) => (within(x, y, [4, 16, 14, 22]) ? [40, 40, 42] : [130, 132, 135]);
  const flames = spot(steel, [7, 10, 11, 16], [250, 170, 60]);
  const gas = spot(steel, [7, 11, 12, 16], [70, 120, 230]);
  const rule = fireLookout as typeof floorLookout;
  const away = person([0.8, 0.1, 0.05, 0.3]);
  const stove = {
    ...everywhere,
    points: [
      [0, 0],
      [0.5, 0],
      [0.5, 1],
      [0, 1],
    ],
  } as Lookout;

  it('with nobody near is left alone; orange or blue, and whatever the light', () => {
    expect(answers(rule, [[steel], [flames], [gas]], stove)).toEqual(['no', 'yes', 'yes']);
    expect(answers(rule, [[steel], [lit(flames, () => 0.7)]], stove)).toEqual(['no', 'yes']);
    expect(answers(rule, [[steel], [lit(steel, () => 1.5)]], stove)).toEqual(['no', 'no']);
    expect(answers(rule, [[steel], [flames, [away]]], stove)).toEqual(['no', 'yes']);
  });

  it('with somebody at it is attended to, also where one is only guessed at; and unknown where nobody looked for people', () => {
    const cook = (score: number) => [person([0.3, 0.1, 0.2, 0.8], score)];
    expect(answers(rule, [[steel], [flames, cook(0.9)], [flames, cook(0.5)]], stove)).toEqual(['no', 'no', 'no']);
    const look = (people: readonly SeenPerson[] | undefined) =>
      rule.look(reading(40_000, flames, people), stove, { shown: [{ at: 1000, patch: patch(steel) }] }).answer;
    expect(look([])).toBe('yes');
    const { people: _, ...unasked } = reading(40_000, flames);
    const asked = { ...unasked, people: undefined };
    expect(rule.look(asked, stove, { shown: [{ at: 1000, patch: patch(steel) }] }).answer).toBe('unknown');
  });

  it('whose flame ducks for a look or two burns on; gone for longer it is off', () => {
    const looks = [[steel], [flames], [steel], [steel], [flames], [steel], [steel], [steel], [steel]] as const;
    expect(answers(rule, looks, stove)).toEqual([
      ...['no', 'yes', 'unknown', 'unknown', 'yes', 'unknown', 'unknown', 'unknown', 'no'],
    ]);
  });

  it('is known by a pack that looks for flames, without having been shown', () => {
    const seen = { ...reading(2000, undefined), flames: [{ box: [0.2, 0.3, 0.1, 0.1], score: 0.7 }] } as LookoutReading;
    expect(rule.look(seen, { ...stove, shown: [] }, undefined)).toMatchObject({ answer: 'yes', score: 0.7 });
    expect(rule.look(reading(2000, steel), { ...stove, shown: [] }, undefined).answer).toBe('unknown');
  });
});
