// Gathers the figures of each board: a reviewer's, a supervisor's, an owner's.
import type {
  AgreementFigure,
  OwnerFigures,
  ReviewerFigures,
  SupervisorFigures,
} from '../../../views/kitchen/board/board-figures.ts';
import { namesOf } from '../../accounts/account-store.ts';
import type { Caller } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Deps, Lang } from '../../deps.ts';
import { publishedSeconds } from '../desk/pace.ts';
import { agreements } from '../quality/agreement-store.ts';
import { ratesOf } from '../quality/evidence-rates.ts';
import { missEvidence } from '../quality/miss-evidence-store.ts';
import type { Restaurant } from '../restaurant/restaurant-store.ts';
import { violationWords } from '../violation/violation-kinds.ts';
import { boardScope } from './board-scope.ts';
import { confirmedKinds, loopSteps, lowestScores, overdueKitchens, scoreSteps } from './loop-store.ts';
import { lastDays, lastWeeks } from './span.ts';
import { cameraUptimes } from './uptime-store.ts';
import { pacePeople, paceSteps, raisedSteps, verdictsSince } from './work-store.ts';

export const boardDays = 30;
export const boardWeeks = 13;
export const scoreDays = 90;
const quarterMs = 90 * dayMs;
const mostPeople = 20;

type BoardDeps = Pick<Deps, 'db' | 'clock'>;

export function reviewerFigures({ db, clock }: BoardDeps, caller: Caller, lang: Lang): ReviewerFigures {
  const now = clock();
  const steps = lastDays(now, boardDays);
  const verdicts = verdictsSince(db, boardScope(caller), steps[0]?.from ?? now);
  return {
    publishedSeconds,
    own: paceSteps(
      steps,
      verdicts.filter(({ by }) => by === caller.id),
    ),
    house: paceSteps(steps, verdicts),
    agreement: agreementByKind(db, now, lang, caller.id),
  };
}

export function supervisorFigures({ db, clock }: BoardDeps, caller: Caller, lang: Lang): SupervisorFigures {
  const now = clock();
  const [scope, steps] = [boardScope(caller), lastDays(now, boardDays)];
  const verdicts = verdictsSince(db, scope, steps[0]?.from ?? now);
  const people = pacePeople(verdicts).slice(0, mostPeople);
  const names = namesOf(
    db,
    people.map(({ by }) => by),
  );
  const evidence = missEvidence(db, caller, { from: now - quarterMs, to: now + 1 });
  return {
    publishedSeconds,
    house: paceSteps(steps, verdicts),
    people: people.map(({ by, ...pace }) => ({ ...pace, name: names.get(by) ?? String(by) })),
    raised: raisedSteps(db, scope, steps),
    agreement: agreementByKind(db, now, lang),
    misses: ratesOf(evidence, () => true).map(({ violation, rate }) => ({
      name: violationWords(violation, lang).name,
      rate,
    })),
    loop: loopSteps(db, scope, lastWeeks(now, boardWeeks)),
    overdue: overdueKitchens(db, scope, now),
    scores: lowestScores(db, scope),
    uptime: cameraUptimes(db, scope, steps, now),
    days: steps.map(({ label }) => label),
  };
}

export function ownerFigures(
  { db, clock }: BoardDeps,
  caller: Caller,
  restaurant: Restaurant,
  lang: Lang,
): OwnerFigures {
  const now = clock();
  const [scope, steps] = [boardScope(caller, restaurant.id), lastDays(now, boardDays)];
  return {
    score: scoreSteps(db, restaurant, lastDays(now, scoreDays)),
    kinds: confirmedKinds(db, scope, now - quarterMs).map(({ violation, count }) => ({
      name: violationWords(violation, lang).name,
      count,
    })),
    loop: loopSteps(db, scope, lastWeeks(now, boardWeeks)),
    uptime: cameraUptimes(db, scope, steps, now),
    days: steps.map(({ label }) => label),
  };
}

/** Over the quarter: of everybody, or of the pairs that a person was one of. */
function agreementByKind(db: Deps['db'], now: number, lang: Lang, person?: number): AgreementFigure[] {
  const lines = agreements(db, { from: now - quarterMs, to: now + 1 }, person);
  return lines
    .filter(({ people }) => people === undefined)
    .map(({ violation, pairs, kappa, low, high }) => ({
      name: violationWords(violation, lang).name,
      pairs,
      kappa,
      low,
      high,
    }));
}
