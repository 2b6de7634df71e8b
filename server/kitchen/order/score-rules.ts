// The published rules, row by row, from the very functions that apply them.
import { dayMs, hourMs } from '../../clock.ts';
import { everyViolationId, violationKind } from '../violation/violation-kinds.ts';
import { escalationRules, planWithinMs, recheckWithinMs, type Tier, tierOf } from './escalation.ts';
import { acceptedDelta, confirmedDelta, fullScore, overdueDelta, steadyAfterMs, steadyDelta } from './score.ts';

export type PublishedRule = {
  readonly id: string;
  readonly points: number;
  readonly back: number;
  readonly backLate: number;
  readonly deadlineHours: number;
  readonly tier: Tier;
};

export function publishedRules() {
  const rules = everyViolationId.map(
    (id): PublishedRule => ({
      id,
      points: -confirmedDelta(id),
      back: acceptedDelta(id, 'in_time'),
      backLate: acceptedDelta(id, 'late'),
      deadlineHours: violationKind(id).deadlineHours,
      tier: tierOf(id, 0),
    }),
  );
  return {
    rules,
    full: fullScore,
    overdue: -overdueDelta(),
    steady: steadyDelta(),
    steadyDays: steadyAfterMs / dayMs,
    planHours: planWithinMs / hourMs,
    recheckHours: recheckWithinMs / hourMs,
    remindBeforeHours: escalationRules.remindBeforeMs / hourMs,
    remindAfterHours: escalationRules.remindAfterMs / hourMs,
    redHours: escalationRules.redAfterMs / hourMs,
    yellowDays: escalationRules.yellowsWithinMs / dayMs,
    repeatDays: escalationRules.repeatsWithinMs / dayMs,
    repeats: escalationRules.repeatsForDaily,
    pointsAtOnce: escalationRules.pointsForAtOnce,
  };
}
