// The recall in the path of a request, when the caller may see it, and the notice to a place of theirs.
import type { Context } from 'hono';
import { type Caller, isRegulator, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { seesLot } from '../chain/lot-visibility-store.ts';
import { findLot } from '../lot/asked-lot-store.ts';
import type { Lot } from '../lot/lot-store.ts';
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
  // Who oversees where the lot is or was, oversees its recall.
  if (isRegulator(caller) && seesLot(db, caller, recall.lotId)) return true;
  const seen = new Set(sitesSeen(caller));
  return recallNotices(db, recall.id).some(({ siteId }) => seen.has(siteId));
}

/** The lot somebody wants recalled. Throws Problem: the code's faults, or the same for a stranger's lot and an unknown one. */
export function recallableLot(deps: Deps, code: string, caller: Caller): Lot {
  const lot = findLot(deps, code, '/code');
  if (seesLot(deps.db, caller, lot.id)) return lot;
  throw new Problem('not_found', { detail: 'No lot is registered under this code.' });
}
