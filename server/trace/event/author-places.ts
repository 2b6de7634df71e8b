// Whose word an event needs: the places whose goods it says something of, one of which must be its author's.
import { edgeRoles, type Passage } from './chain-links.ts';
import type { EventDraft } from './event-draft.ts';
import { isNoPlace } from './no-place.ts';

type Said = Pick<EventDraft, 'links' | 'readPoint' | 'bizLocation'>;

/**
 * Site ids, the first being where the event happened: whoever speaks for one of them may say it. Empty: it names no
 * place of anybody, so it takes nothing from anybody. A shipper may name any receiver, a receiver any shipper: the
 * event happens at their own place.
 */
export function authorPlaces({ links, readPoint, bizLocation }: Said): readonly string[] {
  const here = known([bizLocation, readPoint]);
  if (links.passage !== undefined) return placesOf(links.passage, here);
  if (links.mixture !== undefined) return known([links.mixture.at]);
  return here.slice(0, 1);
}

function placesOf(passage: Passage, here: readonly string[]): readonly string[] {
  const acting = known([actingSide(passage)]);
  if (acting.length > 0) return acting;
  // A carrier speaks for either end; so does whoever leaves out the place where it happened.
  return known([passage.from, passage.to, ...passage.via, ...here]);
}

/** Whose goods change by it; undefined for goods in motion between two places. */
function actingSide({ role, from, to }: Passage): string | undefined {
  if (role === edgeRoles.moved) return undefined;
  return role === edgeRoles.shipped || role === edgeRoles.gone ? from : to;
}

function known(places: readonly (string | null | undefined)[]): readonly string[] {
  const named = places.filter((place): place is string => typeof place === 'string' && !isNoPlace(place));
  return [...new Set(named)];
}
