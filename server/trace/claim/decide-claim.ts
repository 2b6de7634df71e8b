// Confirms or denies a claim: by who speaks for the place it is about, or by an inspector who oversees it.
import { type Caller, isRegulator, seesSite } from '../../accounts/caller.ts';
import { speaksFor } from '../../accounts/place/voice.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { authorityStore } from '../capture/authority-store.ts';
import { rereadEvent } from '../capture/capture-document.ts';
import { settleClaim } from '../capture/capture-event.ts';
import { captureRows } from '../capture/capture-rows.ts';
import { hashUri } from '../chain/chain-store.ts';
import { authorPlaces } from '../event/author-places.ts';
import { draftOf } from '../event/event-draft.ts';
import { checkEvent } from '../finding/check-chain.ts';
import { type Claim, claimOfEvent } from './claim-store.ts';

export type Verdict = 'confirm' | 'deny';

/** Throws Problem `not_found` for a claim about others' places, `conflict` once it is decided or taken back. */
export function decideClaim(
  deps: Pick<Deps, 'db' | 'clock' | 'queue'>,
  eventId: number,
  verdict: Verdict,
  caller: Caller,
): void {
  try {
    writeTransaction(deps.db, () => decide(deps, eventId, verdict, caller));
  } catch (error) {
    captureRows(deps.db).forget();
    throw error;
  }
}

function decide(deps: Pick<Deps, 'db' | 'clock' | 'queue'>, eventId: number, verdict: Verdict, caller: Caller): void {
  const { db } = deps;
  const claim = claimOfEvent(db, eventId);
  if (claim === undefined) throw noClaim();
  const read = {
    place: '',
    draft: draftOf(rereadEvent(claim.json, claim.context)),
    hash: hashUri(claim.hash),
    warnings: [],
  };
  const right = rightOf(caller, claim, authorPlaces(read.draft));
  if (right === undefined) throw noClaim();
  if (claim.decision !== null || claim.voided === 'voided')
    throw new Problem('conflict', { detail: 'This has been decided already, or taken back by whoever said it.' });
  const batch = { db, rows: captureRows(db), authority: authorityStore(db), caller, now: deps.clock() };
  settleClaim(batch, { id: eventId, decision: verdict === 'deny' ? 'denied' : right }, read);
  checkEvent(deps, eventId);
}

/** What the caller's word makes of a claim; undefined: it is not theirs to decide. */
function rightOf(caller: Caller, claim: Claim, places: readonly string[]): 'confirmed' | 'accepted' | undefined {
  if (isRegulator(caller)) return seesSite(caller, claim.siteId) ? 'accepted' : undefined;
  // A program that may say anything of any place does not answer for them.
  const own = { ...caller, speaks: 'places' } as const;
  return places.some((place) => speaksFor(own, place)) ? 'confirmed' : undefined;
}

function noClaim(): Problem {
  return new Problem('not_found', { detail: 'No claim about a place of yours stands under this number.' });
}
