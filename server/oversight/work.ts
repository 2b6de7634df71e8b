// The jobs of oversight, by name, for the house's work.ts.
import { hourMs } from '../clock.ts';
import type { Deps } from '../deps.ts';
import type { Work } from '../jobs/run-jobs.ts';
import { checkDays } from './day/check-days.ts';
import { lookAtKitchens } from './join/look-at-kitchens.ts';

export function oversightWork(deps: Deps): Work {
  return {
    'check-days': () => void checkDays(deps),
    'recall-kitchen': (payload) => lookAtKitchens(deps, payload),
  };
}

/** Jobs that the clock asks for, as in timers.ts: name → milliseconds. */
export const oversightJobsEveryMs: Readonly<Record<string, number>> = {
  'check-days': hourMs,
};
