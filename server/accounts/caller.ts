// Who is calling: the only thing about accounts that the rest of the program sees.

export const roles = ['owner', 'reviewer', 'inspector', 'admin', 'partner', 'worker'] as const;
export type Role = (typeof roles)[number];

export type Caller = {
  readonly id: number;
  readonly name: string;
  /** How pages in English greet this person, where it differs. */
  readonly nameEn?: string | null;
  readonly role: Role;
  /** The site ids this account belongs to: an owner's shops, a partner's premises. */
  readonly sites: readonly string[];
  readonly via: 'session' | 'token';
};

/** Whether this caller may see what belongs to `siteId`: the regulator's roles see all, others their own. */
export function seesSite(caller: Caller, siteId: string): boolean {
  return seesAllSites(caller) || caller.sites.includes(siteId);
}

export function seesAllSites(caller: Caller): boolean {
  return caller.role === 'inspector' || caller.role === 'admin' || caller.role === 'reviewer';
}
