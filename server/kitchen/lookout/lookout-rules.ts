// Every lookout rule by its name, and what a form offers first for each.
import type { MeasureAsk } from '../../../inference/colours.ts';
import type { Lookout, LookoutRuleId } from '../camera/lookout.ts';
import { bareLookout } from './bare-lookout.ts';
import { clothesLookout } from './clothes-lookout.ts';
import { dressAsk, wholePicture } from './dress.ts';
import { fireLookout } from './fire-lookout.ts';
import { floorLookout } from './floor-lookout.ts';
import { hatLookout } from './hat-lookout.ts';
import { boxOf, type LookoutRule } from './lookout-rule.ts';
import { personLookout } from './person-lookout.ts';

// Each rule keeps a memory of its own kind; between two looks it is plain data, and comes back to the rule that wrote it.
export const lookoutRules: Readonly<Record<LookoutRuleId, LookoutRule>> = {
  person: personLookout,
  fire: fireLookout as LookoutRule,
  floor: floorLookout as LookoutRule,
  clothes: clothesLookout,
  hat: hatLookout,
  bare: bareLookout,
};

/** Rules that compare a zone with how it was shown. */
export const comparingRules: readonly LookoutRuleId[] = ['fire', 'floor'];
/** Rules that go by colours somebody chose. */
export const colourRules: readonly LookoutRuleId[] = ['clothes', 'hat'];
const dressParts: Partial<Record<LookoutRuleId, readonly ('torsos' | 'heads')[]>> = {
  clothes: ['torsos'],
  hat: ['heads'],
  bare: ['torsos', 'heads'],
};

export type LookoutDefaults = Pick<Lookout, 'when' | 'leastPx' | 'holdSeconds' | 'againMinutes'>;

/** Chosen on rendered sequences: `npm run bench:lookouts` prints what each finds and wrongly finds. */
export const lookoutDefaults: Readonly<Record<LookoutRuleId, LookoutDefaults>> = {
  person: { when: 'closed', leastPx: 32, holdSeconds: 2, againMinutes: 10 },
  fire: { when: 'always', leastPx: 8, holdSeconds: 120, againMinutes: 10 },
  floor: { when: 'open', leastPx: 32, holdSeconds: 120, againMinutes: 60 },
  clothes: { when: 'open', leastPx: 60, holdSeconds: 30, againMinutes: 30 },
  hat: { when: 'open', leastPx: 24, holdSeconds: 30, againMinutes: 30 },
  bare: { when: 'open', leastPx: 60, holdSeconds: 10, againMinutes: 30 },
};

export function lookoutViolation(rule: LookoutRuleId): string {
  return lookoutRules[rule].violation;
}

/** What the eye has to measure for these; undefined where packs see all that is asked. */
export function coloursWanted(lookouts: readonly Lookout[] = []): MeasureAsk | undefined {
  const compared = lookouts.filter(({ rule }) => comparingRules.includes(rule));
  const parts = lookouts.flatMap(({ rule }) => dressParts[rule] ?? []);
  const zones = compared.map(({ id, points }) => ({ id, box: boxOf(points) }));
  if (zones.length === 0 && parts.length === 0) return undefined;
  if (parts.length === 0) return { zones, torsos: 'not-wanted' };
  return { ...dressAsk(parts), zones: [...zones, wholePicture] };
}
