// What a lookout knows from one look to the next: its own state, how the camera stood, and the last people seen.
import type { ColourPatch } from '../../../inference/colours.ts';
import type { Lookout } from '../camera/lookout.ts';
import { type Advanced, advanceLookout, freshState, type LookoutReading, type LookoutState } from './lookout-rule.ts';
import { lookoutRules } from './lookout-rules.ts';
import type { SeenPerson } from './people.ts';
import { type Standing, standingAfter } from './standing.ts';

export type LookoutMemory = {
  readonly state: LookoutState;
  readonly standing?: Standing;
  /** What the last look with the models saw; a frame on which nothing changed shows the same. */
  readonly people?: readonly SeenPerson[];
  readonly lookedAt?: number;
};

/** One look at the camera, before it is known what the lookout makes of it. */
export type CameraLook = Omit<LookoutReading, 'sight' | 'people' | 'patch'> & {
  readonly patches: readonly (ColourPatch & { readonly id: string })[];
  readonly lens: 'in-order' | 'at-fault';
  readonly view: { readonly view: string; readonly movedFrames: number };
  readonly shift: number | undefined;
  /** `unchanged`: the models were left out because nothing changed since the look before. */
  readonly people: readonly SeenPerson[] | 'unchanged' | undefined;
};

/** Unchanged frames follow one another; after this long the models are asked again. */
export const unchangedForMs = 2 * 60_000;

/** While a lookout does not watch: no stretch goes on, and nothing else is forgotten. */
export function restingMemory(memory: LookoutMemory | undefined): LookoutMemory | undefined {
  const { raisedAt } = memory?.state.hold ?? {};
  if (memory === undefined) return undefined;
  return { ...memory, state: { ...memory.state, hold: raisedAt === undefined ? {} : { raisedAt } } };
}

export function rememberLook(
  memory: LookoutMemory | undefined,
  look: CameraLook,
  lookout: Lookout,
): Advanced & { readonly memory: LookoutMemory } {
  const blind = look.lens === 'at-fault';
  const standing = blind ? memory?.standing : standingAfter(memory?.standing, look.view, look.shift);
  const known = blind ? undefined : knownPeople(memory, look);
  const { at, gapMs, size } = look;
  const patch = blind ? undefined : look.patches.find(({ id }) => id === lookout.id);
  const sight = blind || standing?.displaced ? 'blind' : 'clear';
  const people = known?.people;
  const reading = { at, gapMs, sight, people, size, patch, flames: look.flames } as const;
  const advanced = advanceLookout(memory?.state ?? freshState, reading, lookout, lookoutRules[lookout.rule]);
  return {
    ...advanced,
    memory: { state: advanced.state, ...(standing === undefined ? {} : { standing }), ...known },
  };
}

type Known = Pick<LookoutMemory, 'people' | 'lookedAt'>;

/** A frame that shows no change shows the people of the one before, while that is not long ago. */
function knownPeople(memory: LookoutMemory | undefined, { people, at }: CameraLook): Known {
  if (people !== 'unchanged') return people === undefined ? {} : { people, lookedAt: at };
  const { people: before, lookedAt } = memory ?? {};
  if (before === undefined || lookedAt === undefined || at - lookedAt > 2 * unchangedForMs) return {};
  return { people: before, lookedAt };
}

/** Whether the models should look at the next frame whatever it shows. */
export function wantsLook(memory: LookoutMemory | undefined, now: number): boolean {
  return memory?.lookedAt === undefined || now - memory.lookedAt >= unchangedForMs;
}
