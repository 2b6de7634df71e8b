// What part of the house a board is about: what the caller may see, and of that perhaps one kitchen.
import { type Caller, scopeOf } from '../../accounts/caller.ts';

/** As the questions of the database take it. */
export type BoardScope = { readonly all: 0 | 1; readonly seen: string; readonly restaurant: number | null };

/** For questions in which `r` is the restaurant. */
export const within =
  '(@all = 1 OR r.site_id IN (SELECT value FROM json_each(@seen))) AND (@restaurant IS NULL OR r.id = @restaurant)';

export function boardScope(caller: Caller, restaurantId?: number): BoardScope {
  return { ...scopeOf(caller), restaurant: restaurantId ?? null };
}
