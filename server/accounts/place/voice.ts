// Whose places a caller speaks for: what anybody says of another's place is a claim until that place confirms it.
import type { Caller, Role, Voice } from '../caller.ts';

/** The regulator's roles, who may say anything of any place. */
const regulators: readonly Role[] = ['inspector', 'admin'];

const glnOfExtension = /^https:\/\/id\.gs1\.org\/414\/(\d{13})\//;
const prefixPattern = /^\d{4,12}$/;

/** Whether what `caller` says of `siteId` counts by itself; null: the program. */
export function speaksFor(caller: Caller | null, siteId: string): boolean {
  if (caller === null || caller.speaks === 'everywhere' || regulators.includes(caller.role)) return true;
  // A room or a dock (GLN with extension) belongs to whom the place belongs.
  const place = glnOfExtension.exec(siteId)?.[1] ?? siteId;
  const names = place === siteId ? [siteId] : [siteId, place];
  if (names.some((name) => caller.sites.includes(name))) return true;
  return (caller.grants ?? []).some((grant) => names.includes(grant) || coversGln(grant, place));
}

/** A prefix stands for all GLNs that begin with it. */
function coversGln(grant: string, place: string): boolean {
  return prefixPattern.test(grant) && /^\d{13}$/.test(place) && place.startsWith(grant);
}

/** What can be granted: a place, or the first digits of a company's GLNs. */
export function isGrant(text: string): boolean {
  return prefixPattern.test(text) || /^\d{13}$/.test(text) || /^(local:|urn:|https:\/\/)\S{1,200}$/.test(text);
}

/**
 * The voice of an account as kept. Partners of earlier versions that were never given a place could speak of any, and
 * still may; whoever was given places speaks for those.
 */
export function voiceOf(role: Role, kept: Voice | null, sites: readonly string[]): Voice {
  return kept ?? (role === 'partner' && sites.length === 0 ? 'everywhere' : 'places');
}

/** Whether `caller` may take back what `author` said: the same account, or one of the same organisation. */
export function actsFor(
  caller: Caller,
  author: { readonly accountId: number | null; readonly organisationId: number | null },
): boolean {
  if (caller.id === author.accountId) return true;
  return author.organisationId !== null && caller.organisationId === author.organisationId;
}
