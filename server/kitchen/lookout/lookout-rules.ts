// Every lookout rule by its name, and what a form offers first for each.
import type { Lookout, LookoutRuleId } from '../camera/lookout.ts';
import type { LookoutRule } from './lookout-rule.ts';
import { personLookout } from './person-lookout.ts';

export const lookoutRules = { person: personLookout } as const satisfies Record<LookoutRuleId, LookoutRule>;

export type LookoutDefaults = Pick<Lookout, 'when' | 'leastPx' | 'holdSeconds' | 'againMinutes'>;

/** Chosen on rendered sequences: `npm run bench:lookouts` prints what each finds and wrongly finds. */
export const lookoutDefaults: Readonly<Record<LookoutRuleId, LookoutDefaults>> = {
  person: { when: 'closed', leastPx: 32, holdSeconds: 2, againMinutes: 10 },
};

export function lookoutViolation(rule: LookoutRuleId): string {
  return lookoutRules[rule].violation;
}
