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
type Decision = NonNullable<Claim['decision']>;
type ClaimDeps = Pick<Deps, 'db' | 'clock' | 'queue'>;

/** Throws Problem `not_found` for a claim about others' places, `conflict` once it is decided or taken back. */
export function decideClaim(deps: ClaimDeps, eventId: number, verdict: Verdict, caller: Caller): void {
  whole(deps, () => decide(deps, eventId, verdict, caller));
}

/** As the server that told of it has decided, whose account here `caller` is. Nothing where it is decided already. */
export function followDecision(deps: ClaimDeps, eventId: number, decision: Decision, caller: Caller): void {
  whole(deps, () => {
    const claim = claimOfEvent(deps.db, eventId);
    if (claim === undefined || isOver(claim)) return;
    settle(deps, claim, decision, caller);
  });
}

/** Names that were noted in memory are forgotten with the transaction that failed. */
function whole(deps: ClaimDeps, act: () => void): void {
  try {
    writeTransaction(deps.db, act);
  } catch (error) {
    captureRows(deps.db).forget();
    throw error;
  }
}

function decide(deps: ClaimDeps, eventId: number, verdict: Verdict, caller: Caller): void {
  const claim = claimOfEvent(deps.db, eventId);
  if (claim === undefined) throw noClaim();
  const right = rightOf(caller, claim, authorPlaces(draftOf(rereadEvent(claim.json, claim.context))));
  if (right === undefined) throw noClaim();
  if (isOver(claim))
    throw new Problem('conflict', { detail: 'This has been decided already, or taken back by whoever said it.' });
  settle(deps, claim, verdict === 'deny' ? 'denied' : right, caller);
}

function isOver({ decision, voided }: Claim): boolean {
  return decision !== null || voided === 'voided';
}

function settle(
  deps: ClaimDeps,
  { eventId: id, json, context, hash }: Claim,
  decision: Decision,
  caller: Caller,
): void {
  const { db, clock } = deps;
  const read = { place: '', draft: draftOf(rereadEvent(json, context)), hash: hashUri(hash), warnings: [] };
  const batch = { db, rows: captureRows(db), authority: authorityStore(db), caller, now: clock() };
  settleClaim(batch, { id, decision }, read);
  checkEvent(deps, id);
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
