// Why an event is refused, and what its sender should know of one that was taken.
import type { Caller } from '../../accounts/caller.ts';
import type { Fault } from '../../http/problem.ts';
import { mayVoid } from './authority.ts';
import type { AuthorityStore } from './authority-store.ts';
import type { SoundEvent } from './capture-document.ts';
import { mostLinesPerEvent } from './capture-edges.ts';

// A partner's clock may be off by minutes; an hour ahead is a mistake worth telling, most often of the zone.
const farAheadMs = 3_600_000;
// Old books are taken late; a year before its capture the year is more often wrong.
const farBehindMs = 400 * 86_400_000;
const none: Fault[] = [];

type Asked = { readonly authority: AuthorityStore; readonly caller: Caller | null };

export function faultsOf({ authority, caller }: Asked, read: SoundEvent): Fault[] {
  const named = read.draft.links.mentions.length;
  if (named > mostLinesPerEvent) {
    const detail = `The event names ${named} things; at most ${mostLinesPerEvent} are taken in one event.`;
    return [{ place: read.place, code: 'too_many_lines', detail }];
  }
  if (read.draft.declaredAt === 0) return none;
  const targets = authority.targetsOf(read);
  // Somebody else's event under the same eventID must not keep the author from correcting their own.
  if (targets.length === 0 || targets.some((target) => mayVoid(caller, target))) return none;
  const detail =
    'Only the author of an event, somebody of the same organisation, or an inspector can declare it wrong.';
  return [{ place: `${read.place}/errorDeclaration`, code: 'not_yours', detail }];
}

export function warningsOf({ now }: { readonly now: number }, { draft, place }: SoundEvent): Fault[] {
  const warnings: Fault[] = [];
  const product = draft.links.mentions.find(({ epc }) => epc.kind === 'product');
  if (product !== undefined) {
    const detail = `${product.epc.given} names a product without a batch: it is kept, but no chain can lead through it.`;
    warnings.push({ place, code: 'no_lot', detail });
  }
  if (draft.at > now + farAheadMs) {
    warnings.push({
      place: `${place}/eventTime`,
      code: 'time_ahead',
      detail: 'The event lies more than an hour in the future: is its zone right?',
    });
  }
  if (draft.at < now - farBehindMs) {
    const detail = 'The event lies more than a year before it was captured: is its year right?';
    warnings.push({ place: `${place}/eventTime`, code: 'time_behind', detail });
  }
  return warnings;
}

export function claimWarning({ place }: SoundEvent, siteId: string): Fault {
  const detail = `You do not speak for ${siteId}: the event is kept as a claim and changes no books until that place confirms it or an inspector accepts it.`;
  return { place, code: 'foreign_place', detail };
}

export function confirmedWarning({ place }: SoundEvent): Fault {
  const detail = 'Another had claimed this of a place you speak for: your saying it too has confirmed it.';
  return { place, code: 'claim_confirmed', detail };
}

export function waitingWarning({ place }: SoundEvent): Fault {
  const detail = 'The event it declares wrong is not here yet; it will be void when its author sends it.';
  return { place: `${place}/errorDeclaration`, code: 'target_unknown', detail };
}
