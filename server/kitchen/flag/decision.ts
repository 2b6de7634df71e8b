// What a verdict does to a flag, who may give it, and how far it can be taken back.
import type { ProblemCode } from '../../http/problem.ts';

export const decisions = ['confirmed', 'cleared', 'unsure', 'undone'] as const;
export const givenDecisions = ['confirmed', 'cleared', 'unsure'] as const;
export type GivenDecision = (typeof givenDecisions)[number];

export const flagStatuses = ['open', 'unsure', 'confirmed', 'cleared'] as const;
export type FlagStatus = (typeof flagStatuses)[number];

/** first: the queue; second: of an unsure flag; blind: of one already judged, without knowing; appeal: by the owner's wish. */
export const verdictStages = ['first', 'second', 'blind', 'appeal'] as const;
export type VerdictStage = (typeof verdictStages)[number];

export const leaseMs = 120_000;
const undoWithinMs = 30 * 60_000;
const idleAfterMs = 30_000;

export type FlagStanding = {
  readonly status: FlagStatus;
  readonly second: 'none' | 'wanted' | 'done';
  readonly leasedTo: number | null;
  readonly leaseUntil: number | null;
  /** Since when somebody has it before them; null when it only lies ready for them. */
  readonly leasedAt: number | null;
};

/** Which stage a verdict given now would be; undefined when the flag waits for none. */
export function stageOf(flag: FlagStanding): VerdictStage | undefined {
  if (flag.status === 'open') return 'first';
  if (flag.status === 'unsure') return 'second';
  return flag.second === 'wanted' ? 'blind' : undefined;
}

export type Asker = { readonly id: number; readonly ownShop: boolean; readonly judgedBefore: boolean };
export type Hindrance = { readonly code: ProblemCode; readonly detail: string };

/** Why this person may not judge this flag now; undefined when they may. */
export function hindrance(flag: FlagStanding, asker: Asker, now: number): Hindrance | undefined {
  if (asker.ownShop) return { code: 'forbidden', detail: 'A reviewer never judges their own shop.' };
  if (stageOf(flag) === undefined) return { code: 'conflict', detail: 'This flag has been decided.' };
  if (asker.judgedBefore)
    return { code: 'conflict', detail: 'You have judged this flag; a second person looks at it now.' };
  if (leasedToOther(flag, asker.id, now)) return { code: 'conflict', detail: 'Another reviewer has this flag open.' };
  return undefined;
}

function leasedToOther(flag: FlagStanding, id: number, now: number): boolean {
  return flag.leasedTo !== null && flag.leasedTo !== id && flag.leasedAt !== null && isHeld(flag.leaseUntil ?? 0, now);
}

/** Until when a lease holds: one that ends later than any can was given by a clock that was ahead. */
function isHeld(leaseUntil: number, now: number): boolean {
  return leaseUntil > now && leaseUntil <= now + leaseMs;
}

/** Which kinds a verdict says are there: none unless it confirms. */
export function kindsOf(verdict: {
  readonly decision: string;
  readonly violation: string;
  readonly kinds: readonly string[] | null;
}): readonly string[] {
  if (verdict.decision !== 'confirmed') return [];
  return verdict.kinds ?? [verdict.violation];
}

/** Whether two verdicts say the same of a frame, the kinds included. */
export function sayTheSame(one: Parameters<typeof kindsOf>[0], other: Parameters<typeof kindsOf>[0]): boolean {
  const [kinds, others] = [kindsOf(one), kindsOf(other)];
  return one.decision === other.decision && kinds.length === others.length && kinds.every((id) => others.includes(id));
}

/**
 * The flag's status after a verdict. `unsureBefore` counts the doubts that stand; `kinds` says whether a blind verdict
 * names the same kinds as the first: where two people disagree, a third decides.
 */
export function statusAfter(
  flag: FlagStanding,
  decision: GivenDecision,
  unsureBefore: number,
  kinds: 'same' | 'other' = 'same',
): FlagStatus {
  const stage = stageOf(flag);
  if (stage === 'blind') return decision === flag.status && kinds === 'same' ? flag.status : 'unsure';
  // Two people who are not sure: the doubt is for the kitchen.
  if (stage === 'second' && decision === 'unsure' && unsureBefore >= 1) return 'cleared';
  return decision;
}

export function isIdle(visibleMs: number | null): boolean {
  return visibleMs !== null && visibleMs > idleAfterMs;
}

/** Why this verdict cannot be taken back; undefined when it can. */
export function undoHindrance(
  verdict: { readonly at: number; readonly isNewest: boolean; readonly orderState: string | undefined },
  now: number,
): Hindrance | undefined {
  if (now - verdict.at > undoWithinMs)
    return { code: 'conflict', detail: 'It was more than 30 minutes ago; the owner can appeal.' };
  if (!verdict.isNewest) return { code: 'conflict', detail: 'Somebody has judged this flag since.' };
  if (verdict.orderState !== undefined && verdict.orderState !== 'issued') {
    return { code: 'conflict', detail: 'The owner has answered the order; accept or return the answer instead.' };
  }
  return undefined;
}
