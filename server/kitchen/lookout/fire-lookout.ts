// A lit stove with nobody at it: flames against the stove as its owner showed it off, and no person near for its time.
import { bytesOf } from '../../../inference/colours.ts';
import type { Box } from '../../../inference/types.ts';
import type { Lookout } from '../camera/lookout.ts';
import { holdsPoint } from '../camera/zone.ts';
import type { Answer } from './hold.ts';
import { boxOf, type Look, type LookoutReading, type LookoutRule } from './lookout-rule.ts';
import { type Compared, freeCells, grown, largestRegion, onPicture, shownAfter } from './patch.ts';
import type { SeenPerson } from './people.ts';

/** Somebody who is only guessed at counts as there: rather a fire too few than one that was not left alone. */
const guessedFrom = 0.5;
const leastGuessPx = { head: 10, body: 24 } as const;
/** A person this much of their breadth away, or nearer, attends to it. */
const reach = 0.6;
/** Of the score: the smallest flame counts half. */
const atSmallest = 0.5;

/** Levels of 255: how a flame differs from the same place with the stove off, in the light of that time. */
const flame = {
  orange: { risen: 45, level: 165, over: 35 },
  blue: { risen: 30, level: 110, over: 18 },
} as const;

/** A flame that is not seen for so many looks may only have ducked. */
const ducks = 3;

type FireMemory = Compared & { readonly unseen?: number };

export const fireLookout: LookoutRule<FireMemory> = {
  violation: 'unattended_fire',
  threshold: atSmallest,
  look(reading, lookout, own) {
    const { people, patch, at } = reading;
    const attended = people?.some((person) => isNear(person, lookout));
    // Whoever stands before it hides what is to be compared: the copy is taken when nobody does.
    const next = attended || patch === undefined ? own : shownAfter(own, lookout, at, patch);
    const kept = next === undefined ? {} : { own: next };
    if (attended) return { score: 0, box: boxOf(lookout.points), ...kept, answer: 'no' };
    const lit = litBy(reading, lookout, next);
    if (lit.answer === 'yes')
      return { ...lit, answer: people === undefined ? 'unknown' : 'yes', own: { ...shownOf(next), unseen: 0 } };
    const unseen = (own?.unseen ?? ducks) + 1;
    if (lit.answer === 'unknown' || next === undefined) return { ...lit, ...kept };
    return { ...lit, answer: unseen <= ducks ? 'unknown' : 'no', own: { ...shownOf(next), unseen } };
  },
};

function shownOf(own: Compared | undefined): Compared {
  return { shown: own?.shown ?? [] };
}

function isNear(person: SeenPerson, lookout: Lookout): boolean {
  const guessed = person.score >= guessedFrom && person.px >= leastGuessPx[person.part];
  return guessed && meets(grown(person, reach), boxOf(lookout.points));
}

type Lit = Omit<Look<Compared>, 'own'>;

/** By a pack that knows flames where one looked, or else by what the zone itself shows. */
function litBy(reading: LookoutReading, lookout: Lookout, own: Compared | undefined): Lit {
  const box = boxOf(lookout.points);
  const [seen] = (reading.flames ?? []).filter(({ box: [x, y, w, h] }) =>
    holdsPoint(lookout.points, x + w / 2, y + h / 2),
  );
  if (seen !== undefined) return { answer: 'yes', score: Math.max(atSmallest, seen.score), box: seen.box };
  const found = (own?.shown ?? []).flatMap((shown) => flamesIn(reading, lookout, shown.patch) ?? []);
  if (found.length === 0) return { answer: 'unknown', score: 0, box };
  return found.reduce((least, one) => (one.score < least.score ? one : least));
}

function flamesIn({ patch, size }: LookoutReading, lookout: Lookout, off: NonNullable<LookoutReading['patch']>) {
  const [now, before] = [patch && bytesOf(patch), bytesOf(off)];
  if (patch === undefined || now === undefined || before === undefined || now.length !== before.length)
    return undefined;
  const { cells } = patch;
  const free = freeCells(lookout.points, cells, []);
  const region = largestRegion(flameCells(now, before, free), cells);
  const [, , width, height] = boxOf(lookout.points);
  const side = Math.sqrt(((region?.cells ?? 0) * width * size.width * height * size.height) / cells ** 2);
  const score = Math.min(1, (atSmallest * side) / lookout.leastPx);
  const answer: Answer = score >= atSmallest ? 'yes' : 'no';
  const box: Box = region === undefined ? boxOf(lookout.points) : onPicture(region.box, cells, lookout.points);
  return { answer, score, box };
}

function flameCells(now: Uint8Array, before: Uint8Array, free: Uint8Array): Uint8Array {
  const light = lightOf(now, before, free);
  const dim = Math.min(1, light);
  return free.map((cell, index) => {
    if (cell !== 1) return 0;
    const [red = 0, , blue = 0] = now.subarray(index * 3, index * 3 + 3);
    const risenRed = red - (before[index * 3] as number) * light;
    const risenBlue = blue - (before[index * 3 + 2] as number) * light;
    const { orange, blue: gas } = flame;
    const isOrange = risenRed > orange.risen * dim && red > orange.level * dim && red - blue > orange.over * dim;
    const isGas = risenBlue > gas.risen * dim && blue > gas.level * dim && blue - red > gas.over * dim;
    return isOrange || isGas ? 1 : 0;
  });
}

/** By how much all is brighter than it was; never less than a half, or a dark picture would make flames of lamps. */
function lightOf(now: Uint8Array, before: Uint8Array, free: Uint8Array): number {
  const ratios = [...free.keys()]
    .filter((cell) => free[cell] === 1)
    .map((cell) => greyOf(now, cell) / Math.max(1, greyOf(before, cell)))
    .sort((a, b) => a - b);
  return Math.max(0.5, ratios[Math.floor(ratios.length / 2)] ?? 1);
}

function greyOf(bytes: Uint8Array, cell: number): number {
  return (bytes[cell * 3] as number) + (bytes[cell * 3 + 1] as number) + (bytes[cell * 3 + 2] as number);
}

function meets([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): boolean {
  return ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
}
