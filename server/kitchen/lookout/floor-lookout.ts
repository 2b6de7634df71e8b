// Water or things on a floor that its owner showed clean: a patch that differs and stays, whatever the light does.
import { bytesOf } from '../../../inference/colours.ts';
import type { Lookout } from '../camera/lookout.ts';
import { boxOf, type Look, type LookoutReading, type LookoutRule } from './lookout-rule.ts';
import {
  type Compared,
  changes,
  countOf,
  freeCells,
  grown,
  largestRegion,
  onPicture,
  type Region,
  shownAfter,
} from './patch.ts';
import { isSure } from './people.ts';

/** Brighter or darker than the clean floor by a fifth, beyond what the light does. */
const changedFrom = 0.2;
/** With more of it hidden by people, what is left says nothing of the whole. */
const leastFree = 0.6;
/** Of the score: the smallest size counts half, twice as wide counts whole. */
const atSmallest = 0.5;

export const floorLookout: LookoutRule<Compared> = {
  violation: 'floor',
  threshold: atSmallest,
  look(reading, lookout, own) {
    const { patch, people } = reading;
    const nothing = { score: 0, box: boxOf(lookout.points), ...(own === undefined ? {} : { own }) };
    if (patch === undefined || people === undefined) return { ...nothing, answer: 'unknown' };
    const whole = countOf(freeCells(lookout.points, patch.cells, []));
    const free = freeCells(
      lookout.points,
      patch.cells,
      people.filter(isSure).map((person) => grown(person, 0.3)),
    );
    const hidden = countOf(free) < whole;
    const next = hidden ? (own ?? { shown: [] }) : shownAfter(own, lookout, reading.at, patch);
    const unknown = { ...nothing, own: next, answer: 'unknown' } as const;
    if (next.shown.length === 0 || countOf(free) < leastFree * whole) return unknown;
    return compared(reading, lookout, next, free) ?? unknown;
  },
};

/** Against the clean picture that is most like it: by day and by lamp a floor is shown twice. */
function compared(
  { patch, size }: LookoutReading,
  lookout: Lookout,
  own: Compared,
  free: Uint8Array,
): Look<Compared> | undefined {
  const now = patch && bytesOf(patch);
  if (patch === undefined || now === undefined) return undefined;
  const found = own.shown.flatMap((shown) => {
    const before = shown.patch.cells === patch.cells ? bytesOf(shown.patch) : undefined;
    return before === undefined ? [] : [regionOf(changes(now, before, free, patch.cells), free, patch.cells)];
  });
  if (found.length === 0) return undefined;
  const least = found.reduce((best, region) => (areaOf(region) < areaOf(best) ? region : best));
  if (least === undefined) return { answer: 'no', score: 0, box: boxOf(lookout.points), own };
  const [, , width, height] = boxOf(lookout.points);
  const side = Math.sqrt((areaOf(least) * width * size.width * height * size.height) / patch.cells ** 2);
  const score = Math.min(1, (atSmallest * side) / lookout.leastPx);
  const box = onPicture(least.box, patch.cells, lookout.points);
  return { answer: score >= atSmallest ? 'yes' : 'no', score, box, own };
}

function areaOf(region: Region | undefined): number {
  return region?.cells ?? 0;
}

function regionOf(changed: Float32Array, free: Uint8Array, cells: number): Region | undefined {
  const marked = free.map((cell, index) => {
    const channels = changed.subarray(index * 3, index * 3 + 3);
    return cell === 1 && channels.some((value) => Math.abs(value) > changedFrom) ? 1 : 0;
  });
  return largestRegion(marked, cells);
}
