// The one contract of all lookouts: a reading over time goes in, sightings come out, and nothing is asked of anybody else.
import type { ColourPatch } from '../../../inference/colours.ts';
import type { Box } from '../../../inference/types.ts';
import type { Lookout } from '../camera/lookout.ts';
import { type Answer, advanceHold, type Hold } from './hold.ts';
import type { SeenPerson } from './people.ts';

/** What one look at a camera can tell a lookout. */
export type LookoutReading = {
  readonly at: number;
  readonly gapMs: number;
  /** `blind`: the lens is not in order, or the camera no longer stands where the zone was drawn. */
  readonly sight: 'clear' | 'blind';
  /** Undefined when nobody looked for people: that is not the same as nobody there. */
  readonly people: readonly SeenPerson[] | undefined;
  /** Flames as a pack saw them; undefined when none that knows them looked. */
  readonly flames?: readonly { readonly box: Box; readonly score: number }[] | undefined;
  /** The zone of this lookout, small and in colour; undefined when nobody measured it. */
  readonly patch?: ColourPatch | undefined;
  /** Of the picture as it came, in pixels. */
  readonly size: { readonly width: number; readonly height: number };
};

/** What a rule says of one look. */
export type Look<M> = {
  readonly answer: Answer;
  readonly score: number;
  readonly box: Box;
  /** What the rule itself wants to know at the next look. Plain data: it lies in a row between looks. */
  readonly own?: M;
};

export type LookoutRule<M = unknown> = {
  /** What a person is asked to confirm. */
  readonly violation: string;
  /** From this score on it counts. */
  readonly threshold: number;
  look(reading: LookoutReading, lookout: Lookout, own: M | undefined): Look<M>;
};

export type LookoutState = { readonly hold: Hold; readonly own?: unknown };

export type LookoutSighting = {
  readonly id: string;
  readonly score: number;
  readonly threshold: number;
  readonly box: Box;
  readonly zone: string;
  /** The first look of the stretch. */
  readonly since: number;
};

export type Advanced = {
  readonly state: LookoutState;
  readonly answer: Answer;
  readonly sightings: readonly LookoutSighting[];
};

export const freshState: LookoutState = { hold: {} };

/** The state after one more look. A blind look changes nothing but the time that passed without one. */
export function advanceLookout(
  state: LookoutState,
  reading: LookoutReading,
  lookout: Lookout,
  rule: LookoutRule,
): Advanced {
  const look = reading.sight === 'blind' ? { ...unseen, own: state.own } : rule.look(reading, lookout, state.own);
  const { at, gapMs } = reading;
  const times = { holdMs: lookout.holdSeconds * 1000, againMs: lookout.againMinutes * 60_000, gapMs };
  const { hold, raise } = advanceHold(state.hold, { at, answer: look.answer }, times);
  const { violation: id, threshold } = rule;
  const { score, box, own, answer } = look;
  const sighting = { id, score, threshold, box, zone: lookout.name, since: hold.since ?? at };
  return { state: own === undefined ? { hold } : { hold, own }, answer, sightings: raise ? [sighting] : [] };
}

const unseen = { answer: 'unknown', score: 0, box: [0, 0, 1, 1] } as const;

/** The rectangle round a zone: where a reviewer looks when nothing smaller is known. */
export function boxOf(points: Lookout['points']): Box {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}
