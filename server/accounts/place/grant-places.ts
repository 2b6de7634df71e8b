// Lets an account or a whole organisation speak for further places, and takes that back, with who did so.
import { and, eq, isNull } from 'drizzle-orm';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import { placeGrants } from '../tables.ts';
import { isGrant } from './voice.ts';

export type Grantee = { readonly accountId: number } | { readonly organisationId: number };

const mostGrants = 500;

/** Adds what is not granted yet, inside the caller's transaction. Throws Problem `invalid_input` with every place it cannot read. */
export function grantPlaces(db: Db, to: Grantee, places: readonly string[], by: string, at: number): void {
  const wanted = [...new Set(places)];
  const faults = grantFaults(wanted);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const held = new Set(grantsTo(db, to));
  const added = wanted.filter((place) => !held.has(place));
  if (added.length === 0) return;
  for (const place of added)
    db.orm
      .insert(placeGrants)
      .values({ ...to, place, grantedAt: at })
      .run();
  appendEntry(db, { kind: 'place-grant', subject: subjectOf(to), body: { granted: added, by }, at });
}

/** Ends what is granted now, inside the caller's transaction; what was said meanwhile stays said. */
export function endGrants(db: Db, to: Grantee, places: readonly string[], by: string, at: number): void {
  const ended = grantsTo(db, to).filter((place) => places.includes(place));
  if (ended.length === 0) return;
  for (const place of ended)
    db.orm
      .update(placeGrants)
      .set({ endedAt: at })
      .where(and(holderIs(to), eq(placeGrants.place, place), isNull(placeGrants.endedAt)))
      .run();
  appendEntry(db, { kind: 'place-grant', subject: subjectOf(to), body: { ended, by }, at });
}

export function grantsTo(db: Db, to: Grantee): string[] {
  const rows = db.orm
    .select({ place: placeGrants.place })
    .from(placeGrants)
    .where(and(holderIs(to), isNull(placeGrants.endedAt)))
    .orderBy(placeGrants.place)
    .all();
  return rows.map(({ place }) => place);
}

function grantFaults(places: readonly string[]): Fault[] {
  const faults = places
    .filter((place) => !isGrant(place))
    .map((place) => ({
      place: 'grants',
      code: 'bad_place',
      detail: `${place.slice(0, 40)} is neither a place (GLN, local:…) nor the first 4–12 digits of a company's GLNs.`,
    }));
  if (places.length > mostGrants)
    faults.push({ place: 'grants', code: 'too_many', detail: `At most ${mostGrants} places for one account.` });
  return faults;
}

function holderIs(to: Grantee) {
  return 'accountId' in to
    ? eq(placeGrants.accountId, to.accountId)
    : eq(placeGrants.organisationId, to.organisationId);
}

function subjectOf(to: Grantee): string {
  return 'accountId' in to ? `account/${to.accountId}` : `organisation/${to.organisationId}`;
}
