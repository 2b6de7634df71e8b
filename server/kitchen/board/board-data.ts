// Gathers the figures of a reviewer's board and of an owner's.
import type { AgreementFigure, OwnerFigures, ReviewerFigures } from '../../../views/kitchen/board/board-figures.ts';
import type { Caller } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Deps, Lang } from '../../deps.ts';
import { publishedSeconds } from '../desk/pace.ts';
import type { Restaurant } from '../restaurant/restaurant-store.ts';
import { violationWords } from '../violation/violation-kinds.ts';
import { boardScope } from './board-scope.ts';
import { confirmedKinds, loopSteps, scoreSteps } from './loop-store.ts';
import { lastDays, lastWeeks } from './span.ts';
import { agreementInQuarter, boardDays, boardWeeks } from './supervisor-store.ts';
import { cameraUptimes } from './uptime-store.ts';
import { paceSteps, verdictsSince } from './work-store.ts';

export const scoreDays = 90;
const quarterMs = 90 * dayMs;

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
  return agreementInQuarter(db, now, person).map(({ violation, ...figure }) => ({
    name: violationWords(violation, lang).name,
    ...figure,
  }));
}
