// Who said something, as its ledger entry keeps it: as much as decides what their word did, so that it can be done again.
import type { Caller, Role, Voice } from '../../accounts/caller.ts';

export type AuthorSaid = {
  /** null: the program itself. */
  readonly account: number | null;
  readonly organisation?: number | undefined;
  readonly role?: Role | undefined;
  /** Only where their word counts everywhere. */
  readonly speaks?: Voice | undefined;
  /** The district an inspector is bound to. */
  readonly district?: number | undefined;
};

export function authorSaid(caller: Caller | null): AuthorSaid {
  return {
    account: caller?.id ?? null,
    organisation: caller?.organisationId ?? undefined,
    role: caller?.role,
    speaks: caller?.speaks === 'everywhere' ? caller.speaks : undefined,
    district: caller?.district?.id,
  };
}

/** The same author once more. Their own places are not needed: which of their words were claims is said with the capture. */
export function callerAsSaid(said: AuthorSaid, sitesOfDistrict: (id: number) => readonly string[]): Caller | null {
  const { account, organisation, role, speaks, district } = said;
  if (account === null || role === undefined) return null;
  const bound =
    district === undefined
      ? {}
      : { district: { id: district, name: '', nameEn: null, sites: sitesOfDistrict(district) } };
  const voice = speaks === undefined ? {} : { speaks };
  return {
    id: account,
    name: '',
    role,
    sites: [],
    organisationId: organisation ?? null,
    ...voice,
    ...bound,
    via: 'token',
  };
}
