// A rectification order: its deadline, its states, and which step may follow which.
import { hourMs } from '../../clock.ts';
import { violationKind } from '../violation/violation-kinds.ts';

export const orderStates = ['issued', 'answered', 'accepted', 'withdrawn'] as const;
export type OrderState = (typeof orderStates)[number];

export const stepKinds = [
  'issued',
  'answered',
  'accepted',
  'returned',
  'overdue',
  'withdrawn',
  'appealed',
  'upheld',
  'overturned',
  'planned',
  'reminded',
  'raised',
  'yellow_card',
  'red_card',
] as const;
export type StepKind = (typeof stepKinds)[number];

export const appealWithinMs = 7 * 24 * hourMs;
const shortestNewDeadlineMs = 4 * hourMs;

const stateAfter: Partial<Record<StepKind, Partial<Record<OrderState, OrderState>>>> = {
  // A photo may be replaced by a better one until a reviewer has looked.
  answered: { issued: 'answered', answered: 'answered' },
  accepted: { answered: 'accepted' },
  returned: { answered: 'issued' },
  overdue: { issued: 'issued' },
  withdrawn: { issued: 'withdrawn', answered: 'withdrawn' },
  appealed: { issued: 'issued', answered: 'answered' },
  upheld: { issued: 'issued', answered: 'answered', accepted: 'accepted' },
  overturned: { issued: 'withdrawn', answered: 'withdrawn', accepted: 'withdrawn' },
  planned: { issued: 'issued' },
  reminded: { issued: 'issued' },
  raised: { issued: 'issued', answered: 'answered' },
  yellow_card: { issued: 'issued' },
  red_card: { issued: 'issued' },
};

/** The state after a step; undefined when the step may not follow. */
export function orderAfter(state: OrderState, step: StepKind): OrderState | undefined {
  return stateAfter[step]?.[state];
}

export function deadlineOf(violation: string, issuedAt: number): number {
  return issuedAt + violationKind(violation).deadlineHours * hourMs;
}

/** A returned answer gets half the time again, and never less than four hours. */
export function deadlineAfterReturn(violation: string, returnedAt: number): number {
  return returnedAt + Math.max(shortestNewDeadlineMs, (violationKind(violation).deadlineHours * hourMs) / 2);
}

/** The number the owner sees. */
export function orderNumber(id: number): string {
  return `ZG-${String(id).padStart(4, '0')}`;
}

export type Deadline = {
  readonly late: boolean;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
};

/** How long is left, or how long it has been overdue. */
export function deadlineLeft(dueAt: number, now: number): Deadline {
  const minutes = Math.floor(Math.abs(dueAt - now) / 60_000);
  return {
    late: now > dueAt,
    days: Math.floor(minutes / 1440),
    hours: Math.floor((minutes % 1440) / 60),
    minutes: minutes % 60,
  };
}
