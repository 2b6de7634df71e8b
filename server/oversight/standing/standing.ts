// What may be said of a kitchen's standing: a new name, a closing by a day, and for how long each may be taken back.
import { z } from 'zod';
import type { Caller } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Fault } from '../../http/problem.ts';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';

const reason = z.string().trim().min(2).max(200);
const blankAsNone = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value);

export const nameSchema = z.object({
  name: z.string().trim().min(2).max(60),
  nameEn: z.preprocess(blankAsNone, z.string().trim().max(120).nullish()).transform((name) => name ?? null),
  reason,
});
export const closingSchema = z.object({ day: z.iso.date(), reason });

/** An owner may open again what they closed themselves for so long; after that an inspector looks first. */
export const undoWithinMs = 30 * dayMs;
/** A record cannot be shaken off by calling the shop something else every month. */
export const mostNames = { count: 2, withinMs: 90 * dayMs } as const;
const longestAgoDays = 365;

/** A closing is told when it has happened: a day to come says nothing of today. */
export function dayFault(day: string, now: number): Fault | undefined {
  if (day > beijingDay(now))
    return {
      place: 'day',
      code: 'day_to_come',
      detail: 'This day is still to come: tell of the closing on the day itself.',
    };
  if (day < beijingDay(now - longestAgoDays * dayMs))
    return { place: 'day', code: 'day_long_ago', detail: 'This day is more than a year ago: look at the year.' };
  return undefined;
}

type Closed = { readonly byRole: string; readonly at: number };

/** What an inspector closed, an inspector opens. */
export function mayReopen({ role }: Pick<Caller, 'role'>, { byRole, at }: Closed, now: number): boolean {
  if (role === 'inspector' || role === 'admin') return true;
  return role === 'owner' && byRole === 'owner' && now - at <= undoWithinMs;
}
