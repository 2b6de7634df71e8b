// The contract of lookouts: how long something holds, what a gap means, when it is said again; and where people count.
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../inference/types.ts';
import { lookoutSchema, watchesAt } from '../../../server/kitchen/camera/lookout.ts';
import { type Answer, advanceHold, type Hold } from '../../../server/kitchen/lookout/hold.ts';
import {
  type CameraLook,
  type LookoutMemory,
  rememberLook,
  unchangedForMs,
  wantsLook,
} from '../../../server/kitchen/lookout/lookout-memory.ts';
import { peopleOn, type SeenPerson } from '../../../server/kitchen/lookout/people.ts';
import { personLookout } from '../../../server/kitchen/lookout/person-lookout.ts';
import { standingAfter } from '../../../server/kitchen/lookout/standing.ts';
import { eyePack, readingOf, seen } from '../../support/kitchen-cast.ts';
import { lookoutOf } from '../../support/lookouts.ts';

const minute = 60_000;
const rule = { holdMs: minute, againMs: 10 * minute, gapMs: 90_000 };

/** Looks so many seconds apart; at which of them it was said. */
function said(answers: readonly (readonly [second: number, answer: Answer])[], times = rule): number[] {
  let hold: Hold = {};
  return answers.flatMap(([second, answer]) => {
    const next = advanceHold(hold, { at: second * 1000, answer }, times);
    hold = next.hold;
    return next.raise ? [second] : [];
  });
}

describe('how long something holds', () => {
  it('is said once it has held for its time, over two looks at least, and not again until its interval is over', () => {
    expect(
      said([
        [0, 'yes'],
        [30, 'yes'],
        [60, 'yes'],
        [90, 'yes'],
      ]),
    ).toEqual([60]);
    expect(said([[0, 'yes']], { ...rule, holdMs: 0 })).toEqual([0]);
    expect(
      said(
        [
          [0, 'yes'],
          [1, 'yes'],
        ],
        { ...rule, holdMs: 1000 },
      ),
    ).toEqual([1]);
    const long = Array.from({ length: 25 }, (_, look): [number, Answer] => [look * 30, 'yes']);
    expect(said(long)).toEqual([60, 660]);
  });

  it('a look that shows the contrary begins the time anew', () => {
    expect(
      said([
        [0, 'yes'],
        [30, 'yes'],
        [45, 'no'],
        [60, 'yes'],
        [90, 'yes'],
        [119, 'yes'],
      ]),
    ).toEqual([]);
    expect(
      said([
        [0, 'yes'],
        [45, 'no'],
        [60, 'yes'],
        [90, 'yes'],
        [120, 'yes'],
      ]),
    ).toEqual([120]);
  });

  it('a look that cannot tell neither adds to it nor ends it', () => {
    expect(
      said([
        [0, 'yes'],
        [30, 'unknown'],
        [60, 'unknown'],
      ]),
    ).toEqual([]);
    expect(
      said([
        [0, 'yes'],
        [30, 'unknown'],
        [60, 'yes'],
      ]),
    ).toEqual([60]);
  });

  it('a camera that was away says nothing of the time between: the stretch begins anew', () => {
    expect(
      said([
        [0, 'yes'],
        [600, 'yes'],
      ]),
    ).toEqual([]);
    expect(
      said([
        [0, 'yes'],
        [30, 'unknown'],
        [90, 'unknown'],
        [120, 'yes'],
      ]),
    ).toEqual([]);
    expect(
      said([
        [0, 'yes'],
        [600, 'yes'],
        [630, 'yes'],
        [660, 'yes'],
      ]),
    ).toEqual([660]);
  });
});

describe('when a lookout watches', () => {
  const hours = { opensAtMinute: 9 * 60, closesAtMinute: 21 * 60 };
  // Midnight in Beijing is 16:00 UTC.
  const at = (hour: number) => Date.UTC(2026, 10, 29, 16) + hour * 60 * minute;

  it('goes by the kitchen’s hours or by its own, past midnight too', () => {
    const watched = (part: object, hour: number) => watchesAt(lookoutOf(part), hours, at(hour));
    expect([watched({ when: 'closed' }, 3), watched({ when: 'closed' }, 12)]).toEqual([true, false]);
    expect([watched({ when: 'open' }, 3), watched({ when: 'open' }, 12)]).toEqual([false, true]);
    const night = { when: 'between', from: 22 * 60, to: 5 * 60 };
    expect([watched(night, 23), watched(night, 4), watched(night, 5)]).toEqual([true, true, false]);
  });

  it('its own hours have to be two different times', () => {
    expect(lookoutSchema.safeParse(lookoutOf({ when: 'between', from: 60, to: 60 })).success).toBe(false);
    expect(lookoutSchema.safeParse(lookoutOf({ when: 'between', from: 60 })).success).toBe(false);
  });
});

describe('somebody in a zone', () => {
  const body = (box: Box, part: Partial<SeenPerson> = {}): SeenPerson => ({
    part: 'body',
    box,
    score: 0.8,
    px: 80,
    ...part,
  });
  const answer = (people: readonly SeenPerson[] | undefined) =>
    personLookout.look(
      { at: 0, gapMs: minute, sight: 'clear', people, size: { width: 1280, height: 720 } },
      lookoutOf(),
      undefined,
    ).answer;

  it('counts with the middle of the body or the feet inside, and not beside it', () => {
    expect(answer([body([0.1, 0.2, 0.2, 0.6])])).toBe('yes');
    expect(answer([body([0.6, 0.2, 0.2, 0.6])])).toBe('no');
    expect(answer([body([0.48, 0.2, 0.2, 0.6])])).toBe('no');
    expect(answer([body([0.2, 0.2, 0.05, 0.06], { part: 'head', px: 24 })])).toBe('yes');
  });

  it('too small or too unsure does not count', () => {
    expect(answer([body([0.1, 0.2, 0.2, 0.6], { px: 19 })])).toBe('no');
    expect(answer([body([0.2, 0.2, 0.05, 0.06], { part: 'head', px: 7 })])).toBe('no');
    expect(answer([body([0.1, 0.2, 0.2, 0.6], { score: 0.49 })])).toBe('no');
  });

  it('where no model looked for people nobody knows whether the place is empty', () => {
    expect(answer(undefined)).toBe('unknown');
    const blind = { ...eyePack, labels: ['rat'] };
    expect(peopleOn(readingOf([]), [blind])).toBeUndefined();
    expect(peopleOn(readingOf([]), [{ ...eyePack, name: 'another' }])).toBeUndefined();
    expect(peopleOn(readingOf([seen('person', 0.9), seen('rat', 0.9)]), [eyePack])).toMatchObject([{ part: 'body' }]);
  });
});

describe('what a lookout remembers', () => {
  const look = (at: number, part: Partial<CameraLook> = {}): CameraLook => ({
    at,
    gapMs: 90_000,
    lens: 'in-order',
    view: { view: '', movedFrames: 0 },
    shift: 0,
    patches: [],
    size: { width: 1280, height: 720 },
    people: [{ part: 'body', box: [0.1, 0.2, 0.2, 0.6], score: 0.9, px: 90 }],
    ...part,
  });
  const run = (looks: readonly CameraLook[]) => {
    let memory: LookoutMemory | undefined;
    return looks.map((each) => {
      const next = rememberLook(memory, each, lookoutOf({ holdSeconds: 60 }));
      // It lies in a row between looks: whoever takes the next one reads it from there.
      memory = JSON.parse(JSON.stringify(next.memory)) as LookoutMemory;
      return { answer: next.answer, said: next.sightings.length };
    });
  };

  it('a frame without a change shows the people of the one before; not for ever, and not at the first', () => {
    const still = (at: number) => look(at, { people: 'unchanged' });
    expect(run([look(0), still(30_000), still(60_000)]).map(({ said }) => said)).toEqual([0, 0, 1]);
    expect(run([still(0)])[0]?.answer).toBe('unknown');
    const long = Array.from({ length: 12 }, (_, index) => still((index + 1) * 30_000));
    expect(run([look(0), ...long]).at(-1)?.answer).toBe('unknown');
    expect(wantsLook({ state: { hold: {} }, people: [], lookedAt: 0 }, unchangedForMs)).toBe(true);
    expect(wantsLook({ state: { hold: {} }, people: [], lookedAt: 0 }, unchangedForMs - 1)).toBe(false);
  });

  it('a covered lens tells nothing, and an empty place is no reading of it', () => {
    const covered = (at: number) => look(at, { lens: 'at-fault', people: [] });
    expect(run([look(0), covered(30_000), look(60_000)]).map(({ said }) => said)).toEqual([0, 0, 1]);
    expect(run([look(0), covered(30_000)])[1]?.answer).toBe('unknown');
  });
});

describe('a camera that was moved', () => {
  const view = (shiftBy: number) =>
    Buffer.from(
      Uint8Array.from({ length: 64 * 36 }, (_, at) => {
        const [x, y] = [(at % 64) + shiftBy, Math.floor(at / 64)];
        return 60 + 70 * (Math.floor(x / 7) % 2) + 50 * (Math.floor((y + x) / 9) % 2);
      }),
    ).toString('base64');

  it('is followed from frame to frame, and its zone waits once another view was taken for the right one', () => {
    const first = standingAfter(undefined, { view: view(0), movedFrames: 0 }, undefined);
    expect(first.displaced).toBe(false);
    expect(standingAfter(first, { view: view(0), movedFrames: 0 }, 0)).toBe(first);
    const accepted = standingAfter(first, { view: view(5), movedFrames: 0 }, 0.08);
    expect(accepted.displaced).toBe(true);
    expect(standingAfter(accepted, { view: view(5), movedFrames: 0 }, 0).displaced).toBe(true);
    expect(standingAfter(accepted, { view: view(0), movedFrames: 0 }, 0).displaced).toBe(false);
  });

  it('is noticed too where nothing was remembered of the frame before', () => {
    const first = standingAfter(undefined, { view: view(0), movedFrames: 0 }, undefined);
    expect(standingAfter(first, { view: view(5), movedFrames: 0 }, undefined).displaced).toBe(true);
  });
});
