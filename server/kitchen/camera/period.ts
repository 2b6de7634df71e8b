// Periods of a camera's day: cooking, idle and night, each with an interval and violations of its own.
import { z } from 'zod';
import { isOpen } from '../restaurant/hours.ts';

export const periodKinds = ['cooking', 'idle', 'night'] as const;

const minute = z.int().min(0).max(1439);
/** In this order the first that holds counts; outside of all the camera's own interval does. */
export const periodSchema = z.strictObject({
  kind: z.enum(periodKinds),
  /** Minutes after midnight in Beijing; an end before the beginning is past midnight. */
  from: minute,
  to: minute,
  everySeconds: z.int().min(2).max(3600),
  /** Violations that are not looked for in it, beside those switched off altogether. */
  off: z.array(z.string().max(40)).max(40).default([]),
});
export type Period = z.infer<typeof periodSchema>;

type WithPeriods = { readonly periods?: readonly Period[] | undefined };

export function periodAt({ periods = [] }: WithPeriods, at: number): Period | undefined {
  return periods.find(({ from, to }) => isOpen({ opensAtMinute: from, closesAtMinute: to }, at));
}

/** The rules as they hold at this moment. */
export function rulesAt<R extends WithPeriods & { readonly off: string[] }>(rules: R, at: number): R {
  const period = periodAt(rules, at);
  return period === undefined || period.off.length === 0
    ? rules
    : { ...rules, off: [...new Set([...rules.off, ...period.off])] };
}
