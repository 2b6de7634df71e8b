// Plays what the eye read of a sequence to one lookout, as record-sample would, and tells at which looks it said something.
import type { ClassifiedFrame, ModelPack } from '../../inference/types.ts';
import type { Lookout } from '../../server/kitchen/camera/lookout.ts';
import { gapBetween } from '../../server/kitchen/lookout/hold.ts';
import { type LookoutMemory, rememberLook } from '../../server/kitchen/lookout/lookout-memory.ts';
import { flamesOn, peopleOn } from '../../server/kitchen/lookout/people.ts';

export type Said = { readonly look: number; readonly score: number };

/** The first reading is of the zone as it should be; the others are counted from 0. */
export function playSequence(
  readings: readonly ClassifiedFrame[],
  packs: readonly ModelPack[],
  lookout: Lookout,
  everySeconds: number,
): Said[] {
  let memory: LookoutMemory | undefined;
  return readings.flatMap((reading, index) => {
    const at = 1 + index * everySeconds * 1000;
    const next = rememberLook(
      memory,
      { ...lookOf(reading, packs), at, gapMs: gapBetween(everySeconds * 1000) },
      lookout,
    );
    memory = next.memory;
    return next.sightings.map(({ score }) => ({ look: index - 1, score }));
  });
}

function lookOf(reading: ClassifiedFrame, packs: readonly ModelPack[]) {
  const { check, signature, looked, measured, width, height } = reading;
  return {
    lens: check.ok ? ('in-order' as const) : ('at-fault' as const),
    view: signature,
    shift: check.readings.shift,
    people: looked ? peopleOn(reading, packs) : ('unchanged' as const),
    flames: looked ? flamesOn(reading, packs) : undefined,
    patches: measured?.zones ?? [],
    size: { width, height },
  };
}
