// Who is calling: the only thing about accounts that the rest of the program sees.

export const roles = ['owner', 'reviewer', 'inspector', 'admin', 'partner', 'worker'] as const;
export type Role = (typeof roles)[number];

/** What an account's word about a place is worth: `everywhere` or at its places alone (see place/voice.ts). */
export const voices = ['everywhere', 'places'] as const;
export type Voice = (typeof voices)[number];

export type District = {
  readonly id: number;
  readonly name: string;
  readonly nameEn: string | null;
  /** Ids of its sites. */
  readonly sites: readonly string[];
};

export type Caller = {
  readonly id: number;
  readonly name: string;
  /** How pages in English greet this person, where it differs. */
  readonly nameEn?: string | null;
  readonly role: Role;
  /** The site ids this account belongs to: an owner's shops, a partner's premises. */
  readonly sites: readonly string[];
  /** `places` when left out. */
  readonly speaks?: Voice;
  /** Places beyond its own that it speaks for: site ids, and the first digits of GLNs. */
  readonly grants?: readonly string[];
  /** Whoever belongs to the same organisation may correct what the other said. */
  readonly organisationId?: number | null;
  /** The part of the city an inspector or reviewer is bound to; left out: the whole city. */
  readonly district?: District;
  readonly via: 'session' | 'token';
  /** Signed in, but owing a second factor that this server demands of the role. */
  readonly owesFactor?: true;
};

/** Whether this caller may see what belongs to `siteId`: the regulator's roles see their part of the city, others their own. */
export function seesSite(caller: Caller, siteId: string): boolean {
  return seesAllSites(caller) || sitesSeen(caller).includes(siteId);
}

export function seesAllSites(caller: Caller): boolean {
  return isRegulator(caller) && caller.district === undefined;
}

/** What a question of the database asks with: all sites, or these (JSON). */
export function scopeOf(caller: Caller): { readonly all: 0 | 1; readonly seen: string } {
  return { all: seesAllSites(caller) ? 1 : 0, seen: JSON.stringify(sitesSeen(caller)) };
}

/** The sites whose records are open to a caller who does not see all: their own, or those of their district. */
export function sitesSeen(caller: Caller): readonly string[] {
  return isRegulator(caller) ? (caller.district?.sites ?? []) : caller.sites;
}

export function isRegulator(caller: Caller): boolean {
  return caller.role === 'inspector' || caller.role === 'admin' || caller.role === 'reviewer';
}
