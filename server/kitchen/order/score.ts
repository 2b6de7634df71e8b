// A restaurant's score: what it loses for a confirmed violation, and how it recovers.
import { violationKind } from '../violation/violation-kinds.ts';

export const scoreReasons = ['confirmed', 'accepted', 'overdue', 'steady', 'undone', 'overturned'] as const;
export type ScoreReason = (typeof scoreReasons)[number];

export const fullScore = 100;
const overduePoints = 2;
export const steadyAfterMs = 30 * 24 * 3600_000;
const steadyPoints = 3;

/** What a person's confirmation costs. No machine verdict ever costs anything. */
export function confirmedDelta(violation: string): number {
  return -violationKind(violation).points;
}

/** Put right in time: all but one point comes back (all of it where it cost only one). Late: half. */
export function acceptedDelta(violation: string, came: 'in_time' | 'late'): number {
  const { points } = violationKind(violation);
  return came === 'late' ? Math.floor(points / 2) : Math.max(1, points - 1);
}

export function overdueDelta(): number {
  return -overduePoints;
}

/** Thirty days without a loss. */
export function steadyDelta(): number {
  return steadyPoints;
}

/** Kept between 0 and 100; the delta that is recorded is the one that took effect. */
export function scoreAfter(before: number, delta: number): { readonly after: number; readonly delta: number } {
  const after = Math.min(fullScore, Math.max(0, before + delta));
  return { after, delta: after - before };
}

export type ScoreGrade = 'good' | 'fair' | 'poor';

export function gradeOf(score: number): ScoreGrade {
  if (score >= 90) return 'good';
  return score >= 75 ? 'fair' : 'poor';
}
