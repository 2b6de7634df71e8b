// The recall in the path of a request, when the caller may see it, and the notice to a place of theirs.
import type { Context } from 'hono';
import { type Caller, seesAllSites } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { type Recall, type RecallNotice, recallByPublicId, recallNotices } from './recall-store.ts';

/** The recall in the path when it concerns the caller; another's is not there. */
export function visibleRecall(c: Context<Env>, deps: Deps): Recall {
  const recall = recallByPublicId(deps.db, c.req.param('id') ?? '');
  if (recall === undefined || !concerns(deps, recall, signedInCaller(c))) throw new Problem('not_found');
  return recall;
}

/** The notice a caller answers: of the site they name, or of the only one of theirs. */
export function ownNotice({ db }: Deps, recall: Recall, caller: Caller, site: string | undefined): RecallNotice {
  const notices = recallNotices(db, recall.id);
  const own = notices.filter(({ siteId }) => (site === undefined ? caller.sites.includes(siteId) : siteId === site));
  const [notice] = own;
  if (notice === undefined) throw new Problem('not_found', { detail: 'No notice of this recall went to that site.' });
  if (own.length > 1) {
    const detail = `Several of your sites were told; name one: ${own.map(({ siteId }) => siteId).join(' ')}`;
    throw new Problem('invalid_input', { faults: [{ place: '/site', code: 'missing', detail }] });
  }
  return notice;
}

export function concerns({ db }: Deps, recall: Recall, caller: Caller): boolean {
  if (seesAllSites(caller)) return true;
  return recallNotices(db, recall.id).some(({ siteId }) => caller.sites.includes(siteId));
}
