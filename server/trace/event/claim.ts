// A claim: an event about a place by somebody who does not speak for it. It changes no books until it is decided.

/** SQL that holds while the event of this id is a claim without effect: undecided, or denied. */
export function isClaim(eventId: string): string {
  return `EXISTS (SELECT 1 FROM event_claim k WHERE k.event_id = ${eventId} AND coalesce(k.decision, 'denied') = 'denied')`;
}
