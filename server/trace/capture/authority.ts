// Who may say what: whose word an event needs, and who may take an event back.
import { type Caller, seesSite } from '../../accounts/caller.ts';
import { actsFor, speaksFor } from '../../accounts/place/voice.ts';
import { authorPlaces } from '../event/author-places.ts';
import type { EventDraft } from '../event/event-draft.ts';

/** Who answers for what was said; `role` as when it was said, account null: the program itself. */
export type Author = {
  readonly accountId: number | null;
  readonly organisationId: number | null;
  readonly role: string | null;
};

/** The place whose word is missing for `draft` to count when `caller` says it; undefined: it counts. */
export function missingWord(caller: Caller | null, draft: EventDraft): string | undefined {
  const places = authorPlaces(draft);
  return places.some((place) => speaksFor(caller, place)) ? undefined : places[0];
}

/** EPCIS lets a declaration void an event; here only its author's, or an inspector's for a place they oversee. */
export function mayVoid(caller: Caller | null, target: Author & { readonly siteId: string | null }): boolean {
  if (caller === null || actsFor(caller, target)) return true;
  return (
    inspects(caller.role) &&
    (caller.district === undefined || (target.siteId !== null && seesSite(caller, target.siteId)))
  );
}

/** Whether a declaration that waited may void the event that has come, by the same rule. */
export function waitedRightly(declaration: Author, caller: Caller | null): boolean {
  if (declaration.accountId === null || inspects(declaration.role)) return true;
  return caller !== null && actsFor(caller, declaration);
}

function inspects(role: string | null): boolean {
  return role === 'inspector' || role === 'admin';
}
