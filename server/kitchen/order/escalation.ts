// What the clock does with an open order: reminders, cards, and telling an inspector; by rules that everybody can read.
import { dayMs, hourMs } from '../../clock.ts';
import { violationKind } from '../violation/violation-kinds.ts';
import type { OrderState, StepKind } from './rectification.ts';

/** The owner says within this time what will be done. */
export const planWithinMs = 2 * hourMs;
/** An answer is looked at again within this time. */
export const recheckWithinMs = 72 * hourMs;

export const escalationRules = {
  remindBeforeMs: 4 * hourMs,
  remindAfterMs: 2 * hourMs,
  remindEveryMs: dayMs,
  mostReminders: 7,
  redAfterMs: dayMs,
  yellowsWithinMs: 90 * dayMs,
  repeatsWithinMs: 30 * dayMs,
  repeatsForDaily: 2,
  pointsForAtOnce: 5,
} as const;

/** When an inspector hears of it: at once, once the date has passed, or daily while it stays open. */
export const tiers = ['at_once', 'daily', 'by_date'] as const;
export type Tier = (typeof tiers)[number];

/** `repeats`: orders about the same kind at the same kitchen in the thirty days before, that stand. */
export function tierOf(violation: string, repeats: number): Tier {
  if (violationKind(violation).points >= escalationRules.pointsForAtOnce) return 'at_once';
  return repeats >= escalationRules.repeatsForDaily ? 'daily' : 'by_date';
}

export type EscalatedOrder = {
  readonly violation: string;
  readonly state: OrderState;
  readonly dueAt: number;
  readonly overdueAt: number | null;
  readonly steps: readonly { readonly kind: StepKind; readonly at: number }[];
  readonly repeats: number;
  /** Yellow cards of this kitchen's other orders in the last ninety days. */
  readonly yellowsBefore: number;
};

export type ClockStep = 'reminded' | 'yellow_card' | 'red_card' | 'raised';

/** The steps that are due now; asking again after they were taken gives none. */
export function dueSteps(order: EscalatedOrder, now: number): ClockStep[] {
  if (order.state !== 'issued' && order.state !== 'answered') return [];
  const due: ClockStep[] = [];
  if (order.state === 'issued' && reminderIsDue(order, now)) due.push('reminded');
  if (order.state === 'issued') due.push(...cardsDue(order, now));
  if (raiseIsDue(order, now)) due.push('raised');
  return due;
}

/** A returned answer starts anew. */
function roundOf({ steps }: EscalatedOrder): EscalatedOrder['steps'] {
  const start = steps.findLastIndex(({ kind }) => kind === 'issued' || kind === 'returned');
  return steps.slice(Math.max(0, start));
}

function reminderIsDue(order: EscalatedOrder, now: number): boolean {
  const { remindBeforeMs, remindAfterMs, remindEveryMs, mostReminders } = escalationRules;
  const round = roundOf(order);
  const start = round[0]?.at ?? order.dueAt;
  const reminders = round.filter(({ kind }) => kind === 'reminded');
  if (now <= order.dueAt) {
    const before = order.dueAt - Math.min(remindBeforeMs, (order.dueAt - start) / 2);
    return now >= before && reminders.length === 0;
  }
  const after = reminders.filter(({ at }) => at > order.dueAt);
  const last = after.at(-1)?.at;
  if (after.length >= mostReminders) return false;
  return last === undefined ? now >= order.dueAt + remindAfterMs : now - last >= remindEveryMs;
}

function cardsDue(order: EscalatedOrder, now: number): ClockStep[] {
  const { redAfterMs } = escalationRules;
  if (order.overdueAt === null || now <= order.dueAt) return [];
  const has = (card: ClockStep) => order.steps.some(({ kind }) => kind === card);
  const red = now - order.dueAt >= redAfterMs || order.yellowsBefore > 0;
  return [
    ...(has('yellow_card') ? [] : ['yellow_card' as const]),
    ...(red && !has('red_card') ? ['red_card' as const] : []),
  ];
}

function raiseIsDue(order: EscalatedOrder, now: number): boolean {
  const raised = order.steps.filter(({ kind }) => kind === 'raised');
  const last = raised.at(-1)?.at;
  const tier = tierOf(order.violation, order.repeats);
  if (tier === 'daily') return last === undefined || now - last >= dayMs;
  if (tier === 'at_once' && last === undefined) return true;
  const overdue = order.state === 'issued' && order.overdueAt !== null && now > order.dueAt;
  return overdue && (last === undefined || last <= order.dueAt);
}
