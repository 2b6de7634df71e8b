// Invites a person by a link that works once, and makes the account of whoever follows it.
import { z } from 'zod';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { accountFaults, nameFaults } from '../account.ts';
import { accountByLogin } from '../account-store.ts';
import type { Caller } from '../caller.ts';
import { insertAccount } from '../create-account.ts';
import { hashPassword } from '../password.ts';
import { grantPlaces } from '../place/grant-places.ts';
import { noteAccountEvent } from './account-event-store.ts';
import { makeLink, openLink, spendLink } from './one-time-link.ts';
import { checkedStanding, organisationNamed, type Standing, standingSchema } from './standing.ts';

const offerSchema = standingSchema.extend({ name: z.string() });
export type Offer = z.infer<typeof offerSchema>;

/** The key of the link, for `/invitations/{key}`. Throws Problem `invalid_input` with every fault. */
export function invitePerson(db: Db, offer: Standing & { readonly name: string }, by: Caller, at: number): string {
  const faults = nameFaults(offer.name);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const kept: Offer = { ...checkedStanding(db, offer), name: offer.name.trim() };
  return writeTransaction(db, () => {
    const { name: _who, ...body } = kept;
    appendEntry(db, { kind: 'invitation', subject: `account/${by.id}`, body, at });
    return makeLink(db, { kind: 'invitation', accountId: null, offer: kept, by: by.id, at });
  });
}

/** What an open invitation offers; undefined for one that is used, over or unknown: all look the same from outside. */
export function invitationOffer(db: Db, key: string, now: number): Offer | undefined {
  const link = openLink(db, 'invitation', key, now);
  return link === undefined ? undefined : offerSchema.parse(JSON.parse(link.offer));
}

export type Accepting = { readonly login: string; readonly name: string; readonly password: string };

/** Makes the account and ends the link. Throws Problem `invalid_input` or `duplicate` with faults, `not_found` without a link. */
export async function acceptInvitation(db: Db, key: string, input: Accepting, at: number): Promise<number> {
  const faults = accountFaults(input);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const passwordHash = await hashPassword(input.password);
  return writeTransaction(db, () => {
    const link = openLink(db, 'invitation', key, at);
    if (link === undefined) throw new Problem('not_found');
    if (accountByLogin(db, input.login) !== undefined) {
      throw new Problem('duplicate', {
        faults: [{ place: 'login', code: 'taken', detail: 'Somebody already has this account name.' }],
      });
    }
    const { name: _offered, ...standing } = offerSchema.parse(JSON.parse(link.offer));
    const by = `account/${link.createdBy}`;
    const id = insertStanding(db, { ...input, ...standing, passwordHash }, by, at);
    if (!spendLink(db, link, id, at)) throw new Problem('not_found');
    noteAccountEvent(db, {
      accountId: id,
      at,
      kind: 'invited',
      ...(link.createdBy === null ? {} : { by: link.createdBy }),
    });
    return id;
  });
}

type Standard = Standing & { readonly login: string; readonly name: string; readonly passwordHash: string };

/** An account with everything of its standing, inside the caller's transaction. */
export function insertStanding(db: Db, input: Standard, by: string, at: number): number {
  const { login, name, passwordHash, role, sites, grants, speaks, district } = input;
  const organisationId = organisationNamed(db, input.organisation, by, at);
  const id = insertAccount(
    db,
    {
      login,
      name,
      role,
      sites,
      speaks,
      passwordHash,
      ...(organisationId === null ? {} : { organisationId }),
      ...(district === null ? {} : { districtId: district }),
    },
    by,
    at,
  );
  if (grants.length > 0) grantPlaces(db, { accountId: id }, grants, by, at);
  return id;
}
