// Which of a caller's places something is about: the one that was named, or their only one.
import { Problem } from '../http/problem.ts';
import { type Caller, seesSite } from './caller.ts';

/** `whichOne` says what to do where several are possible. Throws Problem `invalid_input` (`/site`), `not_found` for another's. */
export function askedSite(caller: Caller, asked: string | undefined, whichOne: string): string {
  const site = asked === undefined || asked === '' ? (caller.sites.length === 1 ? caller.sites[0] : undefined) : asked;
  if (site === undefined)
    throw new Problem('invalid_input', { faults: [{ place: '/site', code: 'missing', detail: whichOne }] });
  if (!seesSite(caller, site)) throw new Problem('not_found', { detail: 'No such place of yours.' });
  return site;
}
