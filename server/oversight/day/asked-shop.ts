// Which shop a page of the day is about, and whether the reader may see it or change it.
import type { Context } from 'hono';
import type { PlaceName } from '../../../views/trace/parts.tsx';
import { type Caller, seesSite } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { placesOf } from '../../trace/place/place-store.ts';

export type AskedShop = { readonly site: PlaceName; readonly caller: Caller };

/** The shop named in the path. Throws Problem `not_found` for another's, as if it were not there. */
export function askedShop(c: Context<Env>, { db }: Pick<Deps, 'db'>): AskedShop {
  const [siteId, caller] = [c.req.param('siteId') ?? '', signedInCaller(c)];
  const site = placesOf(db, [siteId]).get(siteId);
  if (!seesSite(caller, siteId) || (site === undefined && !caller.sites.includes(siteId)))
    throw new Problem('not_found');
  return {
    caller,
    site: site ?? { id: siteId, name: siteId, nameEn: null, kind: null, address: null, addressEn: null },
  };
}

/** Its faults in the reader's words. */
export function dayFaults(c: Context<Env>, { faults }: Problem) {
  const { day, common } = c.get('words');
  return faults.map(({ place, code, detail }) => ({
    place,
    detail: day.faults[code] ?? (code === 'required' ? common.required : detail),
  }));
}
