// Work clothes by a kitchen's own choice of colours: the same coat under other lamps is the same colour.
import { describe, expect, it } from 'vitest';
import type { ColourPatch } from '../../../inference/colours.ts';
import type { ClothesColour } from '../../../server/kitchen/camera/lookout.ts';
import { bareLookout } from '../../../server/kitchen/lookout/bare-lookout.ts';
import { clothesLookout } from '../../../server/kitchen/lookout/clothes-lookout.ts';
import { hatLookout } from '../../../server/kitchen/lookout/hat-lookout.ts';
import { coloursWanted } from '../../../server/kitchen/lookout/lookout-rules.ts';
import { peopleOn, type SeenPerson } from '../../../server/kitchen/lookout/people.ts';
import { evenlyLit, type TopColours, topColours } from '../../../server/kitchen/lookout/top-colour.ts';
import { eyePack, readingOf, seen } from '../../support/kitchen-cast.ts';
import { lookoutOf } from '../../support/lookouts.ts';

type Colour = readonly [number, number, number];

function patch(cells: number, colourAt: (cell: number) => Colour): ColourPatch {
  const rgb = Array.from({ length: cells * cells }, (_, cell) => colourAt(cell)).flat();
  return { cells, rgb: Buffer.from(rgb.map((level) => Math.min(255, Math.round(level)))).toString('base64') };
}

const underLamp = ([red, green, blue]: Colour, lamp: Colour): Colour => [
  red * lamp[0],
  green * lamp[1],
  blue * lamp[2],
];

/** Tiles, steel and a dark floor, in the light of a lamp; and a coat in it. */
function main(coat: Colour, lamp: Colour = [1, 1, 1]): ClothesColour | undefined {
  const room: readonly Colour[] = [
    [205, 205, 203],
    [150, 152, 155],
    [90, 92, 94],
    [190, 188, 186],
  ];
  const picture = patch(32, (cell) => underLamp(room[cell % room.length] ?? [0, 0, 0], lamp));
  const cells = evenlyLit(
    patch(8, () => underLamp(coat, lamp)),
    picture,
  );
  const tops = cells && topColours(cells);
  return Object.entries(tops ?? {}).sort(([, a], [, b]) => b - a)[0]?.[0] as ClothesColour | undefined;
}

const lamps: readonly Colour[] = [
  [1, 1, 1],
  [1, 0.88, 0.68],
  [0.85, 0.95, 1],
  [0.6, 0.6, 0.58],
];

describe('the colour of a coat', () => {
  it('is the same under a warm lamp, a cold one and a weak one', () => {
    const coats: readonly (readonly [ClothesColour, Colour])[] = [
      ['white', [205, 204, 200]],
      ['black', [50, 50, 52]],
      ['red', [180, 50, 55]],
      ['blue', [70, 105, 180]],
      ['green', [60, 140, 85]],
      ['yellow', [200, 160, 60]],
      ['purple', [150, 70, 140]],
    ];
    for (const lamp of lamps) expect(coats.map(([, coat]) => main(coat, lamp))).toEqual(coats.map(([name]) => name));
  });

  it('is not made up where a patch is none of ours', () => {
    expect(evenlyLit({ cells: 8, rgb: 'AAAA' }, { cells: 8, rgb: 'AAAA' })).toBeUndefined();
  });
});

describe('somebody in the zone', () => {
  const dressed = (top: TopColours | undefined, part: Partial<SeenPerson> = {}): SeenPerson => ({
    ...{ part: 'body', box: [0.1, 0.2, 0.2, 0.6], score: 0.9, px: 100 },
    ...(top === undefined ? {} : { top }),
    ...part,
  });
  const answer = (people: readonly SeenPerson[] | undefined, colours: ClothesColour[] = ['white']) =>
    clothesLookout.look(
      { at: 0, gapMs: 60_000, sight: 'clear', people, size: { width: 1280, height: 720 } },
      lookoutOf({ rule: 'clothes', colours, leastPx: 60 }),
      undefined,
    ).answer;

  it('in other colours than the kitchen chose is reported; in its own, and in their shades, not', () => {
    expect(answer([dressed({ red: 0.9, white: 0.1 })])).toBe('yes');
    expect(answer([dressed({ white: 0.5, grey: 0.5 })])).toBe('no');
    expect(answer([dressed({ red: 0.9 })], ['white', 'red'])).toBe('no');
    expect(answer([dressed({ black: 1 })], ['grey'])).toBe('no');
    // An apron over the coat is not the coat.
    expect(answer([dressed({ blue: 0.5, white: 0.5 })])).toBe('no');
    expect(answer([dressed({ white: 1 }), dressed({ blue: 0.8 })])).toBe('yes');
  });

  it('too small, outside, or not measured is not judged', () => {
    expect(answer([dressed({ red: 1 }, { px: 59 })])).toBe('no');
    expect(answer([dressed({ red: 1 }, { box: [0.7, 0.2, 0.2, 0.6] })])).toBe('no');
    expect(answer([dressed(undefined)])).toBe('unknown');
    expect(answer(undefined)).toBe('unknown');
    expect(answer([dressed({ red: 1 })], [])).toBe('unknown');
  });

  it('is measured only where somebody asked for clothes', () => {
    expect(coloursWanted([lookoutOf()])).toBeUndefined();
    const asked = coloursWanted([lookoutOf({ rule: 'clothes', colours: ['white'] })]);
    expect(asked).toMatchObject({ torsos: 'wanted', zones: [{ id: 'whole' }] });
    const torso = { of: 0, ...patch(8, () => [180, 50, 55]) };
    const measured = { zones: [{ id: 'whole', ...patch(32, () => [200, 200, 200]) }], torsos: [torso] };
    const reading = { ...readingOf([seen('person', 0.9)]), measured };
    expect(peopleOn(reading, [eyePack])?.[0]?.top?.red).toBeCloseTo(1);
    expect(peopleOn(readingOf([seen('person', 0.9)]), [eyePack])?.[0]?.top).toBeUndefined();
  });
});

describe('a hat', () => {
  const worn = (top: TopColours, part: Partial<SeenPerson> = {}): SeenPerson => ({
    ...{ part: 'head', box: [0.1, 0.1, 0.05, 0.1], score: 0.9, px: 40, top },
    ...part,
  });
  const said = (people: readonly SeenPerson[], colours: ClothesColour[] = ['white']) =>
    hatLookout.look(
      { at: 0, gapMs: 60_000, sight: 'clear', people, size: { width: 1280, height: 720 } },
      lookoutOf({ rule: 'hat', colours, leastPx: 24 }),
      undefined,
    );

  it('of another colour, and black hair without one, is reported where hats are white', () => {
    expect(said([worn({ white: 0.9, grey: 0.1 }), worn({ black: 0.8, white: 0.2 })])).toMatchObject({
      answer: 'yes',
      score: 0.8,
    });
    expect(said([worn({ red: 1 })]).answer).toBe('yes');
    expect(said([worn({ white: 0.6, black: 0.4 })]).answer).toBe('no');
    expect(said([worn({ red: 1 })], ['red']).answer).toBe('no');
  });

  it('counts for a zone drawn over the head or over the body under it, and not when it is small', () => {
    const beside = worn({ red: 1 }, { box: [0.7, 0.1, 0.05, 0.1] });
    expect(said([beside]).answer).toBe('no');
    expect(said([worn({ red: 1 }, { px: 23 })]).answer).toBe('no');
    const body = lookoutOf({
      rule: 'hat',
      colours: ['white'],
      points: [
        [0, 0.3],
        [0.5, 0.3],
        [0.5, 1],
        [0, 1],
      ],
    });
    const reading = { at: 0, gapMs: 60_000, sight: 'clear', people: [worn({ red: 1 })] } as const;
    expect(hatLookout.look({ ...reading, size: { width: 1280, height: 720 } }, body, undefined).answer).toBe('yes');
  });

  it('is the upper half of a head: what hangs under it does not count', () => {
    const head = { of: 1, ...patch(8, (cell) => (cell < 32 ? [205, 204, 200] : [180, 50, 55])) };
    const measured = { zones: [{ id: 'whole', ...patch(32, () => [200, 200, 200]) }], torsos: [], heads: [head] };
    const detections = [seen('person', 0.9, [0.1, 0.1, 0.2, 0.8]), seen('head', 0.9, [0.15, 0.1, 0.1, 0.1])];
    const [, person] = peopleOn({ ...readingOf(detections), measured }, [eyePack]) ?? [];
    expect(person?.top?.white).toBeCloseTo(1);
    expect(coloursWanted([lookoutOf({ rule: 'hat', colours: ['white'] })])).toMatchObject({
      heads: 'wanted',
      torsos: 'not-wanted',
    });
  });
});

describe('a bare torso', () => {
  const skin: Colour = [190, 140, 115];
  const shareFor = (torso: Colour, face: Colour, lamp: Colour = [1, 1, 1]) => {
    const lit = (colour: Colour) => patch(8, () => underLamp(colour, lamp));
    const measured = {
      zones: [{ id: 'whole', ...patch(32, () => underLamp([200, 200, 200], lamp)) }],
      torsos: [{ of: 0, ...lit(torso) }],
      heads: [{ of: 1, ...lit(face) }],
    };
    const detections = [seen('person', 0.9, [0.1, 0.1, 0.2, 0.8]), seen('head', 0.9, [0.15, 0.12, 0.1, 0.1])];
    return peopleOn({ ...readingOf(detections), measured }, [eyePack])?.[0]?.bare;
  };

  it('has the colour of its own face under any lamp, and a coat has not', () => {
    for (const lamp of lamps) expect(shareFor(skin, skin, lamp)).toBeCloseTo(1);
    expect(shareFor([205, 204, 200], skin)).toBe(0);
    expect(shareFor([60, 90, 160], skin)).toBe(0);
    expect(shareFor([95, 70, 57], [110, 80, 66])).toBeCloseTo(1);
  });

  it('is not concluded where the face shows no skin, and reported where it does', () => {
    expect(shareFor(skin, [120, 170, 200])).toBeUndefined();
    const person = (bare?: number): SeenPerson => ({
      ...{ part: 'body', box: [0.1, 0.2, 0.2, 0.6], score: 0.9, px: 100 },
      ...(bare === undefined ? {} : { bare }),
    });
    const answer = (people: readonly SeenPerson[]) =>
      bareLookout.look(
        { at: 0, gapMs: 60_000, sight: 'clear', people, size: { width: 1280, height: 720 } },
        lookoutOf({ rule: 'bare' }),
        undefined,
      ).answer;
    expect([answer([person(0.6)]), answer([person(0.59)]), answer([person()]), answer([])]).toEqual([
      'yes',
      'no',
      'unknown',
      'no',
    ]);
  });
});
