// What a supervisor's board is made of: days and weeks that are over, which a large house keeps, and what is so at this moment.
import type { Caller } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { agreements } from '../quality/agreement-store.ts';
import { ratesOf } from '../quality/evidence-rates.ts';
import { missEvidence } from '../quality/miss-evidence-store.ts';
import { boardScope } from './board-scope.ts';
import { loopSteps } from './loop-store.ts';
import { lastDays, lastWeeks, type Step } from './span.ts';
import { cameraUptimes } from './uptime-store.ts';
import { pacePeople, paceSteps, raisedSteps, verdictsSince } from './work-store.ts';

export const boardDays = 30;
export const boardWeeks = 13;
const quarterMs = 90 * dayMs;
const mostPeople = 20;
const mostCameras = 40;

export type SupervisorHistory = ReturnType<typeof supervisorHistory>;

/** Reads a quarter of flags and verdicts; JSON of it is as good as it is. */
export function supervisorHistory(db: Db, caller: Caller, now: number) {
  const [scope, steps] = [boardScope(caller), lastDays(now, boardDays)];
  const verdicts = verdictsSince(db, scope, steps[0]?.from ?? now);
  const evidence = missEvidence(db, caller, { from: now - quarterMs, to: now + 1 });
  const uptime = cameraUptimes(db, scope, steps, now);
  return {
    house: paceSteps(steps, verdicts),
    people: pacePeople(verdicts).slice(0, mostPeople),
    raised: raisedSteps(db, scope, steps),
    agreement: agreementInQuarter(db, now),
    misses: ratesOf(evidence, () => true).map(({ violation, rate }) => ({ violation, rate })),
    loop: loopSteps(db, scope, lastWeeks(now, boardWeeks)),
    uptime: uptime.slice(0, mostCameras),
    cameras: uptime.length,
    days: steps.map(({ label }) => label),
  };
}

/** What was kept at `at`, with the days since then as they are now. */
export function broughtUpTo(db: Db, caller: Caller, now: number, kept: SupervisorHistory): SupervisorHistory {
  const [scope, steps] = [boardScope(caller), lastDays(now, boardDays)];
  const over = new Map(kept.days.slice(0, -1).map((label, index) => [label, index]));
  const open = steps.filter(({ label }) => !over.has(label));
  const live = {
    house: new Map(paceSteps(open, verdictsSince(db, scope, open[0]?.from ?? now)).map((step) => [step.label, step])),
    raised: new Map(raisedSteps(db, scope, open).map((count, index) => [open[index]?.label ?? '', count])),
  };
  const nothing = (label: string) => ({ label, decisions: 0, medianMs: undefined, p90Ms: undefined });
  const at = ({ label }: Step) => over.get(label) ?? -1;
  return {
    ...kept,
    house: steps.map((step) => kept.house[at(step)] ?? live.house.get(step.label) ?? nothing(step.label)),
    raised: steps.map((step) => kept.raised[at(step)] ?? live.raised.get(step.label) ?? 0),
  };
}

/** Over the quarter, a line a kind: of everybody, or of the pairs that a person was one of. */
export function agreementInQuarter(db: Db, now: number, person?: number) {
  return agreements(db, { from: now - quarterMs, to: now + 1 }, person)
    .filter(({ people }) => people === undefined)
    .map(({ violation, pairs, kappa, low, high }) => ({ violation, pairs, kappa, low, high }));
}
